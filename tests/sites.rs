//! Holds `data/sites` to its laws: canonical, checked, and each with its proof beside it.
//!
//! A site's proof is `NAME.proof.json` for its wire (an answer of ours, true to a captured one) and what each item in it
//! must be found to be, and `NAME.proof.html` for its page, which the browser suite opens. In which order answers are
//! passed on stands in `sites/orders.rs`.

#[path = "sites/orders.rs"]
mod orders;

use plainsight::api::authoring;
use plainsight::api::page::{Item, Page, Seen, Sent};
use plainsight::feed::site;
use plainsight::pack;
use serde_json::{Value, json};

/// The one place where the suite touches the API: reads, checks and formats one file.
fn read(path: &std::path::Path) -> (String, site::Site) {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"));
    let (site, refusals) = site::parse(&name, &text);
    assert!(refusals.is_empty(), "{}", refusals[0]);
    (text, site.unwrap_or_else(|| panic!("{name} cannot be read")))
}

fn files() -> Vec<std::path::PathBuf> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sites");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("data/sites is there")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "data/sites holds no site");
    files
}

#[test]
fn every_site_is_canonical_and_sound() {
    for path in files() {
        let (text, site) = read(&path);
        let refusals = site::check(&path.display().to_string(), &site);
        assert!(refusals.is_empty(), "{refusals:#?}");
        let canonical = site::format(&site);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &canonical).expect("the file can be written");
        } else if let Some((at, (is, wanted))) =
            text.lines().zip(canonical.lines()).enumerate().find(|(_, (is, wanted))| is != wanted)
        {
            panic!("{}:{}: is not canonical: found {is:?}, wanted {wanted:?}", path.display(), at + 1);
        } else {
            assert_eq!(text, canonical, "{}: is not canonical at its end", path.display());
        }
    }
}

#[test]
fn what_is_wrong_in_a_site_is_refused_with_its_line() {
    let check = |text: &str, line: u32, reason: &str| {
        let (site, refusals) = site::parse("data/sites/x.toml", text);
        assert!(site.is_none());
        assert_eq!((refusals[0].line, refusals[0].reason.contains(reason)), (line, true), "{}", refusals[0]);
    };
    check("id = 1", 1, "expected a string");
    check("id = \"x\"\nselector = \"a\"", 2, "unknown field");
    check("id = \"x\"\nname = \"X", 2, "");
    check("", 1, "missing field");
}

/// Where no feed is on any platform: messages, accounts, and what else is between few.
const PRIVATE: &str = "
    /account /accounts/edit /chat /conversations /direct/inbox /direct/t/1 /feed/history /groups/1/chats
    /i/chat /mail /marketplace/inbox /message/inbox /messages /messages/1-2 /messages/t/1 /messaging /messaging/thread/1 /mynetwork
    /notifications /preload /settings /web
";

#[test]
fn no_site_reads_private_messages() {
    for path in files() {
        let (_, site) = read(&path);
        for private in PRIVATE.split_whitespace() {
            let is_read = site.has_feed(private) || site.has_comments(private);
            assert!(!is_read, "{}: {private} is out of bounds", site.id);
        }
    }
}

/// What an item was found to be, in the words of a proof.
fn found(item: &Item) -> Value {
    let value = |said: &Option<plainsight::api::page::Said>| said.as_ref().map(|said| said.value.clone());
    json!({
        "id": item.id,
        "sponsored": item.sponsored.is_some(),
        "partnership": item.partnership.is_some(),
        "suggested": item.suggested.is_some(),
        "activity": item.activity.is_some(),
        "shelf": item.shelf.is_some(),
        "ai": item.ai.is_some(),
        "followed": item.followed,
        "source": value(&item.source),
        "reason": value(&item.reason),
        "author": item.author,
        "name": item.name,
        "own": item.own,
        "link": value(&item.link),
        "advertiser": value(&item.advertiser),
    })
}

/// Each file of labels, by name.
fn label_files() -> Vec<(String, String)> {
    std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/data/labels"))
        .expect("data/labels is there")
        .map(|entry| entry.expect("a readable folder").path())
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("a readable file")))
        .collect()
}

/// What a proof does not say of an item is not so: facts are false, the rest is not there.
fn fill(wanted: &mut Value) {
    for (key, usual) in found(&Item::default()).as_object().expect("an object") {
        if key != "id" && wanted.get(key).is_none() {
            wanted[key] = usual.clone();
        }
    }
}

/// The core of a page of this site, and a copy of the pack that it reads.
fn with_page<A>(site: &site::Site, ask: impl FnOnce(&mut Page<'_>) -> A) -> A {
    let texts = authoring::text_sections(&[], &[]).0.at_hand;
    let (files, refusals) = authoring::labels(&label_files());
    assert!(refusals.is_empty(), "{}", refusals[0]);
    let labels = authoring::label_section(&files);
    let (campaigns, refusals) = authoring::campaigns("data/campaigns.toml", include_str!("../data/campaigns.toml"));
    assert!(refusals.is_empty(), "{}", refusals[0]);
    let campaigns = authoring::campaign_section(&campaigns.expect("it can be read"));
    let pack =
        pack::write(&[vec![authoring::site_section(std::slice::from_ref(site)), labels, campaigns], texts].concat());
    ask(&mut Page::open(&pack, &site.hosts[0], "").expect("a fresh pack opens"))
}

/// Where a proof's data comes from: an answer to a request, or the page itself.
fn sent(site: &site::Site, answer: &Value) -> Sent {
    let text = |key: &str| answer[key].as_str().map(str::to_owned);
    match (text("path"), text("inline")) {
        (Some(path), None) => Sent::Answer { path, name: text("name").unwrap_or_default() },
        (None, Some(css)) => {
            let rule = site.wire.iter().position(|rule| rule.inline == css);
            Sent::Inline { rule: rule.unwrap_or_else(|| panic!("{}: no rule reads {css} inline", site.id)) }
        }
        _ => panic!("{}: data in a proof has a path or says where it stands inline", site.id),
    }
}

/// An answer to a request without a name.
fn answer(path: &str) -> Sent {
    Sent::Answer { path: path.into(), name: String::new() }
}

#[test]
fn every_wire_reads_its_proof() {
    for path in files() {
        let (_, site) = read(&path);
        if site.wire.is_empty() {
            continue;
        }
        let proof = path.with_extension("proof.json");
        let text = std::fs::read_to_string(&proof).unwrap_or_else(|error| panic!("{}: {error}", proof.display()));
        let proof: Value = serde_json::from_str(&text).expect("a proof is JSON");
        for answer in proof["answers"].as_array().expect("a proof has answers") {
            let sent = sent(&site, answer);
            let address = format!("{sent:?}");
            // A stream or a guarded answer stands as its text.
            let body = answer["body"].as_str().map_or_else(|| answer["body"].to_string(), str::to_owned);
            let (refusals, items) = with_page(&site, |page| {
                let refusals = page.hear(&sent, &body);
                (refusals, page.heard().iter().map(found).collect::<Vec<_>>())
            });
            assert!(refusals.is_empty(), "{address}: {}", refusals[0]);
            let mut wanted = answer["items"].as_array().expect("an answer has items").clone();
            wanted.iter_mut().for_each(fill);
            let mut got = items;
            let by_id = |a: &Value, b: &Value| a["id"].as_str().cmp(&b["id"].as_str());
            wanted.sort_by(by_id);
            got.sort_by(by_id);
            // Where an item leads and who pays are held against a proof that says so: older ones have links that nobody wrote down.
            for (got, wanted) in got.iter_mut().zip(&wanted) {
                for key in ["link", "advertiser"].into_iter().filter(|key| wanted[*key].is_null()) {
                    got[key] = Value::Null;
                }
            }
            assert_eq!(got, wanted, "{address}");
        }
    }
}

#[test]
fn what_stands_over_a_persons_own_text_is_no_headline() {
    let (_, site) = read(&files().into_iter().find(|path| path.ends_with("reddit.toml")).expect("it is a site"));
    let check = |over: &str, headline: usize| {
        let fields = json!({ over: [[0, "What made it click?"]], "text": [[0, "For me: a drawing."]] });
        let seen: Seen = serde_json::from_value(json!({ "fields": fields })).expect("a page shows it so");
        let item = with_page(&site, |page| page.item("/", &seen, None)).expect("its feed is here");
        assert_eq!(
            (item.text.as_str(), item.headline),
            ("What made it click?\nFor me: a drawing.", headline),
            "{over}"
        );
    };
    check("heading", 0);
    check("title", 19);
}

#[test]
fn an_answer_that_is_cut_off_yields_what_stood_before_the_cut() {
    let (_, site) = read(&files().into_iter().find(|path| path.ends_with("x.toml")).expect("x is a site"));
    let text = std::fs::read_to_string(env!("CARGO_MANIFEST_DIR").to_owned() + "/data/sites/x.proof.json")
        .expect("x has a proof");
    let proof: Value = serde_json::from_str(&text).expect("a proof is JSON");
    let body = proof["answers"][0]["body"].to_string();
    let address = &answer("/i/api/graphql/a/HomeTimeline");
    let whole = with_page(&site, |page| (page.hear(address, &body), page.heard().len()));
    assert_eq!((whole.0.len(), whole.1), (0, 10));
    let mut last = 0;
    for cut in (0..body.len()).filter(|cut| body.is_char_boundary(*cut)).step_by(97) {
        let (refusals, items) = with_page(&site, |page| (page.hear(address, &body[..cut]), page.heard().len()));
        assert!(items >= last, "cut at {cut}: an item that stood before an earlier cut is lost");
        assert!(!refusals.is_empty() || cut == 0, "cut at {cut} and nothing was said");
        last = items;
    }
    assert!(last >= 8, "a cut near the end lost {} items", whole.1 - last);
}

#[test]
fn foreign_answers_never_panic_and_never_count_as_a_feed() {
    let (_, site) = read(&files().into_iter().find(|path| path.ends_with("x.toml")).expect("x is a site"));
    let address = &answer("/i/api/graphql/a/HomeTimeline");
    let deep = format!("{{\"data\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    let deep_item = format!(
        "{{\"data\":{{\"home\":{{\"home_timeline_urt\":{{\"instructions\":[{{\"entries\":[{}{},{{}}]}}]}}}}}}}}",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    let large = "x".repeat(9 << 20);
    for body in
        ["", "null", "[]", "<html>{not json", "\u{0}\u{1}", "{\"data\":{\"home\":7}}", &deep, &deep_item, &large]
    {
        let items = with_page(&site, |page| {
            page.hear(address, body);
            page.heard().len()
        });
        assert_eq!(items, 0, "{}", &body[..body.len().min(40)]);
    }
    let refusals = with_page(&site, |page| page.hear(address, &large));
    assert!(refusals[0].reason.contains("too many"), "{}", refusals[0]);
    let refusals = with_page(&site, |page| page.hear(address, &deep_item));
    assert!(refusals[0].reason.contains("recursion limit"), "{}", refusals[0]);
}
