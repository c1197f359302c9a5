//! Running other programs, with errors that say which one, why it was called and how it ended.
//!
//! There are only two ways: [`call`] lets the program speak for itself on our own terminal, [`capture`] takes what it
//! says. What this deliberately does not do: try again, or go on after a failure.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::root;

/// A command that starts in the repository's root.
pub fn command(program: impl AsRef<Path>, arguments: &[&str]) -> Command {
    let mut command = Command::new(program.as_ref());
    command.args(arguments).current_dir(root());
    command
}

/// The cargo that called us, or the one on the path.
pub fn cargo(arguments: &[&str]) -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), arguments)
}

/// Runs a command on our own terminal.
///
/// # Errors
/// If it cannot be started or ends badly; `what` says what it was for.
pub fn call(what: &str, mut command: Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{what}: cannot start {:?}", command.get_program()))?;
    if !status.success() {
        bail!("{what} failed: {command:?} ended with {status}");
    }
    Ok(())
}

/// Runs a command and gives back what it wrote to standard output.
///
/// # Errors
/// As [`call`]; what the command wrote to standard error is in the error.
pub fn capture(what: &str, mut command: Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{what}: cannot start {:?}", command.get_program()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{what} failed: {command:?} ended with {}\n{}", output.status, said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
