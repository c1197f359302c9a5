// What it is: tells our own pages of this one: the popup counts, the side panel the receipts of what is marked here, at
// once and again whenever that changes.
// Why a port: no page of the web can open or hear one. It ends with the document, so nobody is told of one that is gone,
// and while no panel is open nothing of this is done. It is listened for before the core is there: who comes early waits.
// What it does not do: keep a receipt. It is made when it is told, and lives where it is shown.

/** So many receipts are told at most; of more it is told how many they are. */
const MOST_TOLD = 24;
/** What changes within this time is told together (ms). */
const TOGETHER = 250;
/** How an item's words begin is told so far: enough to know it again. */
const BEGINS = 120;

/**
 * What can be told of this page.
 * @typedef {object} Tells
 * @property {() => Promise<Found>} counts
 * @property {() => string} structure
 * @property {() => Iterable<Element>} items those on the page now
 * @property {WeakMap<Element, string>} idOf what they are called
 * @property {Map<string | Element, Counted>} found what was found, by the item's id
 * @property {(item: Element) => Promise<Receipt | undefined>} receiptOf
 *
 * @typedef {{ item: Element, id: string, kinds: Kind[], act: Act }} Marked
 * @typedef {{ lines: Line[], author: string | null, name: string | null, doubts: Wrong[], leads: string[], of: string[], part: string | null, platform: string, words: string }} Receipt
 */

const ourPages = (() => {
  /** @type {(tells: Tells) => void} */
  let begin = () => {};
  /** @type {Promise<Tells>} */
  const begun = new Promise((resolve) => (begin = resolve));
  /** @type {Set<chrome.runtime.Port>} */
  const ports = new Set();
  let timer = 0;
  /** One telling after the other, so that the last to be told is the last that was so. */
  let telling = Promise.resolve();
  /** A list uses its nodes again: an item is the same while both its node and its id are. @type {WeakMap<Element, number>} */
  const numbers = new WeakMap();
  let numbered = 0;

  chrome.runtime.onMessage.addListener((message, sender, answer) => {
    if (sender.id !== chrome.runtime.id || !["found", "structure"].includes(message?.ask)) return;
    begun.then(async (tells) => answer(message.ask === "found" ? await tells.counts() : tells.structure()));
    return true;
  });
  chrome.runtime.onConnect.addListener((port) => {
    if (port.sender?.id !== chrome.runtime.id || port.name !== "receipts") return;
    ports.add(port);
    port.onDisconnect.addListener(() => ports.delete(port));
    port.onMessage.addListener((key) => void lead(String(key)));
    changed();
  });
  addEventListener("scroll", changed, { capture: true, passive: true });

  /** Tells the panel anew, soon. */
  function changed() {
    if (ports.size > 0) timer ||= setTimeout(() => {
      timer = 0;
      telling = telling.then(tell).catch((error) => console.error("Plainsight could not tell of this page:", error));
    }, TOGETHER);
  }

  /** The items on the page now that have a line of ours. @param {Tells} tells @returns {Marked[]} */
  function markedOf({ items, idOf, found }) {
    return [...items()].flatMap((item) => {
      const id = idOf.get(item) ?? "";
      const { kinds = [], act = "show" } = found.get(id || item) ?? {};
      return kinds.length > 0 && act !== "show" ? [{ item, id, kinds, act }] : [];
    });
  }

  /** @param {Marked} marked */
  function keyOf({ item, id }) {
    let number = numbers.get(item);
    if (number === undefined) numbers.set(item, number = numbered += 1);
    return `${number} ${id}`;
  }

  /** What is seen of an item: itself, or the line that stands for it. @param {Element} item */
  const seenOf = (item) => item.checkVisibility() ? item : item.previousElementSibling ?? item;

  /** Those in view first, then those to come, then those that were passed, the last of them first. @param {Marked[]} all */
  function sorted(all) {
    /** @type {Record<"here" | "below" | "above", Marked[]>} */
    const parts = { here: [], below: [], above: [] };
    for (const marked of all) {
      const { top, bottom } = seenOf(marked.item).getBoundingClientRect();
      parts[bottom <= 0 ? "above" : top >= innerHeight ? "below" : "here"].push(marked);
    }
    return [...parts.here, ...parts.below, ...parts.above.reverse()];
  }

  async function tell() {
    const tells = await begun;
    const all = sorted(markedOf(tells));
    const receipts = await Promise.all(all.slice(0, MOST_TOLD).map(async (marked) => {
      const receipt = await tells.receiptOf(marked.item);
      if (!receipt) return [];
      const { lines, part, name: author, platform, words } = receipt;
      const begins = words.replace(/\s+/g, " ").trim();
      /** @type {ToldReceipt} */
      const told = {
        key: keyOf(marked), kinds: marked.kinds, act: marked.act, lines, part, author, platform,
        begins: begins.length > BEGINS ? `${begins.slice(0, BEGINS)}…` : begins,
      };
      return [told];
    }));
    /** @type {ToldPage} */
    const told = { found: await tells.counts(), receipts: receipts.flat(), more: Math.max(all.length - MOST_TOLD, 0) };
    for (const port of ports) port.postMessage(told);
  }

  /** Leads the eye to an item, if it is still there. @param {string} key */
  async function lead(key) {
    const marked = markedOf(await begun).find((one) => keyOf(one) === key);
    if (marked) seenOf(marked.item).scrollIntoView({ block: "center", behavior: "instant" });
    else changed();
  }

  return { begin, changed };
})();

/**
 * What was found, by kind and act.
 * @param {Iterable<Counted>} found
 */
function countsOf(found) {
  /** @type {Map<string, { kind: Kind, act: Act, count: number }>} */
  const counts = new Map();
  /** @type {Record<CountedAs, number>} */
  const made = { sponsored: 0, suggested: 0, followed: 0, unknown: 0 };
  for (const { kinds, act, place } of found) {
    made[place] += 1;
    for (const kind of kinds) {
      const count = counts.get(`${kind} ${act}`) ?? { kind, act, count: 0 };
      count.count += 1;
      counts.set(`${kind} ${act}`, count);
    }
  }
  return { found: [...counts.values()], made };
}
