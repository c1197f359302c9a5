// What it is: does to items what the core said: label, dim, lower, hide; and undoes it again.
// Why so carefully: lists of platforms measure, place and recycle their cells and break when these are moved or removed.
// So nothing of the page is ever moved or taken out: a line of ours is put before the item's body, and the body is faded
// or folded away by its style alone.
// What it does not do: judge, read an item's words, or keep anything of it but its id, for as long as the page is open.

/**
 * @typedef {object} Painted
 * @property {string} id the item's id, empty if it has none
 * @property {string} key two that look the same have the same
 * @property {Act} act
 * @property {HTMLElement} host
 * @property {HTMLElement[]} bodies
 * @property {number} times how often the line had to be put back to its place
 * @property {Hidden[]} row the hidden items that it stops, if it is only folded so that something of the feed is seen
 * @property {(isWhy: boolean) => void} focus gives the focus to its last button, or to its first
 * @property {() => boolean | undefined} focused whether its last button has the focus; nothing if none has
 * @property {() => void} open shows the item, as if the person had asked for it
 * @property {(row: Hidden[]) => void} again the same once more, with another row
 * @property {() => void} undo
 *
 * @typedef {{ id: string, item: Element }} Hidden
 * @typedef {ReturnType<typeof makePaint>} Paint
 */

/** A person scrolling must always see something of the feed: after this many hidden in a row one is only folded. */
const MOST_HIDDEN_IN_A_ROW = 8;
/** A page that takes our line out of an item as often as this keeps it, unfolded: no race that freezes the page. */
const MOST_TAKEN_OUT = 5;
/** How a folded body looks. */
const GONE = { display: "none" };
/** How it looks in a list that would stop loading: without height, and without anything in it that could be reached. */
const FLAT = {
  height: "0",
  "min-height": "0",
  "padding-top": "0",
  "padding-bottom": "0",
  "border-top-width": "0",
  "border-bottom-width": "0",
  overflow: "hidden",
  visibility: "hidden",
};

/**
 * @param {(item: Element, back: () => void) => void} onWhy the person asks why this item is here; `back` gives the focus back
 * @param {(act: Act) => void} onUndone the person had an item shown again
 */
function makePaint(onWhy, onUndone) {
  /** @type {Map<Element, Painted>} */
  const painted = new Map();
  /** @type {Map<Node, Element>} */
  const itemOf = new Map();
  /** Items that the person opened again stay open, also when the platform draws them anew. @type {Set<string>} */
  const opened = new Set();
  /** How often the page took our line out of an item. @type {WeakMap<Element, number>} */
  const taken = new WeakMap();
  /** Items that stop a row of hidden ones. @type {Set<Element>} */
  const stops = new Set();
  /** How lines stand among the items of a layout, looked at once for all that come together. @type {Map<Dom | undefined, Standing>} */
  const standings = new Map();

  /** @param {Element} item */
  function clear(item) {
    const paint = painted.get(item);
    if (!paint) return;
    painted.delete(item);
    stops.delete(item);
    itemOf.delete(paint.host);
    paint.undo();
  }

  /**
   * Does to these items what the core said.
   * @param {[Element, Judged][]} items
   * @param {Feed & { items: string }} feed
   */
  function apply(items, feed) {
    /** All items in the page's order. Asked for only if something is to be hidden. @type {Element[] | undefined} */
    let order;
    standings.clear();
    for (const [item, judged] of items) {
      let act = judged.verdict.act;
      if (opened.has(judged.id) && (act === "lower" || act === "hide")) act = "label";
      /** @type {Hidden[]} */
      let row = [];
      if (act === "hide") {
        order ??= [...itemsIn(feed.items)];
        row = hiddenNextTo(item, order);
        if (row.length < MOST_HIDDEN_IN_A_ROW) row = [];
        if (row.length > 0 || tooFewWithout(item, order, feed.least)) act = "lower";
      }
      put(item, judged, act, layoutOf(item, feed.layouts), row);
    }
    countAgain();
  }

  /**
   * Whether fewer items than the platform needs would stay in sight without this one.
   * @param {Element} item @param {Element[]} order @param {number} least
   */
  function tooFewWithout(item, order, least) {
    // A feed grows long: no further than needed.
    let seen = 0;
    return least > 0 && !order.some((one) => {
      if (one !== item && painted.get(one)?.act !== "hide") seen += 1;
      return seen >= least;
    });
  }

  /**
   * The hidden items that stand next to this one without a break: before it, or where these alone would not stop it,
   * before and after.
   * @param {Element} item @param {Element[]} order
   */
  function hiddenNextTo(item, order) {
    const isHidden = (/** @type {Element | undefined} */ one) => one !== undefined && painted.get(one)?.act === "hide";
    const at = order.indexOf(item);
    let [from, to] = [at, at];
    while (isHidden(order[from - 1])) from -= 1;
    while (isHidden(order[to + 1])) to += 1;
    const before = order.slice(from, at);
    const row = before.length < MOST_HIDDEN_IN_A_ROW ? [...before, ...order.slice(at + 1, to + 1)] : before;
    return row.map((one) => ({ id: painted.get(one)?.id ?? "", item: one }));
  }

  /** What was opened, or is hidden no longer, is not told of as hidden. */
  function countAgain() {
    const isStill = (/** @type {Hidden} */ { id, item }) => {
      const paint = painted.get(item);
      // A list that draws only what is in sight has given its nodes to others.
      return paint?.id === id ? paint.act === "hide" : id !== "" && !opened.has(id);
    };
    for (const item of [...stops]) {
      const paint = painted.get(item);
      const row = paint?.row.filter(isStill) ?? [];
      if (row.length !== paint?.row.length) paint?.again(row);
    }
  }

  /** Shows the row of hidden items that this one stops, and leads to the first of them. @param {Element} item */
  function showRow(item) {
    const row = painted.get(item)?.row ?? [];
    for (const { id } of row) if (id) opened.add(id);
    const hidden = row.filter((one) => painted.get(one.item)?.id === one.id).map((one) => one.item);
    hidden.forEach((one) => { painted.get(one)?.open(); onUndone("hide"); });
    countAgain();
    painted.get(hidden[0] ?? item)?.focus(false);
    painted.get(hidden[0] ?? item)?.host.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  /**
   * @param {Element} item
   * @param {Judged} judged
   * @param {Act} act
   * @param {Layout | undefined} layout how the item stands in the page
   * @param {Hidden[]} row the hidden items that this one stops
   */
  function put(item, judged, act, layout, row) {
    const dom = layout?.dom;
    // Of most comments there is nothing to be said, and under a post are many: they get no eye.
    if (layout?.comment && act === "show") return clear(item);
    const all = dom?.body ? [...item.querySelectorAll(dom.body)] : [item];
    const bodies = all.filter((element) => element instanceof HTMLElement).filter((element) => !itemOf.has(element));
    const body = bodies[0];
    if (!body?.parentNode) return;
    const kinds = kindsOf(judged);
    const key = [judged.id, act, row.length, ...kinds].join(" ");
    const before = painted.get(item);
    // Where the page puts something between our line and its own node again and again, the line stays where it is.
    const isSame = before?.key === key && before.bodies.length === bodies.length && bodies.every((one, i) => one === before.bodies[i]);
    const times = isSame ? before.times + 1 : 0;
    if (isSame && (before.host.nextSibling === body || times > MOST_TAKEN_OUT)) {
      before.row = row;
      return;
    }
    const isWhy = before?.focused();
    clear(item);

    const isLine = kinds.length > 0 && act !== "show";
    const isFolded = act === "lower" || act === "hide";
    const place = isLine && !dom?.fixed ? "in" : isFolded ? "whole" : "over";
    const { host, root } = hostElement(PLACES[place]);
    const stop = new AbortController();
    root.append(...makeLines(isLine ? act : "show", kinds, row.length, { why, show, row: () => showRow(item) }, place, layout?.comment));
    // An item may be a link, and our line stand in it.
    root.addEventListener("click", (event) => event.preventDefault());
    for (const one of bodies) {
      if (act === "dim") dim(one, stop.signal);
      if (isFolded) fold(one, dom?.flat ? FLAT : GONE, stop.signal);
    }
    body.before(host);
    itemOf.set(host, item);
    let standing = standings.get(dom);
    if (!standing) standings.set(dom, standing = standingOf(host));
    stand(host, standing, place);
    if (row.length > 0) stops.add(item);
    painted.set(item, {
      id: judged.id,
      key,
      act,
      host,
      bodies,
      times,
      row,
      focus: (isLast) => [...root.querySelectorAll("button")].at(isLast ? -1 : 0)?.focus({ preventScroll: true }),
      focused: () => root.activeElement ? root.activeElement === [...root.querySelectorAll("button")].at(-1) : undefined,
      open: () => {
        if (judged.id) opened.add(judged.id);
        put(item, judged, "label", layout, []);
      },
      again: (other) => put(item, judged, act, layout, other),
      undo: () => {
        stop.abort();
        host.remove();
      },
    });
    // Whoever was on a button of the line that stood here is on the new one's.
    if (isWhy !== undefined) painted.get(item)?.focus(isWhy);

    function why() {
      onWhy(item, () => painted.get(item)?.focus(true));
    }

    function show() {
      painted.get(item)?.open();
      onUndone(act);
      countAgain();
      // The button that had the focus is gone; the opened item's own line takes its place.
      painted.get(item)?.focus(false);
    }
  }

  return {
    apply,
    /** True if and only if a node is one of our lines. @param {Node} node */
    isOurs: (node) => itemOf.has(node),
    /** A node was taken out: if it was ours, its item is unfolded, and told if it is to be painted anew. @param {Node} node */
    lost(node) {
      const item = itemOf.get(node);
      if (item && painted.get(item)?.host === node) {
        clear(item);
        const times = (taken.get(item) ?? 0) + 1;
        taken.set(item, times);
        return item.isConnected && times < MOST_TAKEN_OUT ? item : undefined;
      }
      if (node instanceof Element && painted.has(node)) clear(node);
      return undefined;
    },
    /** The ids of what the person has opened again. */
    opened: () => [...opened],
    clearAll() {
      for (const item of [...painted.keys()]) clear(item);
    },
  };
}

/**
 * The kinds that an item was found to be, the surest first, each once.
 * @param {Judged} judged
 */
function kindsOf({ verdict }) {
  return [...new Set(verdict.because.map((evidence) => evidence.kind))];
}

/**
 * Fades a body until the person points at it or focuses something inside.
 * @param {HTMLElement} body @param {AbortSignal} signal
 */
function dim(body, signal) {
  const fade = () => body.style.setProperty("opacity", "0.35", "important");
  const clear = () => unset(body, "opacity");
  fade();
  for (const [name, what] of /** @type {[string, () => void][]} */ ([["pointerenter", clear], ["pointerleave", fade], ["focusin", clear], ["focusout", fade]])) {
    body.addEventListener(name, what, { signal });
  }
  signal.addEventListener("abort", clear, { once: true });
}

/** Takes a style of ours back, and with the last one the attribute that was not there before. @param {HTMLElement} body @param {string} name */
function unset(body, name) {
  body.style.removeProperty(name);
  if (body.getAttribute("style") === "") body.removeAttribute("style");
}

/**
 * Folds a body away. It stays in its place in the page.
 * @param {HTMLElement} body @param {Record<string, string>} looks @param {AbortSignal} signal
 */
function fold(body, looks, signal) {
  for (const [name, look] of Object.entries(looks)) {
    const [value, priority] = [body.style.getPropertyValue(name), body.style.getPropertyPriority(name)];
    body.style.setProperty(name, look, "important");
    signal.addEventListener("abort", () => {
      unset(body, name);
      if (value) body.style.setProperty(name, value, priority);
    }, { once: true });
  }
}
