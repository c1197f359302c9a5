//! What more rules cost: from 25,000 to 400,000, ours beside the one that is the best peer.
//!
//! The real lists come first; behind them rules are made by counting, half of them hosts and half hosts with a path, as
//! large lists have them. What it deliberately does not do: judge; how a curve rises is for people to see.

use std::path::Path;

use anyhow::Result;
use plainsight::api::authoring::{self, ListText};

use super::inputs::{self, Inputs};
use super::peers;

/// So many rules.
const SIZES: [usize; 5] = [25_000, 50_000, 100_000, 200_000, 400_000];

/// Measures both at every size.
pub(super) fn run(place: &Path, shared: &Path) -> Result<()> {
    let lines: Vec<String> = inputs::texts()?.iter().flat_map(|it| it.text.lines().map(str::to_owned)).collect();
    let rules = lines.iter().filter(|line| is_rule(line)).cloned().chain((0..).map(made));
    let rules: Vec<String> = rules.take(SIZES[SIZES.len() - 1]).collect();
    println!("\ngrowth: mean (us) and load (ms), in V8");
    for size in SIZES {
        let text = rules[..size].join("\n");
        let lists = vec![ListText { id: "grown".into(), title: String::new(), text }];
        let sets = authoring::set_section([("trackers", vec!["grown"])]);
        let inputs = Inputs::of(&place.join(format!("grown-{size}")), shared, lists, sets)?;
        let mut told = format!("  {size:>7} rules");
        for mut peer in peers::all().into_iter().filter(|peer| matches!(peer.name, "ours" | "ubo")) {
            peer.compile(&inputs.folder)?;
            let it = peer.measure(&inputs.folder)?;
            told += &format!("   {}: {:.2}, {:.1}", peer.name, it.mean / 1e3, it.load / 1e6);
        }
        println!("{told}");
    }
    Ok(())
}

/// A line that is about requests.
fn is_rule(line: &str) -> bool {
    !line.is_empty() && !line.starts_with(['!', '[']) && !line.contains("##") && !line.contains("#@#")
}

/// The n-th made rule: names that look like names, each its own.
fn made(n: usize) -> String {
    let word = |mut n: usize| {
        let mut word = String::new();
        for letters in ["bcdfglmnprstv", "aeiou"].into_iter().cycle().take(8) {
            word.push(char::from(letters.as_bytes()[n % letters.len()]));
            n /= letters.len();
        }
        word
    };
    // A stride without a factor in common with the number of words, so that neighbours differ.
    let host = format!("{}{}.example", word(n.wrapping_mul(7919)), n % 10);
    if n.is_multiple_of(2) { format!("||{host}^") } else { format!("||{host}/{}/", word(n.wrapping_mul(104_729))) }
}
