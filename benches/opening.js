// What it is: opens a page of the extension again and again in a window of its own, and tells how long each took until what
// is waited for stood in its document, by the page's own clock, which begins with its navigation.
// Why from another page of the extension: pages of one extension see each other's documents, so that nothing of the page has
// to be made for being measured.
// What it does not do: say whether that is fast enough, or wake the background, which is up.
//
// The task puts it before a call of `openings`.

/** One turn of the loop, without a timer, which browsers slow down. */
const turn = () => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { port1.close(); done(); };
  port2.postMessage(0);
});

/** Waits until something stands there for each selector, and tells its words. @param {Window} page @param {string[]} selectors */
function told(page, selectors) {
  return new Promise((done) => {
    const look = () => {
      if (selectors.some((css) => !page.document.querySelector(css))) return false;
      const at = page.performance.now();
      const paint = page.performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null;
      const says = [...page.document.querySelectorAll(selectors.join())].map((one) => one.textContent);
      done({ at, paint, says });
      return true;
    };
    if (look()) return;
    const watch = new page.MutationObserver(() => look() && watch.disconnect());
    watch.observe(page.document, { childList: true, subtree: true, characterData: true });
  });
}

/**
 * @param {string} address of the page, within the extension; `opening=` and a number is put before what follows its `#`
 * @param {[number, number]} size @param {string[]} selectors @param {number} times
 */
async function openings(address, [width, height], selectors, times) {
  const all = [];
  const [path, hash = ''] = address.split('#');
  for (let i = 0; i < times; i += 1) {
    const url = `${chrome.runtime.getURL(path)}${path.includes('?') ? '&' : '?'}opening=${i}#${hash}`;
    const { id } = await chrome.windows.create({ url, type: 'popup', width, height });
    let page;
    while (!(page = chrome.extension.getViews().find((view) => view.location.href === url))) await turn();
    all.push(await told(page, selectors));
    await chrome.windows.remove(id);
  }
  return all;
}
