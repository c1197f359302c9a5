//! What a list says of itself: the comments at its head, and those that part it into sections.
//!
//! A list is foreign text and may say anything; it is noted, never believed further than it can be checked. The first of
//! two says counts, because sub-lists that were joined to a list bring headers of their own. What it deliberately does
//! not do: resolve addresses. `Diff-Path` is relative to where the list came from, and only who fetches knows that.

/// What a list's header says; what it does not say is empty or none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// `Title:`
    pub title: String,
    /// `Version:`, or else `Last modified:`.
    pub version: String,
    /// `Expires:` in hours; at least one.
    pub expires: Option<u32>,
    /// `Homepage:`
    pub home: String,
    /// `Licence:` or `License:`
    pub licence: String,
    /// `Diff-Path:`: where the next differences will be, and behind `#` under which name.
    pub diff_path: String,
    /// `Diff-Expires:` in minutes: when there may be new ones.
    pub diff_expires: Option<u32>,
}

impl About {
    /// Takes what a comment says.
    pub(super) fn note(&mut self, line: &str) {
        let Some((key, value)) = line.trim_start_matches(['!', '[']).split_once(':') else { return };
        let value = value.trim();
        let text = match key.trim().to_ascii_lowercase().as_str() {
            "title" => &mut self.title,
            "version" | "last modified" => &mut self.version,
            "homepage" => &mut self.home,
            "licence" | "license" => &mut self.licence,
            "diff-path" => &mut self.diff_path,
            "expires" => {
                return self.expires = self.expires.or_else(|| minutes(value, 24 * 60).map(|m| (m / 60).max(1)));
            }
            "diff-expires" => return self.diff_expires = self.diff_expires.or_else(|| minutes(value, 1)),
            _ => return,
        };
        if text.is_empty() {
            value.clone_into(text);
        }
    }
}

/// Returns true if and only if a comment says something of the list.
pub(super) fn says(line: &str) -> bool {
    let mut about = About::default();
    about.note(line);
    about != About::default()
}

/// `6 days (update frequency)`, `12 hours`, `317 minutes`; a number alone is in units of `bare` minutes.
fn minutes(text: &str, bare: u32) -> Option<u32> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit = match unit.trim_start().chars().next().map(|c| c.to_ascii_lowercase()) {
        Some('d') => 24 * 60,
        Some('h') => 60,
        Some('m') => 1,
        _ => bare,
    };
    number.parse::<u32>().ok()?.checked_mul(unit)
}

/// The name of the section that a comment begins: `*** easylist:easyprivacy/easyprivacy_general.txt ***`.
pub(super) fn section(line: &str) -> Option<&str> {
    let path = line.trim_start_matches('!').trim().strip_prefix("***")?.trim().strip_suffix("***")?.trim();
    let name = path.rsplit(['/', ':']).next().unwrap_or(path);
    Some(name.strip_suffix(".txt").unwrap_or(name))
}

/// Where a server answered with a page instead of the list; half of its lines would pass for rules.
pub(super) fn where_markup_begins(text: &str) -> Option<usize> {
    let (i, line) = text.lines().enumerate().find(|(_, line)| !line.trim().is_empty())?;
    line.trim_start().starts_with('<').then_some(i + 1)
}
