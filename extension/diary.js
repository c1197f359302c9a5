/*
 * What our own pages order about the diary: to forget, to take it away as a file, to take such a file in.
 *
 * The core does all of it; here only what the person chose elsewhere is lent to it, and put back when a file brought some.
 * What it deliberately does not do: send a file anywhere. It goes to the page that asked, and the person saves it.
 */
import { obey_diary } from '../build/background.js';
import { api, CHOICES } from './memory.js';

/** @param {DiaryOrder} order @returns {Promise<DiaryReport>} */
export async function obeyDiary(order) {
  const { choices, ...report } = /** @type {DiaryReport} */ (await obey_diary(order, await api.storage.local.get(CHOICES)));
  if (choices) await api.storage.local.set(choices);
  return report;
}
