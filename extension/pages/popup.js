/*
 * Loads the popup's wasm and lends it the browser: words, numbers, settings, and answers from the tab and from the
 * background. What is shown, and how, is not decided here; see src/web/pages. Opened as `popup.html?tab=12` it shows
 * that tab instead of the one in front of the person, which is how tests look at it.
 */
import init, { popup } from '../../build/pages.js';

const api = globalThis.browser ?? chrome;
const numbers = new Intl.NumberFormat(api.i18n.getUILanguage());

document.documentElement.lang = api.i18n.getUILanguage();
document.documentElement.dir = api.i18n.getMessage('@@bidi_dir');

/** @returns {Promise<number>} */
async function tabToShow() {
  const named = new URLSearchParams(location.search).get('tab');
  if (named !== null) return Number(named);
  const [active] = await api.tabs.query({ active: true, currentWindow: true });
  return active?.id ?? -1;
}

/** @param {number} tab @returns {PopupBrowser} */
function lend(tab) {
  return {
    tab,
    words: (key, values) => api.i18n.getMessage(key, values),
    number: (value) => numbers.format(value),
    now: () => Date.now(),
    reload: () => void api.tabs.reload(tab),
    stored: async (area, key) => (await api.storage[area].get(key))[key] ?? null,
    store: async (area, key, value) =>
      value === null ? api.storage[area].remove(key) : api.storage[area].set({ [key]: value }),
    // A tab without our content script answers with an error, which says: no feed that we read.
    // It throws at once for a tab that cannot be, hence the async arrow, which turns both into a rejection.
    found: async () => api.tabs.sendMessage(tab, { ask: 'found' }),
    ask: async (question) => api.runtime.sendMessage(question),
    onStored: (area, key, listener) => {
      api.storage.onChanged.addListener((changes, from) => {
        if (from === area && key in changes) listener();
      });
    },
  };
}

const [tab] = await Promise.all([
  tabToShow(),
  init({ module_or_path: fetch(api.runtime.getURL('build/pages_bg.wasm')) }),
]);
popup(lend(tab));
