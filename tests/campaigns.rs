//! Holds `data/campaigns.toml` to its law and to its own proof: what must speak does, what must not says nothing.
//!
//! A name that is read wrongly tells a person that somebody aimed at them by what nobody looked at, so far more stands
//! under `spares` than a reader of the code would think of.

use plainsight::api::authoring;
use plainsight::api::page::{Ask, Page, Reply, Sent};
use plainsight::explain::Line;
use plainsight::feed::campaign::{self, Campaigns, File};
use proptest::prelude::*;
use serde_json::{Value, json};

const NAME: &str = "data/campaigns.toml";
const TEXT: &str = include_str!("../data/campaigns.toml");

fn file() -> File {
    let (file, refusals) = campaign::parse(NAME, TEXT);
    assert!(refusals.is_empty(), "{refusals:#?}");
    file.expect("it can be read")
}

/// What the query of a link says: the end of each key, and the words.
fn said(section: &[u8], query: &str) -> Vec<String> {
    let campaigns = Campaigns::open(section).expect("a fresh section opens");
    let hints = campaigns.read(&format!("https://shop.example/a?{query}#utm_campaign=rtg"));
    hints.iter().map(|it| format!("{} {}", it.says.trim_start_matches("receiptCampaign"), it.words)).collect()
}

#[test]
fn the_file_is_canonical() {
    let canonical = campaign::format(&file());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/data/campaigns.toml"), &canonical)
            .expect("it can be written");
    } else {
        let differs = TEXT.lines().zip(canonical.lines()).enumerate().find(|(_, (is, wanted))| is != wanted);
        assert!(TEXT == canonical, "{NAME}: is not canonical: {differs:?}");
    }
}

#[test]
fn names_that_speak_say_what_they_say_and_no_more() {
    let (file, section) = (file(), campaign::pack(&file()));
    assert!(file.speaks.len() >= 30, "{} names that speak are no proof", file.speaks.len());
    let faults: Vec<_> = file
        .speaks
        .iter()
        .filter_map(|(query, wanted)| {
            let found = said(&section, query);
            (found != *wanted).then(|| format!("{query}: {found:?}, and ought to be {wanted:?}"))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for says in file.aim.iter().map(|aim| &aim.says).chain([&file.ages.says]) {
        let end = says.trim_start_matches("receiptCampaign");
        let is_proved = file.speaks.values().flatten().any(|said| said.split(' ').next() == Some(end));
        assert!(is_proved, "no name proves {says}");
    }
}

#[test]
fn names_that_only_look_so_say_nothing() {
    let (file, section) = (file(), campaign::pack(&file()));
    assert!(file.spares.len() >= 30, "{} names that are spared are no proof", file.spares.len());
    let faults: Vec<_> =
        file.spares.iter().map(|query| (query, said(&section, query))).filter(|it| !it.1.is_empty()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_word_of_the_file_is_found_as_a_whole_one_and_never_inside_another() {
    let (file, section) = (file(), campaign::pack(&file()));
    for aim in &file.aim {
        for word in &aim.words {
            let value = word.replace(' ', "-");
            // What is of capitals alone counts only beside small letters.
            let found = said(&section, &format!("utm_campaign=zq_{value}_zq"));
            let end = aim.says.trim_start_matches("receiptCampaign");
            assert!(found.iter().any(|said| *said == format!("{end} {value}")), "{word:?}: {found:?}");
            assert_eq!(said(&section, &format!("utm_campaign=zq{value}qz")), [""; 0], "{word:?} inside another");
        }
    }
}

#[test]
fn a_link_out_of_a_parameter_speaks_as_well() {
    let section = campaign::pack(&file());
    let campaigns = Campaigns::open(&section).expect("a fresh section opens");
    let hints = campaigns.read("https%3A%2F%2Fshop.example%2Fa%3Futm_source%3Dfb%26utm_campaign%3Dde_rtg");
    assert_eq!(hints.len(), 1, "{hints:?}");
    assert_eq!((hints[0].words.as_str(), hints[0].parameter.as_str()), ("rtg", "utm_campaign"));
    for silent in
        ["", "shop.example", "https://shop.example/utm_campaign=rtg", "https://shop.example/#?utm_campaign=rtg"]
    {
        assert!(campaigns.read(silent).is_empty(), "{silent}");
    }
}

#[test]
fn what_is_wrong_in_the_file_is_refused() {
    let check = |from: &str, to: &str, reason: &str| {
        assert!(TEXT.contains(from), "{from}");
        let (read, refusals) = campaign::parse(NAME, &TEXT.replacen(from, to, 1));
        assert!(read.is_none() && refusals.iter().any(|it| it.reason.contains(reason)), "{from}: {refusals:#?}");
    };
    check("checked = \"2026-11-22\"", "checked = 3", "expected a string");
    check("checked = \"2026-11-22\"", "checked = \"today\"", "must be a day");
    check("\"rtg\"", "\"rtg_a\"", "with one blank between");
    check("\"rtg\"", "\"zzz\"", "sorted");
    check("\"prosp\"", "\"lal\"", "says two things");
    check("says = \"receiptCampaignMen\"", "says = \"receiptCampaignWomen\"", "one sentence");
    check("\"utm_campaign\"", "\"UTM_campaign\"", "small letters");
    check("[ages]", "[age]", "unknown field");
}

proptest! {
    #[test]
    fn any_link_is_read_without_harm(text in "\\PC{0,300}", bytes in prop::collection::vec(any::<u8>(), 0..90)) {
        let section = campaign::pack(&file());
        for link in [text.clone(), format!("https://a.example/?utm_campaign={text}"), format!("https%3a{text}")] {
            campaign::place(&link);
            for hint in Campaigns::open(&section).expect("a fresh section opens").read(&link) {
                prop_assert!(!hint.words.contains("://") && hint.words.chars().count() <= 300);
            }
        }
        if let Ok(campaigns) = Campaigns::open(&bytes) {
            campaigns.read(&format!("https://a.example/?utm_campaign={text}"));
        }
    }

    #[test]
    fn any_mix_of_words_is_read_without_harm(parts in prop::collection::vec(prop::sample::select(vec![
        "rtg", "f", "w", "age", "18", "24", "2534", "-", "–", "_", "+", "%20", "%25", "%2", "%", "non", "women", "s", "DE", "de", "é", "女性", "&", "=", "?", "#",
    ]), 0..40)) {
        let section = campaign::pack(&file());
        let campaigns = Campaigns::open(&section).expect("a fresh section opens");
        campaigns.read(&format!("https://a.example/?utm_campaign={}", parts.concat()));
    }
}

/// The receipt of an item that the page shows so, behind what the wire said in these answers.
fn receipt(site: (&str, &str), path: &str, answers: &[(Sent, String)], fields: Value) -> Vec<Line> {
    let (sites, refusals) = authoring::sites(&[(format!("data/sites/{}.toml", site.0), site.1.into())]);
    assert!(refusals.is_empty(), "{}", refusals[0]);
    let (texts, labels) = (authoring::text_sections(&[], &[]).0.at_hand, authoring::label_section(&[]));
    let campaigns = authoring::campaign_section(&file());
    let sections = [vec![authoring::site_section(&sites), labels, campaigns], texts].concat();
    let pack = authoring::pack(&sections).expect("it opens");
    let mut page = Page::open(&pack, &sites[0].hosts[0], "").expect("it opens");
    for (from, body) in answers {
        assert!(page.hear(from, body).is_empty());
    }
    let ask = json!({ "path": path, "item": { "dom": 0, "fields": fields }, "settings": {} });
    match page.ask(Ask::read("explain", &ask.to_string()).expect("a question")) {
        Reply::Explain { lines, .. } => lines,
        other => panic!("{other:?}"),
    }
}

/// What of a receipt is of campaigns: the end of the key, the words, and their parameter.
fn of_campaigns(lines: &[Line]) -> Vec<String> {
    let ours = lines.iter().filter_map(|line| Some((line.key.strip_prefix("receiptCampaign")?, line)));
    ours.map(|(end, line)| format!("{end} {} {}", line.quote.as_deref().unwrap_or_default(), line.args.concat()))
        .collect()
}

/// An answer of X with one post that has an advertiser's card, paid for or not.
fn card(is_paid: bool) -> (Sent, String) {
    let unified = json!({ "type": "image_website", "destination_objects": { "browser_3": { "type": "browser", "data": {
        "url_data": { "url": "https://shop.example/x?utm_campaign=de_rtg_besucher&click=SECRET", "vanity": "shop.example" } } } } });
    let mut content = json!({ "itemType": "TimelineTweet", "tweet_results": { "result": { "__typename": "Tweet", "rest_id": "77",
        "legacy": { "id_str": "77", "full_text": "Boots.", "entities": { "urls": [] } },
        "card": { "legacy": { "binding_values": [{ "key": "unified_card", "value": { "string_value": unified.to_string() } }] } } } } });
    if is_paid {
        content["promotedMetadata"] = json!({ "advertiser_results": { "result": { "rest_id": "5" } } });
    }
    let entry =
        json!({ "entryId": "tweet-77", "content": { "entryType": "TimelineTimelineItem", "itemContent": content } });
    let body = json!({ "data": { "home": { "home_timeline_urt": { "instructions": [{ "type": "TimelineAddEntries", "entries": [entry] }] } } } });
    (Sent::Answer { path: "/i/api/graphql/a/HomeTimeline".into(), name: String::new() }, body.to_string())
}

const X: (&str, &str) = ("x", include_str!("../data/sites/x.toml"));
const FACEBOOK: (&str, &str) = ("facebook", include_str!("../data/sites/facebook.toml"));

#[test]
fn the_receipt_of_an_advertisement_tells_what_its_link_says_and_never_the_link() {
    let fields = json!({ "id": [[0, "https://x.com/a/status/77"]] });
    let lines = receipt(X, "/home", &[card(true)], fields.clone());
    assert_eq!(of_campaigns(&lines), ["Retargeting rtg utm_campaign"], "{lines:#?}");
    let pays = lines.iter().find(|line| line.key == "receiptAdvertiser").map(|line| line.args.concat());
    assert_eq!(pays.as_deref(), Some("shop.example"), "{lines:#?}");
    assert!(!format!("{lines:?}").contains("SECRET"), "the receipt shows the link: {lines:#?}");
    let lines = receipt(X, "/home", &[card(false)], fields);
    assert_eq!(of_campaigns(&lines), [""; 0], "nobody paid for it");
}

#[test]
fn a_wire_that_tells_the_host_alone_does_not_take_the_pages_link_away() {
    let proof: Value = serde_json::from_str(include_str!("../data/sites/facebook.proof.json")).expect("it is JSON");
    let answer = proof["answers"]
        .as_array()
        .and_then(|all| all.iter().find(|it| it["body"].is_string()))
        .expect("a stream of answers");
    let text = |key: &str| answer[key].as_str().unwrap_or_default().to_owned();
    let from = Sent::Answer { path: text("path"), name: text("name") };
    let link = "https://l.facebook.com/l.php?u=https%3A%2F%2Fboots.example%2Fwet%3Futm_content%3Dlal1_women%26fbclid%3DSECRET&h=AT0";
    let lines = receipt(
        FACEBOOK,
        "/",
        &[(from, text("body"))],
        json!({ "id": [[0, "/bootsandco/posts/pfbid3"]], "link": [[0, link]] }),
    );
    assert_eq!(of_campaigns(&lines), ["Lookalike lal utm_content", "Women women utm_content"], "{lines:#?}");
    assert!(!format!("{lines:?}").contains("SECRET"), "the receipt shows the link: {lines:#?}");
}
