//! The one door for every task.

use std::path::PathBuf;

use anyhow::{Result, bail};
use xtask::{ask, packs_trackers, root};

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let build = root().join("build");
    let lists = |rest: &[&str]| rest.iter().filter(|w| !w.starts_with("--")).map(PathBuf::from).collect::<Vec<_>>();
    match words.as_slice() {
        ["ask", "requests", file, rest @ ..] => ask::requests(&build, file, &lists(rest)),
        ["ask", "request", url, "--from", page, "--type", kind] => ask::request(&build, url, page, kind, &[]),
        ["ask", "time", file, rest @ ..] => {
            let (ns, n) = ask::time(&build, file, &lists(rest))?;
            println!("{ns} ns a request, {n} requests");
            Ok(())
        }
        ["lists", "report"] => {
            Ok(std::fs::write(root().join("data/lists.REPORT.txt"), packs_trackers::report(&build)?)?)
        }
        ["lists", "pack"] => {
            std::fs::create_dir_all(&build)?;
            let pack = plainsight::pack::write(&packs_trackers::sections(&build)?);
            std::fs::write(build.join("trackers.pack"), pack)?;
            let texts = plainsight::pack::write(&packs_trackers::text_sections(&build)?);
            std::fs::write(build.join("texts.pack"), texts)?;
            println!("{:?} declarative rules", packs_trackers::write_rules(&build)?);
            Ok(())
        }
        _ => bail!(
            "ask requests FILE [--lists LIST…] | ask request URL --from PAGE --type TYPE | lists report | lists pack"
        ),
    }
}
