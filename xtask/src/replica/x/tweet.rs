//! One post of the X replica, as X sends it: the tweet, its author, its card, its repost.
//!
//! Which entry of which page it stands in is not known here.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::replica::posts::{Author, Post, Posts, hash, number};

/// Letters of a post that are shown before "Show more".
const CUT: usize = 276;
/// The first sort index; entries count down from it.
pub(super) const TOP: u64 = 1_990_000_000_000_000_000;

/// The number under which the post is shown.
pub(super) fn id(post: &Post) -> u64 {
    number(&format!("x {}", post.name), 19) / 10 + TOP / 10 * 9
}

pub(super) fn author<'a>(feed: &'a Posts, handle: &str) -> Result<&'a Author> {
    feed.authors.get(handle).with_context(|| format!("no author {handle}"))
}

pub(super) fn user(handle: &str, author: &Author) -> Value {
    let number = number(handle, 10);
    json!({
        "__typename": "User",
        "id": format!("VXNlcjpyZXBsaWNh{number}"),
        "rest_id": number.to_string(),
        "affiliates_highlighted_label": {},
        "avatar": { "image_url": format!("https://pbs.twimg.com/profile_images/{handle}_normal.svg") },
        "core": { "created_at": "Mon Mar 04 09:00:00 +0000 2019", "name": author.name, "screen_name": handle },
        "dm_permissions": { "can_dm": false },
        "has_graduated_access": true,
        "is_blue_verified": author.verified,
        "legacy": {
            "default_profile": true,
            "description": "",
            "followers_count": hash(handle) % 90_000,
            "friends_count": hash(&author.name) % 900,
            "want_retweets": author.followed,
        },
        "location": { "location": "" },
        "media_permissions": { "can_media_tag": author.followed },
        "parody_commentary_fan_label": "None",
        "profile_image_shape": "Circle",
        "privacy": { "protected": false },
        "relationship_perspectives": { "following": author.followed },
        "tipjar_settings": {},
        "verification": { "verified": false },
    })
}

/// The post itself, wrapped if the file asks for it.
pub(super) fn tweet(feed: &Posts, post: &Post) -> Result<Value> {
    let number = id(post).to_string();
    let cut = post.text.chars().count() > CUT;
    let shown: String = if cut { post.text.chars().take(CUT).chain(['…']).collect() } else { post.text.clone() };
    // X escapes three letters here (and only here: the long form of a post is plain), and counts the escaped ones.
    let shown = shown.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // The short link of a picture is part of the text on the wire and outside the range that is displayed.
    let short = post.picture.as_ref().map(|_| format!("https://t.co/{:x}", post.number("short", 12)));
    let full = short.iter().fold(shown.clone(), |text, link| format!("{text} {link}"));
    let link = short.clone().unwrap_or_default();
    let media: Vec<Value> = post
        .picture
        .iter()
        .map(|words| {
            json!({
                "id_str": number, "type": "photo", "url": link, "ext_alt_text": words,
                "display_url": format!("pic.x.com/{}", link.rsplit('/').next().unwrap_or_default()),
                "expanded_url": format!("https://x.com/{}/status/{number}/photo/1", post.author),
                "media_url_https": format!("https://pbs.twimg.com/media/{number}.svg"),
                "original_info": { "height": 360, "width": 640, "focus_rects": [] },
            })
        })
        .collect();
    let mut body = json!({
        "__typename": "Tweet",
        "rest_id": number,
        "core": { "user_results": { "result": user(&post.author, author(feed, &post.author)?) } },
        "unmention_data": {},
        "edit_control": { "edit_tweet_ids": [number], "is_edit_eligible": false, "edits_remaining": "5" },
        "is_translatable": post.lang != "en",
        "views": { "count": (900 + post.count("views", 190_000)).to_string(), "state": "EnabledWithCount" },
        "source": "<a href=\"https://x.com\" rel=\"nofollow\">Replica</a>",
        "legacy": {
            "bookmark_count": post.count("bookmarks", 90),
            "bookmarked": false,
            "created_at": created(post),
            "conversation_id_str": number,
            "display_text_range": [0, shown.chars().count()],
            "entities": { "hashtags": [], "media": media, "symbols": [], "timestamps": [], "urls": [], "user_mentions": [] },
            "favorite_count": post.count("likes", 2_400),
            "favorited": false,
            "full_text": full,
            "is_quote_status": false,
            "lang": post.lang,
            "possibly_sensitive": false,
            "quote_count": post.count("quotes", 40),
            "reply_count": post.count("replies", 180),
            "retweet_count": post.count("reposts", 600),
            "retweeted": false,
            "user_id_str": crate::replica::posts::number(&post.author, 10).to_string(),
            "id_str": number,
        },
    });
    if cut {
        body["note_tweet"] = json!({ "is_expandable": true, "note_tweet_results": { "result": {
            "id": format!("Tm90ZVR3ZWV0OnJlcGxpY2E{number}"),
            "text": post.text,
            "entity_set": { "hashtags": [], "symbols": [], "urls": [], "user_mentions": [] },
            "richtext": { "richtext_tags": [] },
            "media": { "inline_media": [] },
        } } });
    }
    if post.ad.is_some() {
        body["card"] = card(post)?;
    }
    if !post.wrapped {
        return Ok(body);
    }
    body.as_object_mut().map(|it| it.remove("__typename"));
    Ok(json!({ "__typename": "TweetWithVisibilityResults", "tweet": body, "limitedActionResults": {
        "limited_actions": [{ "action": "Reply", "prompt": {
            "__typename": "BasicLimitedActionPrompt",
            "headline": { "text": "Who can reply?", "entities": [] },
            "subtext": { "text": "Only some accounts can reply to this post", "entities": [] },
        } }],
    } }))
}

/// The advertiser's card: on the wire it is JSON inside JSON, and it holds the true destination.
fn card(post: &Post) -> Result<Value> {
    let ad = post.ad.as_ref().context("a card needs an ad")?;
    let picture = format!("3_{}", id(post));
    let unified = json!({
        "type": "image_website",
        "component_objects": {
            "details_1": { "type": "details", "data": {
                "title": { "content": ad.headline, "is_rtl": false },
                "subtitle": { "content": ad.domain, "is_rtl": false },
                "destination": "browser_1",
            } },
            "media_1": { "type": "media", "data": { "id": picture, "destination": "browser_1" } },
        },
        "destination_objects": { "browser_1": { "type": "browser", "data": {
            "url_data": { "url": ad.landing, "vanity": ad.domain },
        } } },
        "components": ["media_1", "details_1"],
        "media_entities": { picture.as_str(): {
            "id_str": id(post).to_string(), "type": "photo",
            "media_url_https": format!("https://pbs.twimg.com/media/{}.svg", id(post)),
        } },
    });
    let url = format!("card://{}", id(post));
    Ok(json!({ "rest_id": url, "legacy": {
        "binding_values": [
            { "key": "unified_card", "value": { "string_value": unified.to_string(), "type": "STRING" } },
            { "key": "card_url", "value": { "scribe_key": "card_url", "string_value": "https://x.com", "type": "STRING" } },
        ],
        "card_platform": { "platform": { "audience": { "name": "production" }, "device": { "name": "Swift", "version": "12" } } },
        "name": "unified_card",
        "url": url,
        "user_refs_results": [],
    } }))
}

pub(super) fn outer_id(post: &Post) -> u64 {
    id(post) + 4_711
}

/// A repost: the outer post belongs to the one who reposts, the page shows the inner one.
pub(super) fn repost(feed: &Posts, post: &Post, handle: &str) -> Result<Value> {
    let inner = tweet(feed, post)?;
    let number = outer_id(post).to_string();
    let mut outer = inner.clone();
    outer["rest_id"] = json!(number);
    outer["core"]["user_results"]["result"] = user(handle, author(feed, handle)?);
    outer["legacy"]["id_str"] = json!(number);
    outer["legacy"]["full_text"] = json!(format!("RT @{}: {}", post.author, post.text));
    outer["legacy"]["retweeted_status_result"] = json!({ "result": inner });
    Ok(outer)
}

fn created(post: &Post) -> String {
    let (day, hour, minute) = post.moment();
    let week = if day == 19 { "Thu" } else { "Fri" };
    format!("{week} Nov {day} {hour:02}:{minute:02}:00 +0000 2026")
}
