//! Times ours or Brave's natively: `native ours|brave LISTS REQUESTS [PACK]`, all JSON but the pack; prints JSON.
//!
//! The same measures as `../../ask.js` takes in a JavaScript engine, so that what WebAssembly costs can be seen. Times
//! are in nanoseconds. What it deliberately does not do: judge; `cargo xtask bench trackers` does.

use std::hint::black_box;
use std::time::Instant;

use plainsight::api::requests::{Decision, Question, Requests};
use serde_json::json;

type Asked = (String, String, String);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [who, lists, requests, rest @ ..] = arguments.as_slice() else {
        panic!("native ours|brave LISTS REQUESTS [PACK]");
    };
    let requests: Vec<Asked> = serde_json::from_slice(&read(requests)).expect("the requests are JSON");
    let told = match who.as_str() {
        "ours" => {
            let pack = read(rest.first().expect("ours needs its pack"));
            let start = Instant::now();
            let opened = Requests::open(&pack).expect("the pack opens");
            let load = start.elapsed();
            measured(load.as_nanos(), &requests, |(url, frame, kind)| {
                let question = Question { url, frame, kind, ..Question::default() };
                opened.ask(&question).decision != Decision::Pass
            })
        }
        "brave" => {
            let lists: Vec<String> = serde_json::from_slice(&read(lists)).expect("the lists are JSON");
            let bytes = peers::compiled(lists).serialize();
            let start = Instant::now();
            let mut brave = adblock::Engine::default();
            brave.deserialize(&bytes).expect("what was just written is read");
            let load = start.elapsed();
            measured(load.as_nanos(), &requests, |(url, frame, kind)| peers::stops(&brave, url, frame, kind))
        }
        other => panic!("nobody is called {other}"),
    };
    println!("{told}");
}

fn read(file: &str) -> Vec<u8> {
    std::fs::read(file).unwrap_or_else(|error| panic!("cannot read {file}: {error}"))
}

/// The first 1,000 requests, then all of them until it is warm, then each alone and all together.
fn measured(load: u128, requests: &[Asked], ask: impl Fn(&Asked) -> bool) -> serde_json::Value {
    let all = || requests.iter().map(|it| u32::from(black_box(ask(black_box(it))))).sum::<u32>();
    let start = Instant::now();
    requests.iter().take(1000).for_each(|it| {
        black_box(ask(it));
    });
    let first = start.elapsed().as_nanos();
    let decisions: String = requests.iter().map(|it| if ask(it) { '1' } else { '0' }).collect();
    all();
    let rounds = 5;
    let start = Instant::now();
    for _ in 0..rounds {
        black_box(all());
    }
    let mean = start.elapsed().as_nanos() as f64 / (rounds * requests.len()) as f64;
    let mut each: Vec<u128> = requests
        .iter()
        .map(|it| {
            let start = Instant::now();
            black_box(ask(black_box(it)));
            start.elapsed().as_nanos()
        })
        .collect();
    each.sort_unstable();
    let part = |n: usize| each[each.len() * n / 100];
    json!({ "load": load, "first": first, "mean": mean, "median": part(50), "p99": part(99), "decisions": decisions })
}
