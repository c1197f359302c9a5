//! The words of a campaign's name: what stands between signs, and a number joined to letters apart from them.
//!
//! So "lal1", "30d" and "f2534" have two words each, and "men4wear" has one: letters on both sides of a number are a name
//! that somebody made up. What it deliberately does not do: know any word.

/// A word of a name, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'v> {
    /// As it stands.
    pub(super) text: &'v str,
    /// In small letters.
    pub(super) lower: String,
    /// The byte that it begins with.
    pub(super) start: usize,
    /// The byte behind it.
    pub(super) end: usize,
}

impl Token<'_> {
    /// True if and only if it is a number.
    pub(super) fn is_number(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// The words of a name, in their order.
pub(super) fn tokens(value: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in value.char_indices().chain([(value.len(), ' ')]) {
        if c.is_alphanumeric() {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            let word = &value[from..at];
            let middle = joint(word).unwrap_or(word.len());
            for (from, to) in [(from, from + middle), (from + middle, at)] {
                if from < to {
                    let text = &value[from..to];
                    found.push(Token { text, lower: text.to_lowercase(), start: from, end: to });
                }
            }
        }
    }
    found
}

/// Where letters end and a number begins, or the other way round; none if that is so more than once, or never.
fn joint(word: &str) -> Option<usize> {
    let mut places = word
        .char_indices()
        .zip(word.chars().skip(1))
        .filter_map(|((at, c), next)| (c.is_ascii_digit() != next.is_ascii_digit()).then_some(at + c.len_utf8()));
    places.next().filter(|_| places.next().is_none())
}

/// Whether a word of the data is this token. One with a capital counts only as it is written, and in a name of capitals
/// alone (`is_loud`) not at all: "DE" is a country, "de" a word.
pub(super) fn is_written(word: &str, token: &Token<'_>, is_loud: bool) -> bool {
    if word.chars().any(char::is_uppercase) { !is_loud && word == token.text } else { word == token.lower }
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn words_stand_between_signs_and_numbers_beside_letters() {
        let check = |value: &str, wanted: &[&str]| {
            assert_eq!(tokens(value).iter().map(|token| token.text).collect::<Vec<_>>(), wanted, "{value}");
        };
        check("de_rtg|Besucher 30tage", &["de", "rtg", "Besucher", "30", "tage"]);
        check("f2534-lal1%", &["f", "2534", "lal", "1"]);
        check("men4wear b2b", &["men4wear", "b2b"]);
        check("öl7 リタゲ3 --", &["öl", "7", "リタゲ", "3"]);
        check("", &[]);
    }
}
