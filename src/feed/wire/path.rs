//! Paths into JSON, as site files write them: where items are in an answer, and where a value is in an item.
//!
//! `a.b` goes by key, `a[]` to every element of a list, `a.(b).c` goes through `b` where there is one, `a!.b` reads
//! the text at `a` as JSON of its own, `a.!b` says "false"
//! where the object at `a` has no `b`, and `**.a` goes to `a` however deep it stands, but not into one `a` for others. A path never fails: what is not there yields nothing. It deliberately has no
//! conditions or arithmetic; where a platform needs more than this, several paths stand in order.

use serde_json::Value;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into the object, by key.
    Key(String),
    /// Into the object by key if it has that key, else stay.
    Maybe(String),
    /// To every element of a list.
    Each,
    /// Read the text as JSON.
    Parse,
    /// Nowhere: "false" where the object has no such key, or null there; nothing where it has.
    Without(String),
    /// Into every object by the key that follows, at any depth.
    Any(String),
}

/// A path, ready to be walked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// Reads a path.
    ///
    /// # Errors
    /// Says which part cannot be read.
    pub fn parse(text: &str) -> Result<Path, String> {
        let mut steps = Vec::new();
        let mut is_any = false;
        for part in text.split('.') {
            if matches!(steps.last(), Some(Step::Without(_))) {
                return Err(format!("{part:?} stands behind what is not there"));
            }
            if let (Some(key), false) = (part.strip_prefix('!'), is_any) {
                steps.push(Step::Without(word(key).ok_or_else(|| format!("{part:?} is not !key"))?.into()));
                continue;
            }
            if part == "**" && !is_any {
                is_any = true;
                continue;
            }
            let mut name = part;
            let mut tail = Vec::new();
            loop {
                if let Some(rest) = name.strip_suffix("[]") {
                    tail.push(Step::Each);
                    name = rest;
                } else if let Some(rest) = name.strip_suffix('!') {
                    tail.push(Step::Parse);
                    name = rest;
                } else {
                    break;
                }
            }
            let (name, maybe) = match name.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
                Some(inner) => (inner, true),
                None => (name, false),
            };
            if word(name).is_none() || (is_any && maybe) {
                return Err(format!("{part:?} is not a key, key[], key! or (key)"));
            }
            steps.push(match (is_any, maybe) {
                (true, _) => Step::Any(name.into()),
                (false, true) => Step::Maybe(name.into()),
                (false, false) => Step::Key(name.into()),
            });
            is_any = false;
            steps.extend(tail.into_iter().rev());
        }
        if is_any { Err("a path does not end with **".into()) } else { Ok(Path(steps)) }
    }

    /// The path again, if it goes by keys and lists alone: what the scanner of whole answers can follow.
    ///
    /// # Errors
    /// If it has another step.
    pub fn only_keys_and_lists(self) -> Result<Path, String> {
        if self.0.iter().all(|step| matches!(step, Step::Key(_) | Step::Each | Step::Any(_))) {
            Ok(self)
        } else {
            Err("a path to items goes by keys and lists alone".into())
        }
    }

    /// All values that the path leads to, as text: texts as they are, numbers and booleans as JSON writes them, an
    /// object or list as `{}` or `[]` (that it is there is all one may ask). Null counts as not there.
    pub fn values(&self, from: &Value) -> Vec<String> {
        let mut found = Vec::new();
        walk(from, &self.0, &mut found);
        found
    }
}

/// The text again, if it may be a key in a path.
fn word(text: &str) -> Option<&str> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$');
    (!text.is_empty() && text.chars().all(is_word)).then_some(text)
}

fn walk(value: &Value, steps: &[Step], found: &mut Vec<String>) {
    let Some((step, rest)) = steps.split_first() else {
        match value {
            Value::Null => {}
            Value::String(text) => found.push(text.clone()),
            Value::Bool(_) | Value::Number(_) => found.push(value.to_string()),
            Value::Array(_) => found.push("[]".into()),
            Value::Object(_) => found.push("{}".into()),
        }
        return;
    };
    match (step, value) {
        (Step::Key(key), Value::Object(map)) => {
            if let Some(inner) = map.get(key) {
                walk(inner, rest, found);
            }
        }
        (Step::Without(key), Value::Object(map)) if map.get(key).is_none_or(Value::is_null) => {
            found.push("false".into());
        }
        (Step::Maybe(key), Value::Object(map)) => walk(map.get(key).unwrap_or(value), rest, found),
        (Step::Each, Value::Array(list)) => list.iter().for_each(|inner| walk(inner, rest, found)),
        (Step::Any(key), Value::Object(map)) => {
            for (name, inner) in map {
                walk(inner, if name == key { rest } else { steps }, found);
            }
        }
        (Step::Any(_), Value::Array(list)) => list.iter().for_each(|inner| walk(inner, steps, found)),
        (Step::Parse, Value::String(text)) => {
            if let Ok(inner) = serde_json::from_str(text) {
                walk(&inner, rest, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::Path;

    fn check(path: &str, json: &str, expected: &[&str]) {
        let value = serde_json::from_str(json).expect("a test writes JSON");
        assert_eq!(Path::parse(path).expect("a test writes paths").values(&value), expected, "{path} in {json}");
    }

    #[test]
    fn a_path_yields_what_is_there_and_nothing_else() {
        check("a.b", r#"{"a":{"b":"x"}}"#, &["x"]);
        check("a.b", r#"{"a":[{"b":"x"}]}"#, &[]);
        check("a[].b", r#"{"a":[{"b":1},{"c":2},{"b":true},{"b":null}]}"#, &["1", "true"]);
        check("r.(tweet).id", r#"{"r":{"tweet":{"id":"7"}}}"#, &["7"]);
        check("r.(tweet).id", r#"{"r":{"id":"8"}}"#, &["8"]);
        check("c!.d[].t", r#"{"c":"{\"d\":[{\"t\":\"one\"},{\"t\":\"two\"}]}"}"#, &["one", "two"]);
        check("c!.d", r#"{"c":"not json"}"#, &[]);
        check("p", r#"{"p":{"deep":1}}"#, &["{}"]);
        check("v.!f", r#"{"v":{}}"#, &["false"]);
        check("v.!f", r#"{"v":{"f":null}}"#, &["false"]);
        check("v.!f", r#"{"v":{"f":false}}"#, &[]);
        check("v.!f", r#"{"w":{}}"#, &[]);
        check("v.!f", r#"{"v":[]}"#, &[]);
        check("a.**.t", r#"{"t":0,"a":[{"t":1},{"x":{"y":[{"t":{"t":2}}]}}]}"#, &["1", "{}"]);
        check("**.a.**.b", r#"{"x":{"a":{"c":{"b":3}}}}"#, &["3"]);
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for bad in
            ["", "a..b", "a[0]", "a b", "(a", "[]", "**", "a.**", "**.**.a", "**.(a)", "!", "!a.b", "**.!a", "!!a"]
        {
            assert!(Path::parse(bad).is_err(), "{bad:?} was taken for a path");
        }
    }
}
