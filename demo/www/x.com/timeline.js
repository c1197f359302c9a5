// The virtualised list: the part of X's page that extensions break most often.
//
// Every cell is absolutely positioned inside one tall box and pushed down with translateY. Only cells near the screen
// are in the document; a cell that leaves gives its two outer elements to the next one that comes, so the same node
// shows another post a moment later, and whatever somebody else hung on it is still there. Heights are measured: if a
// cell grows or shrinks, the cells below are laid out again. When the end comes near, the next page is asked for.

import { cellsOf } from "./cells.js";
import { make } from "./make.js";
import { breach, remember, report, watch } from "/shared/invariants.js";
import { ask } from "./wire.js";

/** Height of a cell that was never measured. */
const GUESS = 180;

/**
 * @typedef {object} Cell
 * @property {string} key
 * @property {() => Node} draw
 * @property {number} top
 * @property {number} height
 * @property {HTMLElement | null} outer
 * @property {import("/shared/invariants.js").Memory[]} memory
 */

/**
 * Remembers what the page itself put into a cell. A used cell may still hold what somebody else hung on it, which is
 * theirs to take away.
 * @param {Element} outer
 */
function rememberCell(outer) {
  const memory = remember(/** @type {Element} */ (outer.querySelector(":scope > .cell")));
  if (memory[0]) memory[0].parent = outer;
  return memory;
}

/**
 * @param {HTMLElement} column
 * @param {"HomeTimeline" | "HomeLatestTimeline"} name
 * @param {AbortSignal} signal
 */
export function showTimeline(column, name, signal) {
  const list = make("div", { style: "position: relative" });
  const title = name === "HomeTimeline" ? "Your Home Timeline" : "Your Following Timeline";
  column.append(make("section", { role: "region" },
    make("h1", { class: "unseen", role: "heading" }, title), make("div", { "aria-label": `Timeline: ${title}` }, list)));

  /** @type {Cell[]} */
  const cells = [];
  /** @type {Map<Element, Cell>} */
  const shown = new Map();
  /** @type {HTMLElement[]} */
  const spare = [];
  /** @type {string | null} */
  let cursor = null;
  let loading = false;
  let ended = false;

  const sizes = new ResizeObserver((changes) => {
    let shift = 0;
    for (const { target } of changes) {
      const cell = shown.get(target);
      const height = /** @type {HTMLElement} */ (target).offsetHeight;
      if (!cell || cell.height === height) continue;
      // A change above the screen must not move what is being read.
      if (list.getBoundingClientRect().top + cell.top + cell.height <= 0) shift += height - cell.height;
      cell.height = height;
    }
    layOut();
    if (shift) scrollBy(0, shift);
    requestAnimationFrame(render);
  });

  function layOut() {
    let top = 0;
    for (const cell of cells) {
      cell.top = top;
      if (cell.outer) cell.outer.style.transform = `translateY(${top}px)`;
      top += cell.height;
    }
    list.style.minHeight = `${top}px`;
  }

  function render() {
    if (signal.aborted) return;
    const above = -list.getBoundingClientRect().top - innerHeight;
    const below = above + 3 * innerHeight;
    const near = cells.filter((cell) => cell.top + cell.height >= above && cell.top <= below);
    for (const [outer, cell] of shown) if (!near.includes(cell)) leave(/** @type {HTMLElement} */ (outer), cell);
    for (const cell of near) if (!cell.outer) enter(cell);
    const end = cells.at(-1);
    if (!end || end.top + end.height <= below) load();
  }

  function enter(/** @type {Cell} */ cell) {
    const outer = spare.pop()
      ?? make("div", { "data-testid": "cellInnerDiv", style: "position: absolute; width: 100%" }, make("div", { class: "cell" }));
    const inner = /** @type {HTMLElement} */ (outer.querySelector(":scope > .cell"));
    inner.append(cell.draw());
    outer.style.transform = `translateY(${cell.top}px)`;
    cell.outer = outer;
    cell.memory = rememberCell(outer);
    shown.set(outer, cell);
    list.append(outer);
    sizes.observe(outer);
  }

  function leave(/** @type {HTMLElement} */ outer, /** @type {Cell} */ cell) {
    check();
    sizes.unobserve(outer);
    shown.delete(outer);
    cell.outer = null;
    cell.memory = [];
    outer.remove();
    outer.querySelector(":scope > .cell")?.replaceChildren();
    spare.push(outer);
  }

  function check() {
    const strange = [...list.children].find((child) => !shown.has(child));
    if (strange) report("a foreign element stands among the cells");
    for (const [outer, cell] of shown) {
      if (outer.parentNode !== list) report("a cell was removed or moved");
      const { position, transform } = /** @type {HTMLElement} */ (outer).style;
      if (position !== "absolute" || transform !== `translateY(${cell.top}px)`) report("a cell was put elsewhere");
      report(breach(cell.memory));
    }
  }

  async function load() {
    if (loading || ended) return;
    loading = true;
    try {
      const page = await ask(name, cursor, signal);
      for (const entry of page.entries) {
        for (const cell of cellsOf(entry)) cells.push({ ...cell, top: 0, height: GUESS, outer: null, memory: [] });
      }
      cursor = page.next;
      ended = cursor === null;
    } catch (error) {
      if (!signal.aborted) report(`a page of the timeline could not be read: ${error}`);
      ended = true;
    }
    loading = false;
    layOut();
    render();
  }

  // The app itself changes a cell when a person unfolds a post or likes one; it says so, and is not its own breaker.
  list.addEventListener("replica:own-change", (event) => {
    const outer = /** @type {Element} */ (event.target).closest('[data-testid="cellInnerDiv"]');
    const cell = outer && shown.get(outer);
    if (cell) cell.memory = rememberCell(/** @type {Element} */ (outer));
  });
  addEventListener("scroll", () => requestAnimationFrame(render), { passive: true, signal });
  addEventListener("resize", () => requestAnimationFrame(render), { signal });
  signal.addEventListener("abort", () => sizes.disconnect());
  watch(list, check, signal);
  render();
}
