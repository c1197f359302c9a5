//! One post of the Reddit replica as an article: an organic post with its reason, or an advertisement with its targeting.
//!
//! In which part of the feed it stands is not known here.

use anyhow::{Context, Result};
use serde_json::json;

use crate::replica::draw::html;
use crate::replica::posts::{Ad, Community, Post, Posts, hash};

/// Reddit's own word for the person; made up.
const ME: &str = "t2_replica0me";

/// A number as Reddit writes its ids: base 36, `digits` long.
fn base36(name: &str, digits: usize) -> String {
    let mut rest = hash(name);
    let mut text = String::from("1");
    while text.len() < digits {
        text.push(char::from(b"0123456789abcdefghijklmnopqrstuvwxyz"[(rest % 36) as usize]));
        rest /= 36;
    }
    text
}

pub(super) fn id(post: &Post) -> String {
    format!("t3_{}", base36(&format!("reddit {}", post.name), 7))
}

pub(super) fn community_id(name: &str) -> String {
    format!("t5_{}", base36(name, 6))
}

pub(super) fn community<'a>(feed: &'a Posts, post: &'a Post) -> Result<(&'a str, &'a Community)> {
    let name = post.community.as_deref().with_context(|| format!("{}: no community", post.name))?;
    Ok((name, feed.communities.get(name).with_context(|| format!("no community {name}"))?))
}

/// Reddit's sentence for each candidate source (English interface, January and February 2026).
pub(super) fn reason(post: &Post) -> Result<Option<String>> {
    if post.reason.is_some() {
        return Ok(post.reason.clone());
    }
    let Some(source) = post.component.as_deref() else { return Ok(None) };
    let sentence = match source {
        "responsiveallfpr" => "Because you've shown interest in this community",
        "responsivesimilar" => "Because you've shown interest in a similar community",
        "responsive_post_to_post" => "Because you've shown interest in a similar post",
        "onboarding_signals_similar_taxonomy_topics"
        | "onboarding_signals_similar_subreddits"
        | "onboarding_signals_subreddits"
        | "dev_platform" => "Because you've shown interest in a similar topic",
        "good_visits_on_subreddit" => "Because you've visited this community before",
        "geo_explore_subreddits" | "geo_popular" | "GeoPopularRecommendationContext" => "Popular near you",
        "geo_good_visits_posts" => "Popular in your country",
        "popular" => "Popular on Reddit right now",
        "user_post_cold_start_two_tower" | "user_to_post" | "dev_platform_top_games" => "Suggested for you",
        other => anyhow::bail!("{}: no sentence for the source {other}", post.name),
    };
    Ok(Some(sentence.into()))
}

pub(super) fn article(feed: &Posts, post: &Post, index: usize) -> Result<String> {
    let label = html(&post.title);
    let inner = match &post.ad {
        Some(ad) => ad_post(post, ad, index),
        None => organic(feed, post, index)?,
    };
    Ok(format!("<article class=\"w-full m-0\" aria-label=\"{label}\">\n{inner}</article>\n<hr class=\"border-0\">\n"))
}

/// A word for an address: what is left of the title when only plain letters may stay.
fn slug(title: &str) -> String {
    let words: Vec<String> = title
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(6)
        .map(str::to_lowercase)
        .collect();
    words.join("_")
}

fn permalink(place: &str, post: &Post) -> String {
    format!("/{place}/comments/{}/{}/", id(post).trim_start_matches("t3_"), slug(&post.title))
}

/// When it was written, in Reddit's form, and how long ago that is.
fn moments(post: &Post) -> (String, String) {
    let stamp = post.iso().replace('Z', "000+0000");
    let ago =
        if post.minutes < 60 { format!("{} min. ago", post.minutes) } else { format!("{} hr. ago", post.minutes / 60) };
    (stamp, ago)
}

fn organic(feed: &Posts, post: &Post, index: usize) -> Result<String> {
    let (name, community) = community(feed, post)?;
    let (id, title, author) = (id(post), html(&post.title), html(&post.author));
    let (place, place_id) = (format!("r/{name}"), community_id(name));
    let link = permalink(&place, post);
    let (stamp, ago) = moments(post);
    let kind = post.kind.as_deref().unwrap_or("text");
    let (content, domain) = match kind {
        "image" => (format!("https://preview.redd.it/{id}.svg"), "i.redd.it".to_owned()),
        "link" => {
            let domain = post.domain.clone().with_context(|| format!("{}: a link needs a domain", post.name))?;
            (format!("https://{domain}/{}", slug(&post.title)), domain)
        }
        _ => (format!("https://www.reddit.com{link}"), format!("self.{name}")),
    };
    let author_id = format!("t2_{}", base36(&post.author, 8));
    let (score, comments) = (post.count("score", 2_900), post.count("comments", 240));
    let source =
        post.component.as_ref().map(|it| format!(" recommendation-source=\"{}\"", html(it))).unwrap_or_default();
    let sentence = reason(post)?;
    let shown = match &sentence {
        Some(words) if !post.hidden => format!(
            "<span class=\"created-separator\" aria-hidden=\"true\">•</span>\
             <div id=\"-post-rtjson-content\" class=\"md\"><p>\n      {}\n    </p></div>",
            html(words)
        ),
        _ => String::new(),
    };
    let context = match (&sentence, &post.component) {
        (Some(words), Some(source)) => {
            let rich = json!({ "document": [{ "c": [{ "e": "text", "t": words }], "e": "par" }] }).to_string();
            let all = json!({
                "content": { "richtext": rich }, "isContextHidden": post.hidden, "recommendationSource": source,
            });
            let marked = if post.hidden { "" } else { " is-recommended-post=\"\"" };
            format!("{marked} recommendation-context-json=\"{}\"", html(&all.to_string()))
        }
        _ => String::new(),
    };
    let join = match community.followed {
        true => String::new(),
        false => format!(
            "<shreddit-join-button data-testid=\"credit-bar-join-button\" name=\"{name}\" subreddit-id=\"{place_id}\" \
             prefixed-name=\"{place}\" buttonsize=\"x-small\"></shreddit-join-button>"
        ),
    };
    let media = match kind {
        "image" => format!(
            "<div slot=\"post-media-container\"><shreddit-aspect-ratio id=\"{id}-aspect-ratio\" \
             style=\"--aspect-ratio: 1.7778;\"><img class=\"preview-img media-lightbox-img\" alt=\"{place} - {title}\" \
             loading=\"lazy\" src=\"{content}\" width=\"640\" height=\"360\"></shreddit-aspect-ratio></div>\n"
        ),
        "link" => {
            format!("<a slot=\"post-media-container\" class=\"post-link\" href=\"{}\">{domain}</a>\n", html(&content))
        }
        _ => String::new(),
    };
    let body = match post.text.as_str() {
        "" => String::new(),
        text => format!(
            "<a slot=\"text-body\" class=\"relative pointer-events-none block w-full\" href=\"{link}\">\
             <div data-post-click-location=\"text-body\"><div id=\"{id}-post-rtjson-content\" \
             class=\"md feed-card-text-preview\" dir=\"auto\"><p>\n      {}\n    </p></div></div></a>\n",
            html(text)
        ),
    };
    let about = html(&community.about);
    Ok(format!(
        "<shreddit-post data-ks-item=\"\" class=\"block relative\" permalink=\"{link}\" content-href=\"{href}\" \
         view-context=\"AggregateFeed\" comment-count=\"{comments}\" view-type=\"cardView\" pdp-target=\"_self\" \
         feedindex=\"{index}\" award-count=\"0\" user-id=\"{ME}\" moderation-verdict=\"\" is-desktop-viewport=\"\" \
         user-logged-in=\"\" created-timestamp=\"{stamp}\" domain=\"{domain}\" id=\"{id}\" post-title=\"{title}\" \
         post-type=\"{kind}\" score=\"{score}\" subreddit-id=\"{place_id}\" subreddit-prefixed-name=\"{place}\" \
         author-id=\"{author_id}\" author=\"{author}\"{source} subreddit-name=\"{name}\" item-state=\"UNMODERATED\">\n\
         <a data-ks-id=\"{id}\" slot=\"full-post-link\" class=\"absolute inset-0\" href=\"{link}\" target=\"_self\">\
         <faceplate-screen-reader-content>\n    {title}\n  </faceplate-screen-reader-content></a>\n\
         <span slot=\"credit-bar\"><span id=\"feed-post-credit-bar-{id}\" class=\"credit\">\
         <shreddit-async-loader bundlename=\"faceplate_hovercard\"><faceplate-hovercard position=\"bottom-start\" \
         data-id=\"community-hover-card\" aria-label=\"{place}\"><a data-testid=\"subreddit-name\" href=\"/{place}/\">\
         <img src=\"https://styles.redditmedia.com/{place_id}.svg\" alt=\"{place} icon\" width=\"24\" height=\"24\" \
         loading=\"lazy\"><span>{place}</span></a><div slot=\"content\" hidden><p>{about}</p></div>\
         </faceplate-hovercard></shreddit-async-loader>\
         <span class=\"created-separator\" aria-hidden=\"true\">•</span>\
         <faceplate-timeago ts=\"{stamp}\" format=\"short\"><time datetime=\"{iso}\">{ago}</time></faceplate-timeago>\
         {shown}</span>\n<span class=\"credit-end\">{join}\
         <shreddit-async-loader bundlename=\"shreddit_post_overflow_menu\"><shreddit-post-overflow-menu \
         post-id=\"{id}\" author-id=\"{author_id}\" author-name=\"{author}\" subreddit-id=\"{place_id}\" \
         subreddit-prefixed-name=\"{place}\" comment-count=\"{comments}\" permalink=\"{link}\" \
         post-view-context=\"AggregateFeed\"{source} current-user-id=\"{ME}\" is-logged-in=\"\" feed-index=\"{index}\"\
         {context} item-state=\"UNMODERATED\"></shreddit-post-overflow-menu></shreddit-async-loader></span></span>\n\
         <a href=\"{link}\" id=\"post-title-{id}\" slot=\"title\" aria-describedby=\"feed-post-credit-bar-{id}\" \
         dir=\"auto\">\n     {title}\n  </a>\n\
         <shreddit-post-flair slot=\"post-flair\" post-id=\"{id}\"></shreddit-post-flair>\n{body}{media}</shreddit-post>\n",
        href = html(&content),
        iso = post.iso(),
    ))
}

fn ad_post(post: &Post, ad: &Ad, index: usize) -> String {
    let (id, title, author) = (id(post), html(&post.title), html(&post.author));
    let (stamp, _) = moments(post);
    let (domain, cta) = (html(&ad.domain), html(&ad.cta));
    let link = permalink(&format!("user/{}", post.author), post);
    let author_id = format!("t2_{}", base36(&post.author, 8));
    let (campaign, impression) = (post.number("campaign", 19), post.number("impression", 19));
    // Real pages carry the same facts once more, encoded; a made-up string stands for it.
    let encoded = format!("GRgWcmVwbGljYQ{:x}==", post.number("encoded", 8));
    let targeting = html(
        &json!({
            "adTransparencyEncodedData": encoded, "gender": ad.gender, "interests": ad.interests,
            "locations": ad.locations, "targetingCriteria": ad.targeting,
        })
        .to_string(),
    );
    let events = html(
        &json!([
            { "type": "IMPRESSION", "url": format!("https://alb.reddit.com/i.gif?za={impression}"), "encryptedTrackingId": null },
            { "type": "UPVOTE", "url": null, "encryptedTrackingId": format!("replica{impression}") },
        ])
        .to_string(),
    );
    let out = |place: &str, words: &str| {
        format!(
            "<shreddit-dynamic-ad-link target=\"_blank\" post-id=\"{id}\" click-location=\"{place}\" \
             impression-id=\"{impression}\">{words}</shreddit-dynamic-ad-link>"
        )
    };
    let (label, heading, address, button) = (
        out("promoted_label", "<span class=\"promoted-label\">Promoted</span>"),
        out("title", &title),
        out("cta_destination_url", &domain),
        out("cta_button", &cta),
    );
    format!(
        "<shreddit-ad-post class=\"promotedlink block relative\" ad-events=\"{events}\" post-id=\"{id}\" \
         ad-type=\"display\" impression-id=\"{impression}\" view-type=\"cardView\" promoted=\"\" \
         outbound-link-url=\"https://alb.reddit.com/cr?za={impression}\" call-to-action=\"{cta}\" \
         campaign-id=\"{campaign}\" country-code=\"EX\" ad-user-targeting=\"{targeting}\" \
         ad-transparency-encoded-data=\"{encoded}\" placement=\"feed\" permalink=\"{link}\" \
         content-href=\"https://{domain}/?utm_source=reddit&amp;utm_campaign={campaign}\" view-context=\"AggregateFeed\" \
         comment-count=\"0\" feedindex=\"{index}\" user-id=\"{ME}\" user-logged-in=\"\" locked=\"\" \
         created-timestamp=\"{stamp}\" domain=\"{domain}\" id=\"{id}\" post-title=\"{title}\" post-type=\"image\" \
         author-id=\"{author_id}\" author=\"{author}\" item-state=\"UNMODERATED\">\n\
         <shreddit-dynamic-ad-link slot=\"full-post-link\" target=\"_blank\" post-id=\"{id}\" \
         impression-id=\"{impression}\" click-location=\"background\" aria-label=\"Advertisement: {title}\">\
         </shreddit-dynamic-ad-link>\n\
         <div slot=\"credit-bar\"><div class=\"promoted-name-container credit\">\
         <a class=\"advertiser-name\" href=\"/user/{author}/\"><img loading=\"lazy\" width=\"24\" height=\"24\" \
         src=\"https://styles.redditmedia.com/u_{author}.svg\" alt=\"u/{author} avatar\" \
         data-testid=\"promoted-credit-bar-avatar\"><span>u/{author}</span></a>\
         <span class=\"created-separator\">•</span>{label}</div>\n\
         <div class=\"credit-end\"><shreddit-async-loader bundlename=\"shreddit_post_overflow_menu\">\
         <shreddit-post-overflow-menu current-user-id=\"{ME}\" is-logged-in=\"\" is-ad=\"\" \
         ad-user-targeting-info=\"{targeting}\" is-reportable-ad=\"\" post-id=\"{id}\" impression-id=\"{impression}\" \
         author-name=\"{author}\" author-id=\"{author_id}\" placement=\"feed\" item-state=\"UNMODERATED\">\
         </shreddit-post-overflow-menu></shreddit-async-loader></div></div>\n\
         <div slot=\"title\" dir=\"auto\">{heading}</div>\n\
         <div slot=\"post-media-container\"><shreddit-aspect-ratio id=\"{id}-aspect-ratio\" \
         style=\"--aspect-ratio: 1.7778;\"><img alt=\"{title}\" loading=\"lazy\" src=\"https://preview.redd.it/{id}.svg\" \
         width=\"640\" height=\"360\"></shreddit-aspect-ratio><div class=\"cta\">{address}{button}</div></div>\n\
         </shreddit-ad-post>\n"
    )
}
