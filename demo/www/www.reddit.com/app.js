// The Reddit replica: brings the elements of the server's HTML to life, and fetches more of the feed.
//
// As on reddit.com, the words stay where the server put them (light DOM, in slots) and only frames and buttons live in
// open shadow roots, so a reader needs no script of the page. Later parts of the feed are HTML, not JSON: there is
// nothing to reorder on the wire. What an article looks like stands in elements.js.

import { breach, remember, report, watch } from "/shared/invariants.js";
import "./elements.js";

/** Every article, shelf and line that the server sent, with what it looked like then. */
const owned = new Map();
const feed = /** @type {HTMLElement} */ (document.querySelector("shreddit-feed"));

function own(/** @type {Iterable<Element>} */ parts) {
  for (const part of parts) {
    // A partial leaves by itself when its part of the feed has come. The server sends no bare div in these places: one
    // that stands there was put there by somebody else before this script ran.
    if (part.localName !== "faceplate-partial" && part.localName !== "div") owned.set(part, remember(part, isOwn));
  }
}

function isOwn(/** @type {Node} */ node) {
  return node.parentElement?.localName !== "article" || node.nodeName !== "DIV";
}

function check() {
  const now = [...feed.children].filter((part) => owned.has(part));
  const then = [...owned.keys()];
  if (now.length !== then.length) report("an article was removed");
  else if (now.some((part, at) => part !== then[at])) report("articles were moved");
  for (const memory of owned.values()) report(breach(memory));
}

// The event comes when a fragment has just taken its partial's place; its articles are ours from then on.
feed.addEventListener("replica:fragment", (event) => own(/** @type {CustomEvent} */ (event).detail));
own(feed.children);
report();
watch(feed, check);
