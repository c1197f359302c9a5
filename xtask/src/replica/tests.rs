//! The generator's own proofs: truth and pages agree, and nothing is lost between the TOML and what is served.
//!
//! They read the generated pages as a browser would find them, and know nothing of the core.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::LazyLock,
};

use serde_json::Value;

use super::{Bait, Truth};

/// The demo folder of the repository, written once for all tests.
static WRITTEN: LazyLock<(PathBuf, Vec<Truth>)> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let out = root.join("target/replica-test");
    let truth = super::write(&root.join("demo"), &out).expect("the demo folder is good");
    (out, truth)
});

fn read(path: &str) -> String {
    let path = WRITTEN.0.join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn of(host: &str) -> impl Iterator<Item = &Truth> {
    WRITTEN.1.iter().filter(move |truth| truth.host == host)
}

/// Every page of X's wire, with the tab it belongs to.
fn wire() -> Vec<(String, usize, Value)> {
    let pages = [
        ("home", 1, "rEp1icaH0meTime1ineAAA/HomeTimeline.1"),
        ("home", 2, "rEp1icaH0meTime1ineAAA/HomeTimeline.2"),
        ("home", 3, "rEp1icaH0meTime1ineAAA/HomeTimeline.3"),
        ("following", 1, "rEp1icaLatestTime1ineB/HomeLatestTimeline.1"),
    ];
    pages
        .into_iter()
        .map(|(tab, page, name)| {
            let text = read(&format!("x.com/i/api/graphql/{name}.json"));
            (tab.to_owned(), page, serde_json::from_str(&text).expect("the wire is JSON"))
        })
        .collect()
}

/// Every `itemContent` of a page that is a post, with its client event.
fn items(page: &Value) -> Vec<(&Value, &Value)> {
    let entries = page.pointer("/data/home/home_timeline_urt/instructions/0/entries").and_then(Value::as_array);
    let mut found = Vec::new();
    for entry in entries.expect("entries") {
        let content = &entry["content"];
        match content["items"].as_array() {
            Some(items) => {
                found.extend(items.iter().map(|it| (&it["item"]["itemContent"], &it["item"]["clientEventInfo"])))
            }
            None => found.push((&content["itemContent"], &content["clientEventInfo"])),
        }
    }
    found.retain(|(item, _)| item["itemType"] == "TimelineTweet");
    found
}

#[test]
fn ids_and_names_are_unique() {
    let all = &WRITTEN.1;
    let ids: BTreeSet<_> = all.iter().map(|truth| &truth.id).collect();
    let names: BTreeSet<_> = all.iter().map(|truth| &truth.name).collect();
    assert_eq!((ids.len(), names.len()), (all.len(), all.len()));
}

#[test]
fn each_feed_is_rich_enough_to_test_with() {
    for (host, posts, ads) in [("x.com", 48, 7), ("www.reddit.com", 44, 5)] {
        assert!(of(host).count() >= posts, "{host}: posts");
        assert!(of(host).filter(|it| it.sponsored).count() >= ads, "{host}: ads");
        assert!(of(host).filter(|it| !it.bait.is_empty()).count() >= 12, "{host}: bait");
        assert!(of(host).filter(|it| !it.bait.is_empty()).count() * 2 < of(host).count(), "{host}: mostly ordinary");
        assert!(of(host).any(|it| it.sponsored && !it.bait.is_empty()), "{host}: bait in an ad");
        assert!(
            of(host).any(|it| it.followed == Some(true) && !it.bait.is_empty()),
            "{host}: bait of somebody followed"
        );
        assert!(of(host).filter(|it| it.why_not.is_some()).count() >= 5, "{host}: hard cases");
        for kind in [Bait::Vote, Bait::React, Bait::Share, Bait::Tag, Bait::Comment] {
            assert!(of(host).any(|it| it.bait.contains(&kind)), "{host}: {kind:?}");
        }
        let languages: BTreeSet<_> = of(host).map(|it| it.lang.as_str()).collect();
        for language in ["en", "de", "fr", "es", "nl", "pt", "it", "pl", "ja", "ar", "hi", "tr"] {
            assert!(languages.contains(language), "{host}: {language}");
        }
    }
}

#[test]
fn every_post_of_x_is_on_the_wire_once_with_its_truth() {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for (tab, page, json) in wire() {
        for (item, event) in items(&json) {
            let outer = &item["tweet_results"]["result"];
            let outer = if outer["tweet"].is_object() { &outer["tweet"] } else { outer };
            let inner = &outer["legacy"]["retweeted_status_result"]["result"];
            let post = if inner.is_object() { inner } else { outer };
            let id = post["rest_id"].as_str().expect("rest_id").to_owned();
            let truth = of("x.com").find(|it| it.id == id).expect("every post has a truth");
            let user = &post["core"]["user_results"]["result"];
            assert_eq!((&truth.tab, truth.page), (&tab, page), "{}", truth.name);
            assert_eq!(user["core"]["screen_name"], truth.author, "{}", truth.name);
            assert_eq!(user["relationship_perspectives"]["following"].as_bool(), truth.followed, "{}", truth.name);
            assert_eq!(item["promotedMetadata"].is_object(), truth.sponsored, "{}", truth.name);
            assert_eq!(event["component"].as_str(), truth.source.as_deref(), "{}", truth.name);
            let long = post["note_tweet"]["note_tweet_results"]["result"]["text"].as_str().map(str::to_owned);
            let short = post["legacy"]["full_text"].as_str().expect("text");
            let short = short.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            assert!(long.unwrap_or(short).starts_with(&truth.text), "{}", truth.name);
            *found.entry(id).or_default() += 1;
        }
    }
    assert!(found.values().all(|times| *times == 1));
    assert_eq!(found.len(), of("x.com").count());
}

#[test]
fn sort_indexes_fall_from_entry_to_entry() {
    for (tab, page, json) in wire() {
        let entries = json.pointer("/data/home/home_timeline_urt/instructions/0/entries").and_then(Value::as_array);
        let sorts: Vec<u64> = entries
            .expect("entries")
            .iter()
            .filter(|entry| entry["content"]["cursorType"] != "Top")
            .map(|entry| entry["sortIndex"].as_str().and_then(|it| it.parse().ok()).expect("a number"))
            .collect();
        assert!(sorts.is_sorted_by(|one, next| one > next), "{tab} {page}");
    }
}

#[test]
fn every_post_of_reddit_is_in_its_fragment_once_with_its_truth() {
    let pages: Vec<String> = (1..=4)
        .map(|page| match page {
            1 => read("www.reddit.com/index.html"),
            _ => read(&format!("www.reddit.com/svc/shreddit/feeds/home-feed.{page}.html")),
        })
        .collect();
    for truth in of("www.reddit.com") {
        let mark = format!(" id=\"{}\"", truth.id);
        for (at, page) in pages.iter().enumerate() {
            let times = page.matches(&mark).count();
            assert_eq!(times, usize::from(at + 1 == truth.page), "{} on page {}", truth.name, at + 1);
        }
        let page = &pages[truth.page - 1];
        let from = page[..page.find(&mark).expect("the post")].rfind("<shreddit-").expect("its element");
        let element = &page[from..from + page[from..].find("</article>").expect("its end")];
        let title = super::draw::html(truth.text.lines().next().unwrap_or_default());
        assert!(element.contains(&format!("post-title=\"{title}\"")), "{}", truth.name);
        assert_eq!(element.starts_with("<shreddit-ad-post "), truth.sponsored, "{}", truth.name);
        assert_eq!(element.contains("ad-user-targeting="), truth.sponsored, "{}", truth.name);
        let source = truth.source.as_deref().unwrap_or("none");
        assert_eq!(
            element.contains(&format!(" recommendation-source=\"{source}\"")),
            truth.suggested,
            "{}",
            truth.name
        );
        assert_eq!(element.contains("is-recommended-post"), truth.suggested && !truth.reason_hidden, "{}", truth.name);
    }
}

#[test]
fn the_second_reading_gives_the_same_bytes() {
    let before = (read("truth.json"), read("www.reddit.com/index.html"));
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo");
    super::write(&demo, &WRITTEN.0.with_file_name("replica-test-again")).expect("the demo folder is good");
    let again = WRITTEN.0.with_file_name("replica-test-again");
    let text = |name: &str| std::fs::read_to_string(again.join(name)).expect("written");
    assert_eq!(before, (text("truth.json"), text("www.reddit.com/index.html")));
}

#[test]
fn every_route_leads_to_a_file_and_every_watcher_may_be_asked() {
    for host in ["x.com", "www.reddit.com", "news.example", "nimbusbottle.example", "strict.example"] {
        for line in read(&format!("{host}/_routes")).lines().filter(|line| !line.starts_with('#')) {
            let words: Vec<&str> = line.split_whitespace().collect();
            assert_eq!(words.len(), 3, "{host}: {line}");
            assert!(WRITTEN.0.join(host).join(words[2]).is_file(), "{host}: {line}");
        }
    }
    let asked: Vec<Value> = serde_json::from_str(&read("requests.json")).expect("JSON");
    for request in &asked {
        let (page, url) = (request["page"].as_str().expect("page"), request["url"].as_str().expect("url"));
        let host = url.split('/').nth(2).expect("a host");
        let headers = read(&format!("{page}/_headers"));
        // A request that the page's own policy stops would never be seen by anybody.
        let allowed = !headers.contains("Content-Security-Policy") || headers.contains(&format!("https://{host}"));
        assert!(allowed, "{page} may not ask {host}");
    }
}

#[test]
fn quotes_in_a_text_cannot_leave_their_attribute() {
    assert_eq!(super::draw::html("a \"b\" <c> & d"), "a &quot;b&quot; &lt;c&gt; &amp; d");
}
