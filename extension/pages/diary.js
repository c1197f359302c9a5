/*
 * The diary as a file, for pages that have loaded their wasm: what the background has noted is stored first, and what
 * the person chose elsewhere is lent to the core, and put back when a file brought some.
 *
 * What it deliberately does not do: send a file anywhere, or fetch a list that one names. A file goes to where the person
 * saves it.
 */
import { choices_written, diary_damaged, diary_table, diary_written, take_diary_in } from '../../build/pages.js';
import { api } from './lend.js';
import { withoutUnlike } from './unlike.js';

/** All that is kept beside the diary and can be taken away with it. */
const CHOICES = ['settings', 'protection', 'also', 'diary', 'language', 'mirror'];
/** The page is drawn at least so often (ms) while a file is made. */
const FRAME = 50;
/** How files are named, and what they hold. */
const JSON_FILE = ['json', 'application/json'];
const TABLE_FILE = ['csv', 'text/csv'];

const choices = () => api.storage.local.get(CHOICES);

/** The person's own rules, and the addresses of their lists. @returns {Promise<{ own?: OwnWritten }>} */
async function own() {
  const { own } = /** @type {{ own?: Own }} */ (await api.storage.local.get('own'));
  return own ? { own: { rules: own.rules, lists: own.lists.map(({ url }) => url) } } : {};
}

/** @param {object} question @returns {Promise<any>} */
const ask = (question) => api.runtime.sendMessage(question);
/** Has the background store what it noted. @returns {Promise<DiaryReport>} */
const keep = () => ask({ ask: 'diary', order: 'keep' });

/** Tells how far it is, and lets the page be drawn now and then. @param {Progress} tell */
function paced(tell) {
  let drawn = performance.now();
  return async (/** @type {number} */ done, /** @type {number} */ of) => {
    tell(done, of);
    if (performance.now() - drawn < FRAME) return;
    await new Promise((go) => setTimeout(go));
    drawn = performance.now();
  };
}

/** The whole diary. @param {Progress} [tell] @returns {Promise<string>} */
export async function written(tell = () => {}) {
  await keep();
  return diary_written({ ...await choices(), ...await own() }, paced(tell));
}

/** A table of it for a spreadsheet. @param {string} name @param {Progress} [tell] @returns {Promise<string>} */
export async function table(name, tell = () => {}) {
  await keep();
  return diary_table(name, paced(tell));
}

/** Saves a file: `all`, `choices`, `damaged`, or a table by its name; how it is called. @param {string} what
 * @param {Progress} tell @returns {Promise<string>} */
export async function saveFile(what, tell) {
  const others = /** @type {Record<string, (() => string | Promise<string>) | undefined>} */ ({
    all: () => written(tell),
    choices: async () => choices_written({ ...await choices(), ...await own() }),
    damaged: () => diary_damaged(),
  });
  const make = others[what];
  const text = await (make ? make() : table(what, tell));
  const [ending, type] = make ? JSON_FILE : TABLE_FILE;
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  const link = document.createElement('a');
  link.download = `plainsight-${what}-${day}.${ending}`;
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.click();
  // The browser has opened it by then; what is not let go stays in memory as long as the page.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return link.download;
}

/** Takes a file in; why it was refused, or nothing. @param {string} text @param {Progress} [tell]
 * @returns {Promise<string | undefined>} */
export async function takeIn(text, tell = () => {}) {
  return (await brought(text, tell)).refused;
}

/** Takes in the file that somebody chose in a field; nothing if there is none. @param {HTMLInputElement} field
 * @param {Progress} tell @returns {Promise<Brought | undefined>} */
export async function takeFileIn(field, tell) {
  const file = field.files?.[0];
  const text = await file?.text();
  // The same file may be chosen again.
  field.value = '';
  return text === undefined ? undefined : brought(text, tell);
}

/** @param {string} text @param {Progress} tell @returns {Promise<Brought>} */
async function brought(text, tell) {
  await keep();
  const here = await choices();
  const { text: file, unlike } = withoutUnlike(text, /** @type {{ diary?: { opened?: string } }} */ (here).diary?.opened);
  const { choices: chosen, own, refused } = /** @type {TakenIn} */ (await take_diary_in(file, here, paced(tell)));
  if (chosen) await api.storage.local.set(chosen);
  return { refused, unlike, ...own && await ownBrought(own) };
}

/** The file's rules stand below the person's own from now on; lists of it that are not theirs, and what went wrong.
 * @param {Partial<OwnWritten>} their */
async function ownBrought(their) {
  const mine = /** @type {OwnReport} */ (await ask({ ask: 'own' }));
  const lines = mine.rules.split('\n');
  const added = String(their.rules ?? '').split('\n').filter((line) => line !== '' && !lines.includes(line));
  const isNew = (/** @type {unknown} */ url) => typeof url === 'string' && !mine.lists.some((list) => list.url === url);
  const lists = Array.isArray(their.lists) ? their.lists.filter(isNew) : [];
  if (added.length === 0) return { lists };
  const rules = [...lines, ...added].filter((line, at) => line !== '' || at > 0).join('\n');
  const { trouble } = /** @type {OwnReport} */ (await ask({ ask: 'keep-rules', text: rules }));
  return { lists, trouble };
}

/** The host of an address, or of what may be one; empty if it is none. @param {string} text */
export function hostOf(text) {
  try {
    return new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`).hostname;
  } catch {
    return '';
  }
}

/** A key of one's own, of which nobody can guess another's: 128 bits, as hexadecimal digits. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** How much room all that is stored takes, and may take, in bytes. @returns {Promise<[number, number]>} */
export async function room() {
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  return [usage, quota];
}
