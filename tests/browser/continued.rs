//! The next page of a feed, asked for and drawn by pages that do it as YouTube and Bluesky do: what is to be lower is
//! drawn behind the others, and the page misses nothing.
//!
//! Each replica draws what it is sent in the order in which it is sent, as those platforms do, and watches over its own
//! invariants: the mark of more stands where it belongs, nothing comes twice or is missing, an advertisement stands in
//! its slot. How answers are read and what X draws stands in `order.rs` and `drawn.rs`.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Response, wait_for};

use super::ours::{Found, found, in_extension};
use super::sight::replica_says;
use super::{SOON, Scene, in_both};

/// A page that asks for more of its feed when the test says so, and what it then draws.
struct Replica {
    url: &'static str,
    host: &'static str,
    /// Its first items, as the platform builds them.
    feed: &'static str,
    /// How it asks and draws: a function `more`, which returns what was drawn.
    script: &'static str,
    /// What the platform sends, by name, and what is drawn if the person lowers what they lower.
    sent: &'static [&'static str],
    ordered: &'static [&'static str],
}

/// What both replicas share: the first breach of their invariants is kept where the test reads it.
const WATCH: &str = "document.documentElement.dataset.replica = 'ok';
    const holds = (is, words) => {
      if (!is && document.documentElement.dataset.replica === 'ok') document.documentElement.dataset.replica = words;
    };
    const once = new Set();
    const isNew = (name) => {
      holds(!once.has(name), `${name} came twice`);
      once.add(name);
    };
    const draw = (into, html) => document.querySelector(into).insertAdjacentHTML('beforeend', html);";

const YOUTUBE: Replica = Replica {
    url: "https://www.youtube.com/",
    host: "www.youtube.com",
    feed: "<ytd-rich-grid-renderer><div id=contents><ytd-rich-item-renderer><div id=content><a href='/watch?v=FIRST000001'>\
           <h3>Morning light</h3></a><a href=/@garden>garden</a></div></ytd-rich-item-renderer></div></ytd-rich-grid-renderer>",
    script: "window.more = async () => {
      const asked = new Request('/youtubei/v1/browse?prettyPrint=false', { method: 'POST', body: '{}' });
      const answer = await (await fetch(asked)).json();
      const items = answer.onResponseReceivedActions[0].appendContinuationItemsAction.continuationItems;
      holds(items.length === 7, `of 7 things ${items.length} came`);
      return items.map((item, place) => {
        if (item.continuationItemRenderer) {
          holds(place === items.length - 1, 'the mark of more is not the last');
          draw('#contents', '<ytd-continuation-item-renderer></ytd-continuation-item-renderer>');
          return 'more';
        }
        if (item.richSectionRenderer) {
          draw('#contents', '<ytd-rich-section-renderer><ytd-rich-shelf-renderer>Shorts</ytd-rich-shelf-renderer></ytd-rich-section-renderer>');
          return 'shelf';
        }
        const { lockupViewModel: film, adSlotRenderer: ad } = item.richItemRenderer.content;
        if (ad) {
          holds(ad.adSlotMetadata.slotId === `0:${place}`, 'an advertisement is not in its slot');
          draw('#contents', '<ytd-rich-item-renderer><div id=content><ytd-ad-slot-renderer>Buy it.</ytd-ad-slot-renderer></div></ytd-rich-item-renderer>');
          return 'ad';
        }
        isNew(film.contentId);
        const { title, image } = film.metadata.lockupMetadataViewModel;
        draw('#contents', `<ytd-rich-item-renderer><div id=content><a href='/watch?v=${film.contentId}'><h3>${title.content}</h3></a>
          <a href='${image.canonicalBaseUrl}'>somebody</a></div></ytd-rich-item-renderer>`);
        return film.contentId;
      });
    };",
    sent: &["BAKER000001", "ad", "LECTURE0001", "shelf", "BAIT0000001", "CHOIR000001", "more"],
    ordered: &["LECTURE0001", "ad", "CHOIR000001", "shelf", "BAKER000001", "BAIT0000001", "more"],
};

const BLUESKY: Replica = Replica {
    url: "https://bsky.app/",
    host: "bsky.app",
    feed: "<div id=feed><div data-testid=feedItem-by-ana.example><a href=/profile/ana.example/post/3kfirst>1h</a>\
           <div data-testid=postText>Morning light</div></div></div>",
    script: "window.more = async () => {
      const feed = encodeURIComponent('at://did:plc:z/app.bsky.feed.generator/whats-hot');
      const answer = await (await fetch(`https://oyster.us-east.host.bsky.network/xrpc/app.bsky.feed.getFeed?feed=${feed}&limit=4&cursor=1`)).json();
      holds(answer.cursor === 'next', 'the mark of more is another');
      holds(answer.feed.length === 4, `of 4 posts ${answer.feed.length} came`);
      return answer.feed.map(({ post }) => {
        const name = post.uri.split('/').pop();
        isNew(name);
        draw('#feed', `<div data-testid='feedItem-by-${post.author.handle}'><a href='/profile/${post.author.handle}/post/${name}'>1h</a>
          <div data-testid=postText>${post.record.text}</div></div>`);
        return name;
      });
    };",
    sent: &["3kstranger1", "3kana1", "3kstranger2", "3kana2"],
    ordered: &["3kana1", "3kana2", "3kstranger1", "3kstranger2"],
};

/// What YouTube answers to its page when it asks for more of its grid.
fn films() -> Value {
    let film = |id: &str, title: &str, channel: &str| {
        let image = json!({ "canonicalBaseUrl": format!("/@{channel}") });
        let metadata = json!({ "lockupMetadataViewModel": { "title": { "content": title }, "image": image } });
        json!({ "richItemRenderer": { "content": { "lockupViewModel": { "contentId": id, "metadata": metadata } } } })
    };
    let ad = json!({ "adSlotMetadata": { "slotId": "0:1" }, "fulfillmentContent": {} });
    let shelf = json!({ "richSectionRenderer": { "content": { "richShelfRenderer": {} } } });
    json!({ "onResponseReceivedActions": [{ "appendContinuationItemsAction": { "continuationItems": [
        film("BAKER000001", "Bread \"in a hurry\" 😀 ]},{", "baker"),
        { "richItemRenderer": { "content": { "adSlotRenderer": ad } } },
        film("LECTURE0001", "Lecture 5: é", "lectures"),
        shelf,
        film("BAIT0000001", "Tag a friend who is always late 😂", "quiz"),
        film("CHOIR000001", "Two voices", "choir"),
        { "continuationItemRenderer": {} },
    ] } }] })
}

/// What a person's server answers to Bluesky's page when it asks for more of Discover.
fn posts() -> Value {
    let post = |name: &str, handle: &str, viewer: Value| {
        let author = json!({ "handle": handle, "viewer": viewer });
        let uri = format!("at://did:plc:a/app.bsky.feed.post/{name}");
        json!({ "post": { "uri": uri, "author": author, "record": { "text": format!("{name} \"😀\" ]}},{{") } } })
    };
    let stranger = |name| post(name, "stranger.example", json!({ "muted": false }));
    let ana = |name| post(name, "ana.example", json!({ "following": "at://did:plc:e/app.bsky.graph.follow/1" }));
    json!({ "cursor": "next", "feed": [stranger("3kstranger1"), ana("3kana1"), stranger("3kstranger2"), ana("3kana2")] })
}

/// Opens the replica in a browser with these settings, and has it ask for more until that comes in order; in every try it
/// is drawn so or as it was sent, and nothing is missing.
async fn draws_in_order(web: &Fixtures, browser: &Browser, replica: &Replica, settings: Value) -> Result<Found> {
    let Replica { url, host, feed, script, sent, ordered } = *replica;
    let page = format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>replica</title><link rel=icon href=data:,>\
         <script src=/own.js></script></head><body>{feed}</body></html>"
    );
    web.page(host, "/", Response::html(page));
    web.page(host, "/own.js", Response::new("text/javascript", format!("{WATCH}\n{script}")));
    in_extension::<Value>(browser, "await chrome.storage.local.set({ settings: arguments[0] })", vec![settings])
        .await?;
    wait_for("the next page in order", SOON, || async {
        browser.goto(url).await?;
        wait_for("the feed to be read", SOON, || async {
            Ok(found(browser, url).await?.is_some_and(|it| it.items > 0))
        })
        .await?;
        let drawn: Vec<String> = browser.eval_async("return await window.more()", vec![]).await?;
        ensure!(drawn == sent || drawn == ordered, "{url} draws {drawn:?}");
        let says = replica_says(browser).await?;
        ensure!(says == "ok", "{url} was broken: {says}");
        Ok(drawn == ordered)
    })
    .await?;
    // The order that was drawn stays, and what is lower is folded as well, with its reason.
    wait_for("what was drawn to be judged", SOON, || async {
        let items = ordered.iter().filter(|name| !["more", "shelf"].contains(name)).count() + 1;
        Ok(found(browser, url).await?.is_some_and(|found| found.items >= items))
    })
    .await?;
    found(browser, url).await?.context("no feed was found")
}

#[test]
fn more_of_youtubes_grid_is_drawn_in_order() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        web.page(YOUTUBE.host, "/youtubei/v1/browse", Response::json(&films()));
        // YouTube says of no film of its home that it is suggested: what is lowered is what the person named, and bait.
        let less = json!({ "site": "youtube", "author": "baker", "act": "lower" });
        let settings =
            json!({ "version": 1, "derank": true, "acts": { "bait": "lower" }, "own": { "authors": [less] } });
        let found = draws_in_order(&web, &browser, &YOUTUBE, settings).await?;
        ensure!(found.done("tag-bait", "lower") == 1, "the bait is not folded");
        ensure!(found.done("muted", "lower") == 1, "what the person wants less of is not folded");
        ensure!(found.kind("sponsored") == 1, "the advertisement is not told of");
        browser.quit().await
    })
}

#[test]
fn more_of_blueskys_discover_is_drawn_in_order_from_another_host() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let answer = Response::json(&posts()).with("Access-Control-Allow-Origin", "https://bsky.app");
        web.page("oyster.us-east.host.bsky.network", "/xrpc/app.bsky.feed.getFeed", answer);
        let settings = json!({ "version": 1, "derank": true, "acts": { "suggested": "lower" } });
        let found = draws_in_order(&web, &browser, &BLUESKY, settings).await?;
        ensure!(found.done("suggested", "lower") == 2, "what is suggested is not folded");
        browser.quit().await
    })
}
