// Notices when somebody else breaks what the page has built, as React and virtualised lists would notice it.
//
// Real pages crash or stop loading when an extension removes, moves or rewrites their nodes. A replica cannot crash by
// itself, so it remembers the nodes it made and compares: `document.documentElement.dataset.replica` is "ok" or the
// first breach, in words. That attribute is the only thing it exposes.
//
// Allowed to others, because real pages bear it: added classes, added attributes, inline styles, and foreign nodes
// inside an item. Not allowed: what stands in `breach` below.

/**
 * @typedef {object} Memory One node as the page made it.
 * @property {Node} node
 * @property {Node | null} parent
 * @property {Node[]} children
 * @property {string | null} text
 * @property {[string, string][]} attributes
 */

/** Says "ok" until the first breach; the first one stays. */
export function report(/** @type {string | null} */ breach = null) {
  const { dataset } = document.documentElement;
  if (breach === null) dataset.replica ??= "ok";
  else if (!dataset.replica || dataset.replica === "ok") dataset.replica = breach;
}

/**
 * Remembers a subtree that the page has just built.
 * @param {Node} root
 * @param {(node: Node) => boolean} isOwn false for what others left in a used part: the page never knew of it
 * @returns {Memory[]}
 */
export function remember(root, isOwn = () => true) {
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    (node) => (isOwn(node) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT));
  /** @type {Memory[]} */
  const memory = [];
  for (let node = /** @type {Node | null} */ (root); node; node = walk.nextNode()) {
    memory.push({
      node,
      parent: node === root ? null : node.parentNode,
      children: [...node.childNodes].filter(isOwn),
      text: node.nodeType === Node.TEXT_NODE ? node.nodeValue : null,
      attributes: node instanceof Element ? [...node.attributes].map(({ name, value }) => /** @type {[string, string]} */ ([name, value])) : [],
    });
  }
  return memory;
}

/**
 * The first difference between a memory and the page as it is now, or null.
 * @param {Memory[]} memory
 */
export function breach(memory) {
  for (const { node, parent, children, text, attributes } of memory) {
    const name = describe(node);
    if (parent && node.parentNode !== parent) return `${name} was removed or moved`;
    if (text !== null && node.nodeValue !== text) return `a text in ${describe(parent)} was rewritten`;
    const own = new Set(children);
    const now = [...node.childNodes].filter((child) => own.has(child));
    if (now.some((child, at) => child !== children[at])) return `children of ${name} changed their order`;
    for (const [attribute, value] of attributes) {
      const found = /** @type {Element} */ (node).getAttribute(attribute);
      if (attribute === "style") continue;
      if (attribute === "class" && value.split(/\s+/).every((word) => !word || found?.split(/\s+/).includes(word))) continue;
      if (found !== value) return `${attribute} of ${name} was rewritten`;
    }
  }
  return null;
}

/**
 * Calls `check` soon after anything under `root` changes, until `signal` ends it. No polling.
 * @param {Node} root
 * @param {() => void} check
 * @param {AbortSignal} [signal]
 */
export function watch(root, check, signal) {
  let asked = false;
  const observer = new MutationObserver(() => {
    if (asked) return;
    asked = true;
    setTimeout(() => {
      asked = false;
      if (!signal?.aborted) check();
    }, 50);
  });
  observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
  signal?.addEventListener("abort", () => observer.disconnect());
}

/** A node's name for people who read a failed test. */
function describe(/** @type {Node | null} */ node) {
  if (!(node instanceof Element)) return node ? "a text" : "the page";
  const mark = node.getAttribute("data-testid") ?? node.id;
  return mark ? `${node.localName} ${mark}` : node.localName;
}
