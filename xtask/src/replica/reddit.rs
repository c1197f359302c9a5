//! The Reddit replica: posts become the HTML that Reddit's server renders.
//!
//! The first part of the feed stands in `index.html`, the later parts are fragments that a `faceplate-partial` fetches
//! when it comes near the screen. Element names, attributes and slots follow items recorded in early 2026 (see
//! demo/README.md). What matters for a reader is all here: `recommendation-source`, the reason in
//! `recommendation-context-json` (also where Reddit hides it), `shreddit-ad-post` with the targeting of the ad.
//!
//! What it is not: a copy of Reddit's utility classes, trackers and buttons, of which one real post has 12 KB. Nothing
//! that Plainsight reads hangs on them.

mod article;

use anyhow::Result;

use self::article::{article, community, community_id, id, reason};
use super::draw::{avatar, html, picture};
use super::made::{Feed, Made, Truth};
use super::posts::{Post, Posts};

/// Parts of the feed, the first of them in the page itself.
const PAGES: usize = 4;
/// Makes the page, the fragments, the pictures and the truth.
pub(super) fn make(feed: &Posts) -> Result<Feed> {
    let mut made = Feed { files: Vec::new(), truth: Vec::new() };
    let size = feed.posts.len().div_ceil(PAGES);
    for (page, posts) in feed.posts.chunks(size).enumerate() {
        let page = page + 1;
        let mut text = String::new();
        for (at, post) in posts.iter().enumerate() {
            let index = (page - 1) * size + at;
            text.push_str(&article(feed, post, index)?);
            if page == 2 && at == 4 {
                text.push_str(&shelf(feed));
            }
            made.truth.push(truth(feed, post, page)?);
        }
        if page < PAGES {
            text.push_str(&format!(
                "<faceplate-partial loading=\"lazy\" name=\"HomeFeed_{page}\" \
                 src=\"/svc/shreddit/feeds/home-feed?after=cmVwbGljYQ{next}&amp;distance={size}\"></faceplate-partial>\n",
                next = page + 1
            ));
        }
        made.files.push(match page {
            1 => Made { path: "www.reddit.com/index.html".into(), marker: Some("<!-- feed -->"), text },
            _ => file(format!("www.reddit.com/svc/shreddit/feeds/home-feed.{page}.html"), text),
        });
    }
    for post in feed.posts.iter().filter(|post| post.kind.as_deref() == Some("image")) {
        made.files.push(file(format!("preview.redd.it/{}.svg", id(post)), picture(&post.name)));
    }
    for name in feed.communities.keys() {
        made.files.push(file(format!("styles.redditmedia.com/{}.svg", community_id(name)), avatar(name)));
    }
    for post in feed.posts.iter().filter(|post| post.ad.is_some()) {
        made.files.push(file(format!("styles.redditmedia.com/u_{}.svg", post.author), avatar(&post.author)));
    }
    Ok(made)
}

fn file(path: String, text: String) -> Made {
    Made { path, marker: None, text }
}

fn truth(feed: &Posts, post: &Post, page: usize) -> Result<Truth> {
    let followed = match post.ad {
        Some(_) => None,
        None => Some(community(feed, post)?.1.followed),
    };
    let text = [post.title.as_str(), post.text.as_str()].join("\n");
    Ok(Truth {
        host: "www.reddit.com".into(),
        tab: "home".into(),
        page,
        id: id(post),
        name: post.name.clone(),
        author: post.author.clone(),
        community: post.community.clone(),
        lang: post.lang.clone(),
        text: text.trim().into(),
        followed,
        sponsored: post.ad.is_some(),
        suggested: post.suggested,
        source: post.component.clone(),
        reason: reason(post)?,
        reason_hidden: post.hidden,
        domain: post.ad.as_ref().map(|ad| ad.domain.clone()),
        bait: post.bait.clone(),
        why_not: post.why_not.clone(),
    })
}

/// Communities that Reddit would like to see joined, between two posts.
fn shelf(feed: &Posts) -> String {
    let mut rows = String::new();
    for (name, community) in feed.communities.iter().filter(|(_, community)| !community.followed).take(4) {
        let (id, about) = (community_id(name), html(&community.about));
        rows.push_str(&format!(
            "<community-recommendation><a href=\"/r/{name}/\" target=\"_self\"><img alt=\"\" width=\"32\" height=\"32\" \
             loading=\"lazy\" src=\"https://styles.redditmedia.com/{id}.svg\"><span>r/{name}</span><small>{about}</small></a>\
             <shreddit-join-button subreddit-id=\"{id}\" name=\"{name}\" buttonsize=\"x-small\"></shreddit-join-button>\
             </community-recommendation>\n"
        ));
    }
    format!(
        "<in-feed-community-recommendations subreddit-feed=\"\" subreddit-name=\"slowcycling\">\
         <h3 slot=\"title\">Similar to r/slowcycling</h3>\n\
         <show-more-grid slot=\"recommendations\"><div slot=\"items\">{rows}</div></show-more-grid>\
         </in-feed-community-recommendations>\n<hr class=\"border-0\">\n"
    )
}
