// What it is: a list as platforms build them, of the items of a site's proof: only what is near is in the page, the rest
// is empty room, and while a person scrolls, nodes are thrown away and made, or used again for other items.
// Why for every site: what is measured, recycled and thrown away differs from platform to platform and from year to year.
// What it does not do: know anything of the extension. It checks its own nodes, and says so at the root element when
// somebody moved or took away one of them.
(async () => {
  "use strict";
  /** How many items the whole list has, at least. */
  const MANY = 300;
  /** What an item is thought to take, in pixels, before it was measured. */
  const GUESS = 120;
  const reuses = new URLSearchParams(location.search).get("nodes") === "used-again";
  const source = Document.parseHTMLUnsafe(await (await fetch("/proof-of-this-page")).text());
  for (const { name, value } of source.documentElement.attributes) document.documentElement.setAttribute(name, value);

  // As such lists do: the browser would follow a node to where it is used next.
  document.documentElement.style.overflowAnchor = "none";
  const items = [...source.querySelectorAll("[data-truth]")];
  let list = items[0].parentElement;
  while (!items.every((item) => list.contains(item))) list = list.parentElement;
  const partOf = (node) => (node.parentElement === list ? node : partOf(node.parentElement));
  const parts = [...new Set(items.map(partOf))];
  const [before, after] = [0, 1].map(() => source.createElement(parts[0].localName));
  parts[0].before(before);
  parts.at(-1).after(after);
  for (const part of parts) part.remove();
  document.body.append(...source.body.childNodes);

  const all = Array.from({ length: Math.ceil(MANY / parts.length) }, () => parts).flat();
  const heights = new Array(all.length).fill(GUESS);
  /** The nodes in the page, by the place of their item in the list. */
  let drawn = new Map();

  /** What a node takes, with whatever stands between it and the one before: in its place it may be seen. */
  const heightOf = (behind, node) => {
    const range = document.createRange();
    range.setStartAfter(behind);
    range.setEndAfter(node);
    return range.getBoundingClientRect().height;
  };
  const broken = (what) => document.documentElement.setAttribute("data-broken", what);
  const room = (spacer, from, to) => {
    let height = 0;
    for (let i = from; i < to; i += 1) height += heights[i];
    spacer.style.cssText = `display:block;height:${height}px`;
  };
  /** Draws the item of another part in a node that was there before, and leaves alone what it did not set itself. */
  const redraw = (node, part) => {
    for (const { name } of [...node.attributes]) if (name !== "style" && !part.hasAttribute(name)) node.removeAttribute(name);
    for (const { name, value } of part.attributes) if (name !== "style") node.setAttribute(name, value);
    node.replaceChildren(...part.cloneNode(true).childNodes);
    return node;
  };
  const update = () => {
    for (const [place, node] of drawn) {
      if (node.parentNode !== list) broken(`the node of item ${place} is in ${node.parentNode?.nodeName}`);
      heights[place] = heightOf(drawn.get(place - 1) ?? before, node);
    }
    const { top } = before.getBoundingClientRect();
    const [first, last] = [-innerHeight, 2 * innerHeight];
    let at = top;
    let from = 0;
    while (from < all.length - 1 && at + heights[from] < first) at += heights[from++];
    let to = from;
    while (to < all.length && at < last) at += heights[to++];
    const spare = [...drawn].filter(([place]) => place < from || place >= to).map(([, node]) => node);
    const now = new Map();
    let behind = before;
    for (let place = from; place < to; place += 1) {
      const part = all[place];
      let node = drawn.get(place);
      if (!node) {
        const fit = reuses ? spare.findIndex((one) => one.localName === part.localName) : -1;
        node = fit < 0 ? document.importNode(part, true) : redraw(spare.splice(fit, 1)[0], part);
      }
      now.set(place, node);
      // A node that stands where it should is not touched: others' nodes between ours are their affair.
      const isInPlace = node.parentNode === list && behind.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING
        && (behind === before || drawn.has(place));
      if (!isInPlace) behind.after(node);
      behind = node;
    }
    for (const node of spare) node.remove();
    drawn = now;
    room(before, 0, from);
    room(after, to, all.length);
    document.documentElement.setAttribute("data-drawn", `${from} ${to} ${all.length}`);
  };

  let isAsked = false;
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      try {
        update();
      } catch (error) {
        broken(String(error));
      }
    });
  };
  addEventListener("scroll", ask, { passive: true });
  new ResizeObserver(ask).observe(list);
  update();
})().catch((error) => document.documentElement.setAttribute("data-broken", String(error)));
