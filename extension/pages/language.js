/*
 * The interface's language: which ones there are, which one it is, which way it is written, and how it writes numbers, days,
 * lists and counted things. The browser's own `Intl` knows most of that; here is only which of its parts is asked.
 *
 * It names no extension API, so that Node can test it. What it deliberately does not do: choose words. They stand in
 * `_locales`, where a counted thing has a message for each form that its language has (`NAME_one`, `NAME_two`,
 * `NAME_few`, `NAME_many`), and `NAME_other` for all numbers that have no form of their own.
 */

/** The languages of `_locales`. */
export const TONGUES = ['ar', 'de', 'en', 'es', 'fr', 'hi', 'id', 'it', 'ja', 'nl', 'pl', 'pt', 'sl', 'tr', 'uk'];
/** Scripts that are written from right to left. */
const FROM_RIGHT = ['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa'];
const DAY = 86_400_000;
const YEAR = 365;
/** Units of room, the largest first, each with its bytes. @type {[string, number][]} */
const SIZES = [['gigabyte', 1e9], ['megabyte', 1e6], ['kilobyte', 1e3], ['byte', 1]];
/** How much of a day's date is written. @type {Record<DayForm, Intl.DateTimeFormatOptions>} */
const DAYS = {
  whole: { dateStyle: 'long' },
  short: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
};

/** A language's own name for itself. @param {string} language */
export const nameOf = (language) => new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;

/** The words of a file of messages, as the browser reads its own; those that it does not have another lends.
 * @param {Record<string, Message>} messages @param {(key: string, values?: string[]) => string} others
 * @returns {(key: string, values?: string[]) => string} */
export const wordsOf = (messages, others) => (key, values = []) => {
  const { message, placeholders = {} } = messages[key] ?? {};
  if (message === undefined) return others(key, values);
  const places = new Map(Object.entries(placeholders).map(([name, { content }]) => [name.toLowerCase(), content]));
  const value = (/** @type {string} */ content) => values[Number(content.slice(1)) - 1] ?? '';
  // A place has a name in the repository, and its number in a package.
  return message.replace(/\$(?:([1-9])|(\w*)\$)/g, (place, number, name) =>
    name === '' ? '$' : value(number ? place : places.get(name.toLowerCase()) ?? ''));
};

/** The browser's language, which knows the region as well, if it is the one that the words are written in; else theirs: words
 * of one language with the numbers and plurals of another would be of none. @param {string} words @param {string} browser */
export function languageOf(words, browser) {
  const base = (/** @type {string} */ tag) => new Intl.Locale(tag.replaceAll('_', '-')).language;
  try {
    return base(words) === base(browser) ? browser.replaceAll('_', '-') : words;
  } catch {
    // A browser may say what is no language.
    return words || 'en';
  }
}

/** How a language writes. @param {string} language @param {(key: string, values: string[]) => string} words its messages
 * @returns {Speech} */
export function speech(language, words) {
  const numbers = new Intl.NumberFormat(language);
  const shares = new Intl.NumberFormat(language, { style: 'percent' });
  const lists = new Intl.ListFormat(language);
  const plurals = new Intl.PluralRules(language);
  const times = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  // Each is made once, where it is asked for: a page may write hundreds of days.
  // A day's number is the person's own day: it is not to be moved by their clock once more.
  /** @type {Partial<Record<DayForm, Intl.DateTimeFormat>>} */
  const made = {};
  const days = (/** @type {DayForm} */ form) =>
    made[form] ??= new Intl.DateTimeFormat(language, { ...DAYS[form], timeZone: 'UTC' });
  const measured = (/** @type {string} */ unit, /** @type {number} */ value, /** @type {'long' | 'short'} */ unitDisplay) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 }).format(value);
  return {
    language,
    direction: FROM_RIGHT.includes(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr',
    words,
    number: (value) => numbers.format(value),
    share: (value) => shares.format(value),
    list: (items) => lists.format(items),
    day: (day, form) => days(form).format(day * DAY),
    time: (at) => times.format(at),
    lasting: (days) => days % YEAR === 0 ? measured('year', days / YEAR, 'long') : measured('day', days, 'long'),
    size: (bytes) => {
      const [unit, one] = SIZES.find(([, one]) => bytes >= one) ?? ['byte', 1];
      return measured(unit, bytes / one, 'short');
    },
    counted: (name, count, values) => {
      const all = [numbers.format(count), ...values];
      return words(`${name}_${plurals.select(count)}`, all) || words(`${name}_other`, all);
    },
  };
}
