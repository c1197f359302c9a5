//! Who is measured, and how each is run: a process of its own for every round, so that a cold start is one.
//!
//! What it deliberately does not do: measure. That is `benches/ask.js` in JavaScript's engine and `benches/peers` natively.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::root;
use crate::run::{call, capture, cargo, command};
use crate::tasks::wasm;
use crate::tools::Tool;

/// What one round measured; times in nanoseconds.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Measured {
    /// Reading the program itself.
    pub(super) code: f64,
    /// Taking up the compiled lists.
    pub(super) load: f64,
    /// The first thousand requests.
    pub(super) first: f64,
    /// A request, when warm.
    pub(super) mean: f64,
    pub(super) median: f64,
    pub(super) p99: f64,
    /// Bytes held with the lists.
    pub(super) memory: f64,
    /// A letter a request: 1 for stopped.
    pub(super) decisions: String,
}

/// What compiling the lists took.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(super) struct Compiled {
    /// Nanoseconds.
    pub(super) compile: f64,
    /// Bytes.
    pub(super) size: f64,
}

/// Somebody who is measured.
pub(super) struct Peer {
    pub(super) name: &'static str,
    /// The program and its arguments.
    run: fn(&Path) -> Result<std::process::Command>,
    has_compile: bool,
    pub(super) compiled: Compiled,
    pub(super) rounds: Vec<Measured>,
}

/// Everybody.
pub(super) fn all() -> Vec<Peer> {
    let peer = |name, run, has_compile| Peer { name, run, has_compile, compiled: Compiled::default(), rounds: vec![] };
    vec![
        peer("floor", |inputs| in_node("floor", inputs), false),
        peer("ours", |inputs| in_node("ours", inputs), true),
        peer("ubo", |inputs| in_node("ubo", inputs), true),
        peer("ghostery", |inputs| in_node("ghostery", inputs), true),
        peer("brave", |inputs| in_node("brave", inputs), true),
        peer("ours native", |inputs| Ok(natively("ours", inputs)), false),
        peer("brave native", |inputs| Ok(natively("brave", inputs)), false),
    ]
}

impl Peer {
    /// Whether it decides anything: the floor does not.
    pub(super) fn is_judge(&self) -> bool {
        self.name != "floor"
    }

    /// Compiles the lists into its own form, which every round then loads.
    pub(super) fn compile(&mut self, inputs: &Path) -> Result<()> {
        if self.has_compile {
            let mut it = (self.run)(inputs)?;
            it.arg("compile");
            self.compiled = told(self.name, it)?;
        }
        Ok(())
    }

    /// One round.
    pub(super) fn measure(&self, inputs: &Path) -> Result<Measured> {
        told(self.name, (self.run)(inputs)?)
    }

    /// Whether each request was stopped, in the last round.
    pub(super) fn decisions(&self) -> Vec<bool> {
        self.rounds.last().map_or_else(Vec::new, |it| it.decisions.bytes().map(|b| b == b'1').collect())
    }

    /// The median of the rounds.
    pub(super) fn median(&self, of: impl Fn(&Measured) -> f64) -> f64 {
        let mut values: Vec<f64> = self.rounds.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    }
}

fn told<T: for<'de> Deserialize<'de>>(name: &str, command: std::process::Command) -> Result<T> {
    let out = capture(&format!("measuring {name}"), command)?;
    let line = out.lines().last().unwrap_or_default();
    serde_json::from_str(line).with_context(|| format!("{name} said what is no measure"))
}

fn in_node(name: &str, inputs: &Path) -> Result<std::process::Command> {
    let mut node = command(Tool::Node.need()?, &["--expose-gc"]);
    node.arg(root().join("benches/ask.js")).arg(name).arg(inputs).current_dir(root());
    Ok(node)
}

fn natively(name: &str, inputs: &Path) -> std::process::Command {
    let mut it = std::process::Command::new(target().join("release/native"));
    it.arg(name).arg(inputs.join("lists.json")).arg(inputs.join("requests.json")).arg(inputs.join("ours.compiled"));
    it
}

/// Where the peers' own workspace is compiled.
fn target() -> PathBuf {
    root().join("target/peers")
}

/// Builds every program that is run: our core as it ships, and the peers that are Rust.
pub(super) fn build(place: &Path) -> Result<()> {
    wasm::make_one(&root().join("build"), "background")?;
    let peers = |what: &[&str]| {
        let mut cargo = cargo(&["build", "--quiet", "--release", "--manifest-path"]);
        cargo.arg(root().join("benches/peers/Cargo.toml")).args(what).env("CARGO_TARGET_DIR", target());
        cargo
    };
    call("compiling the native programs", peers(&["--bin", "native"]))?;
    call("compiling Brave's crate", peers(&["--lib", "--target", "wasm32-unknown-unknown"]))?;
    wasm::glue(&target().join("wasm32-unknown-unknown/release/peers.wasm"), "peers", &place.join("brave"))
}
