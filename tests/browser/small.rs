//! A small page at X's address, with the structure of X's posts and nothing else of X.
//!
//! For tests that need a page which does something odd: breaks its answers, hunts for the extension, takes our nodes
//! out. Each gives its own script and policy; the replicas stay as they are.

use serde_json::{Value, json};
use xtask::browser::{Fixtures, Response};

use super::sight::X;

/// A post as X's page builds it, with a number for an id.
pub(crate) fn cell(id: u32, author: &str, text: &str, sponsored: bool) -> String {
    // An advertisement has no time, and only the link of its views names it.
    let (open, close, when) = match sponsored {
        true => ("<div data-testid=placementTracking>", "</div>", String::new()),
        false => ("", "", format!("<a href=/{author}/status/{id}><time>1h</time></a>")),
    };
    format!(
        "<div data-testid=cellInnerDiv><div class=cell>{open}<article data-testid=tweet tabindex=0>\
         <div data-testid=User-Name><a role=link href=/{author}>{author}</a>{when}</div>\
         <div data-testid=tweetText>{text}</div><a href=/{author}/status/{id}/analytics>9 views</a>\
         </article>{close}</div></div>"
    )
}

/// A page with these cells. Its script comes from a file of its own, since a strict policy allows no other.
pub(crate) fn feed_of(cells: &str) -> Response {
    Response::html(format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>small</title><link rel=icon href=data:,>\
         <script src=/own.js></script></head><body><main id=feed>{cells}</main></body></html>"
    ))
}

/// Serves a page at [`X`]'s address, with its script.
pub(crate) fn serve_small(web: &Fixtures, page: &Response, script: &str) {
    web.page(X.host, "/home", page.clone());
    web.page(X.host, "/own.js", Response::new("text/javascript", script));
}

/// An answer of X's timeline that says of each of these posts that somebody paid for it.
pub(crate) fn timeline(ids: &[u32]) -> Value {
    let entries: Vec<Value> = ids
        .iter()
        .map(|id| {
            let post =
                json!({ "__typename": "Tweet", "rest_id": id.to_string(), "legacy": { "full_text": "Buy it." } });
            let item = json!({
                "itemType": "TimelineTweet",
                "tweet_results": { "result": post },
                "promotedMetadata": { "impressionId": "1" },
            });
            let content = json!({ "entryType": "TimelineTimelineItem", "itemContent": item });
            json!({ "entryId": format!("promoted-tweet-{id}"), "sortIndex": id.to_string(), "content": content })
        })
        .collect();
    let add = json!({ "type": "TimelineAddEntries", "entries": entries });
    json!({ "data": { "home": { "home_timeline_urt": { "instructions": [add] } } } })
}
