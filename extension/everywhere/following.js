// What it is: on a platform's front page that the person chose to have lead to what they follow, it does so, before
// anything is drawn.
// Why it is so shy: who comes from the platform's own pages, goes back, or loads the page again wants to be here; and whether
// this tab was led before, the background knows. The entry of the front page is replaced, so that Back leads to before it.
// What it does not do: run on any other page, or know a platform: the build puts the knowledge of data/sites in.
(() => {
  /** @type {Front[]} */
  const fronts = __FRONTS__;
  const here = location.href;
  const front = fronts.find(({ from }) => from.includes(here));
  if (!front) return;

  const from = URL.canParse(document.referrer) ? new URL(document.referrer).hostname : "";
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  if (from === location.hostname || visit?.type === "reload" || visit?.type === "back_forward") return;

  async function lead() {
    const may = await chrome.runtime.sendMessage({ ask: "lead" });
    // The page may have changed its address meanwhile, which is then its answer.
    if (may === true && location.href === here) location.replace(/** @type {Front} */ (front).to);
  }

  // A page that the browser only prepares is not a visit yet.
  if ("prerendering" in document && document.prerendering) document.addEventListener("prerenderingchange", lead, { once: true });
  else lead();
})();
