/*
 * The person's own rules and lists: fetched when they say so and at no other time, made into packs by the core, kept,
 * and told to the browser where it blocks by itself.
 *
 * Nothing is half done: the new packs are made first, then the browser is told (it takes all rules or none), then all
 * is kept in one step; whatever fails leaves everything as it was, and is told to whoever ordered it. After an update of
 * the extension its new lists are joined with the person's at once. What a list's lines mean is not decided here; see
 * src/api/lists/anew.rs.
 */
import { make_lists } from '../build/background.js';
import { PACK, TEXTS, api, asks, awake, restart, shipped } from './memory.js';
import { whole } from './parts.js';
import { keepAll, kept } from './store.js';

/** Rules of the person's own have numbers from here on; see src/api/lists/anew.rs. */
export const OWN_NUMBERS = 2 ** 30;
/** A longer list is not read (bytes): the largest that people use have a third of it. */
const LARGEST = 20_000_000;
/** The name of the person's own rules among the lists. */
const OWN = 'own';

/** One order after the other. @type {Promise<unknown>} */
let ordering = Promise.resolve();

/** What is chosen and what became of it. @returns {Promise<Own>} */
async function own() {
  const { own } = /** @type {{own?: Own}} */ (await api.storage.local.get('own'));
  return { rules: '', lists: [], accounts: [], ...own };
}

/** The same as an answer. @returns {Promise<OwnReport>} */
export const ownReport = async () => ({ ...await own(), trouble: '' });

/** Carries out an order after those before it; the answer says what is wrong, or nothing.
 * @param {(now: Own) => Promise<Own>} change @returns {Promise<OwnReport>} */
function order(change) {
  const ordered = ordering.then(async () => {
    try {
      await make(await change(await own()));
      return { ...await own(), trouble: '' };
    } catch (error) {
      return { ...await own(), trouble: String(/** @type {Error} */ (error)?.message ?? error) };
    }
  });
  ordering = ordered;
  return ordered;
}

/** The person's own rules are these from now on. @param {string} rules */
export const keepRules = (rules) => order(async (now) => ({ ...now, rules }));

/** A rule stands among the person's own from now on. @param {string} rule */
export const addRule = (rule) => order(async (now) => {
  const lines = now.rules.split('\n').filter((line, at, all) => line !== '' || at < all.length - 1);
  return lines.includes(rule) ? now : { ...now, rules: [...lines, rule].join('\n') };
});

/** A list is added. @param {string} url */
export const addList = (url) => order(async (now) => {
  const address = new URL(url).href;
  if (now.lists.some((list) => list.url === address)) return now;
  const list = { id: `list-${Date.now().toString(36)}`, url: address, at: Date.now() };
  await keepAll({ [list.id]: await whole(address, fetched) });
  return { ...now, lists: [...now.lists, list] };
});

/** A list is taken away. @param {string} id */
export const forgetList = (id) => order(async (now) => {
  await keepAll({ [id]: undefined });
  return { ...now, lists: now.lists.filter((list) => list.id !== id) };
});

/** All lists are fetched anew. */
export const fetchLists = () => order(async (now) => {
  const texts = await Promise.all(now.lists.map(async ({ id, url }) => [id, await whole(url, fetched)]));
  await keepAll(Object.fromEntries(texts));
  return { ...now, lists: now.lists.map((list) => ({ ...list, at: Date.now() })) };
});

/** The text of a list. @param {string} url */
async function fetched(url) {
  if (!url.startsWith('https://')) throw new Error(api.i18n.getMessage('ownNotHttps'));
  const answer = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-cache' });
  if (!answer.ok || !answer.body) throw new Error(`${answer.status} ${answer.statusText}`);
  const words = new TextDecoder();
  let text = '';
  let length = 0;
  const reader = answer.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > LARGEST) {
      await reader.cancel();
      throw new Error(api.i18n.getMessage('ownTooLarge'));
    }
    text += words.decode(part.value, { stream: true });
  }
  return text + words.decode();
}

/** Makes, tells and keeps all of it. @param {Own} next */
async function make(next) {
  await awake();
  const lists = await Promise.all(next.lists.map(async ({ id, url }) => ({ id, title: url, text: await kept(id) ?? '' })));
  const title = api.i18n.getMessage('ownTitle');
  const texts = [{ id: OWN, title, text: next.rules }, ...lists].filter(({ text }) => text.trim() !== '');
  const [background, words] = await Promise.all([shipped(PACK), shipped(TEXTS)]);
  const made = texts.length > 0 ? make_lists(background, words, texts) : undefined;
  const before = await told();
  await tell(before, made?.rules ?? []);
  try {
    await keepAll({ pack: made?.pack, texts: made?.texts });
    await api.storage.local.set({ own: { ...next, accounts: made?.accounts ?? [], isMade: made !== undefined } });
  } catch (error) {
    await tell(made?.rules ?? [], before);
    throw error;
  }
  await restart();
}

/** The rules of ours that the browser has. */
async function told() {
  return (await api.declarativeNetRequest.getDynamicRules()).filter(({ id }) => id >= OWN_NUMBERS);
}

/** A browser that asks us before each request is told nothing.
 * @param {chrome.declarativeNetRequest.Rule[]} before @param {chrome.declarativeNetRequest.Rule[]} rules */
async function tell(before, rules) {
  if (asks || before.length + rules.length === 0) return;
  const removeRuleIds = before.map(({ id }) => id);
  await api.declarativeNetRequest.updateDynamicRules({ removeRuleIds, addRules: rules });
}

api.runtime.onInstalled.addListener(async () => {
  const { rules, lists } = await own();
  if (rules || lists.length > 0) await order(async (now) => now);
});
