// What it is: opens the popup again and again in a window of its size, and tells how long each took until its numbers stood
// in the document, by the popup's own clock, which begins with its navigation.
// Why from another page of the extension: pages of one extension see each other's documents, so that nothing of the popup has
// to be made for being measured.
// What it does not do: say whether that is fast enough, or wake the background, which is up.
//
// The task puts it before a call of `openings`.

/** What stands there when the popup has told: what became of requests, and what the feed is made of. */
const NUMBERS = ['.tally b', '.made > p'].map((css) => `[aria-labelledby="glance"] ${css}`);

/** One turn of the loop, without a timer, which browsers slow down. */
const turn = () => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { port1.close(); done(); };
  port2.postMessage(0);
});

/** @param {Window} popup */
function told(popup) {
  return new Promise((done) => {
    const look = () => {
      if (NUMBERS.some((css) => !popup.document.querySelector(css))) return false;
      const at = popup.performance.now();
      const paint = popup.performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null;
      const says = [...popup.document.querySelectorAll(NUMBERS.join())].map((one) => one.textContent);
      done({ at, paint, says });
      return true;
    };
    if (look()) return;
    const watch = new popup.MutationObserver(() => look() && watch.disconnect());
    watch.observe(popup.document, { childList: true, subtree: true, characterData: true });
  });
}

/** @param {number} tab @param {number} times */
async function openings(tab, times) {
  const all = [];
  for (let i = 0; i < times; i += 1) {
    const url = `${chrome.runtime.getURL('extension/pages/popup.html')}?tab=${tab}&opening=${i}`;
    const { id } = await chrome.windows.create({ url, type: 'popup', width: 380, height: 600 });
    let popup;
    while (!(popup = chrome.extension.getViews().find((view) => view.location.href === url))) await turn();
    all.push(await told(popup));
    await chrome.windows.remove(id);
  }
  return all;
}
