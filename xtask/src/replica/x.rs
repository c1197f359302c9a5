//! The X replica: posts become pages of the `HomeTimeline` answer, in the shape that X sends.
//!
//! The keys, their nesting and the order of entries follow answers recorded in 2025 (see demo/README.md); every value
//! is ours. Cases that readers of the wire must survive are made on purpose: results wrapped in
//! `TweetWithVisibilityResults`, conversation modules, a who-to-follow module, reposts whose outer id is not the id on
//! the page, long posts whose `full_text` is cut, and a trailing short link that the page does not show.
//!
//! What it is not: a renderer. The replica's app (demo/www/x.com) turns this JSON into the page, as X's own does.

mod tweet;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use self::tweet::{TOP, author, id, outer_id, repost, tweet, user};
use super::draw::{avatar, picture};
use super::made::{Feed, Made, Truth};
use super::posts::{Post, Posts, hash, number};

/// X writes a made-up word into the path, another one for each query and release.
const HOME: &str = "x.com/i/api/graphql/rEp1icaH0meTime1ineAAA/HomeTimeline";
const LATEST: &str = "x.com/i/api/graphql/rEp1icaLatestTime1ineB/HomeLatestTimeline";
/// Answers of the "For you" tab.
const PAGES: usize = 3;
/// Makes the wire pages, the pictures and the truth.
pub(super) fn make(feed: &Posts) -> Result<Feed> {
    let mut made = Feed { files: Vec::new(), truth: Vec::new() };
    let (home, latest): (Vec<&Post>, Vec<&Post>) = feed.posts.iter().partition(|post| post.tab.is_none());
    let size = home.len().div_ceil(PAGES);
    for (page, posts) in home.chunks(size).enumerate() {
        let wire = answer(feed, posts, "for_you", page + 1, page + 1 < PAGES)?;
        made.files.push(file(format!("{HOME}.{}.json", page + 1), serde_json::to_string(&wire)?));
        for post in posts {
            made.truth.push(truth(feed, post, "home", page + 1)?);
        }
    }
    let wire = answer(feed, &latest, "following", 1, false)?;
    made.files.push(file(format!("{LATEST}.1.json"), serde_json::to_string(&wire)?));
    for post in &latest {
        made.truth.push(truth(feed, post, "following", 1)?);
    }
    for (handle, author) in &feed.authors {
        made.files.push(file(format!("pbs.twimg.com/profile_images/{handle}_normal.svg"), avatar(&author.name)));
    }
    for post in feed.posts.iter().filter(|post| post.picture.is_some() || post.ad.is_some()) {
        made.files.push(file(format!("pbs.twimg.com/media/{}.svg", id(post)), picture(&post.name)));
    }
    Ok(made)
}

fn file(path: String, text: String) -> Made {
    Made { path, marker: None, text }
}

fn component(post: &Post) -> Result<&str> {
    post.component.as_deref().with_context(|| format!("{}: no component", post.name))
}

fn truth(feed: &Posts, post: &Post, tab: &str, page: usize) -> Result<Truth> {
    let reason = match (&post.social, &post.reposted_by) {
        (Some(social), _) => Some(social.text.clone()),
        (None, Some(handle)) => Some(format!("{} reposted", author(feed, handle)?.name)),
        (None, None) => None,
    };
    Ok(Truth {
        host: "x.com".into(),
        tab: tab.into(),
        page,
        id: id(post).to_string(),
        name: post.name.clone(),
        author: post.author.clone(),
        community: None,
        lang: post.lang.clone(),
        text: post.text.clone(),
        followed: Some(author(feed, &post.author)?.followed),
        sponsored: post.ad.is_some(),
        suggested: post.suggested,
        source: post.component.clone(),
        reason,
        reason_hidden: false,
        domain: post.ad.as_ref().map(|ad| ad.domain.clone()),
        bait: post.bait.clone(),
        why_not: post.why_not.clone(),
    })
}

/// One answer: `instructions`, the feedback that its entries refer to, and where it was asked from.
fn answer(feed: &Posts, posts: &[&Post], from: &str, page: usize, more: bool) -> Result<Value> {
    let mut entries = Vec::new();
    let mut actions = Vec::new();
    let mut sort = TOP - (page as u64) * 1_000;
    let mut at = 0;
    while let Some(post) = posts.get(at) {
        let together = posts[at..].iter().take_while(|it| it.conversation == post.conversation).count();
        if post.conversation.is_some() {
            ensure!(together > 1, "{}: a conversation needs two posts on one page", post.name);
            entries.push(conversation(feed, &posts[at..at + together], sort)?);
            at += together;
        } else {
            entries.push(entry(feed, post, sort)?);
            at += 1;
        }
        sort -= 1;
        if from == "for_you" && page == 1 && entries.len() == 6 {
            entries.push(who_to_follow(feed, sort));
            sort -= 1;
        }
    }
    for post in posts.iter().filter(|post| post.ad.is_none()) {
        actions.extend(feedback(feed, post)?);
    }
    let mut cursors = vec![("Top", format!("DAABreplicaTop{page}"))];
    if more {
        cursors.push(("Bottom", format!("DAABreplicaPage{}", page + 1)));
    }
    for (kind, value) in cursors {
        // The top cursor sorts above every entry, the bottom one below.
        let place = if kind == "Top" { TOP + 1 } else { sort };
        entries.push(json!({
            "entryId": format!("cursor-{}-{place}", kind.to_lowercase()),
            "sortIndex": place.to_string(),
            "content": {
                "entryType": "TimelineTimelineCursor",
                "__typename": "TimelineTimelineCursor",
                "value": value,
                "cursorType": kind,
            },
        }));
    }
    Ok(json!({ "data": { "home": { "home_timeline_urt": {
        "instructions": [{ "type": "TimelineAddEntries", "entries": entries }],
        "responseObjects": { "feedbackActions": actions },
        "metadata": { "scribeConfig": { "page": from } },
    } } } }))
}

/// A post that stands alone, or an ad.
fn entry(feed: &Posts, post: &Post, sort: u64) -> Result<Value> {
    let outer = if post.reposted_by.is_some() { outer_id(post) } else { id(post) };
    let name = match &post.ad {
        Some(_) => format!("promoted-tweet-{outer}-{:016x}", hash(&post.name)),
        None => format!("tweet-{outer}"),
    };
    let mut content = json!({
        "entryType": "TimelineTimelineItem",
        "__typename": "TimelineTimelineItem",
        "itemContent": item(feed, post)?,
        "clientEventInfo": event(post)?,
    });
    if post.ad.is_none() {
        content["feedbackInfo"] = json!({ "feedbackKeys": [key(post, "dontlike")] });
    }
    Ok(json!({ "entryId": name, "sortIndex": sort.to_string(), "content": content }))
}

/// Several posts of one conversation; X shows them one below the other, joined by a line.
fn conversation(feed: &Posts, posts: &[&Post], sort: u64) -> Result<Value> {
    let name = format!("home-conversation-{}", id(posts[0]));
    let mut items = Vec::new();
    for post in posts {
        items.push(json!({ "entryId": format!("{name}-tweet-{}", id(post)), "item": {
            "itemContent": item(feed, post)?,
            "feedbackInfo": { "feedbackKeys": [key(post, "dontlike")] },
            "clientEventInfo": event(post)?,
        } }));
    }
    let mut asked = event(posts[0])?;
    asked.as_object_mut().map(|it| it.remove("element"));
    Ok(json!({ "entryId": name, "sortIndex": sort.to_string(), "content": {
        "entryType": "TimelineTimelineModule",
        "__typename": "TimelineTimelineModule",
        "items": items,
        "metadata": { "conversationMetadata": {
            "allTweetIds": posts.iter().map(|post| id(post).to_string()).collect::<Vec<_>>(),
            "enableDeduplication": true,
        } },
        "displayType": "VerticalConversation",
        "clientEventInfo": asked,
    } }))
}

/// Three accounts that X would like to see followed.
fn who_to_follow(feed: &Posts, sort: u64) -> Value {
    let name = format!("who-to-follow-{sort}");
    let items: Vec<Value> = feed
        .authors
        .iter()
        .filter(|(_, author)| !author.followed && !author.verified)
        .take(3)
        .map(|(handle, author)| {
            json!({ "entryId": format!("{name}-user-{}", number(handle, 10)), "item": {
                "itemContent": {
                    "itemType": "TimelineUser",
                    "__typename": "TimelineUser",
                    "user_results": { "result": user(handle, author) },
                    "userDisplayType": "User",
                },
                "clientEventInfo": { "component": "suggest_who_to_follow", "element": "user" },
            } })
        })
        .collect();
    json!({ "entryId": name, "sortIndex": sort.to_string(), "content": {
        "entryType": "TimelineTimelineModule",
        "__typename": "TimelineTimelineModule",
        "items": items,
        "displayType": "Vertical",
        "header": { "displayType": "Classic", "text": "Who to follow", "sticky": false },
        "footer": { "displayType": "Classic", "text": "Show more", "landingUrl": { "url": "twitter://connect_people", "urlType": "DeepLink" } },
        "clientEventInfo": { "component": "suggest_who_to_follow" },
    } })
}

fn item(feed: &Posts, post: &Post) -> Result<Value> {
    let tweet = match &post.reposted_by {
        Some(handle) => repost(feed, post, handle)?,
        None => tweet(feed, post)?,
    };
    let mut item = json!({
        "itemType": "TimelineTweet",
        "__typename": "TimelineTweet",
        "tweet_results": { "result": tweet },
        "tweetDisplayType": "Tweet",
    });
    if let Some(social) = &post.social {
        item["socialContext"] =
            json!({ "type": "TimelineGeneralContext", "contextType": social.kind, "text": social.text });
    }
    if let Some(ad) = &post.ad {
        let impression = format!("{:016x}", post.number("impression", 16));
        item["promotedMetadata"] = json!({
            "advertiser_results": { "result": user(&post.author, author(feed, &post.author)?) },
            "adMetadataContainer": { "isQuickPromote": false, "renderLegacyWebsiteCard": false },
            "disclosureType": "NoDisclosure",
            "experimentValues": [{ "key": "replica_experiment", "value": "control" }],
            "impressionId": impression,
            "impressionString": impression,
            "clickTrackingInfo": { "urlParams": [{ "key": "twclid", "value": format!("2-replica{}", post.number(&ad.domain, 12)) }] },
        });
    }
    Ok(item)
}

/// Where the post came from: the field that makes every receipt on X possible.
fn event(post: &Post) -> Result<Value> {
    let component = component(post)?;
    // X writes the same name in PascalCase beside it.
    let injection: String = component.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
    Ok(json!({ "component": component, "element": "tweet", "details": { "timelinesDetails": {
        "injectionType": injection,
        "controllerData": format!("DAACreplica{:x}", hash(&post.name)),
    } } }))
}

fn key(post: &Post, kind: &str) -> String {
    // X's keys are 32-bit numbers with a sign.
    (number(&format!("{kind} {}", post.name), 10) as u32).cast_signed().to_string()
}

fn feedback(feed: &Posts, post: &Post) -> Result<[Value; 2]> {
    let thanks = "Thanks. X will use this to make your timeline better.";
    let fewer = key(post, "seefewer");
    Ok([
        json!({ "key": key(post, "dontlike"), "value": {
            "feedbackType": "DontLike", "prompt": "Not interested in this post", "confirmation": thanks,
            "childKeys": [fewer], "hasUndoAction": true, "icon": "Frown",
            "feedbackUrl": "/2/timeline/feedback.json?feedback_type=DontLike",
            "clientEventInfo": { "action": "click", "element": "feedback_dontlike" },
        } }),
        json!({ "key": fewer, "value": {
            "feedbackType": "SeeFewer", "confirmation": thanks, "hasUndoAction": true,
            "prompt": format!("Show fewer posts from {}", author(feed, &post.author)?.name),
            "feedbackUrl": "/2/timeline/feedback.json?feedback_type=SeeFewer",
        } }),
    ])
}
