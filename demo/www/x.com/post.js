// Draws one post from its wire form, with the marks (data-testid, roles, links) that x.com's own page has.
//
// Two habits of the real page matter to readers: emoji in a text are pictures with an alt, so textContent is not the
// text; and an ad has no time and no permalink in its head, only the link of its views still names the post.

import { icon, make } from "./make.js";

/** The end of the ad mark's path is the one thing that filter lists know it by. */
const AD = "M4 3h16v18H4zm11.996 12h-2v-3.59l-5.293 5.3-1.414-1.42L12.581 10H8.996V8h7v7z";
const REASON = "M12 3l9 8h-3v9H6v-9H3z";

/**
 * @param {any} item itemContent of a TimelineTweet
 * @param {boolean} joined whether a line leads to the next post of a conversation
 */
export function drawPost(item, joined) {
  const outer = bare(item.tweet_results.result);
  const repeated = outer.legacy.retweeted_status_result?.result;
  const post = repeated ? bare(repeated) : outer;
  const author = post.core.user_results.result;
  const { screen_name: handle, name } = author.core;
  const ad = Boolean(item.promotedMetadata);
  const status = `/${handle}/status/${post.rest_id}`;
  const reason = item.socialContext?.text ?? (repeated && `${outer.core.user_results.result.core.name} reposted`);

  const head = make("div", { class: "head" },
    make("div", { "data-testid": "User-Name", class: "name" },
      make("a", { href: `/${handle}`, role: "link", class: "strong" }, make("span", {}, name)),
      ...(author.is_blue_verified ? [make("span", { "data-testid": "icon-verified", class: "verified" }, "✓")] : []),
      make("a", { href: `/${handle}`, role: "link", tabindex: "-1", class: "quiet" }, make("span", {}, `@${handle}`)),
      ...(ad ? [] : [make("span", { class: "quiet" }, "·"), make("a", { href: status, role: "link", class: "quiet" }, time(post))])),
    ...(ad ? [make("div", { class: "ad" }, icon(AD), make("span", {}, "Ad"))] : []),
    make("button", { type: "button", "data-testid": "caret", "aria-label": "More", class: "caret" }, "⋯"));

  const body = make("div", { class: "body" }, head, text(post), ...more(post), ...media(post, status), ...card(post), row(post, status));
  const article = make("article", { role: "article", tabindex: "0", "data-testid": "tweet" },
    ...(reason ? [make("div", { class: "reason" }, icon(REASON), make("span", { "data-testid": "socialContext" }, reason))] : []),
    make("div", { class: joined ? "post joined" : "post" },
      make("div", { "data-testid": "Tweet-User-Avatar" },
        make("a", { href: `/${handle}`, role: "link", tabindex: "-1" }, make("img", { class: "face", alt: "", src: author.avatar.image_url }))),
      body));
  article.addEventListener("click", (event) => {
    // Other rooms (profiles, single posts) do not exist here; a link must not leave the page.
    if (/** @type {Element} */ (event.target).closest("a")) event.preventDefault();
  });
  return article;
}

/** The post without the wrapping that marks limited actions. */
function bare(/** @type {any} */ result) {
  return result.__typename === "TweetWithVisibilityResults" ? result.tweet : result;
}

function time(/** @type {any} */ post) {
  const moment = new Date(post.legacy.created_at);
  const hours = Math.floor((Date.UTC(2026, 10, 21) - moment.getTime()) / 3_600_000);
  return make("time", { datetime: moment.toISOString() }, hours ? `${hours}h` : `${60 - moment.getUTCMinutes()}m`);
}

function text(/** @type {any} */ post) {
  const [from, to] = post.legacy.display_text_range;
  const shown = plain([...post.legacy.full_text].slice(from, to).join(""));
  return make("div", { "data-testid": "tweetText", dir: "auto", lang: post.legacy.lang, class: "text" }, ...runs(shown));
}

/** On the wire &, < and > are escaped, and the range counts the escaped text. */
function plain(/** @type {string} */ words) {
  return words.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Plain runs as spans, emoji as pictures with an alt. */
function runs(/** @type {string} */ words) {
  return words.split(/(\p{Extended_Pictographic}\uFE0F?|\p{RI}\p{RI})/u).filter(Boolean).map((run, at) => {
    if (!/^(\p{Extended_Pictographic}|\p{RI})/u.test(run)) return make("span", {}, run);
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><text y="19" font-size="20">${run}</text></svg>`;
    return make("img", { alt: run, class: "emoji", draggable: "false", src: `data:image/svg+xml,${encodeURIComponent(drawing)}` });
  });
}

function more(/** @type {any} */ post) {
  const whole = post.note_tweet?.note_tweet_results.result.text;
  if (!whole) return [];
  const button = make("button", { type: "button", "data-testid": "tweet-text-show-more-link", class: "more" }, make("span", {}, "Show more"));
  button.addEventListener("click", () => {
    const article = button.closest("article");
    const shown = article?.querySelector('[data-testid="tweetText"]');
    button.remove();
    shown?.replaceChildren(...runs(whole));
    shown?.dispatchEvent(new CustomEvent("replica:own-change", { bubbles: true }));
  });
  return [button];
}

function media(/** @type {any} */ post, /** @type {string} */ status) {
  return post.legacy.entities.media.map((/** @type {any} */ it, /** @type {number} */ at) =>
    make("a", { href: `${status}/photo/${at + 1}`, role: "link", class: "media" },
      make("div", { "data-testid": "tweetPhoto" }, make("img", { alt: it.ext_alt_text, src: it.media_url_https, width: "640", height: "360" }))));
}

function card(/** @type {any} */ post) {
  const raw = post.card?.legacy.binding_values.find((/** @type {any} */ it) => it.key === "unified_card");
  if (!raw) return [];
  const unified = JSON.parse(raw.value.string_value);
  const { title, subtitle } = unified.component_objects.details_1.data;
  const [picture] = Object.values(unified.media_entities);
  // The page links to a short address; the true one is only on the wire.
  return [make("div", { "data-testid": "card.wrapper", class: "card" },
    make("a", { href: `https://t.co/${post.rest_id.slice(-10)}`, role: "link", target: "_blank", rel: "noopener nofollow" },
      make("img", { alt: "", src: picture.media_url_https, width: "640", height: "360" }),
      make("div", { class: "details" }, make("span", {}, title.content), make("span", { class: "quiet" }, `From ${subtitle.content}`))))];
}

function row(/** @type {any} */ post, /** @type {string} */ status) {
  const { reply_count: replies, retweet_count: reposts, favorite_count: likes, bookmark_count: saved } = post.legacy;
  const views = Number(post.views.count);
  const button = (/** @type {string} */ mark, /** @type {string} */ label, /** @type {string} */ sign, /** @type {number} */ count) =>
    make("button", { type: "button", "data-testid": mark, "aria-label": label }, make("span", {}, sign), make("span", {}, short(count)));
  return make("div", { role: "group", class: "row",
    "aria-label": `${replies} replies, ${reposts} reposts, ${likes} likes, ${saved} bookmarks, ${views} views` },
    button("reply", `${replies} Replies. Reply`, "↩", replies),
    button("retweet", `${reposts} reposts. Repost`, "⇄", reposts),
    button("like", `${likes} Likes. Like`, "♡", likes),
    make("a", { href: `${status}/analytics`, role: "link", "aria-label": `${views} views. View post analytics` },
      make("span", {}, "▥"), make("span", {}, short(views))),
    button("bookmark", "Bookmark", "⚐", saved));
}

/** 1234 as 1.2K. */
function short(/** @type {number} */ count) {
  return new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(count);
}
