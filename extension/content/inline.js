// What it is: finds the data that a page brings along in its own script elements, and hands on those that the site's
// file names.
// Why here and not in the page's world: the elements stand in the document for everybody to read.
// What it does not do: run, change or remove a script, or look at any other.

/**
 * @param {Feed} feed where the page brings data along, and how much is too much
 * @param {(rule: number, body: string) => void} onData
 * @param {AbortSignal} signal
 */
function readInline({ inline, largest }, onData, signal) {
  if (inline.length === 0) return;
  /** How much of each was read: a long one comes in pieces while the page loads. @type {WeakMap<Element, number>} */
  const known = new WeakMap();
  const look = (/** @type {Iterable<Element>} */ scripts) => {
    for (const script of scripts) {
      const body = script.textContent ?? "";
      if ((known.get(script) ?? 0) >= body.length || body.length > largest) continue;
      known.set(script, body.length);
      for (const { rule, css, begins } of inline) {
        // What is not meant stays here: a page has dozens of scripts, and each would be copied to the core.
        if (script.matches(css) && body.includes(begins)) onData(rule, body);
      }
    }
  };
  const observer = new MutationObserver((mutations) => {
    // Only what is new is looked at: the others' texts are megabytes. While the page loads, the last of its scripts may
    // not be whole yet; what is added to it is told of it, and the end of loading looks again.
    const news = mutations.flatMap(({ target, addedNodes }) => [target, ...addedNodes]);
    look(new Set(news.filter((node) => node instanceof HTMLScriptElement)));
  });
  observer.observe(document, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => look(document.scripts), { once: true, signal });
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  look(document.scripts);
}
