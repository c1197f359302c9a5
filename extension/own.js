/*
 * The person's own rules and lists: fetched when they say so and at no other time, and made into packs with the others.
 *
 * Whatever fails leaves everything as it was, and is told to whoever ordered it. How lists are made and put to work is not
 * known here; see lists.js.
 */
import { compiled, newest, order, own, updates, use } from './lists.js';
import { whole } from './parts.js';
import { keepAll } from './store.js';

/** What is chosen and what became of it. @param {string} [trouble] @returns {Promise<OwnReport>} */
export const ownReport = async (trouble = '') => ({ ...await own(), trouble });

/** Carries out an order. @param {(now: Own) => Promise<Own>} change @returns {Promise<OwnReport>} */
async function ordered(change) {
  return ownReport(await order(async () => {
    const next = await change(await own());
    const keep = (/** @type {Made | undefined} */ made) => ({ ...next, accounts: made?.accounts ?? [] });
    const texts = await newest();
    let made;
    try {
      made = await compiled(texts, next);
    } catch (error) {
      if (Object.keys(texts).length === 0) throw error;
      // The browser cannot hold both: what is the person's own comes first.
      made = await compiled({}, next);
      return use(made, {}, { own: keep(made), updates: { ...await updates(), trouble: String(error) } });
    }
    return use(made, texts, { own: keep(made) });
  }));
}

/** The person's own rules are these from now on. @param {string} rules */
export const keepRules = (rules) => ordered(async (now) => ({ ...now, rules }));

/** A rule stands among the person's own from now on. @param {string} rule */
export const addRule = (rule) => ordered(async (now) => {
  const lines = now.rules.split('\n').filter((line, at, all) => line !== '' || at < all.length - 1);
  return lines.includes(rule) ? now : { ...now, rules: [...lines, rule].join('\n') };
});

/** A list is added. @param {string} url */
export const addList = (url) => ordered(async (now) => {
  const address = new URL(url).href;
  if (now.lists.some((list) => list.url === address)) return now;
  const list = { id: `list-${Date.now().toString(36)}`, url: address, at: Date.now() };
  await keepAll({ [list.id]: await whole(address) });
  return { ...now, lists: [...now.lists, list] };
});

/** A list is taken away. @param {string} id */
export async function forgetList(id) {
  const report = await ordered(async (now) => ({ ...now, lists: now.lists.filter((list) => list.id !== id) }));
  if (!report.trouble) await keepAll({ [id]: undefined });
  return report;
}

/** All lists are fetched anew. */
export const fetchLists = () => ordered(async (now) => {
  const texts = await Promise.all(now.lists.map(async ({ id, url }) => [id, await whole(url)]));
  await keepAll(Object.fromEntries(texts));
  return { ...now, lists: now.lists.map((list) => ({ ...list, at: Date.now() })) };
});
