/*
 * How often the person opened items of an author or a community: the marks that stand for their names in the diary, and the
 * core's counts in words. A mark is a keyed hash (HMAC with SHA-256, cut to 64 bits); the key is the person's own, made when
 * they chose the counting and forgotten when they end it. Without it nothing is marked, and so nothing is counted.
 *
 * What it deliberately does not do: store anything, or pass a name on to the core.
 */
import { opened_of } from '../build/background.js';
import { api, today } from './memory.js';
import { languageOf, speech } from './pages/language.js';

/** So many hexadecimal digits of a hash are a mark. */
const DIGITS = 16;
/** What stands before the name of a community. */
const COMMUNITY = '/';

/** The marks of names, in their order; nothing while nobody has them counted. @param {string} site the platform's id
 * @param {string[]} names @returns {Promise<string[] | null>} */
async function marksOf(site, names) {
  const { diary } = /** @type {{ diary?: { opened?: unknown } }} */ (await api.storage.local.get('diary'));
  const key = diary?.opened;
  if (typeof key !== 'string' || key === '') return null;
  const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);
  const hmac = await crypto.subtle.importKey('raw', bytes(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return Promise.all(names.map(async (name) => {
    const hash = new Uint8Array(await crypto.subtle.sign('HMAC', hmac, bytes(`${site} ${name.toLowerCase()}`)));
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('').slice(0, DIGITS);
  }));
}

/** A page's tally with marks in the place of names. @param {Tallied} tally @returns {Promise<Tallied>} */
export async function marked(tally) {
  const opened = Object.entries(tally.feed.opened);
  if (opened.length === 0) return tally;
  const marks = await marksOf(tally.platform ?? '', opened.map(([name]) => name)) ?? [];
  return { ...tally, feed: { ...tally.feed, opened: Object.fromEntries(marks.map((mark, i) => [mark, opened[i]?.[1] ?? 0])) } };
}

/** What is said of whose items the person opened within a week; null if none of theirs. An author is `name` to people.
 * @param {Question & { ask: 'opened' }} asked @returns {Promise<OpenedWords | null>} */
export async function openedOf({ site, platform, of, name: author }) {
  const marks = await marksOf(site, of);
  if (!marks) return null;
  const counts = /** @type {number[]} */ (await opened_of(site, marks, today()));
  const say = (/** @type {string} */ key, /** @type {string[]} */ values) => api.i18n.getMessage(key, values);
  const { counted } = speech(languageOf(say('interfaceLanguage', []), api.i18n.getUILanguage()), say);
  const lines = of.flatMap((name, i) => {
    const count = counts[i] ?? 0;
    const isThere = name.startsWith(COMMUNITY);
    const said = isThere
      ? counted('receiptOpenedThere', count, [name.slice(COMMUNITY.length), platform])
      : counted('receiptOpened', count, [author ?? '', platform]);
    return count > 0 && (isThere || author) ? [{ said, howSure: say('receiptOpenedSure', []), how: say('receiptOpenedHow', []) }] : [];
  });
  return lines.length > 0 ? { heading: say('voiceOpened', []), lines, limits: say('receiptOpenedLimits', [platform]) } : null;
}
