// What it is: does to items what the core said: label, dim, lower, hide; and undoes it again.
// Why so carefully: lists of platforms measure, place and recycle their cells and break when these are moved or removed.
// So nothing of the page is ever moved or taken out: a line of ours is put before the item's body, and the body is faded
// or folded away by its style alone.
// What it does not do: judge, read an item's words, or keep anything of it but its id, for as long as the page is open.

/**
 * @typedef {{ key: string, act: Act, host: HTMLElement, focus: () => void, undo: () => void }} Painted
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
 * @param {(item: Element, from: HTMLElement) => void} onWhy the person asks, by this button, why this item is here
 */
function makePaint(onWhy) {
  /** @type {Map<Element, Painted>} */
  const painted = new Map();
  /** @type {Map<Node, Element>} */
  const itemOf = new Map();
  /** Items that the person opened again stay open, also when the platform draws them anew. @type {Set<string>} */
  const opened = new Set();
  /** How often the page took our line out of an item. @type {WeakMap<Element, number>} */
  const taken = new WeakMap();

  /** @param {Element} item */
  function clear(item) {
    const paint = painted.get(item);
    if (!paint) return;
    painted.delete(item);
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
    for (const [item, judged] of items) {
      let act = judged.verdict.act;
      if (opened.has(judged.id) && (act === "lower" || act === "hide")) act = "label";
      if (act === "hide") {
        order ??= [...itemsIn(feed.items)];
        if (tooFewWithout(item, order, feed.least) || hiddenNextTo(item, order) >= MOST_HIDDEN_IN_A_ROW) act = "lower";
      }
      put(item, judged, act, layoutOf(item, feed.layouts)?.dom);
    }
  }

  /**
   * Whether fewer items than the platform needs would stay in sight without this one.
   * @param {Element} item @param {Element[]} order @param {number} least
   */
  function tooFewWithout(item, order, least) {
    // Nearly all platforms need none, and a feed grows long.
    return least > 0 && order.filter((one) => one !== item && painted.get(one)?.act !== "hide").length < least;
  }

  /**
   * How many hidden items stand next to this one without a break, before and after it together.
   * @param {Element} item @param {Element[]} order
   */
  function hiddenNextTo(item, order) {
    const isHidden = (/** @type {number} */ at) => {
      const one = order[at];
      return one !== undefined && painted.get(one)?.act === "hide";
    };
    let [from, to] = [order.indexOf(item), order.indexOf(item)];
    while (isHidden(from - 1)) from -= 1;
    while (isHidden(to + 1)) to += 1;
    return to - from;
  }

  /**
   * @param {Element} item
   * @param {Judged} judged
   * @param {Act} act
   * @param {Dom | undefined} dom how the item stands in the page
   */
  function put(item, judged, act, dom) {
    const bodies = dom?.body ? [...item.querySelectorAll(dom.body)] : [item];
    const body = bodies.find((element) => !itemOf.has(element));
    if (!(body instanceof HTMLElement) || !body.parentNode) return;
    const kinds = kindsOf(judged);
    const key = [judged.id, act, ...kinds].join(" ");
    const before = painted.get(item);
    if (before?.key === key && before.host.nextSibling === body) return;
    clear(item);

    const { host, root } = hostElement(kinds.length > 0 && act !== "show" ? "display:block" : "display:block;position:relative;block-size:0");
    const stop = new AbortController();
    const line = kinds.length > 0 && act !== "show" ? makeLine(act, kinds) : makeEye();
    root.append(line);
    if (act === "dim") dim(body, stop.signal);
    if (act === "lower" || act === "hide") fold(body, dom?.flat ? FLAT : GONE, stop.signal);
    body.before(host);
    itemOf.set(host, item);
    painted.set(item, {
      key,
      act,
      host,
      focus: () => root.querySelector("button")?.focus({ preventScroll: true }),
      undo: () => {
        stop.abort();
        host.remove();
      },
    });

    function makeEye() {
      const why = button("", () => onWhy(item, why));
      why.className = "eye";
      why.title = say("markWhy");
      why.setAttribute("aria-label", say("markWhy"));
      why.append(eye());
      return why;
    }

    /** @param {Act} done @param {Kind[]} found */
    function makeLine(done, found) {
      const folded = done === "lower" || done === "hide";
      const made = document.createElement("div");
      made.className = done === "hide" ? "line folded thin" : folded ? "line folded" : "line";
      const what = document.createElement("span");
      what.className = "what";
      const strong = document.createElement("b");
      strong.textContent = found.map((kind) => say(keyOf("markKind", kind))).join(" · ");
      const [head, tail] = say(keyOf("mark", done), ["\ufffc"]).split("\ufffc");
      what.append(head ?? "", strong, tail ?? "");
      made.append(eye(), what);
      if (folded) made.append(button(say("markShow"), () => open(judged.id, item)));
      const why = button(say("markWhyShort"), () => onWhy(item, why));
      made.append(why);
      return made;
    }

    /** @param {string} id @param {Element} which */
    function open(id, which) {
      if (id) opened.add(id);
      put(which, judged, "label", dom);
      // The button that had the focus is gone; the opened item's own line takes its place.
      painted.get(which)?.focus();
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
