//! From the core's Rust to what a browser loads: compile, make the JavaScript glue, make it small.
//!
//! One wasm a browser context, each with only what it needs. The glue is made by wasm-bindgen as a library, so nobody
//! installs its command; the size comes from npm's binaryen (Debian's is too old: what it writes does not load). What
//! this deliberately does not do: bundle, minify or rewrite JavaScript.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::root;
use crate::run::{call, capture, cargo, command};
use crate::tools;

/// What every browser we support can do, since `--all-features` would let binaryen write what none of them reads; and what
/// none of them reads goes.
const WASM_OPT: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    // Which tools made it, and what it asks of a browser, is said for other tools: no browser reads it.
    "--strip-producers",
    "--strip-target-features",
];
/// The one global that the page core's glue leaves behind in the content script's world.
const PAGE_GLOBAL: &str = "plainsightCore";

/// A context of the browser that has a core of its own; its name is that of the bin and of the files in `build/`.
struct Core {
    name: &'static str,
    /// A classic script, where modules cannot go: a content script.
    is_classic: bool,
    /// The profile of Cargo.toml that it is compiled with, and binaryen's passes: small, or fast.
    profile: &'static str,
    passes: &'static [&'static str],
}

/// What makes a core small. Taken apart and put together anew it is 2 KB smaller, and no slower.
const SMALL: &[&str] = &["-Oz", "--flatten", "--rereloop", "-Oz", "-Oz"];
/// The last pass: functions stand by their names, so that what was made of one text for several types stands together.
/// gzip looks back 32 KB and finds it there: the pages are 14 KB smaller, and a browser runs them as before.
const ORDERED: &str = "--reorder-functions-by-name";

const CORES: &[Core] = &[
    Core { name: "page", is_classic: true, profile: "release", passes: SMALL },
    Core { name: "background", is_classic: false, profile: "background", passes: &["-O4"] },
    Core { name: "pages", is_classic: false, profile: "release", passes: SMALL },
];

/// Compiles every core and leaves `NAME.js` and `NAME_bg.wasm` in `build/`.
///
/// # Errors
/// If the compiler, wasm-bindgen or binaryen fails.
pub fn make(build: &Path) -> Result<()> {
    make_some(build, |_| true)
}

/// The same for one core alone.
///
/// # Errors
/// As [`make`].
pub fn make_one(build: &Path, name: &str) -> Result<()> {
    make_some(build, |core| core.name == name)
}

fn make_some(build: &Path, wanted: impl Fn(&Core) -> bool) -> Result<()> {
    tools::wasm_target()?;
    let wasm_opt = tools::npm_tool("wasm-opt")?;
    let version = capture("asking binaryen for its version", command(&wasm_opt, &["--version"]))?;
    for core in CORES.iter().filter(|core| wanted(core)) {
        // The pages bring Leptos and web-sys; compiled together, their features would grow the other two.
        let features = if core.name == "pages" { "pages" } else { "browser" };
        compile(&["--profile", core.profile, "--features", features, "--bin", core.name])?;
        core.make(&wasm_opt, &version, build)?;
    }
    Ok(())
}

fn compile(what: &[&str]) -> Result<()> {
    let mut cargo = cargo(&["build", "--quiet", "--package", "plainsight"]);
    cargo.args(["--target", "wasm32-unknown-unknown"]).args(what);
    let mut flags = same_paths_everywhere();
    // Leptos then draws every part through one type, and not through one of its own each: the pages are a ninth smaller.
    // The other cores do not know it, and get it so that what all are made of is compiled once.
    flags.extend(["--cfg".to_owned(), "erase_components".to_owned()]);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
    call("compiling the core for the browser", cargo)
}

/// Glue and fast wasm of somebody else's core, from where the compiler left it: `NAME.js` and `NAME_bg.wasm` in `folder`.
///
/// # Errors
/// If wasm-bindgen or binaryen fails.
pub fn glue(compiled: &Path, name: &str, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut bindgen = Bindgen::new();
    bindgen.input_path(compiled).out_name(name).typescript(false).omit_default_module_path(true).web(true)?;
    bindgen.generate(folder).with_context(|| format!("wasm-bindgen on {name}"))?;
    let wasm = folder.join(format!("{name}_bg.wasm"));
    let mut fast = command(tools::npm_tool("wasm-opt")?, WASM_OPT);
    fast.arg("-O4").arg(&wasm).arg("-o").arg(&wasm);
    call("making the wasm fast", fast)
}

/// Messages of a panic name source files, and those of our crates lie in somebody's home folder: shipped, they would
/// tell of it, and nobody could build the same bytes elsewhere.
fn same_paths_everywhere() -> Vec<String> {
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo_home = cargo_home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let renamed = cargo_home.map(|home| (home, "cargo")).into_iter().chain([(root(), "plainsight")]);
    renamed.map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display())).collect()
}

impl Core {
    fn make(&self, wasm_opt: &Path, version: &str, build: &Path) -> Result<()> {
        let name = self.name;
        let compiled = root().join("target/wasm32-unknown-unknown").join(self.profile).join(format!("{name}.wasm"));
        let bytes = fs::read(&compiled).with_context(|| format!("the compiler left no {}", compiled.display()))?;
        let glue = root().join("target/glue").join(name);
        let outputs = [build.join(format!("{name}.js")), build.join(format!("{name}_bg.wasm"))];

        // Making it small takes seconds; it is left out if and only if the same input was made before, by the same
        // tools, into files that are still there.
        let made = glue.join("made-from");
        let mark = || {
            mark(&[
                &bytes,
                version.as_bytes(),
                self.passes.concat().as_bytes(),
                ORDERED.as_bytes(),
                WASM_OPT.concat().as_bytes(),
                &contents(&outputs),
            ])
        };
        if fs::read_to_string(&made).is_ok_and(|before| before == mark()) {
            return Ok(());
        }

        println!("  {name}: glue and size");
        let _ = fs::remove_dir_all(&glue);
        self.bind(&compiled, &glue).with_context(|| format!("wasm-bindgen on {name}"))?;
        let mut small = command(wasm_opt, WASM_OPT);
        small.args(self.passes).arg(ORDERED).arg(glue.join(format!("{name}_bg.wasm"))).arg("-o").arg(&outputs[1]);
        call("making the wasm small", small)?;
        fs::copy(glue.join(format!("{name}.js")), &outputs[0])?;
        if !self.is_classic {
            // Not shipped: calls of the modules that import it are checked against it. A classic script's globals are
            // described in the skin, with their messages.
            fs::copy(glue.join(format!("{name}.d.ts")), build.join(format!("{name}.d.ts")))?;
        }
        copy_tree(&glue.join("snippets"), &build.join("snippets"))?;
        fs::write(made, mark())?;
        Ok(())
    }

    fn bind(&self, compiled: &Path, glue: &Path) -> Result<()> {
        let mut bindgen = Bindgen::new();
        // Whoever loads the glue says where the wasm is: the frame's address is a dynamic one.
        bindgen.input_path(compiled).out_name(self.name).typescript(true).omit_default_module_path(true);
        if self.is_classic {
            bindgen.no_modules(true)?.no_modules_global(PAGE_GLOBAL)?;
        } else {
            bindgen.web(true)?;
        }
        bindgen.generate(glue)
    }
}

fn mark(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The contents of what was made, so that a file someone deleted or changed is made again.
fn contents(outputs: &[PathBuf]) -> Vec<u8> {
    outputs.iter().flat_map(|file| mark(&[&fs::read(file).unwrap_or_default()]).into_bytes()).collect()
}

/// Inline JavaScript of the crates we use, which wasm-bindgen writes to files of their own; often there is none.
fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    if !from.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
