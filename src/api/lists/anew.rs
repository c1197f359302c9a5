//! The lists of a running extension, made anew on the person's own machine: with rules and lists of their own, or with
//! newer texts of those it was built with.
//!
//! The extension ships the texts of its lists, without the lines that matter to nobody here, so that the same code that
//! made its pack can make it again: from the shipped texts comes the shipped shield, byte for byte. Whatever is not
//! made of lists (suffixes, companies) is taken over from the shipped pack. What this deliberately does not do: decide
//! whether a newer text is to be trusted, or store anything.

use serde::{Deserialize, Serialize};

use super::{ListText, Lists};
use crate::pack::{self, Pack, PackError};
use crate::trackers::dnr::DnrRule;
use crate::trackers::{self, Trackers, shield, source};
use crate::verdict::Refusal;

/// The section that names the stand-ins that the extension ships, a line each.
pub const STAND_INS: &str = "trackers.stand-ins";
/// Of a list that is all wrong nobody reads every line.
const REFUSALS: usize = 200;
/// Rules of a person's own lists have numbers from here on, so that they are none of those the extension gives out.
const OWN_NUMBERS: u32 = 1 << 30;

/// Everything that lists become for a background.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anew {
    /// The background's pack.
    pub pack: Vec<u8>,
    /// The texts' pack.
    pub texts: Vec<u8>,
    /// Declarative rules of the person's own lists.
    pub rules: Vec<DnrRule>,
    /// What became of the person's own lists, in their order.
    pub accounts: Vec<Account>,
}

/// What became of one list of the person's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its short name.
    pub id: String,
    /// What it calls itself.
    pub title: String,
    /// How many rules it has.
    pub rules: usize,
    /// How many of its lines could not be used.
    pub refused: usize,
    /// The first of them, with line and reason.
    pub refusals: Vec<Refusal>,
}

/// The texts of the lists that a pack was made of.
///
/// # Errors
/// Says what is wrong with either pack.
pub fn shipped(background: &[u8], texts: &[u8]) -> Result<Vec<ListText>, PackError> {
    let (background, texts) = (Pack::open(background)?, Pack::open(texts)?);
    let trackers = Trackers::open(&background)?;
    let text = std::str::from_utf8(texts.section(trackers::TEXTS)?).map_err(|_| PackError::Section(trackers::TEXTS))?;
    let list = |(id, text): (&str, &str)| ListText { id: id.to_owned(), title: String::new(), text: text.to_owned() };
    Ok(trackers.lists().zip(text.split('\0')).map(list).collect())
}

/// Makes both packs anew from those that were shipped, with the person's own lists behind the shipped ones.
///
/// # Errors
/// Says what is wrong with either pack.
pub fn make(background: &[u8], texts: &[u8], own: Vec<ListText>) -> Result<Anew, PackError> {
    let shipped = shipped(background, texts)?;
    let opened = Pack::open(background)?;
    let trackers = Trackers::open(&opened)?;
    let has_stand_in = stand_ins(&opened)?;

    let (mine, refusals) = Lists::read(own.clone());
    let (rules, not_declared) = mine.declared(&has_stand_in);
    let accounts = accounts(&mine, refusals.into_iter().chain(not_declared).collect());
    let rules = rules.safe.into_iter().chain(rules.risky);
    let rules = rules.map(|rule| DnrRule { id: OWN_NUMBERS | rule.id, ..rule }).collect();

    let (all, _) = Lists::read(shipped.into_iter().chain(own).collect());
    let sections: Vec<(&str, Vec<u8>)> = opened
        .sections()
        .map(|(name, bytes)| match name {
            trackers::SHIELD => (name, shield::build(&all.lists, &has_stand_in).0),
            trackers::SOURCES => (name, source::write(&all.lists, |section| trackers.company_of(section))),
            _ => (name, bytes.to_vec()),
        })
        .collect();
    Ok(Anew { pack: pack::write(&sections), texts: pack::write(&[all.text_section()]), rules, accounts })
}

/// Tells whether the extension ships a file of a name, as its pack says.
///
/// # Errors
/// Says what is wrong with the pack.
pub(super) fn stand_ins<'a>(background: &Pack<'a>) -> Result<impl Fn(&str) -> bool + use<'a>, PackError> {
    let names = std::str::from_utf8(background.section(STAND_INS)?).map_err(|_| PackError::Section(STAND_INS))?;
    Ok(move |name: &str| names.lines().any(|it| it == name))
}

fn accounts(lists: &Lists, refusals: Vec<Refusal>) -> Vec<Account> {
    let of = |list: &crate::trackers::list::List| {
        let its: Vec<Refusal> = refusals.iter().filter(|refusal| refusal.file == list.name).cloned().collect();
        Account {
            id: list.name.clone(),
            title: list.about.title.clone(),
            rules: list.rules.len(),
            refused: its.len(),
            refusals: its.into_iter().take(REFUSALS).collect(),
        }
    };
    lists.lists.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::authoring;
    use crate::api::requests::{Decision, Question, Requests};

    const SHIPPED: &str = "! Title: Shipped\n! nothing to do with us\n##.ad\n||watch.example^$third-party\n\
        ! *** shipped:shipped/cname_watch.txt ***\n||alias.shop.example^\n!#if ext_ublock\n-pixel.\n!#else\n-never.\n\
        !#endif\n||moved.example^$redirect=there.js\n||gone.example^$redirect=gone.js\n";
    const COMPANIES: &str = r#"[{ "name": "Watch", "domains": ["watch.example"], "categories": ["ad"] }]"#;

    fn packs() -> (Vec<u8>, Vec<u8>) {
        let list = ListText { id: "shipped".into(), title: String::new(), text: SHIPPED.into() };
        let (lists, _) = Lists::read(vec![list]);
        let (mut sections, refusals) = lists.request_sections("example\n", COMPANIES, &[], |name| name == "there.js");
        assert_eq!(refusals, []);
        sections.push((STAND_INS, b"there.js\n".to_vec()));
        let pack = |sections: &[_]| authoring::pack(sections).expect("what was just written opens");
        (pack(&sections), pack(&[lists.text_section()]))
    }

    fn own(text: &str) -> Vec<ListText> {
        vec![ListText { id: "own".into(), title: "Mine".into(), text: text.into() }]
    }

    #[test]
    fn from_the_shipped_texts_come_the_shipped_packs() {
        let (pack, texts) = packs();
        let anew = make(&pack, &texts, Vec::new()).expect("the packs are whole");
        assert!(anew.pack == pack && anew.texts == texts, "the device makes another pack than the build");
    }

    #[test]
    fn own_rules_and_exceptions_stand_beside_the_shipped_ones() {
        let (pack, texts) = packs();
        let anew = make(&pack, &texts, own("||mine.example^\n@@||watch.example/needed.js\n||a b\n")).expect("whole");
        let requests = Requests::open(&anew.pack).and_then(|it| it.with_texts(&anew.texts)).expect("they open");
        let asked = |url| {
            let question = Question { url, frame: "https://news.example/", kind: "script", ..Question::default() };
            let answer = requests.ask(&question);
            (answer.decision, answer.rule.map(|rule| (rule.list.to_owned(), rule.text.unwrap_or_default().to_owned())))
        };
        let rule = |list: &str, text: &str| Some((list.to_owned(), text.to_owned()));
        assert_eq!(asked("https://mine.example/a.js"), (Decision::Stop, rule("own", "||mine.example^")));
        let by_shipped = rule("shipped", "||watch.example^$third-party");
        assert_eq!(asked("https://watch.example/a.js"), (Decision::Stop, by_shipped));
        assert_eq!(asked("https://watch.example/needed.js").0, Decision::Pass);
        assert_eq!(anew.rules.len(), 2);
        assert!(anew.rules.iter().all(|rule| rule.id > OWN_NUMBERS && rule.id < 1 << 31));
        let [account] = anew.accounts.as_slice() else { panic!("one list was given") };
        assert_eq!((account.title.as_str(), account.rules, account.refused), ("Mine", 2, 1));
        assert_eq!(account.refusals[0].line, 3);
    }

    #[test]
    fn damaged_packs_are_turned_away() {
        let (pack, texts) = packs();
        assert!(make(&pack[1..], &texts, Vec::new()).is_err());
        assert!(make(&pack, &pack, Vec::new()).is_err());
    }
}
