//! The repository's files as the checks see them: paths from the root, and texts.
//!
//! What `.gitignore` names is left out, and git itself is not asked, so that the checks also hold in an unpacked archive.

use std::path::Path;

/// A text file.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    /// From the root, with slashes.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Text {
    pub(crate) fn new(path: &str, text: &str) -> Text {
        Text { path: path.into(), text: text.into() }
    }

    /// True if and only if its name ends in a dot and one of these.
    pub(crate) fn is(&self, endings: &[&str]) -> bool {
        ends(&self.path, endings)
    }
}

/// What is not text.
const BINARY: &[&str] = &["bin", "png", "gif", "mp3", "mp4", "wasm", "pack", "gz"];

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// True if and only if the path ends in a dot and one of these.
pub(crate) fn ends(path: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| path.strip_suffix(ending).is_some_and(|rest| rest.ends_with('.')))
}

/// The paths of all files, sorted.
pub(crate) fn paths() -> Vec<String> {
    let ignored = std::fs::read_to_string(root().join(".gitignore")).expect(".gitignore is there");
    let mut found = Vec::new();
    walk("", &ignored, &mut found);
    found.sort();
    found
}

/// All text files.
pub(crate) fn texts() -> Vec<Text> {
    let paths = paths().into_iter().filter(|path| !ends(path, BINARY));
    let read = |path: String| {
        let text = std::fs::read_to_string(root().join(&path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        Text { path, text }
    };
    paths.map(read).collect()
}

/// All text files below a folder with one of these endings.
pub(crate) fn texts_in(folder: &str, endings: &[&str]) -> Vec<Text> {
    texts().into_iter().filter(|it| it.path.starts_with(folder) && it.is(endings)).collect()
}

pub(crate) fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn walk(folder: &str, ignored: &str, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(root().join(folder)).expect("a readable folder") {
        let entry = entry.expect("a readable folder");
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        if name == ".git" || is_ignored(&path, &name, ignored) {
            continue;
        }
        if entry.file_type().expect("a file or folder").is_dir() {
            walk(&path, ignored, found);
        } else {
            found.push(path);
        }
    }
}

/// A line is a name, or a path from the root if it starts with a slash; more of git's language is not used here.
fn is_ignored(path: &str, name: &str, ignored: &str) -> bool {
    ignored.lines().any(|line| line.strip_prefix('/').map_or(line == name, |from_root| from_root == path))
}

#[test]
fn what_git_ignores_is_left_out() {
    assert!(is_ignored("target", "target", "/target\nnode_modules\n"));
    assert!(is_ignored("a/node_modules", "node_modules", "/target\nnode_modules\n"));
    assert!(!is_ignored("a/target", "target", "/target\nnode_modules\n"));
    assert!(paths().contains(&"Cargo.toml".to_owned()));
}
