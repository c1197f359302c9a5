/*
 * What a page of ours lends to its wasm: the browser, in a few functions; see `PageBrowser` in types.d.ts. The pages'
 * wasm names no extension API, and decides what is asked and shown; here is only how the browser does it.
 */
import { NAMES } from '../../build/offers.js';
import { TONGUES, languageOf, nameOf, speech, wordsOf } from './language.js';

export const api = globalThis.browser ?? chrome;
/** What the manifest asks for, and a browser may withhold. */
const EVERYWHERE = { origins: ['<all_urls>'] };
/** @param {string} key @param {string[]} [values] */
const browsers = (key, values) => api.i18n.getMessage(key, values);
const { language: tongue = '' } = /** @type {{ language?: string }} */ (await api.storage.local.get('language'));
const say = await chosen() ?? browsers;
const spoken = speech(languageOf(say('interfaceLanguage'), api.i18n.getUILanguage()), say);

/** The words of the language that the person chose; nothing if they chose none, or one that is not there. */
async function chosen() {
  if (!TONGUES.includes(tongue)) return undefined;
  try {
    const answer = await fetch(api.runtime.getURL(`_locales/${tongue}/messages.json`));
    return wordsOf(await answer.json(), browsers);
  } catch {
    return undefined;
  }
}

document.documentElement.lang = spoken.language;
document.documentElement.dir = spoken.direction;

/** @param {number} tab the tab that the page is about; -1 for none @returns {PageBrowser} */
export function lend(tab) {
  return {
    ...spoken,
    tab,
    now: () => Date.now(),
    zone: () => -new Date().getTimezoneOffset(),
    title: (text) => { document.title = text; },
    tongues: () => TONGUES.map((language) => [language, nameOf(language)]),
    tongue: TONGUES.includes(tongue) ? tongue : '',
    anew: () => location.reload(),
    hash: () => location.hash,
    replace: (hash) => history.replaceState(null, '', hash),
    // When it is drawn.
    reach: (id) => void requestAnimationFrame(() => {
      const part = document.getElementById(id);
      if (part) part.focus();
      else scrollTo(0, 0);
    }),
    platform: (id) => /** @type {Record<string, string>} */ (NAMES)[id] ?? id,
    onHash: (listener) => addEventListener('hashchange', listener),
    reload: () => void api.tabs.reload(tab),
    openOptions: () => void api.runtime.openOptionsPage(),
    stored: async (area, key) => (await api.storage[area].get(key))[key] ?? null,
    store: async (area, key, value) =>
      value === null ? api.storage[area].remove(key) : api.storage[area].set({ [key]: value }),
    // A tab without our content script answers with an error, which says: no feed that we read.
    // It throws at once for a tab that cannot be, hence the async arrow, which turns both into a rejection.
    found: async () => api.tabs.sendMessage(tab, { ask: 'found' }),
    structure: async () => api.tabs.sendMessage(tab, { ask: 'structure' }),
    copy: async (text) => navigator.clipboard.writeText(text),
    permitted: async () => api.permissions.contains(EVERYWHERE),
    // Asked at once: browsers let a click ask, and nothing that comes later.
    permit: () => api.permissions.request(EVERYWHERE),
    onPermitted: (listener) => {
      api.permissions.onAdded.addListener(listener);
      api.permissions.onRemoved.addListener(listener);
    },
    ask: async (question) => api.runtime.sendMessage(question),
    onStored: (area, key, listener) => {
      api.storage.onChanged.addListener((changes, from) => {
        if (from === area && key in changes) listener();
      });
    },
  };
}
