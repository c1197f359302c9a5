//! A driver's process, with everything it starts: known by its log, gone when dropped.
//!
//! Drivers are asked for a free port of their own choice and say in their log which one it became, so that two of
//! them never race for one. When a [`Process`] is dropped, it and all its children are killed: a test that fails must
//! not leave a browser behind. What this deliberately does not do: end any process that it did not start.

use std::collections::HashMap;
use std::fs::{self, File};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use super::{LIMIT, wait_for};

/// How much of the log an error shows.
const TAIL_LINES: usize = 12;

/// A running driver.
pub(super) struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts a program in a process group of its own, with what it says in this file.
    pub(super) fn start(mut command: Command, log: &Path) -> Result<Process> {
        let file = File::create(log)?;
        command.process_group(0).stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        let child = command.spawn().with_context(|| format!("cannot start {:?}", command.get_program()))?;
        Ok(Process { child, log: log.to_path_buf() })
    }

    /// The port that follows this mark in the log, once it is there.
    pub(super) async fn port(&self, mark: &str) -> Result<u16> {
        let mut port = None;
        wait_for(&format!("the driver to say {mark:?}"), LIMIT, || {
            port = self.said_port(mark);
            let is_there = port.is_some();
            async move { Ok(is_there) }
        })
        .await
        .with_context(|| self.tail())?;
        port.context("the driver's port")
    }

    /// The last lines of the log, for an error.
    pub(super) fn tail(&self) -> String {
        let text = fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text).into_owned();
        let lines: Vec<&str> = text.lines().collect();
        format!("the driver's last words:\n{}", lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n"))
    }

    fn said_port(&self, mark: &str) -> Option<u16> {
        let text = fs::read_to_string(&self.log).ok()?;
        let (_, after) = text.split_once(mark)?;
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        // A number at the very end of the log may be half written.
        (after.len() > digits.len()).then(|| digits.parse().ok())?
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Browsers put themselves into groups of their own, so the driver's group is not all of it.
        let children = descendants(self.child.id());
        if let Some(group) = pid(self.child.id()) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        for child in children.into_iter().filter_map(pid) {
            let _ = kill_process(child, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}

fn pid(id: u32) -> Option<Pid> {
    Pid::from_raw(i32::try_from(id).ok()?)
}

/// All processes below this one, as /proc tells; none where there is no /proc.
fn descendants(root: u32) -> Vec<u32> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        // The name stands in brackets and may hold anything; state and parent follow the last bracket.
        let parent = stat.rsplit_once(") ").and_then(|(_, rest)| rest.split(' ').nth(1)?.parse().ok());
        if let Some(parent) = parent {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut found = vec![root];
    let mut at = 0;
    while at < found.len() {
        found.extend(children.remove(&found[at]).unwrap_or_default());
        at += 1;
    }
    found.remove(0);
    found
}
