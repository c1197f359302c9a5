// What it is: notices items that come, change or go, and tells of them in batches; and that the page has another address.
// Why this way: one observer for the whole document; its callback runs before the browser paints, so that what is done to
// an item is there from the first frame on. Lists use their nodes again for other items, and some change no more of them
// than a text and a link: so texts and the attributes that are read count as well, and no others.
// What it does not do: read an item, poll, or outlive its signal.

/**
 * @param {string} selector what is an item
 * @param {string[]} attributes which of them are read of an item
 * @param {(node: Node) => boolean} isOurs nodes that we put in ourselves
 * @param {(items: Set<Element>) => void} onItems items that are new or changed inside
 * @param {(node: Node) => void} onGone nodes that were taken out
 * @param {AbortSignal} signal
 */
function observe(selector, attributes, isOurs, onItems, onGone, signal) {
  const root = document.documentElement;
  const observer = new MutationObserver((mutations) => {
    /** @type {Set<Element>} */
    const items = new Set();
    for (const { type, target, addedNodes, removedNodes } of mutations) {
      for (const node of removedNodes) onGone(node);
      const added = [...addedNodes].filter((node) => !isOurs(node));
      if (added.length === 0 && type === "childList") continue;
      const around = (target instanceof Element ? target : target.parentElement)?.closest(selector);
      if (around) {
        items.add(around);
        continue;
      }
      for (const node of added) if (node instanceof Element) addItems(node, selector, items);
    }
    if (items.size > 0) onItems(items);
  });
  observer.observe(root, { childList: true, characterData: true, attributeFilter: attributes, subtree: true });
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  const items = itemsIn(selector);
  if (items.size > 0) onItems(items);
}

/** Tells of every change of the page's address. @param {() => void} onChange @param {AbortSignal} signal */
function watchAddress(onChange, signal) {
  // Both browsers tell of every change of address, also by pushState; where they should not, the next new item does.
  const navigation = /** @type {EventTarget | undefined} */ (/** @type {any} */ (window).navigation);
  navigation?.addEventListener("currententrychange", onChange, { signal });
  addEventListener("popstate", onChange, { signal });
}

/**
 * All items on the page now.
 * @param {string} selector
 */
function itemsIn(selector) {
  return new Set(document.querySelectorAll(selector));
}

/** @param {Element} node @param {string} selector @param {Set<Element>} items */
function addItems(node, selector, items) {
  // A long list that is put in at once is walked once; its own node may be an item as well.
  if (node.matches(selector)) items.add(node);
  if (node.firstElementChild) for (const item of node.querySelectorAll(selector)) items.add(item);
}
