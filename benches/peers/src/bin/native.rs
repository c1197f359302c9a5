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
            let start = worked();
            let opened = Requests::open(&pack).expect("the pack opens");
            measured(worked() - start, &requests, |(url, frame, kind)| {
                let question = Question { url, frame, kind, ..Question::default() };
                opened.decide(&question) != Decision::Pass
            })
        }
        "brave" => {
            let lists: Vec<String> = serde_json::from_slice(&read(lists)).expect("the lists are JSON");
            let bytes = peers::compiled(lists).serialize();
            let start = worked();
            let mut brave = adblock::Engine::default();
            brave.deserialize(&bytes).expect("what was just written is read");
            measured(worked() - start, &requests, |(url, frame, kind)| peers::stops(&brave, url, frame, kind))
        }
        other => panic!("nobody is called {other}"),
    };
    println!("{told}");
}

fn read(file: &str) -> Vec<u8> {
    std::fs::read(file).unwrap_or_else(|error| panic!("cannot read {file}: {error}"))
}

/// The processor's time that this process has taken, in nanoseconds: the machine may be shared.
fn worked() -> f64 {
    let it = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    it.tv_sec as f64 * 1e9 + it.tv_nsec as f64
}

/// The first 1,000 requests, then all of them until it is warm, then each alone and all together.
fn measured(load: f64, requests: &[Asked], ask: impl Fn(&Asked) -> bool) -> serde_json::Value {
    let all = || requests.iter().map(|it| u32::from(black_box(ask(black_box(it))))).sum::<u32>();
    let start = worked();
    requests.iter().take(1000).for_each(|it| {
        black_box(ask(it));
    });
    let first = worked() - start;
    let decisions: String = requests.iter().map(|it| if ask(it) { '1' } else { '0' }).collect();
    all();
    let rounds = 5;
    let start = worked();
    for _ in 0..rounds {
        black_box(all());
    }
    let mean = (worked() - start) / (rounds * requests.len()) as f64;
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
