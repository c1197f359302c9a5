//! The programs that the tasks need: where they are, and how they get there.
//!
//! A browser or driver is taken from the environment variable that names it, else from its usual places, else from
//! the path. On Debian as root what is missing is installed; anywhere else the error says exactly what to install.
//! What this deliberately does not do: download a browser by itself, or use a wrapper script where the real program
//! can be found (Debian's wrapper of Chromium adds flags of its own, and once hung).

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::root;
use crate::run::{call, capture, command};

/// The version of geckodriver that is installed from crates.io, where no system package holds one.
const GECKODRIVER: &str = "0.37.1";
/// Older ones lack what web-ext asks for.
const OLDEST_NODE: u32 = 20;

/// Debian's packages: two browsers, a driver, fonts for every script that fixtures are written in, and the packages that
/// hold the filter lists and the public suffixes.
const DEBIAN: &[&str] = &[
    "chromium",
    "chromium-driver",
    "firefox-esr",
    "fonts-noto-core",
    "fonts-noto-cjk",
    "fonts-noto-color-emoji",
    "publicsuffix",
    "webext-ublock-origin-chromium",
];

/// A program that a task needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Chromium or Chrome, 130 or newer.
    Chromium,
    /// Chromium's WebDriver, of the browser's own version.
    Chromedriver,
    /// Firefox or Firefox ESR, 140 or newer.
    Firefox,
    /// Firefox's WebDriver.
    Geckodriver,
    /// Node.js.
    Node,
    /// Node's package installer.
    Npm,
}

/// Where a program may be, and what to say if it is nowhere.
struct Whereabouts {
    variable: &'static str,
    places: &'static [&'static str],
    names: &'static [&'static str],
    advice: &'static str,
}

impl Tool {
    /// Every one of them.
    pub const ALL: [Tool; 6] =
        [Tool::Chromium, Tool::Chromedriver, Tool::Firefox, Tool::Geckodriver, Tool::Node, Tool::Npm];

    fn whereabouts(self) -> Whereabouts {
        match self {
            Tool::Chromium => Whereabouts {
                variable: "PLAINSIGHT_CHROMIUM",
                places: &[
                    "/usr/lib/chromium/chromium",
                    "/usr/lib64/chromium-browser/chromium-browser",
                    "/opt/google/chrome/chrome",
                    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                ],
                names: &["chromium", "chromium-browser", "google-chrome"],
                advice: "Chromium or Chrome (Debian: apt-get install chromium)",
            },
            Tool::Chromedriver => Whereabouts {
                variable: "PLAINSIGHT_CHROMEDRIVER",
                places: &[],
                names: &["chromedriver"],
                advice: "chromedriver of the browser's version (Debian: apt-get install chromium-driver)",
            },
            Tool::Firefox => Whereabouts {
                variable: "PLAINSIGHT_FIREFOX",
                places: &[
                    "/usr/lib/firefox-esr/firefox-esr",
                    "/usr/lib/firefox/firefox",
                    "/Applications/Firefox.app/Contents/MacOS/firefox",
                ],
                names: &["firefox-esr", "firefox"],
                advice: "Firefox (Debian: apt-get install firefox-esr)",
            },
            Tool::Geckodriver => Whereabouts {
                variable: "PLAINSIGHT_GECKODRIVER",
                places: &[],
                names: &["geckodriver"],
                advice: "geckodriver (cargo install geckodriver --version 0.37.1 --locked)",
            },
            Tool::Node => Whereabouts {
                variable: "PLAINSIGHT_NODE",
                places: &[],
                names: &["node", "nodejs"],
                advice: "Node.js 20 or newer (Debian: apt-get install nodejs npm)",
            },
            Tool::Npm => Whereabouts {
                variable: "PLAINSIGHT_NPM",
                places: &[],
                names: &["npm"],
                advice: "npm (Debian: apt-get install npm)",
            },
        }
    }

    /// Where it is, if it is anywhere.
    pub fn find(self) -> Option<PathBuf> {
        let it = self.whereabouts();
        std::env::var_os(it.variable)
            .map(PathBuf::from)
            .or_else(|| it.places.iter().map(PathBuf::from).find(|place| place.is_file()))
            .or_else(|| it.names.iter().find_map(|name| on_path(name)))
    }

    /// Where it is; installs it if it is missing and this machine allows it.
    ///
    /// # Errors
    /// Says what to install, and which variable may name it instead.
    pub fn need(self) -> Result<PathBuf> {
        if let Some(path) = self.find() {
            let variable = self.whereabouts().variable;
            if !path.is_file() {
                bail!(
                    "{variable} is set to {}, and nothing is there: unset it, or set it to where it is",
                    path.display()
                );
            }
            return Ok(path);
        }
        match self {
            Tool::Geckodriver => install_geckodriver()?,
            Tool::Node | Tool::Npm => install_debian(&["nodejs", "npm"])?,
            _ => install_debian(DEBIAN)?,
        }
        let it = self.whereabouts();
        self.find().with_context(|| format!("install {}, or set {} to where it is", it.advice, it.variable))
    }
}

/// Installs or finds everything, and says where it is.
///
/// # Errors
/// The first thing that can neither be found nor installed.
pub fn install_all() -> Result<()> {
    if can_install() {
        install_debian(DEBIAN)?;
    }
    for tool in Tool::ALL {
        println!("{tool:?}: {}", tool.need()?.display());
    }
    npm_packages()?;
    wasm_target()
}

/// A tool from npm, as package.json and its lock name it; installs all of them if they are missing or out of date.
///
/// # Errors
/// If Node or npm is missing or too old, or `npm ci` fails.
pub fn npm_tool(name: &str) -> Result<PathBuf> {
    npm_packages()?;
    let path = root().join("node_modules/.bin").join(name);
    if !path.exists() {
        bail!("package.json brings no tool {name}: node_modules/.bin has none of that name");
    }
    Ok(path)
}

/// Makes `node_modules` what the lock file says, if it is not already.
///
/// # Errors
/// As [`npm_tool`].
pub fn npm_packages() -> Result<()> {
    let said = capture("asking Node for its version", command(Tool::Node.need()?, &["--version"]))?;
    let major = said.trim().trim_start_matches('v').split('.').next().and_then(|n| n.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        bail!("Node {} is too old: install {OLDEST_NODE} or newer, or set PLAINSIGHT_NODE to one", said.trim());
    }
    let changed = |path: &str| root().join(path).metadata().and_then(|meta| meta.modified()).ok();
    // npm writes this file last, so that an installation that was broken off is not taken for a whole one.
    let installed = changed("node_modules/.package-lock.json");
    if installed.is_some() && installed >= changed("package-lock.json") {
        return Ok(());
    }
    // Not on our own terminal: the standard output may be somebody's answers.
    capture("installing the build's npm packages", command(Tool::Npm.need()?, &["ci", "--no-audit", "--no-fund"]))?;
    Ok(())
}

/// Makes sure that the compiler can compile for the browser.
///
/// # Errors
/// Says what to install if rustup cannot.
pub fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let sysroot = capture("asking rustc for its folder", command("rustc", &["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    call("adding the wasm target", command("rustup", &["target", "add", TARGET])).with_context(|| {
        format!(
            "the Rust toolchain has no target {TARGET}, and rustup could not add it: install that target's \
             standard library (rustup target add {TARGET}; without rustup, the package of your system, \
             on Debian libstd-rust-dev-wasm32)"
        )
    })
}

/// The first program of this name on the path or among cargo's own.
fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let cargo_bin = std::env::home_dir().map(|home| home.join(".cargo/bin"));
    std::env::split_paths(&path).chain(cargo_bin).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// True if and only if this is Debian or one of its children, and we are root.
fn can_install() -> bool {
    Path::new("/etc/debian_version").exists() && on_path("apt-get").is_some() && rustix::process::getuid().is_root()
}

/// Installs those of the packages that are not there yet; does nothing where it cannot.
/// Installs one of Debian's packages if it is missing and this machine allows it; else does nothing.
///
/// # Errors
/// If it cannot be installed.
pub fn debian_package(name: &str) -> Result<()> {
    install_debian(&[name])
}

fn install_debian(packages: &[&str]) -> Result<()> {
    if !can_install() {
        return Ok(());
    }
    let is_missing = |package: &&&str| {
        let asked = capture("asking dpkg", command("dpkg-query", &["-W", "-f=${Status}", package]));
        !asked.is_ok_and(|status| status.trim() == "install ok installed")
    };
    let missing: Vec<&str> = packages.iter().filter(is_missing).copied().collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("installing {}", missing.join(" "));
    call("reading Debian's package lists", command("apt-get", &["update", "-q"]))?;
    let mut install = command("apt-get", &["install", "-q", "-y", "--no-install-recommends"]);
    install.args(&missing).env("DEBIAN_FRONTEND", "noninteractive");
    call("installing Debian packages", install)
}

/// There is no Debian package of it, and npm's downloads a program from elsewhere; crates.io has its source.
fn install_geckodriver() -> Result<()> {
    let arguments = ["install", "geckodriver", "--version", GECKODRIVER, "--locked"];
    call("building geckodriver (two minutes on two cores, once)", crate::run::cargo(&arguments))
}
