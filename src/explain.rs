//! The receipt: a verdict in lines that a person reads.
//!
//! Four groups in order of trust: what the platform says, what its data shows, what was noticed in the words, and who
//! the author is to the person. A line is a key of `_locales` with its arguments and, where there is one, a quotation;
//! so it can be said in any language, and text from pages stays text. The interface renders lines and derives nothing.

mod door;
#[cfg(any(feature = "pages", feature = "authoring"))]
pub mod lessons;
#[cfg(any(feature = "pages", feature = "authoring"))]
pub mod mirror;

pub use door::Door;
use serde::{Deserialize, Serialize};

use crate::verdict::{Evidence, Kind, Origin};

/// Who speaks in a line, in order of trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// The platform, in its own words, whether it shows them or not.
    Platform,
    /// The data that the platform's page works with.
    Data,
    /// Plainsight, of the item's words.
    Noticed,
    /// What the author is to the person.
    Author,
}

/// One line of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Who speaks.
    pub voice: Voice,
    /// The key of the sentence in `_locales`.
    pub key: String,
    /// What is put into the sentence, in order.
    pub args: Vec<String>,
    /// The words or data quoted, if any.
    pub quote: Option<String>,
    /// The data field, or the file and line of the phrase, that it rests on.
    pub rule: Option<String>,
    /// Where the person may look up what it says.
    pub doors: Vec<Door>,
    /// The name of the card on this kind, if there is one.
    pub card: Option<String>,
}

/// What a receipt is made from; `api` gathers it, so that this room need not know feeds.
#[derive(Clone, Debug, Default)]
pub struct Told<'a> {
    /// The platform's name.
    pub platform: &'a str,
    /// The item's words.
    pub text: &'a str,
    /// The person's language, as BCP 47 names it.
    pub language: &'a str,
    /// The evidence of the verdict, each with how often the person said that it was wrong of this author.
    pub because: Vec<(&'a Evidence, usize)>,
    /// Whether less is done with it because the person follows the author.
    pub softened: bool,
    /// The platform's stated reason, and the field that it stood in.
    pub reason: Option<(&'a str, &'a str)>,
    /// The candidate source, the field, and the key of what it means if that is known.
    pub source: Option<(&'a str, &'a str, Option<&'a str>)>,
    /// The targeting statement and its field.
    pub targeting: Option<(&'a str, &'a str)>,
    /// What the advertiser's names in the link say of whom it was aimed at: the key, the words, their parameter.
    pub hints: &'a [(&'a str, &'a str, &'a str)],
    /// Who pays.
    pub advertiser: Option<&'a str>,
    /// What people call the author.
    pub author: Option<&'a str>,
    /// Whether the person follows the author.
    pub followed: Option<bool>,
}

/// The lines of a receipt, in order of trust. Never empty: where nothing was found, a line says so.
pub fn receipt(told: &Told) -> Vec<Line> {
    let mut lines = Vec::new();
    for (evidence, undone) in &told.because {
        lines.push(line_of(told, evidence));
        if let Some(author) = told.author.filter(|_| *undone > 0) {
            lines.push(plain(Voice::Noticed, "receiptUndone", vec![author.into(), undone.to_string()]));
        }
    }
    if let Some((reason, field)) = told.reason {
        lines.push(Line {
            voice: Voice::Platform,
            key: "receiptReason".into(),
            args: vec![told.platform.into()],
            quote: Some(reason.into()),
            rule: Some(field.into()),
            doors: Vec::new(),
            card: None,
        });
    }
    if let Some((source, field, meaning)) = told.source {
        lines.push(Line {
            voice: Voice::Data,
            key: meaning.unwrap_or("receiptSourceUnknown").into(),
            args: vec![told.platform.into(), source.into()],
            quote: Some(source.into()),
            rule: Some(field.into()),
            doors: Vec::new(),
            card: None,
        });
    }
    if let Some((targeting, field)) = told.targeting {
        lines.extend(targeting_lines(told.platform, targeting, field));
    }
    for (says, words, parameter) in told.hints {
        lines.push(Line {
            voice: Voice::Data,
            key: (*says).into(),
            args: vec![(*parameter).into()],
            quote: Some((*words).into()),
            rule: None,
            doors: Vec::new(),
            card: None,
        });
    }
    if let Some(advertiser) = told.advertiser {
        lines.push(plain(Voice::Data, "receiptAdvertiser", vec![advertiser.into()]));
    }
    if lines.is_empty() {
        lines.push(plain(Voice::Noticed, "receiptNothing", vec![told.platform.into()]));
    }
    if let Some(author) = told.author {
        let key = match told.followed {
            Some(true) => "receiptFollowed",
            Some(false) => "receiptNotFollowed",
            None => "receiptFollowUnknown",
        };
        lines.push(plain(Voice::Author, key, vec![author.into(), told.platform.into()]));
        if told.softened {
            lines.push(plain(Voice::Author, "receiptSoftened", vec![author.into()]));
        }
    }
    let mut ordered: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        let at = ordered.partition_point(|other| other.voice <= line.voice);
        ordered.insert(at, line);
    }
    ordered
}

/// The key `stem` + `word`, where a word like `vote-bait` becomes `VoteBait`: how words of data find their words for
/// people.
pub fn key(stem: &str, word: &str) -> String {
    let mut key = stem.to_owned();
    for part in word.split('-') {
        let mut letters = part.chars();
        key.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        key.push_str(letters.as_str());
    }
    key
}

fn plain(voice: Voice, key: &str, args: Vec<String>) -> Line {
    Line { voice, key: key.into(), args, quote: None, rule: None, doors: Vec::new(), card: None }
}

/// Facts say who stated them; signals quote the words.
fn line_of(told: &Told, evidence: &Evidence) -> Line {
    let noticed = key("receipt", evidence.kind.name());
    let (voice, key, quote) = match (evidence.kind, evidence.origin) {
        (Kind::Sponsored, Origin::Wire) => (Voice::Data, "receiptSponsoredWire", None),
        (Kind::Sponsored, _) => (Voice::Platform, "receiptSponsoredPage", None),
        (Kind::Suggested, Origin::Wire) => (Voice::Data, "receiptSuggestedWire", None),
        (Kind::Suggested, _) => (Voice::Platform, "receiptSuggestedPage", None),
        (Kind::Partnership, _) => (Voice::Platform, "receiptPartnership", None),
        (Kind::Activity, Origin::Wire) => (Voice::Data, "receiptActivityWire", None),
        (Kind::Activity, _) => (Voice::Platform, "receiptActivityPage", Some(evidence.quote.clone())),
        (Kind::Shelf, _) => (Voice::Data, "receiptShelf", None),
        (Kind::Ai, _) => (Voice::Platform, "receiptAi", None),
        (Kind::Muted, _) => (Voice::Author, "receiptMuted", None),
        (Kind::Words, _) => (Voice::Noticed, "receiptWords", Some(evidence.quote.clone())),
        (Kind::Topic, _) => (Voice::Noticed, "receiptTopic", Some(evidence.quote.clone())),
        (Kind::Noticed(_), _) => (Voice::Noticed, noticed.as_str(), Some(evidence.quote.clone())),
    };
    Line {
        voice,
        key: key.into(),
        // A topic is called what the person called it.
        args: vec![if evidence.kind == Kind::Topic { evidence.rule.clone() } else { told.platform.into() }],
        quote,
        rule: Some(evidence.rule.clone()),
        doors: door::doors(evidence, told.text, told.language),
        // What the person asked for by name needs no explanation.
        card: evidence.kind.group().map(|_| evidence.kind.name().to_owned()),
    }
}

/// Targeting statements are JSON objects (Reddit, captured 2026-02): a list or a text per aspect, null where nothing
/// was chosen. An aspect that is not known by name is shown under the platform's own.
fn targeting_lines(platform: &str, targeting: &str, field: &str) -> Vec<Line> {
    let Ok(serde_json::Value::Object(aspects)) = serde_json::from_str(targeting) else { return Vec::new() };
    let mut lines = Vec::new();
    for (aspect, value) in &aspects {
        let words = match value {
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Array(list) => list.iter().filter_map(|v| v.as_str()).collect::<Vec<_>>().join(", "),
            _ => String::new(),
        };
        // An encoded blob for the platform itself says nothing to people.
        if words.is_empty() || aspect.ends_with("EncodedData") {
            continue;
        }
        let (key, args) = match aspect.as_str() {
            "interests" => ("receiptTargetInterests", vec![platform.to_string(), words]),
            "locations" => ("receiptTargetLocations", vec![platform.to_string(), words]),
            "gender" => ("receiptTargetGender", vec![platform.to_string(), words]),
            _ => ("receiptTargetOther", vec![platform.to_string(), words, aspect.clone()]),
        };
        lines.push(Line {
            voice: Voice::Data,
            key: key.into(),
            args,
            quote: None,
            rule: Some(field.into()),
            doors: Vec::new(),
            card: None,
        });
    }
    lines
}
