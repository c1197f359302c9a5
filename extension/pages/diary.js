/*
 * The diary as a file, for pages that have loaded their wasm: what the background has noted is stored first, and what
 * the person chose elsewhere is lent to the core, and put back when a file brought some.
 *
 * What it deliberately does not do: send a file anywhere. It goes to the page that asked, and the person saves it.
 */
import { diary_table, diary_written, take_diary_in } from '../../build/pages.js';
import { api } from './lend.js';

/** All that is kept beside the diary and can be taken away with it. */
const CHOICES = ['settings', 'protection', 'also', 'diary', 'mirror'];

const choices = () => api.storage.local.get(CHOICES);

/** Has the background store what it noted. @returns {Promise<DiaryReport>} */
const keep = () => api.runtime.sendMessage({ ask: 'diary', order: 'keep' });

/** The whole diary. @returns {Promise<string>} */
export async function written() {
  await keep();
  return diary_written(await choices());
}

/** A table of it for a spreadsheet. @param {'sightings' | 'feeds' | 'sites'} name @returns {Promise<string>} */
export async function table(name) {
  await keep();
  return diary_table(name);
}

/** Takes a file in; why it was refused, or nothing. @param {string} text @returns {Promise<string | undefined>} */
export async function takeIn(text) {
  await keep();
  const { choices: brought, refused } = /** @type {TakenIn} */ (await take_diary_in(text, await choices()));
  if (brought) await api.storage.local.set(brought);
  return refused;
}
