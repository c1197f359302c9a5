//! A clock of our own for the extension: a copy of the packed extension in which it is noon of a day that the test names.
//!
//! The copy differs in nothing but one script more, which stands before all others, in the background and in pages. It
//! sets `Date`, and the times at which the browser says that requests were made. What time it is for pages and for the
//! browser itself stays as it is.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::browser::Which;
use xtask::root;

/// The first day, 1 January 2030, as the diary numbers it: in days from 1 January 1970.
pub(crate) const FIRST_DAY: u32 = 21_915;

const SCRIPT: &str = "extension/clock.js";

/// The copy.
pub(crate) struct Clock {
    folder: TempDir,
}

impl Clock {
    /// Copies the packed extension of a browser; it is noon of the first day.
    pub(crate) fn new(which: Which) -> Result<Clock> {
        let clock = Clock { folder: tempfile::tempdir()? };
        copy(&root().join("dist").join(if which == Which::Chromium { "chrome" } else { "firefox" }), clock.path())?;
        clock.change_manifest(|manifest| {
            for scripts in manifest["content_scripts"].as_array_mut().into_iter().flatten() {
                // Those of the page's world are the page's, whose clock is right.
                if scripts["world"] != "MAIN"
                    && let Some(files) = scripts["js"].as_array_mut()
                {
                    files.insert(0, json!(SCRIPT));
                }
            }
        })?;
        let background = clock.path().join("extension/background.js");
        let text = fs::read_to_string(&background)?;
        fs::write(background, format!("import './clock.js';\n{text}"))?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
        fs::write(clock.path().join(SCRIPT), script(now)).context("writing the clock")?;
        clock.set(0)?;
        Ok(clock)
    }

    /// The folder of the unpacked extension.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// From the next start of the browser on it is noon of so many days after the first, where the person lives. The
    /// day stands in the version, because Chromium keeps the scripts of a background from one start to the next.
    pub(crate) fn set(&self, days: u32) -> Result<()> {
        self.change_manifest(|manifest| manifest["version"] = json!(format!("0.1.{days}")))
    }

    fn change_manifest(&self, change: impl FnOnce(&mut Value)) -> Result<()> {
        let file = self.path().join("manifest.json");
        let mut manifest = serde_json::from_str(&fs::read_to_string(&file)?).context("manifest.json")?;
        change(&mut manifest);
        fs::write(file, manifest.to_string()).context("writing the manifest")
    }
}

/// The script, if now is so many milliseconds after 1970.
fn script(now: u128) -> String {
    format!(
        "(() => {{
  const Real = Date;
  const {{ runtime, webRequest }} = globalThis.browser ?? globalThis.chrome;
  const day = Number(runtime.getManifest().version.split('.').at(-1));
  const ahead = new Real(2030, 0, 1 + day, 12).getTime() - {now};
  globalThis.Date = class extends Real {{
    constructor(...parts) {{
      super(...(parts.length > 0 ? parts : [Real.now() + ahead]));
    }}
    static now() {{
      return Real.now() + ahead;
    }}
  }};
  // Pages have no requests to listen to.
  for (const name in webRequest) {{
    const event = webRequest[name];
    if (!name.startsWith('on') || !event.addListener) continue;
    const listen = event.addListener.bind(event);
    event.addListener = (heard, ...rest) =>
      listen((details) => heard({{ ...details, timeStamp: details.timeStamp + ahead }}), ...rest);
  }}
}})();
"
    )
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot list {}", from.display()))? {
        let entry = entry?;
        let target: PathBuf = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
