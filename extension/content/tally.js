// What it is: counts for the person's own diary what the feed on this page is made of, and how long they look at it.
// Why whole counts: the background may die at any moment, and a message may come twice or not at all. So all that was
// counted since this page was opened is told each time, under a name that no other page has; a new day is a new page.
// Names of authors are among it only where the person has it counted whose items they open.
// What it does not do: know a word of an item, tell its id or address, or count anything in a private window.

/** What changed is told after this time at the latest (ms), and when the page goes out of sight. */
const TELL = 2_000;
/** So long after the person did something they are taken to be there (ms). */
const PRESENT = 60_000;
/** What shows that a person is there; a film that plays in the window in front does as well. */
const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel", "scroll", "touchmove", "timeupdate"];

/**
 * @typedef {{ place: CountedAs, source: string | null, kinds: Kind[], act: Act }} Counted
 * @typedef {ReturnType<typeof makeTally>} Tally
 */

/** The day where the person is, since 1970. */
function today() {
  const now = new Date();
  return Math.floor((now.getTime() / 60_000 - now.getTimezoneOffset()) / 1440);
}

/** @param {AbortSignal} signal */
function makeTally(signal) {
  let page = newPage();
  /** When the person was last seen here; 0 while the page is out of sight. */
  let seen = 0;
  let timer = 0;

  if (!chrome.extension.inIncognitoContext) {
    for (const name of SIGNS) addEventListener(name, sign, { signal, capture: true, passive: true });
    document.addEventListener("visibilitychange", look, { signal });
    addEventListener("pagehide", leave, { signal });
    look();
  }

  function newPage() {
    return {
      id: [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
      day: today(),
      platform: /** @type {string | null} */ (null),
      feed: { sponsored: 0, suggested: 0, followed: 0, unknown: 0, sources: counts(), kinds: counts(), acts: counts(), undone: counts(), opened: counts() },
      time: 0,
      /** As what items were counted, by their ids, and those without one. */
      named: /** @type {Map<string, Counted>} */ (new Map()),
      nameless: /** @type {WeakMap<Element, Counted>} */ (new WeakMap()),
      told: "",
    };
  }

  /** @returns {Record<string, number>} */
  function counts() {
    return Object.create(null);
  }

  /** @param {Record<string, number>} tally @param {string} word @param {number} by */
  function add(tally, word, by) {
    tally[word] = (tally[word] ?? 0) + by;
    if (tally[word] <= 0) delete tally[word];
  }

  /** @param {Counted} item @param {number} by */
  function addItem({ place, source, kinds, act }, by) {
    const { feed } = page;
    feed[place] += by;
    if (source) add(feed.sources, source, by);
    for (const kind of kinds) add(feed.kinds, kind, by);
    if (act !== "show") add(feed.acts, act, by);
  }

  /** The page of today: what was counted until midnight is told as it is. */
  function ofToday() {
    const next = newPage();
    if (next.day === page.day) return;
    tell();
    page = next;
  }

  /** @param {Event} event */
  function sign(event) {
    if (!event.isTrusted || document.visibilityState !== "visible") return;
    if (event.type === "timeupdate" && !document.hasFocus()) return;
    ofToday();
    spend();
    seen = Date.now();
    soon();
  }

  /** The time since the person was last seen is theirs, as far as they can be taken to have been there. */
  function spend() {
    if (seen > 0) page.time += Math.min(Math.max(Date.now() - seen, 0), PRESENT);
  }

  function look() {
    if (document.visibilityState === "visible") seen = Date.now();
    else leave();
  }

  function leave() {
    spend();
    seen = 0;
    tell();
  }

  function soon() {
    timer ||= setTimeout(tell, TELL);
  }

  function tell() {
    clearTimeout(timer);
    timer = 0;
    const { id, day, platform, feed, time } = page;
    /** @type {Tallied} */
    const message = { ask: "tally", id, day, platform, feed, seconds: Math.round(time / 1000) };
    const text = JSON.stringify(message);
    if (text === page.told || (!platform && message.seconds === 0)) return;
    page.told = text;
    // A background that cannot be had is told the whole again with the next change.
    (async () => chrome.runtime.sendMessage(message))().catch(() => (page.told = ""));
  }

  return {
    /** An item was judged, or judged anew. @param {string | Element} key @param {Counted} item @param {string} platform */
    count(key, item, platform) {
      if (chrome.extension.inIncognitoContext) return;
      ofToday();
      page.platform = platform;
      const known = /** @type {Map<string | Element, Counted>} */ (typeof key === "string" ? page.named : page.nameless);
      const before = known.get(key);
      if (before) addItem(before, -1);
      addItem(item, 1);
      known.set(key, item);
      soon();
    },
    /** The person opened an item of these. It is told at once: this page may be gone with it. @param {string[]} of */
    opened(of) {
      ofToday();
      for (const name of of) add(page.feed.opened, name, 1);
      tell();
    },
    /** Whose items they opened is not to be told any more. */
    forgetOpened() {
      page.feed.opened = counts();
    },
    /** The person took back what was done with an item. @param {Act} act */
    undo(act) {
      if (chrome.extension.inIncognitoContext) return;
      add(page.feed.undone, act, 1);
      soon();
    },
  };
}
