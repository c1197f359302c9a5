// What it is: on a platform's pages, links that lead over the platform's counter are led straight to where they say.
// Why when a link is touched and not before: a page has thousands of links and a person follows a few; and platforms write
// their counter back when the mouse goes down, so the last word is ours, behind the page's own listeners.
// What it does not do: follow links that do not show their target, change any other, or know a platform: the build puts
// the knowledge of data/unwrap.toml in.
(() => {
  /** @type {Wrapper[]} */
  const wrappers = __UNWRAP__;
  /** A counter may lead to another; more than this many is somebody's game. */
  const DEPTH = 3;

  /** @param {string | null | undefined} text */
  const address = (text) => {
    const url = text && URL.canParse(text.trim()) ? new URL(text.trim()) : null;
    return url && /^https?:$/.test(url.protocol) && url.hostname.includes(".") ? url : null;
  };

  /** Where a counter leads to; null if it is none, or does not tell.
   * @param {URL} url @param {HTMLAnchorElement} link */
  function behind(url, link) {
    for (const { host, path, parameter, shown } of wrappers) {
      if (url.hostname !== host || !url.pathname.startsWith(path)) continue;
      const told = parameter === undefined ? (shown ?? []).map((name) => link.getAttribute(name))
        : [parameter === "" ? url.search.slice(1) : url.searchParams.get(parameter)];
      const found = told.map(address).find((one) => one !== null);
      if (found) return found;
    }
    return null;
  }

  /** @param {Event} event */
  function lead(event) {
    const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement);
    if (!(link instanceof HTMLAnchorElement)) return;
    let target = address(link.href);
    for (let step = 0; target && step < DEPTH; step += 1) {
      const next = behind(target, link);
      if (!next) break;
      target = next;
    }
    if (target && target.href !== link.href) link.href = target.href;
  }

  for (const name of ["pointerover", "pointerdown", "focusin", "contextmenu"]) addEventListener(name, lead, { capture: true, passive: true });
  // Before the page's own listeners, and behind them.
  for (const name of ["click", "auxclick"]) {
    addEventListener(name, lead, { capture: true });
    addEventListener(name, lead);
  }
})();
