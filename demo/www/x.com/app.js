// The X replica's shell: navigation, tabs, and which room the address shows.
//
// It stands in for X's single-page app as far as an extension can tell: the page is never reloaded, rooms change with
// history.pushState, and each room's nodes are thrown away when it is left. It holds no posts (they come over the
// wire, see wire.js) and draws none (see cells.js).

import { make } from "./make.js";
import { report } from "/shared/invariants.js";
import { showMessages } from "./messages.js";
import { showTimeline } from "./timeline.js";

/** Ends everything that belongs to the room now shown. */
let room = new AbortController();

const main = make("main", { role: "main" });
const side = make("div", { "data-testid": "sidebarColumn", class: "side" },
  make("div", { class: "box" }, make("h2", { role: "heading" }, "What’s happening"),
    ...[["Harbour", "Half marathon on Sunday"], ["Weather", "First frost"], ["Books", "A lighthouse keeper learns to read"]]
      .map(([kind, name]) => make("div", { "data-testid": "trend", class: "trend" },
        make("span", { class: "quiet" }, kind), make("span", { class: "strong" }, name)))));

const links = [["/home", "Home", "AppTabBar_Home_Link"], ["/messages", "Messages", "AppTabBar_DirectMessage_Link"]].map(
  ([path, name, mark]) => {
    const link = make("a", { href: path, role: "link", "data-testid": mark, class: "place" }, make("span", {}, name));
    link.addEventListener("click", (event) => go(event, path));
    return link;
  });

document.getElementById("react-root")?.append(make("div", { class: "shell" },
  make("header", { role: "banner" }, make("nav", { role: "navigation", "aria-label": "Primary" }, ...links)), main, side));

/** Goes to another room of the app without loading a page. */
function go(/** @type {Event} */ event, /** @type {string} */ path) {
  event.preventDefault();
  if (path !== location.pathname) history.pushState({}, "", path);
  show();
}

function show() {
  room.abort();
  room = new AbortController();
  const { signal } = room;
  const column = make("div", { "data-testid": "primaryColumn", class: "column", "aria-label": "Home timeline" });
  main.replaceChildren(column);
  for (const link of links) {
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  scrollTo(0, 0);
  if (location.pathname === "/messages") {
    document.title = "Messages / X";
    showMessages(column, signal);
    return;
  }
  document.title = "Home / X";
  const following = location.pathname === "/following";
  column.append(tabs(following));
  showTimeline(column, following ? "HomeLatestTimeline" : "HomeTimeline", signal);
}

function tabs(/** @type {boolean} */ following) {
  const tab = (/** @type {string} */ name, /** @type {string} */ path, /** @type {boolean} */ chosen) => {
    const link = make("a", { href: path, role: "tab", "aria-selected": String(chosen) }, make("span", {}, name));
    link.addEventListener("click", (event) => go(event, path));
    return make("div", { role: "presentation" }, link);
  };
  return make("div", { class: "tabs" }, make("nav", { "aria-live": "polite", role: "navigation" },
    make("div", { role: "tablist" }, tab("For you", "/home", !following), tab("Following", "/following", following))));
}

addEventListener("popstate", show);
report();
show();
