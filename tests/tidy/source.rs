//! Source text without its comments and strings, and the tokens of it: enough to see names, far from a compiler.
//!
//! It knows Rust and JavaScript well enough for files that `rustfmt` and `tsc` have accepted. Lines keep their numbers.

/// A name or a sign, and its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// The text with comments and the insides of strings blanked; line breaks stay.
pub(crate) fn code(text: &str, is_rust: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let blank = |out: &mut String, from: usize, to: usize| {
        out.extend(chars[from..to.min(chars.len())].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
    };
    while at < chars.len() {
        let end = match (chars[at], chars.get(at + 1)) {
            ('/', Some('/')) => until(&chars, at, |rest| rest[0] == '\n'),
            ('/', Some('*')) => until(&chars, at + 2, |rest| rest.starts_with(&['*', '/'])) + 2,
            ('r', Some('"' | '#')) if is_rust && !is_name_before(&chars, at) => raw_end(&chars, at).unwrap_or(at),
            ('"', _) => quoted_end(&chars, at),
            ('\'', _) if !is_rust => quoted_end(&chars, at),
            // A character; a lifetime has no second quote so near.
            ('\'', Some('\\')) => quoted_end(&chars, at),
            ('\'', Some(_)) if chars.get(at + 2) == Some(&'\'') => at + 3,
            // A template's own code is not worth a parser: all of it is taken for text.
            ('`', _) if !is_rust => quoted_end(&chars, at),
            ('/', _) if !is_rust && begins_regex(&out) => regex_end(&chars, at),
            _ => at,
        };
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            blank(&mut out, at, end);
            at = end;
        }
    }
    out
}

fn until(chars: &[char], from: usize, ends: impl Fn(&[char]) -> bool) -> usize {
    (from..chars.len()).find(|&at| ends(&chars[at..])).unwrap_or(chars.len())
}

fn quoted_end(chars: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < chars.len() && chars[at] != chars[from] {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

fn is_name_before(chars: &[char], at: usize) -> bool {
    at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_')
}

/// The end of `r"…"` or `r#"…"#`; none if it is a name such as `r#type`.
fn raw_end(chars: &[char], from: usize) -> Option<usize> {
    let hashes = chars[from + 1..].iter().take_while(|&&c| c == '#').count();
    let open = from + 1 + hashes;
    (chars.get(open) == Some(&'"')).then(|| {
        let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
        (until(chars, open + 1, |rest| rest.starts_with(&end)) + end.len()).min(chars.len())
    })
}

/// A slash divides after a value and begins a regular expression anywhere else.
fn begins_regex(before: &str) -> bool {
    before.trim_end().chars().last().is_none_or(|c| "(,=:[!&|?{};+".contains(c))
}

fn regex_end(chars: &[char], from: usize) -> usize {
    let (mut at, mut in_class) = (from + 1, false);
    while at < chars.len() && chars[at] != '\n' && (in_class || chars[at] != '/') {
        in_class = (in_class || chars[at] == '[') && chars[at] != ']';
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// Names and signs of a code text; `::` is one sign.
pub(crate) fn tokens(code: &str) -> Vec<Token> {
    let mut found = Vec::new();
    for (i, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
            let length = match first {
                c if is_name(c) => rest.find(|c| !is_name(c)).unwrap_or(rest.len()),
                ':' if rest.starts_with("::") => 2,
                c => c.len_utf8(),
            };
            found.push(Token { line: i + 1, text: rest[..length].to_owned() });
            rest = rest[length..].trim_start();
        }
    }
    found
}

/// The texts inside double quotes on each line, with the line: enough for keys and names, which have no escapes.
pub(crate) fn quoted(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (i, line) in text.lines().enumerate() {
        found.extend(line.split('"').skip(1).step_by(2).map(|inside| (i + 1, inside)));
    }
    found
}

/// The index behind the brace that closes the one at `open`.
pub(crate) fn block_end(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

#[test]
fn only_code_is_left() {
    let left = |text: &str, is_rust| code(text, is_rust).split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(left("a // b\n/* c\n*/ d \"e\\\"f\" g", true), "a d g");
    assert_eq!(left("a r#\"b \" c\"# d 'e' &'f g '\\'' h", true), "a d &'f g h");
    assert_eq!(left("a = /b\"[/]c/.test('d') / 2 / e; `f ${g}`", false), "a = .test( ) / 2 / e;");
    assert_eq!(code("a\n/*\n*/b", true).lines().count(), 3);
}

#[test]
fn tokens_have_lines() {
    let found = tokens("use a::b;\n c_d$");
    let texts: Vec<_> = found.iter().map(|it| (it.line, it.text.as_str())).collect();
    assert_eq!(texts, [(1, "use"), (1, "a"), (1, "::"), (1, "b"), (1, ";"), (2, "c_d$")]);
    assert_eq!(quoted("x(\"a\", \"b\")\n\"c\""), [(1, "a"), (1, "b"), (2, "c")]);
}
