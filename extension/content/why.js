// What it is: reads the platform's own window on why an advertisement is shown, once the person has opened it from that
// advertisement, so that the receipt can quote it beside what we know. Which window that is, and where its words stand, the
// site's file says.
// Why only then: the window is made by a request in the person's name. It is theirs to make, and we make none: until they
// have pressed on an advertisement nothing is looked for, and not for long after that.
// What it does not do: open or ask for anything, understand what the window says, or keep it longer than the page is open.

/** So long after a press on an advertisement its window may open (ms): between lies a menu. */
const UNTIL_ASKED = 60_000;
/** A window that is being filled is read again at most so often (ms). */
const REREAD = 200;
/** So many lines of a window are quoted, and so much of each: reasons are a handful of sentences. */
const MOST_REASONS = 12;
const LONGEST_REASON = 300;

/** @typedef {{ key: string | Element, of: string, dialog: string, reasons: string }} Asked by the item's id, or itself; and whose it is */

/** @param {(node: Node) => boolean} isOurs @param {AbortSignal} signal */
function watchWhy(isOurs, signal) {
  /** Advertisements, and nothing else. @type {WeakMap<Element, Asked>} */
  const ads = new WeakMap();
  /** Every other item. @type {WeakSet<Element>} */
  const others = new WeakSet();
  /** What was read; a list that uses its nodes again gives one without an id to somebody else. @type {Map<string | Element, { words: string, of: string }>} */
  const said = new Map();
  let watch = new AbortController();

  addEventListener("click", (event) => {
    if (!event.isTrusted) return;
    const path = event.composedPath().filter((node) => node instanceof Element);
    if (path.some(isOurs)) return;
    const asked = path.map((node) => ads.get(node)).find(Boolean);
    if (asked) look(asked);
    else if (path.some((node) => others.has(node))) watch.abort();
  }, { signal, capture: true, passive: true });

  /** Waits for the window of this advertisement, and reads it while it is open. @param {Asked} asked */
  function look({ key, of, dialog: css, reasons }) {
    watch.abort();
    const mine = watch = new AbortController();
    // A window that is open already was opened from elsewhere.
    let before = document.querySelector(css);
    let timer = 0;
    let isOpen = false;
    let again = false;
    const read = () => {
      if (mine.signal.aborted) return;
      const dialog = document.querySelector(css);
      if (dialog === before) return;
      before = null;
      if (!dialog) {
        if (isOpen) mine.abort();
        return;
      }
      isOpen = true;
      const words = reasonsIn(dialog, reasons);
      if (words) said.set(key, { words, of });
    };
    const observer = new MutationObserver(() => {
      again = true;
      if (timer) return;
      const next = () => {
        timer = again ? setTimeout(next, REREAD) : 0;
        if (again) read();
        again = false;
      };
      next();
    });
    observer.observe(document.documentElement, { childList: true, characterData: true, subtree: true });
    const until = setTimeout(() => isOpen || mine.abort(), UNTIL_ASKED);
    for (const one of [mine.signal, signal]) {
      one.addEventListener("abort", () => {
        observer.disconnect();
        clearTimeout(until);
      }, { once: true });
    }
  }

  return {
    /** @param {Element} item @param {Judged} judged @param {Take[]} why */
    know(item, { id, place, of }, why) {
      const [dialog, reasons] = why.map(({ css = "" }) => css);
      if (dialog && reasons && place === "sponsored") {
        ads.set(item, { key: id || item, of: of.join(" "), dialog, reasons });
        return;
      }
      ads.delete(item);
      others.add(item);
    },
    /** What the platform's window said of an item, as a line of its receipt. @param {Element} item @param {string} platform
     * @returns {Line[]} */
    linesOf(item, platform) {
      const asked = ads.get(item);
      const read = asked && said.get(asked.key);
      if (!read || read.of !== asked.of) return [];
      return [{ key: "receiptWhy", voice: "platform", args: [platform], quote: read.words, rule: asked.dialog, doors: [], card: null }];
    },
  };
}

/** The lines of a window, each once. @param {Element} dialog @param {string} css */
function reasonsIn(dialog, css) {
  const lines = [...dialog.querySelectorAll(css)].map((line) => wordsOf(line).replace(/\s+/g, " ").slice(0, LONGEST_REASON));
  return [...new Set(lines)].filter(Boolean).slice(0, MOST_REASONS).join("\n");
}
