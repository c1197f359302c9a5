/*
 * What a receipt says of whether the platform's company was told where the person had been: the core's report out of the
 * diary, in words.
 *
 * The words are made here and not beside the page, because here the language's `Intl` is at hand as pages of ours have it.
 * What it deliberately does not do: look anything up itself, or say a word where the diary says none.
 */
import { told_of } from '../build/background.js';
import { api } from './memory.js';
import { languageOf, speech } from './pages/language.js';

/** What became of so many requests, if of any. @param {ToldReport} report @param {CountsReport} counts @param {Speech} speech
 * @returns {ToldLine[]} */
function lines({ company, site }, counts, { words: say, counted }) {
  const names = [company, site];
  const all = [
    { count: counts.through, sure: true, said: counted('receiptToldThrough', counts.through, names), how: say('receiptToldThroughHow', names) },
    { count: counts.stopped, sure: true, said: counted('receiptToldStopped', counts.stopped, names), how: say('receiptToldStoppedHow', names) },
    { count: counts.others, sure: true, said: counted('receiptToldOthers', counts.others, names), how: say('receiptToldOthersHow', names) },
    { count: counts.notSeen, sure: false, said: counted('receiptToldUnknown', counts.notSeen, names), how: say('receiptToldUnknownHow', names) },
  ];
  return all.filter(({ count }) => count > 0).map(({ said, sure, how }) => {
    return { said, how, howSure: sure ? say('receiptToldSure', []) : say('receiptToldUnsure', []) };
  });
}

/** As much of when it was as the diary keeps. @param {ToldReport['told'][number]} part @param {Speech} speech */
function when({ width, from, to }, { words: say, day }) {
  switch (width) {
    case 'day': return day(from, 'whole');
    case 'week': return say('receiptToldWeek', [day(from, 'whole'), day(to - 1, 'whole')]);
    case 'month': return say('receiptToldMonth', [day(from, 'month')]);
    default: return say('receiptToldBefore', [day(from, 'whole')]);
  }
}

/** @param {ToldReport} report @param {Speech} speech @returns {ToldWords} */
export function inWords(report, speech) {
  const { words: say } = speech;
  const { company, site, told } = report;
  return {
    heading: say('voiceTold', [company, site]),
    parts: told.map((part) => ({ when: when(part, speech), lines: lines(report, part.counts, speech) })),
    limits: say('receiptToldLimits', [company]),
  };
}

/** What is said of an item on a page that leads there; null if nothing is known. @param {string} page @param {string[]} leads
 * @returns {Promise<ToldWords | null>} */
export async function toldOf(page, leads) {
  /** @type {ToldReport | null} */
  const report = await told_of(page, leads) ?? null;
  const words = (/** @type {string} */ key, /** @type {string[]} */ values) => api.i18n.getMessage(key, values);
  return report && inWords(report, speech(languageOf(words('interfaceLanguage', []), api.i18n.getUILanguage()), words));
}
