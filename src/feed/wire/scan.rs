//! Finds the items in a platform's answer without reading the rest of it.
//!
//! An answer is a megabyte or more, of which a few thousand bytes concern us. The scanner walks keys and lists along a
//! path and skips everything else byte by byte; only the items it finds are parsed. It keeps no stack of its own depth
//! of nesting, so that ten thousand brackets cost nothing, and an answer that is cut off in the middle still yields the
//! items before the cut. Several values one after another (streamed answers) and a guard such as `for (;;);` in front
//! are passed over. It deliberately does not check what it skips: the platform's page does that.

use std::ops::Range;

use super::path::{Path, Step};

/// Where an answer stopped making sense, in bytes from its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut(pub usize);

/// Where in `text` the items are that `path` leads to, in bytes, and where the answer was cut off, if it was.
pub fn items(text: &str, path: &Path) -> (Vec<Range<usize>>, Option<Cut>) {
    let mut scan = Scan::of(text);
    let mut cut = None;
    while cut.is_none() && scan.is_at_value() {
        cut = scan.read(path);
    }
    (scan.found, cut)
}

/// The same in the first value of `text` alone: what stands behind it is somebody else's.
pub fn items_of_first(text: &str, path: &Path) -> (Vec<Range<usize>>, Option<Cut>) {
    let mut scan = Scan::of(text);
    let cut = if scan.is_at_value() { scan.read(path) } else { None };
    (scan.found, cut)
}

struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
    found: Vec<Range<usize>>,
}

/// Every step returns none if the text ends or makes no sense; `at` then says where.
impl Scan<'_> {
    fn of(text: &str) -> Scan<'_> {
        Scan { bytes: text.as_bytes(), at: 0, found: Vec::new() }
    }

    /// Goes to the next value that may hold items; false if there is none.
    fn is_at_value(&mut self) -> bool {
        let start = self.bytes[self.at..].iter().position(|b| matches!(b, b'{' | b'['));
        self.at += start.unwrap_or_default();
        start.is_some()
    }

    /// Reads the value here.
    fn read(&mut self, path: &Path) -> Option<Cut> {
        let is_whole = self.value(&path.0).is_some();
        (!is_whole).then(|| Cut(self.at.min(self.bytes.len())))
    }

    fn value(&mut self, steps: &[Step]) -> Option<()> {
        self.space();
        match (steps.split_first(), self.peek()?) {
            (None, _) => {
                let from = self.at;
                self.skip()?;
                self.found.push(from..self.at);
            }
            (Some((Step::Key(key), rest)), b'{') => self.object(key, rest)?,
            (Some((Step::Each, rest)), b'[') => self.list(rest)?,
            (Some((Step::Any(key), rest)), b'{' | b'[') => self.anywhere(key, rest)?,
            _ => self.skip()?,
        }
        Some(())
    }

    fn object(&mut self, key: &str, rest: &[Step]) -> Option<()> {
        self.at += 1;
        self.space();
        if self.peek()? == b'}' {
            self.at += 1;
            return Some(());
        }
        loop {
            self.space();
            let from = self.at;
            self.string()?;
            // Keys with escapes are never ours, so the raw bytes may be compared.
            let is_ours = self.bytes.get(from + 1..self.at - 1)? == key.as_bytes();
            self.space();
            self.eat(b':')?;
            if is_ours {
                self.value(rest)?
            } else {
                self.skip()?
            }
            self.space();
            match self.peek()? {
                b',' => self.at += 1,
                b'}' => {
                    self.at += 1;
                    return Some(());
                }
                _ => return None,
            }
        }
    }

    fn list(&mut self, rest: &[Step]) -> Option<()> {
        self.at += 1;
        self.space();
        if self.peek()? == b']' {
            self.at += 1;
            return Some(());
        }
        loop {
            self.value(rest)?;
            self.space();
            match self.peek()? {
                b',' => self.at += 1,
                b']' => {
                    self.at += 1;
                    return Some(());
                }
                _ => return None,
            }
        }
    }

    /// Looks for a key at any depth, and not again inside what it leads to.
    fn anywhere(&mut self, key: &str, rest: &[Step]) -> Option<()> {
        let mut depth = 0usize;
        loop {
            self.space();
            match self.peek()? {
                b'"' => {
                    let from = self.at;
                    self.string()?;
                    let is_ours = self.bytes.get(from + 1..self.at - 1)? == key.as_bytes();
                    self.space();
                    if is_ours && self.peek()? == b':' {
                        self.at += 1;
                        self.value(rest)?;
                    }
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                    if depth == 0 {
                        return Some(());
                    }
                }
                b',' | b':' => self.at += 1,
                _ => self.word()?,
            }
        }
    }

    /// Passes over one value of any depth.
    fn skip(&mut self) -> Option<()> {
        self.space();
        let mut depth = 0usize;
        loop {
            match self.peek()? {
                b'"' => self.string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' if depth == 0 => return None,
                b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' => {
                    self.at += 1;
                    continue;
                }
                _ => self.word()?,
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    fn string(&mut self) -> Option<()> {
        self.eat(b'"')?;
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) -> Option<()> {
        let from = self.at;
        while self.bytes.get(self.at).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')) {
            self.at += 1;
        }
        (self.at > from).then_some(())
    }

    fn space(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cut, Path, items, items_of_first};

    fn check(path: &str, text: &str, expected: &[&str], cut: Option<usize>) {
        let path = Path::parse(path).expect("a test writes paths");
        let (found, end) = items(text, &path);
        let found: Vec<&str> = found.into_iter().map(|at| &text[at]).collect();
        assert_eq!((found, end), (expected.to_vec(), cut.map(Cut)), "{text}");
    }

    #[test]
    fn items_are_found_and_the_rest_is_passed_over() {
        check(
            "a[].b[]",
            r#"{"x":[1,{"y":"]}"}],"a":[{"b":[1,"two",{"c":3}]},{"b":[]},{"n":null}]}"#,
            &["1", "\"two\"", "{\"c\":3}"],
            None,
        );
        check("a[]", r#"{"a":{"0":1}}"#, &[], None);
        check("a[]", r#"{"\"a":[9],"a":[ 1 , 2 ]}"#, &["1", "2"], None);
    }

    #[test]
    fn a_key_is_found_at_any_depth_and_not_in_a_text() {
        check(
            "**.edges[]",
            r#"{"q":[[{"x":{"edges":[1,{"edges":[2]}]}}],"edges",{"t":"\"edges\":[9]"}],"edges":[3]}"#,
            &["1", r#"{"edges":[2]}"#, "3"],
            None,
        );
        check("**.a.**.b", r#"{"b":1,"a":{"c":[{"b":2},{"b":[3]}]},"z":[{"b":4}]}"#, &["2", "[3]"], None);
        check("**.b", r#"{"a":[{"b":1},{"b":"#, &["1"], Some(19));
        let deep = format!("{}{{\"b\":1}}{}", "[".repeat(100_000), "]".repeat(100_000));
        check("**.b", &deep, &["1"], None);
    }

    #[test]
    fn streams_and_guards_are_read() {
        check("a[]", "for (;;);{\"a\":[1]}\r\n{\"a\":[2]}\nfor (;;);{\"a\":[3]}", &["1", "2", "3"], None);
    }

    #[test]
    fn of_the_first_value_nothing_else_is_read() {
        let path = Path::parse("a[]").expect("a path");
        let read = |text: &'static str| {
            let (found, cut) = items_of_first(text, &path);
            (found.into_iter().map(|at| &text[at]).collect::<Vec<_>>(), cut)
        };
        assert_eq!(read(" = {\"a\":[1]};{\"a\":[2"), (vec!["1"], None));
        assert_eq!(read("nothing"), (vec![], None));
        assert_eq!(read("{\"a\":[1,"), (vec!["1"], Some(Cut(8))));
    }

    #[test]
    fn what_stands_before_a_cut_is_kept() {
        check("a[]", r#"{"a":[{"b":1},{"b":2},{"b":"#, &[r#"{"b":1}"#, r#"{"b":2}"#], Some(27));
        check("a[]", r#"{"a":[1,2}"#, &["1", "2"], Some(9));
        check("a[]", "not json at all", &[], None);
        check("a[]", r#"{"a":["\"#, &[], Some(8));
    }

    #[test]
    fn depth_costs_nothing() {
        let deep = format!("{{\"a\":[{}1{},2]}}", "[".repeat(100_000), "]".repeat(100_000));
        let (found, cut) = items(&deep, &Path::parse("a[]").expect("a path"));
        assert_eq!((found.len(), &deep[found[1].clone()], cut), (2, "2", None));
    }
}
