// Turns one entry of the timeline into cells: a post, an ad, a conversation (one cell a post), or "Who to follow".
//
// Only what an entry is gets decided here; what a post looks like stands in post.js.

import { make } from "./make.js";
import { drawPost } from "./post.js";

/** @typedef {{ key: string, draw: () => Node }} Drawn */

/**
 * @param {import("./wire.js").Entry} entry
 * @returns {Drawn[]}
 */
export function cellsOf(entry) {
  const { content, entryId } = entry;
  if (content.itemContent) return [{ key: entryId, draw: () => drawItem(content.itemContent, false) }];
  if (content.displayType === "VerticalConversation") {
    return content.items.map((/** @type {any} */ it, /** @type {number} */ at) => ({
      key: it.entryId,
      draw: () => drawItem(it.item.itemContent, at + 1 < content.items.length),
    }));
  }
  return [
    { key: `${entryId}-head`, draw: () => make("div", { class: "module" }, make("h2", { role: "heading" }, content.header.text)) },
    ...content.items.map((/** @type {any} */ it) => ({ key: it.entryId, draw: () => drawUser(it.item.itemContent) })),
    { key: `${entryId}-foot`, draw: () => make("a", { href: "/i/connect_people", role: "link", class: "module more" },
      make("span", {}, content.footer.text)) },
  ];
}

function drawItem(/** @type {any} */ item, /** @type {boolean} */ joined) {
  const post = drawPost(item, joined);
  if (!item.promotedMetadata) return post;
  const id = item.promotedMetadata.impressionId;
  return make("div", { "data-testid": "placementTracking" }, post, make("div", { "data-testid": `${id}-impression-pixel` }));
}

function drawUser(/** @type {any} */ item) {
  const { core, avatar } = item.user_results.result;
  return make("div", { "data-testid": "UserCell", class: "user", role: "button", tabindex: "0" },
    make("img", { class: "face", alt: "", src: avatar.image_url }),
    make("a", { href: `/${core.screen_name}`, role: "link" }, make("span", { class: "strong" }, core.name),
      make("span", { class: "quiet" }, `@${core.screen_name}`)),
    make("button", { type: "button", class: "follow", "aria-label": `Follow @${core.screen_name}` }, make("span", {}, "Follow")));
}
