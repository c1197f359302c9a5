//! Makes tables of data before the core is compiled: that of the kinds of signals from the cards in `data/reasons`, that of
//! the cards for people from these and `data/techniques`, that of the interests from `data/interests`, and that of who runs
//! platforms from `data/sites` and `data/companies`.
//!
//! So a kind or an interest is a file, and no code has to name it. The cards are read by the core's own `src/verdict/card.rs`: there is
//! one reading of them, and what is refused here is refused in the tests in the same words. It deliberately makes
//! nothing else: all other data goes into packs, which a newer text may replace; these tables are part of the code.

use std::path::Path;
use std::{env, fs};

use chapter::Chapter;

#[allow(dead_code, unreachable_pub, reason = "a script exports nothing, and needs only a part")]
#[path = "src/verdict/card.rs"]
mod card;
#[allow(dead_code, unreachable_pub, reason = "a script exports nothing, and needs only a part")]
#[path = "src/verdict/chapter.rs"]
mod chapter;
#[allow(dead_code, unreachable_pub, reason = "a script exports nothing, and needs only a part")]
#[path = "src/verdict/group.rs"]
mod group;
#[allow(dead_code, unreachable_pub, reason = "a script exports nothing, and needs only a part")]
#[path = "src/verdict/interest.rs"]
mod interest;
#[allow(dead_code, unreachable_pub, reason = "a script exports nothing, and needs only a part")]
#[path = "src/verdict/platform.rs"]
mod platform;
#[allow(dead_code, unreachable_pub, reason = "a script exports nothing, and needs only a part")]
#[path = "src/verdict/special.rs"]
mod special;
#[allow(dead_code, unreachable_pub, reason = "a script exports nothing, and needs only a part")]
#[path = "src/verdict/technique.rs"]
mod technique;

const REASONS: &str = "data/reasons";
const TECHNIQUES: &str = "data/techniques";
const INTERESTS: &str = "data/interests";
const SITES: &str = "data/sites";
const COMPANIES: &str = "data/companies";

type Failed = Box<dyn std::error::Error>;

fn main() -> Result<(), Failed> {
    let kinds = cards(REASONS, card::faults)?;
    let techniques = cards(TECHNIQUES, technique::faults)?;
    if kinds.len() > card::MOST {
        println!("cargo::error={REASONS}: {} kinds; a pack tells {} apart", kinds.len(), card::MOST);
    }
    let rows: Vec<_> = kinds.iter().map(card::row).collect();
    write("reasons.rs", "All kinds of signals, sorted by name.", "REASONS", "Reason", &rows)?;

    let of_kinds = kinds.iter().map(|kind| (Chapter::Words, true, &kind.name, &kind.sources));
    let of_techniques = techniques.iter().map(|it| (it.chapter, false, &it.name, &it.sources));
    let mut lessons: Vec<_> = of_kinds.chain(of_techniques).collect();
    lessons.sort_by_key(|(chapter, _, name, _)| (*chapter, *name));
    let rows: Vec<_> = lessons
        .into_iter()
        .map(|(chapter, noticed, name, sources)| technique::row(name, chapter, noticed, sources))
        .collect();
    write("lessons.rs", "All cards for people, by chapter and name.", "LESSONS", "Lesson", &rows)?;

    let interests = cards(INTERESTS, interest::faults)?;
    interest::together(&interests).iter().for_each(|fault| println!("cargo::error={INTERESTS}: {fault}"));
    let rows: Vec<_> = interests.iter().map(interest::row).collect();
    write("interests.rs", "All interests, sorted by name.", "INTERESTS", "Interest", &rows)?;

    // Both have their own checks, which see all of them.
    let runs = platform::runs(&cards(SITES, |_, _| Vec::new())?, &cards(COMPANIES, |_, _| Vec::new())?);
    let rows: Vec<_> = runs.iter().map(platform::row).collect();
    write("platforms.rs", "All companies that run platforms, sorted by name.", "PLATFORMS", "Platforms", &rows)
}

/// The cards of a folder, sorted by name; what is wrong with any stops the build.
fn cards<T: serde::de::DeserializeOwned>(folder: &str, faults: fn(&str, &T) -> Vec<String>) -> Result<Vec<T>, Failed> {
    println!("cargo::rerun-if-changed={folder}");
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    let mut cards = Vec::new();
    for path in paths {
        let name = path.display().to_string();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        match card::parse(&fs::read_to_string(&path)?) {
            Ok(card) => {
                faults(&stem, &card).iter().for_each(|fault| println!("cargo::error={name}: {fault}"));
                cards.push(card);
            }
            Err((at, reason)) => println!("cargo::error={name}: at byte {}: {reason}", at.unwrap_or_default()),
        }
    }
    Ok(cards)
}

/// Writes a table as Rust for the core to include.
fn write(file: &str, what: &str, name: &str, of: &str, rows: &[String]) -> Result<(), Failed> {
    let count = rows.len();
    let rows = rows.join(",\n    ");
    let table = format!("/// {what}\nstatic {name}: [{of}; {count}] = [\n    {rows},\n];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join(file), table)?;
    Ok(())
}
