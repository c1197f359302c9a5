// What it is: joins the parts on a page of a site that has a feed: wire, core, observer, reader, paint.
// Why it is so short: each part does one thing; here is only who tells whom.
// On hosts that no site's file names it runs where the person wanted it, and only for as long: what they said is looked
// up in the extension's own store, never in the page.
// What it does not do: read anything before the core has said that this path shows a feed. All others, messages above
// all, are out of bounds, and the question is asked anew at every change of address.

/** How many items are read and judged in one go: some milliseconds' worth. */
const AT_ONCE = 50;
/** So often items are judged before the browser gets a turn: a page that changes them whenever we do something is no loop. */
const MOST_TURNS = 10;
/** A feed without any item for so long, in milliseconds, is told of. */
const UNTIL_EMPTY = 8_000;

/** Where nothing is to be read. @type {Core} */
const NO_CORE = { where: "none", ask: async () => ({ reply: "open", feed: null }), close() {} };

/** Finds nothing. */
const NONE = ":not(*)";

/** @typedef {Feed & { items: string, all: string }} Here the feed on this page, with the selector of all its items, and of comments as well */

(async () => {
  "use strict";
  const life = new AbortController();
  const isNamed = typeof takePort === "function";
  const wire = isNamed ? takePort() : { listen() {}, tell() {} };
  /** The site as which the person has this host read; empty where they do not, and where a site's file names it. */
  let chosen = "";
  let core = isNamed ? await openCore(life.signal, chosen, judgeAll) : NO_CORE;
  /** As it is stored: the core knows what it means. @type {unknown} */
  let settings = await readSettings();
  /** @type {{ path: string, feed: Here | null, watch: AbortController }} */
  let here = { path: "", feed: null, watch: new AbortController() };
  /** What was found since the person came here, by the item's id: kinds and acts, never words. */
  const found = /** @type {Map<string | Element, Counted>} */ (new Map());
  /** What says whether this feed can be read: since when we are here, whether its data spoke of items, whether one was read. */
  let told = { since: 0, heard: false, read: false };
  /** What an item on the page is called. @type {WeakMap<Element, string>} */
  const idOf = new WeakMap();
  const tally = makeTally(life.signal);
  const paint = makePaint(explain, tally.undo);
  const opened = watchOpened(paint.isOurs, tally, life.signal);
  const why = watchWhy(paint.isOurs, life.signal);
  /** Whether the page waits for the order of its answers. */
  let holds = false;
  /** Whether comments are read as well. */
  let comments = false;
  /** Whether previews are to stay still, and what ends that. */
  let isStill = false;
  let stills = new AbortController();
  /** How often items were judged since the browser last had a turn. */
  let turns = 0;

  wire.listen(([path, name, body, number]) => hear({ answer: { path, name } }, body, number));
  chrome.storage.onChanged.addListener(async (changes, area) => {
    if (area !== "local") return;
    if (changes.also) await choose(changes.also.newValue ?? {});
    if (!changes.settings) return;
    settings = changes.settings.newValue ?? {};
    const before = comments;
    await tellWire();
    if (comments === before) return judgeAll();
    await arrive(true);
  });
  ourPages.begin({
    counts: async () => ({ ...summary(), since: await sinceWhen() }),
    structure: () => (here.feed ? structureOf(here.feed) : ""),
    items: () => itemsIn(here.feed?.items ?? NONE),
    idOf, found, receiptOf,
  });
  watchAddress(() => {
    opened.moved();
    arrive();
  }, life.signal);
  if (!isNamed) await choose((await chrome.storage.local.get("also")).also ?? {});
  await Promise.all([tellWire(), arrive()]);

  /** The person has this host read, or does not any more: then the page is as it was. @param {object} also */
  async function choose(also) {
    const site = /** @type {Record<string, string>} */ (also)[location.hostname] ?? "";
    if (isNamed || site === chosen) return;
    chosen = site;
    here.watch.abort();
    here = { path: "", feed: null, watch: new AbortController() };
    core.close();
    core = NO_CORE;
    if (!site) return;
    const opened = await openCore(life.signal, site, judgeAll);
    // They may have taken it back meanwhile.
    if (chosen !== site) return opened.close();
    core = opened;
    await Promise.all([tellWire(), arrive()]);
  }

  /** Whether answers are held back here until their order is known, and whether previews stay still. */
  async function tellWire() {
    const reply = await core.ask({ ask: "hold", settings });
    holds = reply.reply === "hold" && reply.holds;
    comments = reply.reply === "hold" && reply.comments;
    wire.tell(holds);
    const before = isStill;
    isStill = reply.reply === "hold" && reply.still;
    if (isStill !== before) still();
  }

  /** Keeps this feed's previews still from now on, or lets them play again. */
  function still() {
    stills.abort();
    stills = new AbortController();
    const { feed, watch } = here;
    if (isStill && feed && feed.previews.length > 0) keepStill(feed.previews.join(","), AbortSignal.any([stills.signal, watch.signal]));
  }

  /** The page has an address, or another one, or other things of it are to be read: is there a feed here? */
  async function arrive(anew = false) {
    const path = location.pathname;
    if (path === here.path && !anew) return;
    // What a page brings along belongs to the address at which it was opened; elsewhere it may hold messages.
    const isFirst = here.path === "";
    here.watch.abort();
    const watch = new AbortController();
    here = { path, feed: null, watch };
    const reply = await core.ask({ ask: "open", path, settings });
    if (watch.signal.aborted) return;
    if (reply.reply !== "open" || !reply.feed) return;
    const selector = (/** @type {Layout[]} */ layouts) => layouts.map(({ dom }) => dom.item).join(",") || NONE;
    const [forItems, forComments] = [false, true].map((is) => reply.feed?.layouts.filter(({ comment }) => comment === is) ?? []);
    // What looks like either is a comment: that is told by more.
    const layouts = [...forComments, ...forItems];
    here.feed = { ...reply.feed, layouts, items: selector(forItems), all: selector(layouts) };
    still();
    told = { since: Date.now(), heard: false, read: false };
    watch.signal.addEventListener("abort", () => {
      paint.clearAll();
      found.clear();
      ourPages.changed();
    });
    const noticing = setTimeout(() => sinceWhen().then(ourPages.changed), UNTIL_EMPTY);
    ourPages.changed();
    watch.signal.addEventListener("abort", () => clearTimeout(noticing));
    if (isFirst) readInline(here.feed, (rule, body) => hear({ inline: { rule } }, body), watch.signal);
    observe(here.feed.all, attributesOf(layouts), paint.isOurs, judge, gone, watch.signal);
  }

  /** @param {Sent} from @param {string} body @param {number} [number] with it, the page waits for the answer's order */
  async function hear(from, body, number) {
    const me = here.feed && extractMe(here.feed.layouts);
    const reply = await core.ask(number === undefined
      ? { ask: "hear", from, body }
      : { ask: "order", from, body, path: location.pathname, me, opened: paint.opened(), settings });
    if (reply.reply === "order") wire.tell([number ?? 0, reply.pieces]);
    // Nobody waits for a core that was late once, until it has answered anything.
    else if (holds) wire.tell(holds);
    if ((reply.reply !== "hear" && reply.reply !== "order") || !here.feed) return;
    told.heard ||= reply.ids.length > 0;
    const spokenOf = new Set(reply.ids);
    await judge(new Set([...itemsIn(here.feed.all)].filter((item) => spokenOf.has(idOf.get(item) ?? ""))));
  }

  /** All that is here is judged again: the person chose anew, or the core knows more. */
  async function judgeAll() {
    if (here.feed) await judge(itemsIn(here.feed.all));
  }

  /** @param {Set<Element>} items */
  async function judge(items) {
    // Pages of one piece change their address before or after their nodes: whatever is read belongs to the address now.
    if (location.pathname !== here.path) await arrive();
    const { feed, path, watch } = here;
    if (!feed) return;
    const asked = [...items];
    for (let from = 0; from < asked.length; from += AT_ONCE) {
      // What comes at once is judged before the browser paints; a flood is taken in portions, so that the page stays
      // usable in between.
      if (turns === 0) setTimeout(() => (turns = 0));
      turns += 1;
      if (from > 0 || turns > MOST_TURNS) await new Promise((resolve) => setTimeout(resolve));
      if (watch.signal.aborted) return;
      await judgePortion(asked.slice(from, from + AT_ONCE), feed, path, watch.signal);
    }
  }

  /** @param {Element[]} portion @param {Here} feed @param {string} path @param {AbortSignal} signal */
  async function judgePortion(portion, feed, path, signal) {
    /** @type {Element[]} */
    const items = [];
    /** @type {Seen[]} */
    const seen = [];
    for (const item of portion) {
      try {
        seen.push(extract(item, feed.layouts));
        items.push(item);
      } catch {
        // A form whose fields bear the names of what it can do cannot be asked: it stays as it is, and the others do not.
      }
    }
    const isItem = (/** @type {number} */ dom) => feed.layouts.some(({ number, comment }) => number === dom && !comment);
    told.read ||= seen.some(({ dom, fields }) => isItem(dom) && (fields.text ?? fields.author ?? fields.title) !== undefined);
    const reply = await core.ask({ ask: "judge", path, items: seen, me: extractMe(feed.layouts), settings });
    if (reply.reply !== "judge" || signal.aborted) return;
    const still = reply.judged.map((judged, i) => /** @type {[Element, Judged]} */ ([items[i], judged]))
      .filter(([item]) => item.isConnected);
    for (const [item, judged] of still) {
      idOf.set(item, judged.id);
      const layout = layoutOf(item, feed.layouts);
      if (!layout || layout.comment) continue; // Comments are no items: they are not counted.
      opened.know(item, judged, layout.dom);
      why.know(item, judged, feed.why);
      const counted = { place: judged.place, source: judged.source, kinds: kindsOf(judged), act: judged.verdict.act };
      found.set(judged.id || item, counted);
      tally.count(judged.id || item, counted, feed.site);
    }
    paint.apply(still, feed);
    ourPages.changed();
  }

  /** @param {Node} node */
  function gone(node) {
    const robbed = paint.lost(node);
    if (robbed) judge(new Set([robbed]));
  }

  /** @param {Element} item @returns {Promise<Receipt | undefined>} */
  async function receiptOf(item) {
    const { feed, path } = here;
    if (!feed) return undefined;
    const [seen, me] = [extract(item, feed.layouts), extractMe(feed.layouts)];
    const reply = await core.ask({ ask: "explain", path, language: chrome.i18n.getUILanguage(), item: seen, me, settings });
    const words = (seen.fields.title ?? seen.fields.text)?.[0]?.[1] ?? "";
    if (reply.reply !== "explain") return undefined;
    return { ...reply, lines: [...why.linesOf(item, feed.name), ...reply.lines], of: opened.isOn() ? reply.of : [], platform: feed.name, words };
  }

  /** @param {Element} item @param {() => void} back gives the focus back */
  async function explain(item, back) {
    const { feed } = here;
    const receipt = await receiptOf(item);
    if (feed && receipt) await showReceipt(receipt, feed, back, wish, here.watch.signal);
  }

  /** What the person wishes is kept, and obeyed when the change is told. @param {Wish} what */
  async function wish(what) {
    // As they are stored now: another page may have changed them.
    const reply = await core.ask({ ask: "wish", wish: what, settings: await readSettings() });
    if (reply.reply === "wish") await chrome.storage.local.set({ settings: reply.settings });
  }

  /** Counts and kinds, never words. */
  function summary() {
    // Where there are comments alone, there is no feed.
    const feed = here.feed?.items === NONE ? null : here.feed;
    return {
      site: feed?.site ?? null,
      name: feed?.name ?? "",
      active: feed !== null,
      items: found.size,
      ...countsOf(found.values()),
      health: feed ? health() : /** @type {const} */ ("resting"),
      core: core.where,
      links: feed?.links ?? [],
      previews: Boolean(feed?.previews.length),
    };
  }

  /**
   * Since which day this site's feed cannot be read, kept until it can again, in days since 1970; none if it can.
   * @returns {Promise<number | null>}
   */
  async function sinceWhen() {
    if (!here.feed) return null;
    const key = `unreadable ${here.feed.site}`;
    const { [key]: stored } = await chrome.storage.local.get(key);
    const is = health();
    if (is === "ok" && told.read && stored) await chrome.storage.local.remove(key);
    if (is !== "unreadable") return null;
    const since = Number(stored ?? today());
    if (!stored) await chrome.storage.local.set({ [key]: since });
    return since;
  }

  /** Whether the feed can be read: a platform that rebuilt its pages is not passed over in silence. @returns {Found["health"]} */
  function health() {
    if (told.read || here.feed?.items === NONE) return "ok";
    // Items without an id, an author and words are not what the site's file thinks they are.
    if (found.size > 0 || told.heard) return "unreadable";
    return Date.now() - told.since > UNTIL_EMPTY ? "empty" : "ok";
  }

  async function readSettings() {
    const { settings: stored } = await chrome.storage.local.get("settings");
    return stored ?? {};
  }
})().catch(() => {
  // Without its core this script does nothing to the page, and our own pages say so.
  const found = new Map();
  const site = { site: null, name: location.hostname, active: false, links: [], previews: false };
  const counts = async () => ({ ...site, items: 0, ...countsOf([]), health: /** @type {const} */ ("unreadable"), since: null });
  ourPages.begin({ counts, structure: () => "", items: () => [], idOf: new WeakMap(), found, receiptOf: async () => undefined });
});
