// A private chat, in marks that a careless extension would take for a feed.
//
// It exists for one law of Plainsight: private messages are never read. The texts come over the wire as X's do
// (/i/api/1.1/dm/…) and are full of bait on purpose; the test is that nobody says a word about them.

import { make } from "./make.js";
import { breach, remember, report, watch } from "/shared/invariants.js";

/**
 * @param {HTMLElement} column
 * @param {AbortSignal} signal
 */
export function showMessages(column, signal) {
  const list = make("div", { "data-testid": "DmActivityViewport", class: "chat" });
  column.append(make("h1", { class: "tabs title", role: "heading" }, "Ida from the allotment"),
    make("section", { role: "region" }, make("h1", { class: "unseen" }, "Messages"), make("div", { "aria-label": "Timeline: Messages" }, list)));
  const request = new XMLHttpRequest();
  request.addEventListener("load", () => {
    if (signal.aborted) return;
    for (const message of JSON.parse(request.responseText).inbox_initial_state.entries) list.append(draw(message.message));
    const memory = remember(list);
    watch(list, () => report(list.children.length === memory[0].children.length ? breach(memory) : "the chat was changed"), signal);
  });
  request.open("GET", "/i/api/1.1/dm/inbox_initial_state.json");
  request.send();
}

function draw(/** @type {any} */ message) {
  const { text, sender_id: sender, lang } = message.message_data;
  return make("div", { "data-testid": "cellInnerDiv", class: sender === "1" ? "mine" : "theirs" },
    make("div", { "data-testid": "messageEntry" },
      make("article", { role: "article", "data-testid": "tweet" },
        make("div", { "data-testid": "tweetText", dir: "auto", lang }, make("span", {}, text)))));
}
