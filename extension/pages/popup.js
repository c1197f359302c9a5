/*
 * Loads the popup's wasm and lends it the browser. Opened as `popup.html?tab=12` it shows that tab instead of the one in
 * front of the person, which is how tests look at it.
 *
 * What the popup asks first is asked before its wasm is there, because the answers and the wasm take about as long; what
 * is asked, and what for, is decided in src/web/pages/popup.rs.
 */
import { loading } from './wasm.js';
import { popup } from '../../build/pages.js';
import { api, lend } from './lend.js';
import { offering } from './offer.js';

/** The window of the popup; a click that comes before it is known means the same. @type {number} */
let windowId = api.windows.WINDOW_ID_CURRENT;
void api.windows.getCurrent().then(({ id = windowId }) => { windowId = id; });

/** @returns {Promise<number>} */
async function tabToShow() {
  const named = new URLSearchParams(location.search).get('tab');
  if (named !== null) return Number(named);
  const [active] = await api.tabs.query({ active: true, currentWindow: true });
  return active?.id ?? -1;
}

const tab = await tabToShow();
const lent = lend(tab);
/** The first answers, by what was asked. @type {Map<string, Promise<unknown>>} */
const early = new Map([
  ['settings', lent.stored('local', 'settings')],
  ['protection', lent.stored('local', 'protection')],
  ['found', lent.found()],
  ['tab', lent.ask({ ask: 'tab', tab })],
]);
// One that fails is told to whoever asks.
for (const answer of early.values()) answer.catch(() => {});

/** The early answer the first time, and from then on a new one. @param {string} name @param {() => Promise<unknown>} anew */
function first(name, anew) {
  const answer = early.get(name) ?? anew();
  early.delete(name);
  return answer;
}

/** @type {PageBrowser & Offering & OfPopup} */
const browser = {
  ...lent,
  ...offering(tab),
  isPrivate: async () => (await api.tabs.get(tab)).incognito,
  // At once: browsers open it in a click, and not later.
  openPanel() {
    const opened = 'sidePanel' in api ? api.sidePanel.open({ windowId }) : /** @type {any} */ (api).sidebarAction.open();
    // The popup lies where the panel is to be seen; in a tab of its own it lies over nothing.
    opened.then(() => location.search || close());
  },
  stored: (area, key) => first(key, () => lent.stored(area, key)),
  found: () => first('found', lent.found),
  ask: (question) => first('ask' in question ? String(question.ask) : '', () => lent.ask(question)),
};

await loading;
popup(browser);
