/*
 * What this machine makes of lists: from those that were shipped, newer texts of them, and the person's own come the packs
 * of the core and what the browser has to be told, all at once.
 *
 * Nothing is half done. What is made is kept under a mark of its own, beside what is at work; one write to the store then
 * says which mark holds. If the core or the browser does not take it, that write is taken back and everything is as it
 * was. What a list's lines mean is not decided here, see src/api/lists; nor what is fetched and when, which are own.js
 * and updates.js.
 */
import { make_lists } from '../build/background.js';
import { PACK, RELEASE, TEXTS, api, asks, awake, partOf, restart, shipped } from './memory.js';
import { apply, troubles } from './protect.js';
import { forgetAll, keepAll, kept } from './store.js';

/** The name of the person's own rules among the lists. */
const OWN = 'own';

/** One order after the other. @type {Promise<unknown>} */
let ordering = Promise.resolve();

/** Carries out an order after those before it; it tells what is wrong, or nothing.
 * @param {() => Promise<void>} work @returns {Promise<string>} */
export function order(work) {
  const ordered = ordering.then(work).then(() => '', (error) => String(error?.message ?? error));
  ordering = ordered;
  return ordered;
}

/** What the person has of their own. @returns {Promise<Own>} */
export async function own() {
  const { own } = /** @type {{own?: Own}} */ (await api.storage.local.get('own'));
  return { rules: '', lists: [], accounts: [], ...own };
}

/** What is known of updates. @returns {Promise<Updates>} */
export async function updates() {
  const { updates } = /** @type {{updates?: Updates}} */ (await api.storage.local.get('updates'));
  return { on: false, at: 0, trouble: '', homes: {}, ...updates };
}

/** The newer texts that are at work, by address. @returns {Promise<Record<string, string>>} */
export const newest = async () => await partOf('fetched') ?? {};

/** Makes everything; undefined if the lists are as shipped. @param {Record<string, string>} fetched newer texts by address
 * @param {Own} mine @returns {Promise<Made | undefined>} */
export async function compiled(fetched, mine) {
  const lists = await Promise.all(mine.lists.map(async ({ id, url }) => ({ id, title: url, text: await kept(id) ?? '' })));
  const title = api.i18n.getMessage('ownTitle');
  const texts = [{ id: OWN, title, text: mine.rules }, ...lists].filter(({ text }) => text.trim() !== '');
  const newer = Object.entries(fetched).map(([address, text]) => ({ address, text }));
  if (texts.length + newer.length === 0) return undefined;
  await awake();
  const [background, words] = await Promise.all([shipped(PACK), shipped(TEXTS)]);
  return inThread(background, words, newer, texts, !asks);
}

/** Asks the core in a thread of its own; a service worker has none, and no request waits for it.
 * @param {Parameters<typeof make_lists>} asked @returns {Promise<Made>} */
async function inThread(...asked) {
  if (typeof Worker === 'undefined') return make_lists(...asked);
  const worker = new Worker(api.runtime.getURL('extension/making.js'), { type: 'module' });
  try {
    return await new Promise((done, fail) => {
      worker.onmessage = ({ data }) => (data.made ? done(data.made) : fail(new Error(data.reason)));
      worker.onerror = ({ message }) => fail(new Error(message));
      worker.postMessage(asked);
    });
  } finally {
    worker.terminate();
  }
}

/** Puts to work what was made, with what is stored beside it, or fails and changes nothing.
 * @param {Made | undefined} made @param {Record<string, string>} fetched @param {{own: Own, updates?: Updates}} beside */
export async function use(made, fetched, beside) {
  const keys = ['own', 'updates', 'made'];
  const before = { own: null, updates: null, made: null, ...await api.storage.local.get(keys) };
  const mark = crypto.randomUUID();
  if (made) {
    /** @type {ListRules} */
    const rules = asks ? { own: [], changes: [] } : { own: made.rules, changes: made.changes };
    const used = Object.fromEntries(made.used.map(({ address }) => [address, fetched[address]]));
    await keepAll({ [`pack:${mark}`]: made.pack, [`texts:${mark}`]: made.texts, [`rules:${mark}`]: rules, [`fetched:${mark}`]: used });
  }
  const next = made ? { mark, release: RELEASE, newest: made.used.map(({ address }) => address) } : null;
  const was = troubles();
  try {
    await change({ ...beside, made: next });
    if (troubles() && troubles() !== was) throw new Error(troubles());
  } catch (error) {
    await change(before);
    throw error;
  }
  await forgetAll((name) => /^(pack|texts|rules|fetched):/.test(name) && !name.endsWith(mark));
}

/** @param {object} stored */
async function change(stored) {
  await api.storage.local.set(stored);
  await restart();
  await apply();
}
