/*
 * What the popup's script lends besides, so that a person may have a host read that no site's file names: where the tab
 * is, one look whether certain selectors match there, and the yes and its way back; see `PageBrowser` in types.d.ts.
 *
 * Nothing of this runs before the popup is opened, and of the page nothing comes back but how often each selector
 * matches. What is looked for and what is offered is not decided here; see src/api/offer.rs.
 */
import { OFFERS } from '../../build/offers.js';
import { api } from './lend.js';

/** Runs in the page, in the extension's own world there. @param {string[]} selectors */
const count = (selectors) => selectors.map((selector) => document.querySelectorAll(selector).length);

/** @param {number} tabId @returns {Offering} */
export function offering(tabId) {
  return {
    offers: () => OFFERS,
    async place() {
      const tab = await api.tabs.get(tabId);
      const url = new URL(tab.url ?? '');
      const matches = api.runtime.getManifest().content_scripts?.flatMap((script) => script.matches ?? []) ?? [];
      // Of private windows nothing is remembered, so nothing is offered there.
      const isOpen = url.protocol === 'https:' && !tab.incognito && !matches.includes(`https://${url.hostname}/*`);
      return isOpen ? { host: url.hostname, path: url.pathname } : null;
    },
    async look(selectors) {
      const [seen] = await api.scripting.executeScript({ target: { tabId }, func: count, args: [selectors] });
      return seen?.result ?? [];
    },
    // Asked at once: browsers let a click ask, and nothing that comes later. Where we may already, nobody is asked.
    async alsoRead(host, site) {
      const permitted = api.permissions.request({ origins: [`https://${host}/*`] }).catch(() => false);
      const order = (/** @type {string} */ as) => api.runtime.sendMessage({ ask: 'also-read', tab: tabId, host, site: as });
      // Ordered before the answer: a browser that asks closes the popup, and this script with it.
      const isRead = await order(site);
      if (!(await permitted)) await order('');
      else if (!isRead) await order(site);
    },
    leaveAlone: (host) => api.runtime.sendMessage({ ask: 'also-read', tab: tabId, host, site: '' }),
  };
}
