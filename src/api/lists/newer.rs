//! Newer texts of shipped lists, between two releases: judged, put in place of the old, and what then changes in the
//! browser's rules.
//!
//! It is asked on the person's machine, when they have switched updates on. From the packs that were shipped and the
//! texts that were fetched comes a texts' pack, which [`super::anew::make`] makes the shield of, and for the file of
//! static rules that the lists stand for, which of them to switch off and which rules to add. Anything that is wrong
//! refuses the whole, and then nothing is stored and everything stays as it was.
//!
//! What it deliberately does not do: fetch or store, apply a difference, or take unsafe rules.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{ListText, Lists, TRUTHS, anew};
use crate::pack;
use crate::trackers::dnr::DnrRule;
use crate::trackers::list::whole;
pub use crate::trackers::update::Limits;
use crate::trackers::update::{difference, patch, sound};

/// What newer texts come to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Newer {
    /// The texts' pack with the newer texts: give it to [`anew::make`] in place of the shipped one, and keep it.
    #[serde(skip)]
    pub texts: Vec<u8>,
    /// Static rules to switch off (`updateStaticRules`).
    pub disable: Vec<u32>,
    /// Safe rules to add (`updateDynamicRules`), in place of those that an earlier update added.
    pub add: Vec<DnrRule>,
}

/// Takes newer texts. `file` names the lists whose static rules are one file, in the order of the pack; `stand_in` says
/// whether the extension ships a file of that name; `taken` are the numbers of the dynamic rules that stay beside these.
///
/// # Errors
/// The reason, with the list's name where it is about one.
pub fn take(
    background: &[u8],
    texts: &[u8],
    newer: &[ListText],
    file: &[String],
    stand_in: impl Fn(&str) -> bool,
    taken: BTreeSet<u32>,
    limits: Limits,
) -> Result<Newer, String> {
    let shipped = anew::shipped(background, texts).map_err(|error| error.to_string())?;
    let (old, _) = Lists::read(shipped.clone());
    let mut all = shipped;
    for it in newer {
        let named = all.iter().position(|list| list.id == it.id);
        let i = named.ok_or_else(|| format!("{}: no list of that name was shipped", it.id))?;
        sound(&it.id, &it.text, &TRUTHS, old.lists.get(i)).map_err(|reason| format!("{}: {reason}", it.id))?;
        all[i] = ListText { title: all[i].title.clone(), ..it.clone() };
    }
    let (new, _) = Lists::read(all);
    let of_file = |lists: &Lists| -> Vec<DnrRule> {
        let texts = lists.texts.iter().filter(|text| file.contains(&text.id)).cloned().collect();
        Lists::read(texts).0.declared(&stand_in).0.safe
    };
    let mut taken = taken;
    let change = difference(&of_file(&old), &of_file(&new), &mut taken, limits)?;
    Ok(Newer { texts: pack::write(&[new.text_section()]), disable: change.disable, add: change.add })
}

/// A text from several files or from a patch, made whole.
pub mod text {
    use super::{TRUTHS, patch, whole};
    use crate::verdict::Refusal;

    /// A list with what it includes in its place; `beside` gives the files that were fetched beside it.
    pub fn with_parts(name: &str, text: &str, beside: impl Fn(&str) -> Option<String>) -> (String, Vec<Refusal>) {
        whole(name, text, &TRUTHS, beside)
    }

    /// A list with a patch applied that was fetched from its `Diff-Path`.
    ///
    /// # Errors
    /// The reason why the list is to be fetched whole instead.
    pub fn patched(text: &str, patches: &str, name: &str) -> Result<String, String> {
        patch::apply(text, patches, name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::authoring;
    use crate::api::requests::{Decision, Question, Requests};

    const OLD: &str = "! Title: One\n||a.example^\n||b.example^\n-old-\n";
    const NEW: &str = "! Title: One\n||a.example^\n||b.example^\n||c.example^\n-new-\n";

    fn text(id: &str, text: &str) -> ListText {
        ListText { id: id.into(), title: String::new(), text: text.into() }
    }

    fn packs() -> (Vec<u8>, Vec<u8>) {
        let (lists, _) = Lists::read(vec![text("one", OLD), text("two", "||other.example^")]);
        let (mut sections, _) = lists.request_sections("example\n", "[]", &[], |_| false);
        sections.push((anew::STAND_INS, Vec::new()));
        let pack = |sections: &[_]| authoring::pack(sections).expect("what was just written opens");
        (pack(&sections), pack(&[lists.text_section()]))
    }

    fn taken(newer: &[ListText]) -> Result<Newer, String> {
        let (pack, texts) = packs();
        take(&pack, &texts, newer, &["one".into(), "two".into()], |_| false, BTreeSet::new(), Limits::FIREFOX)
    }

    #[test]
    fn a_newer_text_becomes_a_shield_and_a_small_difference() {
        let newer = taken(&[text("one", NEW)]).expect("it is sound");
        assert_eq!((newer.disable.len(), newer.add.len()), (1, 2));
        let made = anew::make(&packs().0, &newer.texts, Vec::new()).expect("the packs are whole");
        let requests = Requests::open(&made.pack).expect("it opens");
        let asked = |url| {
            let question = Question { url, frame: "https://news.example/", kind: "script", ..Question::default() };
            requests.ask(&question).decision
        };
        assert_eq!((asked("https://c.example/"), asked("https://x.example/-old-")), (Decision::Stop, Decision::Pass));
        assert_eq!(asked("https://other.example/"), Decision::Stop);
    }

    #[test]
    fn the_shipped_text_changes_nothing() {
        let newer = taken(&[text("one", OLD)]).expect("it is sound");
        assert_eq!((newer.disable, newer.add), (Vec::new(), Vec::new()));
        assert_eq!(newer.texts, packs().1);
    }

    #[test]
    fn what_is_wrong_refuses_the_whole() {
        assert!(taken(&[text("three", NEW)]).is_err_and(|reason| reason.contains("no list of that name")));
        let page = [text("one", NEW), text("two", "<html>")];
        assert!(taken(&page).is_err_and(|reason| reason.starts_with("two: ")));
    }
}
