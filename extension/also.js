/*
 * Carries out what a person says of a host that no site's file names: that its feeds are to be read, or no longer.
 *
 * It is kept, the scripts are registered for that host by the plan that registers all others, and the tab that is open
 * gets them at once. What is kept is a host and a site's id, nothing of what is read. Only the popup can order it; which
 * host may be offered is not decided here; see src/api/offer.rs.
 */
import { read_also } from '../build/background.js';
import { api } from './memory.js';
import { apply, ready } from './protect.js';
import { READER } from './reader.js';

/** One change after the other, so that none is made to what was before another. @type {Promise<unknown>} */
let changing = Promise.resolve();

/**
 * Has a host read as a site, or left alone again if there is none.
 * @param {AlsoOrder} order @returns {Promise<boolean>} whether the tab is read from now on
 */
export async function readAlso({ tab, host, site }) {
  const changed = changing.catch(() => {}).then(async () => {
    const { also = {} } = /** @type {{ also?: Record<string, string> }} */ (await api.storage.local.get('also'));
    if (site) also[host] = site;
    else delete also[host];
    await api.storage.local.set({ also });
    // Since when its feed could not be read, kept by the host's name.
    if (!site) await api.storage.local.remove(`unreadable ${host}`);
    return also;
  });
  changing = changed;
  const hosts = await changed;
  await ready();
  read_also(hosts);
  await apply();
  return site !== '' && begin(tab);
}

/** Puts the scripts into a tab's page, if they are not there: one that was read before hears of it by itself.
 * @param {number} tabId */
async function begin(tabId) {
  const isThere = await api.tabs.sendMessage(tabId, { ask: 'found' }).then(() => true, () => false);
  // Where we may not, the browser asks the person now, and the popup tells us of the answer.
  return isThere || api.scripting.executeScript({ target: { tabId }, files: READER }).then(() => true, () => false);
}
