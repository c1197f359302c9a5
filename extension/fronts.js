/*
 * Front pages that lead to what the person follows, where they chose that: whether one may lead now.
 *
 * Once a visit, and a visit of a tab lasts half an hour: who comes to the front page again in that time wants to be
 * there. Where a platform leads straight back it is left alone in this tab, so that nobody is sent round in circles.
 * It is kept in the session's memory alone, because the background may end between two pages. What it deliberately does
 * not do: know a platform (data/sites), press anything on a page, or say where the script runs that leads; see
 * src/api/protection/plan/scripts.rs.
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

/** The front page at this address, if the script that leads is registered for it. @param {string} url */
async function leading(url) {
  const address = url.split('#')[0] ?? '';
  const [script] = await api.scripting.getRegisteredContentScripts({ ids: ['following'] });
  return script?.matches?.includes(address) ? FRONTS.find(({ from }) => from.includes(address)) : undefined;
}

/** @type {Promise<unknown>} */
let deciding = Promise.resolve();

/**
 * Whether the front page at this address may lead now; one question after the other.
 * @param {number} tab @param {string} url @param {number} now @returns {Promise<boolean>}
 */
export function mayLead(tab, url, now) {
  const decided = deciding.then(async () => {
    const front = await leading(url);
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
