//! `cargo xtask bench`: how fast we are, beside others who do the same. What a feed costs is `feeds.rs`'s affair, what one
//! item costs `items.rs`'s, how soon the popup tells `popup.rs`'s, how soon the diary `diary.rs`'s; here is
//! `cargo xtask bench trackers`: how fast the shield is, beside everybody else who answers the same questions.
//!
//! The same lists, the same real requests, on one machine, round by round in turn, so that what disturbs one disturbs
//! all; told is the median of the rounds. Before anything is timed, decisions are compared: a fast shield that is wrong
//! is worth nothing. `benches/` holds the programs that are run here, and `benches/README.md` what came of it.
//!
//! What it deliberately does not do: run with the tests. A time says nothing on a machine that does something else.

mod budget;
mod diary;
mod feeds;
mod growth;
mod inputs;
mod items;
mod opening;
mod peers;
mod popup;
mod table;

use std::path::Path;

use anyhow::{Result, ensure};

pub use self::diary::diary;
pub use self::feeds::feeds;
use self::inputs::Inputs;
pub use self::items::items;
use self::peers::{Measured, Peer};
pub use self::popup::popup;
use crate::root;

/// Measures everybody, `rounds` times.
///
/// # Errors
/// If our decisions are wrong, or a budget is exceeded.
pub fn trackers(folder: Option<&Path>, rounds: usize, with_growth: bool) -> Result<()> {
    let beside = root().parent().map(|parent| parent.join("shared"));
    let Some(shared) = folder.map(Path::to_path_buf).or(beside).filter(|folder| folder.is_dir()) else {
        println!("bench trackers: the requests are in a folder ../shared, which is not here: nothing to measure");
        return Ok(());
    };
    let place = root().join("target/bench");
    println!("bench: programs");
    peers::build(&place)?;
    println!("bench: lists and requests");
    let inputs = Inputs::write(&place.join("inputs"), &shared)?;
    let mut all: Vec<Peer> = peers::all();
    for peer in &mut all {
        peer.compile(&inputs.folder)?;
    }
    for round in 1..=rounds {
        println!("bench: round {round} of {rounds}");
        for peer in &mut all {
            let measured: Measured = peer.measure(&inputs.folder)?;
            peer.rounds.push(measured);
        }
    }
    decisions(&all, &inputs)?;
    table::print(&all);
    if with_growth {
        growth::run(&place, &shared)?;
    }
    table::judge(&all)
}

/// Holds everybody's decisions against each other: where all peers agree, on these very lists, so must we.
fn decisions(all: &[Peer], inputs: &Inputs) -> Result<()> {
    let of = |name: &str| all.iter().find(|it| it.name == name).map(Peer::decisions).unwrap_or_default();
    let peers = [of("ubo"), of("ghostery"), of("brave")];
    let ours = ["ours", "ours native"].map(of);
    println!("\ndecisions on {} requests, stopped or not:", inputs.verdicts.len());
    for peer in all.iter().filter(|peer| peer.is_judge()) {
        let decisions = peer.decisions();
        let agreed = inputs.verdicts.iter().zip(&decisions).filter(|(verdict, got)| **verdict == Some(**got)).count();
        let known = inputs.verdicts.iter().flatten().count();
        println!("  {:14} {agreed} of {known} as was unanimous before, on two of the lists", peer.name);
    }
    let (mut unanimous, mut wrong) = (0, Vec::new());
    for i in 0..inputs.verdicts.len() {
        let said: Vec<bool> = peers.iter().filter_map(|it| it.get(i).copied()).collect();
        if let [first, second, third] = said[..]
            && first == second
            && first == third
        {
            unanimous += 1;
            if ours.iter().any(|it| it.get(i) != Some(&first)) {
                wrong.push(i);
            }
        }
    }
    println!("  of {unanimous} on which all three agree today, ours differ in {}", wrong.len());
    ensure!(unanimous > 0 && wrong.is_empty(), "our decisions are wrong: requests {wrong:?} of requests.json");
    Ok(())
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of.get(of.len() / 2).copied().unwrap_or_default()
}
