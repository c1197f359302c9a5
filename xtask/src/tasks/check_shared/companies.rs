//! Whose the stopped requests are: of all that pages on the web ask of strangers and that we would stop, how much can
//! we name the owner of, and of how much can we say in a sentence what its owner does?
//!
//! Hosts are weighted by the pages they were seen on. It is a number to watch, printed with the largest hosts that
//! nobody has named yet; `data/companies` is where they get a name.

use anyhow::{Result, ensure};
use plainsight::api::requests::{Decision, Question};
use serde::Deserialize;

use super::shared::Shared;
use crate::lists::bytes_of;

/// How many of the unnamed are shown.
const SHOWN: usize = 12;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seen {
    domain: String,
    total_occurrences: u64,
}

pub(super) fn run(shared: &Shared) -> Result<()> {
    let requests = shared.packs.open()?;
    let hosts: Vec<Seen> = serde_json::from_slice(&bytes_of(&shared.folder.join("requests/observed-domains.json"))?)?;
    let (mut stopped, mut named, mut said, mut count, mut unnamed) = (0, 0, 0, 0, Vec::new());
    for Seen { domain, total_occurrences: pages } in &hosts {
        let url = format!("https://{domain}/");
        let answer = requests.ask(&Question {
            url: &url,
            frame: "https://page.example/",
            kind: "script",
            ..Question::default()
        });
        if answer.decision != Decision::Stop {
            continue;
        }
        count += 1;
        stopped += pages;
        match answer.company {
            Some(company) => {
                named += pages;
                said += if company.says.is_empty() { 0 } else { *pages };
            }
            None => unnamed.push((*pages, domain)),
        }
    }
    ensure!(stopped > 0, "no host is stopped");
    let percent = |part: u64| part as f64 * 100.0 / stopped as f64;
    println!(
        "  {} hosts, {count} stopped; of what they are asked for, the owner of {:.2} % is named, and {:.2} % has a sentence",
        hosts.len(),
        percent(named),
        percent(said)
    );
    unnamed.sort_unstable_by(|a, b| b.cmp(a));
    for (pages, domain) in unnamed.iter().take(SHOWN) {
        println!("    {:5.2} %  {domain}", percent(*pages));
    }
    Ok(())
}
