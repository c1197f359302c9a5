//! Makes the core's table of kinds of signals from the cards in `data/reasons`, before the core is compiled.
//!
//! So a kind is a file, and no code has to name it. The cards are read by the core's own `src/verdict/card.rs`: there is
//! one reading of them, and what is refused here is refused in the tests in the same words. It deliberately makes
//! nothing else: all other data goes into packs, which a newer text may replace; this table is part of the code.

use std::path::Path;
use std::{env, fs};

#[allow(dead_code, unreachable_pub, reason = "a script exports nothing, and needs only a part")]
#[path = "src/verdict/card.rs"]
mod card;
#[allow(dead_code, unreachable_pub, reason = "a script exports nothing, and needs only a part")]
#[path = "src/verdict/group.rs"]
mod group;

const FOLDER: &str = "data/reasons";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed={FOLDER}");
    let mut paths = Vec::new();
    for entry in fs::read_dir(FOLDER)? {
        paths.push(entry?.path());
    }
    paths.sort();
    let mut rows = Vec::new();
    for path in paths {
        let name = path.display().to_string();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        match card::parse(&fs::read_to_string(&path)?) {
            Ok(card) => {
                card::faults(&stem, &card).iter().for_each(|fault| println!("cargo::error={name}: {fault}"));
                rows.push(format!("    {},\n", card::row(&card)));
            }
            Err((at, reason)) => println!("cargo::error={name}: at byte {}: {reason}", at.unwrap_or_default()),
        }
    }
    if rows.len() > card::MOST {
        println!("cargo::error={FOLDER}: {} kinds; a pack tells {} apart", rows.len(), card::MOST);
    }
    let table = format!(
        "/// All kinds of signals, sorted by name.\nstatic REASONS: [Reason; {}] = [\n{}];\n",
        rows.len(),
        rows.concat()
    );
    fs::write(Path::new(&env::var("OUT_DIR")?).join("reasons.rs"), table)?;
    Ok(())
}
