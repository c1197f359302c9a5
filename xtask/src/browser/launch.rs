//! How each browser is started: its driver's command line, its capabilities, its preferences.
//!
//! The one place that knows flags and preference names. What this deliberately does not set: anything that makes the
//! extension's life easier than a person's browser would, but for the permission to look at its pages.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use thirtyfour::Capabilities;

use super::{LIMIT, Options, Which};
use crate::tools::Tool;

/// The extension's address in Firefox, which otherwise is another by chance in every profile.
pub(super) const FIREFOX_UUID: &str = "5c1e9a37-0b7d-4b52-9d3e-2f7a6c1d8e40";
/// Chromium alone, without the services that would ask the net for something by themselves.
const CHROMIUM_FLAGS: &[&str] = &[
    // The sandbox cannot be had as root, where CI runs; what is opened here are our own fixtures.
    "--no-sandbox",
    "--disable-gpu",
    // QUIC would go past the proxy.
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // A test that serves a page over plain http means it.
    "--disable-features=HttpsUpgrades",
    // A container's /dev/shm is often too small for a page's pictures.
    "--disable-dev-shm-usage",
];

/// The driver's command and the words before its port in the log.
pub(super) fn driver(which: Which) -> Result<(Command, &'static str)> {
    let (command, mark) = match which {
        Which::Chromium => {
            let mut command = Command::new(Tool::Chromedriver.need()?);
            command.arg(format!("--port={}", free_port()?));
            (command, "started successfully on port ")
        }
        Which::Firefox => {
            let mut command = Command::new(Tool::Geckodriver.need()?);
            // System access is what lets it open the extension's own pages and put the background to sleep.
            command.args(["--port", "0", "--websocket-port", "0", "--allow-system-access"]);
            (command, "Listening on 127.0.0.1:")
        }
    };
    Ok((command, mark))
}

/// A port that nobody has in either family of addresses: told to choose one itself, ChromeDriver looks at the newer family
/// alone, and gives up where the port is taken in the other.
fn free_port() -> Result<u16> {
    loop {
        let older = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
        let port = older.local_addr()?.port();
        match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            // A machine may be without the newer family.
            _ => return Ok(port),
        }
    }
}

/// What is asked of the driver for a session with this profile.
pub(super) fn capabilities(
    which: Which,
    options: &Options,
    profile: &Path,
    addon_id: Option<&str>,
) -> Result<Capabilities> {
    let proxy = options.proxy.to_string();
    let milliseconds = u64::try_from(LIMIT.as_millis())?;
    let mut wanted = json!({
        "acceptInsecureCerts": true,
        "webSocketUrl": true,
        "proxy": { "proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy },
        // A little under our own limit, so that the driver's error, which knows more, comes first.
        "timeouts": { "script": milliseconds - 2000, "pageLoad": milliseconds - 2000, "implicit": 0 },
    });
    match which {
        Which::Chromium => chromium(&mut wanted, options, profile)?,
        Which::Firefox => firefox(&mut wanted, options, profile, addon_id)?,
    }
    let mut capabilities = Capabilities::new();
    for (name, value) in wanted.as_object().into_iter().flatten() {
        capabilities.set(name, value).with_context(|| format!("capability {name}"))?;
    }
    Ok(capabilities)
}

fn chromium(wanted: &mut Value, options: &Options, profile: &Path) -> Result<()> {
    let mut flags: Vec<String> = CHROMIUM_FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
    flags.push(format!("--user-data-dir={}", profile.display()));
    flags.push(format!("--window-size={},{}", options.window.0, options.window.1));
    if options.headless {
        flags.push("--headless=new".into());
    }
    if options.dark {
        flags.push("--force-dark-mode".into());
    }
    if options.still {
        flags.push("--force-prefers-reduced-motion".into());
    }
    let mut prefs = Map::new();
    if let Some(language) = &options.language {
        flags.push(format!("--accept-lang={language}"));
        prefs.insert("intl.accept_languages".into(), language.as_str().into());
    }
    prefs.extend(options.prefs.iter().cloned());
    wanted["browserName"] = "chrome".into();
    wanted["goog:chromeOptions"] = json!({ "binary": Tool::Chromium.need()?, "args": flags, "prefs": prefs });
    Ok(())
}

fn firefox(wanted: &mut Value, options: &Options, profile: &Path, addon_id: Option<&str>) -> Result<()> {
    let mut flags = vec!["-profile".to_owned(), profile.display().to_string()];
    flags.extend(["-width".into(), options.window.0.to_string(), "-height".into(), options.window.1.to_string()]);
    if options.headless {
        flags.push("-headless".into());
    }
    let mut prefs = json!({
        // An unpacked extension is gone when Firefox ends, and with it, but for these two, all that it stored.
        "extensions.webextensions.keepStorageOnUninstall": true,
        "extensions.webextensions.keepUuidOnUninstall": true,
        "layout.css.prefers-color-scheme.content-override": if options.dark { 0 } else { 1 },
        "ui.systemUsesDarkTheme": u8::from(options.dark),
        "ui.prefersReducedMotion": u8::from(options.still),
        // Services that ask the net for something by themselves.
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
    });
    if let Some(id) = addon_id {
        prefs["extensions.webextensions.uuids"] = json!({ id: FIREFOX_UUID }).to_string().into();
    }
    if let Some(language) = &options.language {
        prefs["intl.accept_languages"] = language.as_str().into();
    }
    for (name, value) in &options.prefs {
        prefs[name] = value.clone();
    }
    wanted["browserName"] = "firefox".into();
    wanted["moz:firefoxOptions"] = json!({ "binary": Tool::Firefox.need()?, "args": flags, "prefs": prefs });
    Ok(())
}
