//! What was measured, as a table for people, and whether the budgets hold.
//!
//! What it deliberately does not do: round in anybody's favour; shares are made of the numbers before they are printed.

use anyhow::{Result, bail};

use super::budget::{self, Share};
use super::peers::{Measured, Peer};
use crate::root;
use crate::tasks::sizes;

/// Who is compared with: everybody else in the same engine.
const BROWSERS: [&str; 3] = ["ubo", "ghostery", "brave"];

/// Prints everybody's medians.
pub(super) fn print(all: &[Peer]) {
    println!(
        "\na request, warm (us), in V8 unless it says native: mean by the processor's time, the rest by the clock"
    );
    println!("  {:14}{:>9}{:>9}{:>9}", "", "mean", "median", "p99");
    for peer in all {
        let us = |of: fn(&Measured) -> f64| format!("{:.2}", peer.median(of) / 1e3);
        println!("  {:14}{:>9}{:>9}{:>9}", peer.name, us(|it| it.mean), us(|it| it.median), us(|it| it.p99));
    }
    println!("\na cold start (ms), and what it takes");
    let heads = ["code", "load", "first 1000", "compile", "size KB", "memory KB"];
    println!("  {:14}{}", "", heads.map(|head| format!("{head:>11}")).concat());
    for peer in all.iter().filter(|peer| peer.is_judge()) {
        let ms = |of: fn(&Measured) -> f64| peer.median(of) / 1e6;
        let columns = [
            ms(|it| it.code),
            ms(|it| it.load),
            ms(|it| it.first),
            peer.compiled.compile / 1e6,
            peer.compiled.size / 1e3,
            peer.median(|it| it.memory) / 1e3,
        ];
        println!("  {:14}{}", peer.name, columns.map(|it| format!("{it:>11.1}")).concat());
    }
    for (name, file) in [("ours", "build/background_bg.wasm"), ("brave", "target/bench/brave/peers_bg.wasm")] {
        if let Ok(bytes) = std::fs::read(root().join(file)) {
            let size = sizes::gzipped(&bytes).unwrap_or(0);
            println!("  {name}: {} KB of wasm, {} gzipped", bytes.len() / 1000, size / 1000);
        }
    }
}

/// Holds the budgets.
///
/// # Errors
/// If one is exceeded.
pub(super) fn judge(all: &[Peer]) -> Result<()> {
    let of = |name: &str, what: fn(&Measured) -> f64| {
        all.iter().find(|peer| peer.name == name).map_or(f64::NAN, |peer| peer.median(what))
    };
    let best =
        |what: fn(&Measured) -> f64| BROWSERS.map(|name| of(name, what)).into_iter().fold(f64::INFINITY, f64::min);
    let cold = |it: &Measured| it.load + it.first;
    let shares = [
        ("a warm request, of the best peer's", of("ours", |it| it.mean) / best(|it| it.mean), budget::WARM),
        ("a warm request, of the floor", of("ours", |it| it.mean) / of("floor", |it| it.mean), budget::FLOOR),
        ("load and the first 1000, of the best peer's", of("ours", cold) / best(cold), budget::COLD),
        ("load alone, of the best peer's", of("ours", |it| it.load) / best(|it| it.load), budget::LOAD),
    ];
    println!("\nbudgets");
    let mut over = Vec::new();
    for (what, share, Share { budget, aim }) in shares {
        // What is no number is no share that holds.
        let holds = share <= budget;
        let reached = if share <= aim { "reached" } else { "not reached" };
        println!(
            "  {what:46} {share:6.3}; budget {budget:.2}, {}; aim {aim:.2}, {reached}",
            if holds { "held" } else { "EXCEEDED" }
        );
        if !holds {
            over.push(what);
        }
    }
    if !over.is_empty() {
        bail!("over budget: {}", over.join("; "));
    }
    Ok(())
}
