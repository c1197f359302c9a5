/*
 * Front pages that lead to what the person follows, where they chose that: on which addresses the script runs, and
 * whether it may lead now.
 *
 * Once a visit, and a visit of a tab lasts half an hour: who comes to the front page again in that time wants to be
 * there. Where a platform leads straight back it is left alone in this tab, so that nobody is sent round in circles.
 * It is kept in the session's memory alone, because the background may end between two pages. What it deliberately does
 * not do: know a platform (data/sites), or press anything on a page.
 */
import { FRONTS } from '../build/everywhere.js';
import { api } from './memory.js';

/** Under which key of `storage.session` stands which tabs were led, on which site and when. */
const LED = 'led';
/** So long a visit lasts (ms). */
const VISIT = 30 * 60_000;
/** Who is back after so short a time (ms) was sent back by the platform, or is in a hurry to be there. */
const BACK = 10_000;
/** More tabs are not remembered; the one led longest ago is forgotten. */
const MOST = 100;

/** @returns {Promise<Front[]>} the front pages that the person chose to have lead */
async function chosen() {
  /** @type {{ settings?: Partial<Settings> }} */
  const { settings } = await api.storage.local.get('settings');
  return FRONTS.filter(({ site }) => settings?.sites?.[site]?.following === true);
}

/** The script that leads, on the chosen front pages alone. @returns {Promise<chrome.scripting.RegisteredContentScript[]>} */
export async function frontScripts() {
  const matches = (await chosen()).flatMap(({ from }) => from);
  if (matches.length === 0) return [];
  return [{ id: 'following', js: ['build/following.js'], matches, excludeMatches: [], allFrames: false, world: 'ISOLATED', runAt: 'document_start', persistAcrossSessions: true }];
}

/** @type {Promise<unknown>} */
let deciding = Promise.resolve();

/**
 * Whether the front page at this address may lead now; one question after the other.
 * @param {number} tab @param {string} url @param {number} now @returns {Promise<boolean>}
 */
export function mayLead(tab, url, now) {
  const decided = deciding.then(async () => {
    const front = (await chosen()).find(({ from }) => from.includes(url.split('#')[0] ?? ''));
    if (!front || tab < 0) return false;
    /** @type {{ led?: Record<string, { site: string, at: number, stays?: boolean }> }} */
    const { led = {} } = await api.storage.session.get(LED);
    const before = led[tab]?.site === front.site ? led[tab] : undefined;
    const since = before ? now - before.at : Infinity;
    if (before?.stays || (since < VISIT && since >= BACK)) return false;
    led[tab] = { site: front.site, at: now, ...since < BACK ? { stays: true } : {} };
    const all = Object.entries(led).sort(([, a], [, b]) => b.at - a.at);
    await api.storage.session.set({ [LED]: Object.fromEntries(all.slice(0, MOST)) });
    return since >= BACK;
  });
  deciding = decided.catch(() => {});
  return decided;
}
