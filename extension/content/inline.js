// What it is: finds the data that a page brings along in its own script elements, and hands on those that the site's
// file names.
// Why here and not in the page's world: the elements stand in the document for everybody to read.
// What it does not do: run, change or remove a script, or look at any other.

/**
 * @param {Feed["inline"]} inline where the page brings data along
 * @param {(rule: number, body: string) => void} onData
 * @param {AbortSignal} signal
 */
function readInline(inline, onData, signal) {
  if (inline.length === 0) return;
  /** How much of each was read: a long one comes in pieces while the page loads. @type {WeakMap<Element, number>} */
  const known = new WeakMap();
  const look = (/** @type {ParentNode} */ root) => {
    for (const { rule, css, begins } of inline) {
      for (const script of root.querySelectorAll(css)) {
        const body = script.textContent ?? "";
        if (script.localName !== "script" || (known.get(script) ?? 0) >= body.length) continue;
        known.set(script, body.length);
        // What is not meant stays here: a page has dozens of scripts, and each would be copied to the core.
        if (body.includes(begins)) onData(rule, body);
      }
    }
  };
  const observer = new MutationObserver((mutations) => {
    const isNews = mutations.some(({ addedNodes }) => [...addedNodes].some((node) => node.nodeName === "SCRIPT"));
    // While the page loads, the last of its scripts may not be whole yet; the end of loading looks again.
    if (isNews) look(document);
  });
  observer.observe(document, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => look(document), { once: true, signal });
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  look(document);
}
