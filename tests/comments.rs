//! Comments as the core judges them: only where the person wants it, only insults, and never as items.
//!
//! How they stand in a page is each site's proof; what the learned model takes for heated is measured elsewhere
//! (`data/model/RESULTS.md`). Here is what follows from both: the one act, the reasons to be gentle, and what is out of
//! bounds.

use std::sync::OnceLock;

use plainsight::api::authoring;
use plainsight::api::page::{Ask, Page, Reply, Settings};
use plainsight::feed::level::Level;
use plainsight::feed::model::{Head, Model};
use plainsight::feed::site;
use plainsight::pack;
use plainsight::text::Folded;
use serde_json::{Value, json};

const INSULT: &str = "you are a fucking idiot, shut up you stupid piece of shit";
const CALM: &str = "I do not agree with you, and here is why the numbers say otherwise.";
/// Where answers stand under a post, and where the posts of a feed do.
const TALK: &str = "/ana/status/700";
const HOME: &str = "/home";

fn weights() -> &'static [u8] {
    include_bytes!("../data/model/weights.bin")
}

/// The page's own pack, and the one that brings the model.
fn packs() -> &'static [Vec<u8>; 2] {
    static PACKS: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    PACKS.get_or_init(|| {
        let (site, refusals) = site::parse("data/sites/x.toml", include_str!("../data/sites/x.toml"));
        assert!(refusals.is_empty(), "{}", refusals[0]);
        let site = site.expect("x is a site");
        let (campaigns, _) = authoring::campaigns("data/campaigns.toml", include_str!("../data/campaigns.toml"));
        let of_page = vec![
            authoring::site_section(&[site]),
            authoring::label_section(&[]),
            authoring::campaign_section(&campaigns.expect("it can be read")),
        ];
        let texts = authoring::text_sections(&[], &[]).0.at_hand;
        let model = authoring::model_section(weights().to_vec()).expect("the weights hold together");
        [pack::write(&[of_page, texts].concat()), pack::write(&[model])]
    })
}

fn with_page<A>(ask: impl FnOnce(&mut Page<'_>) -> A) -> A {
    let [own, model] = packs();
    let mut page = Page::open(own, "x.com", "").expect("a fresh pack opens");
    page.add(model).expect("the model opens");
    ask(&mut page)
}

/// How the page shows a comment, or a post: the first way of each field, and the person by the first way of either.
fn seen(dom: usize, author: &str, text: &str) -> Value {
    json!({ "dom": dom, "fields": { "id": [[0, "/a/status/701"]], "author": [[0, format!("/{author}")]], "text": [[0, text]] } })
}

/// The number of the first way in which comments stand: behind the one way of items.
const COMMENT: usize = 1;

fn read(name: &str, question: &Value) -> Ask {
    Ask::read(name, &question.to_string()).expect("a question")
}

/// What is done with what stands there, and for which kinds.
fn check(page: &mut Page<'_>, settings: Value, path: &str, seen: Value) -> (String, Vec<String>) {
    let ask = json!({ "path": path, "items": [seen], "me": [COMMENT, 0, "/emil"], "settings": settings });
    let Reply::Judge { judged, .. } = page.ask(read("judge", &ask)) else { panic!("another answer") };
    let verdict = &judged[0].verdict;
    let act = serde_json::to_value(verdict.act).expect("an act has a word");
    let kinds = verdict.because.iter().map(|evidence| evidence.kind.name().to_owned()).collect();
    (act.as_str().unwrap_or_default().to_owned(), kinds)
}

/// The same of a comment by `author` under a post.
fn comment(settings: Value, author: &str, text: &str) -> (String, Vec<String>) {
    with_page(|page| check(page, settings, TALK, seen(COMMENT, author, text)))
}

fn folded() -> (String, Vec<String>) {
    ("lower".into(), vec!["heated".into()])
}

fn nothing() -> (String, Vec<String>) {
    ("show".into(), vec![])
}

#[test]
fn an_insult_is_folded_where_the_person_wants_it_and_nothing_else_is_said_of_comments() {
    assert_eq!(comment(json!({ "comments": true }), "ben", INSULT), folded());
    // Whether feeds are de-ranked, and how much, says nothing of comments.
    assert_eq!(
        comment(json!({ "comments": true, "level": "gentle", "acts": { "heated": "show" } }), "ben", INSULT),
        folded()
    );
    assert_eq!(comment(json!({ "derank": true, "level": "strict" }), "ben", INSULT), nothing());
    assert_eq!(comment(json!({ "comments": "yes" }), "ben", INSULT), nothing());
    assert_eq!(comment(json!({ "comments": true }), "ben", CALM), nothing());
    let words = json!({ "words": [{ "text": "numbers", "act": "hide" }], "authors": [{ "site": "x", "author": "ben", "act": "hide" }] });
    assert_eq!(comment(json!({ "comments": true, "own": words }), "ben", CALM), nothing());
}

#[test]
fn ones_own_comments_stay() {
    assert_eq!(comment(json!({ "comments": true }), "emil", INSULT), nothing());
    assert_eq!(comment(json!({ "comments": true }), "Emil", INSULT), nothing());
}

#[test]
fn whom_the_person_follows_or_called_wrong_is_judged_more_gently() {
    let entry = |author: &str| {
        let user = json!({ "core": { "screen_name": author }, "relationship_perspectives": { "following": author == "mara" } });
        let post = json!({ "rest_id": format!("9{}", author.len()), "core": { "user_results": { "result": user } } });
        json!({ "content": { "itemContent": { "tweet_results": { "result": post } } } })
    };
    let add = json!({ "entries": [entry("mara"), entry("tomas")] });
    let body = json!({ "data": { "home": { "home_timeline_urt": { "instructions": [add] } } } }).to_string();
    let from = json!({ "answer": { "path": "/i/api/graphql/a/HomeTimeline", "name": "" } });
    with_page(|page| {
        page.ask(read("hear", &json!({ "from": from, "body": body })));
        let act = |page: &mut Page<'_>, author| {
            check(page, json!({ "comments": true }), TALK, seen(COMMENT, author, INSULT)).0
        };
        assert_eq!(["Mara", "tomas", "ben"].map(|author| act(page, author)), ["dim", "lower", "lower"]);
    });
    let wrong =
        |of: &str| json!({ "comments": true, "own": { "wrong": [{ "kind": "heated", "of": of, "by": "x/ben" }] } });
    assert_eq!(comment(wrong("other words"), "ben", INSULT).0, "dim");
    assert_eq!(comment(wrong("other words"), "cleo", INSULT).0, "lower");
}

/// What people write to each other in anger, and not: the level from which the model flags each stands beside it.
#[test]
fn the_strict_level_of_the_model_is_the_limit() {
    let model = Model::open(weights()).expect("the shipped section opens");
    let level = |text: &str| model.score(text, &Folded::of(text), Head::Heated, None).and_then(|score| score.level);
    let (only_strict, balanced) = ("you are wrong and you are a liar", INSULT);
    assert_eq!([only_strict, balanced].map(level), [Some(Level::Strict), Some(Level::Gentle)]);
    for text in [only_strict, balanced] {
        assert_eq!(comment(json!({ "comments": true }), "ben", text), folded(), "{text}");
    }
    assert_eq!(level(CALM), None);
}

#[test]
fn comments_are_read_where_they_stand_and_items_where_feeds_are() {
    let on = json!({ "comments": true });
    with_page(|page| {
        assert_eq!(check(page, on.clone(), HOME, seen(COMMENT, "ben", INSULT)), nothing(), "no comment is in a feed");
        assert_eq!(check(page, on.clone(), "/messages/1-2", seen(COMMENT, "ben", INSULT)), nothing());
        assert_eq!(check(page, on.clone(), TALK, seen(0, "ben", INSULT)), nothing(), "no item is under a post");
        assert_eq!(check(page, on.clone(), HOME, seen(7, "ben", INSULT)), nothing(), "there is no such way");
        let mut open = |path: &str, settings: &Value| {
            let ask = read("open", &json!({ "path": path, "settings": settings }));
            let Reply::Open { feed } = page.ask(ask) else { panic!("another answer") };
            feed.map(|feed| feed.layouts.iter().map(|layout| layout.comment).collect::<Vec<_>>())
        };
        let off = json!({ "comments": false });
        assert_eq!([open(TALK, &on), open(TALK, &off)], [Some(vec![true]), None]);
        assert_eq!([open(HOME, &on), open(HOME, &off)], [Some(vec![false]), Some(vec![false])]);
        assert_eq!(open("/messages/1-2", &on), None);
    });
}

#[test]
fn the_receipt_quotes_the_words_and_wishes_nothing_of_the_author() {
    let settings = Settings::from(json!({ "comments": true }));
    let ask = json!({ "path": TALK, "language": "en", "item": seen(COMMENT, "ben", INSULT),
        "settings": serde_json::to_value(settings).expect("settings are JSON") });
    let reply = with_page(|page| page.ask(read("explain", &ask)));
    let Reply::Explain { lines, author, doubts, .. } = reply else { panic!("another answer") };
    let quoted = lines.iter().find_map(|line| line.quote.clone()).expect("it rests on words");
    assert!(INSULT.contains(&quoted), "{quoted}");
    assert_eq!((author, doubts.len()), (None, 1));
}

#[test]
fn a_way_to_read_comments_that_could_do_harm_is_refused() {
    let text = include_str!("../data/sites/x.toml");
    let check = |from: &str, to: &str, reason: &str| {
        assert!(text.contains(from), "{from}");
        let (site, refusals) = site::parse("data/sites/x.toml", &text.replace(from, to));
        assert!(refusals.is_empty(), "{}", refusals[0]);
        let refusals = site::check("data/sites/x.toml", &site.expect("it can be read"));
        assert!(refusals.iter().any(|refusal| refusal.reason.contains(reason)), "{reason}: {refusals:?}");
    };
    check("paths = [\"/*/status/*\"]", "", "paths on which it stands");
    check("[[comment.me]]", "[[dom.me]]", "nothing says who the person is");
    check("[[comment.fields.text]]", "[[comment.fields.reason]]", "id, author and text");
    check("[[comment.fields.text]]", "[[comment.fields.sponsored]]\n[[comment.fields.text]]", "nothing else can be");
}
