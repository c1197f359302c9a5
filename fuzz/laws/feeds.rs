//! What must hold of everything that a page may send, say or ask, whatever it is: the laws of the page core.
//!
//! The core is opened on the data that ships. What these laws deliberately do not do: say what an item is; they say that
//! reading does no harm, that nothing of an answer is lost, and that evidence quotes what is there.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use plainsight::api::authoring::{self, Section};
use plainsight::api::page::{Ask, Item, Page, Reply, Sent, Settings};
use plainsight::feed::site::Site;
use serde_json::json;

/// Folds and hides as much as can be chosen, so that as much as possible is done.
fn strict() -> Settings {
    Settings::from(json!({ "derank": true, "level": "strict", "comments": true }))
}

/// `data/`, from wherever these laws are built.
fn data() -> PathBuf {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("data"));
    above.into_iter().find(|folder| folder.is_dir()).expect("the data is there")
}

/// Name and text of every file of a folder of data with this ending, by name.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let all = fs::read_dir(data().join(folder)).expect("it is a folder");
    let paths = all.map(|entry| entry.expect("it can be listed").path());
    let wanted = paths.filter(|path| path.extension().is_some_and(|it| it == ending));
    let mut files: Vec<_> =
        wanted.map(|path| (path.display().to_string(), fs::read_to_string(&path).expect("it is a text"))).collect();
    files.sort();
    files
}

/// Every site, and what a page's pack says of feeds beside words.
fn sections() -> (Vec<Site>, Vec<Section>) {
    let (sites, _) = authoring::sites(&files("sites", "toml"));
    let (labels, _) = authoring::labels(&files("labels", "toml"));
    let campaigns = fs::read_to_string(data().join("campaigns.toml")).expect("it is there");
    let (campaigns, _) = authoring::campaigns("campaigns.toml", &campaigns);
    let all = vec![
        authoring::site_section(&sites),
        authoring::label_section(&labels),
        authoring::campaign_section(&campaigns.expect("it can be read")),
    ];
    (sites, all)
}

/// A core that has met every language, for as long as the thread lives.
fn whole() -> Page<'static> {
    let (_, mut sections) = sections();
    let (texts, _) = authoring::text_sections(&files("signals", "txt"), &files("languages", "txt"));
    sections.extend(texts.at_hand);
    let model = fs::read(data().join("model/weights.bin")).expect("it is there");
    sections.push(authoring::model_section(model).expect("it opens"));
    let pack = authoring::pack(&sections).expect("it is whole").leak();
    let mut page = Page::open(pack, "x.com", "").expect("a fresh pack opens");
    for (language, section) in texts.others {
        let pack = authoring::pack(&[section]).expect("it is whole");
        page.add(&pack).unwrap_or_else(|error| panic!("{language}: {error}"));
    }
    page
}

thread_local! {
    static WHOLE: RefCell<Page<'static>> = RefCell::new(whole());
    static SITES: (Vec<Site>, &'static [u8]) = {
        let (sites, mut sections) = sections();
        sections.extend(authoring::text_sections(&[], &[]).0.at_hand);
        (sites, authoring::pack(&sections).expect("it is whole").leak())
    };
}

/// The first line says of which site and from where (`SITE PATH NAME` or `SITE NUMBER`, the number of a rule that reads
/// what a page brings along), the rest is what came. Whatever it is, the same is heard twice, and what changes its place
/// comes to the page exactly once.
pub(crate) fn answer(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (first, body) = text.split_once('\n').unwrap_or((&text, ""));
    let mut words = first.split(' ');
    let (id, place, name) = (words.next(), words.next().unwrap_or_default(), words.next().unwrap_or_default());
    SITES.with(|(sites, pack)| {
        let Some(site) = sites.iter().find(|site| Some(site.id.as_str()) == id) else { return };
        let from = match place.parse() {
            Ok(rule) => Sent::Inline { rule },
            Err(_) => Sent::Answer { path: place.to_owned(), name: name.to_owned() },
        };
        let open = || Page::open(pack, &site.hosts[0], "").expect("a fresh pack opens");
        let (mut one, mut other) = (open(), open());
        one.hear(&from, body);
        let path = site.feeds.first().cloned().unwrap_or_default();
        let (text, settings) = (body.to_owned(), strict());
        let reply = other.ask(Ask::Order { from, body: text, path, me: None, opened: Vec::new(), settings });
        let Reply::Order { pieces, .. } = reply else { panic!("another reply") };
        assert_eq!(one.heard(), other.heard());
        let mut sorted = pieces;
        sorted.sort_unstable();
        let units = u32::try_from(body.encode_utf16().count()).expect("a body has fewer");
        let end = sorted.iter().fold(0, |end, piece| {
            assert!(piece.0 == end && piece.1 >= end, "{sorted:?}");
            piece.1
        });
        assert!(sorted.is_empty() || end == units, "{sorted:?} of {units}");
    });
}

/// Any text is a post: the first byte says how much of it is a headline. What is told of it stands in it.
pub(crate) fn words(data: &[u8]) {
    let (first, rest) = data.split_first().unwrap_or((&0, &[]));
    let text = String::from_utf8_lossy(rest).into_owned();
    let headline = (0..=text.len().min(usize::from(*first))).rev().find(|at| text.is_char_boundary(*at));
    let item = Item { id: "1".to_owned(), headline: headline.unwrap_or_default(), text, ..Item::default() };
    let verdict = WHOLE.with_borrow(|page| page.verdict(&item, &strict()));
    for evidence in &verdict.because {
        assert!(evidence.strength > 0.0 && evidence.strength <= 1.0, "{evidence:?}");
        let Some((from, to)) = evidence.span else { continue };
        assert!(from < to, "{evidence:?}");
        let quote: String = item.text.chars().skip(from as usize).take((to - from) as usize).collect();
        assert_eq!(quote, evidence.quote, "{evidence:?}");
    }
}

/// The first line is a question's name, the rest the question: it is answered, or refused.
pub(crate) fn question(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (name, question) = text.split_once('\n').unwrap_or((&text, ""));
    let Ok(ask) = Ask::read(name, question) else { return };
    let reply = WHOLE.with_borrow_mut(|page| page.ask(ask));
    assert!(serde_json::to_string(&reply).is_ok());
}
