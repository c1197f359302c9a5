/*
 * Fetches a list that is kept in several files: all within the one order of the person's, all from the list's own folder.
 *
 * Each file is asked for by the core, which has read what came before it. If one cannot be had the order fails, and
 * nothing is changed: half a list may lack the exceptions of the other half. Which files a list may have is not decided
 * here; see src/api/lists/parts.rs.
 */
import { join_list } from '../build/background.js';
import { fetched } from './fetched.js';
import { awake } from './memory.js';

/** The whole text of a list. @param {string} url */
export async function whole(url) {
  const text = await fetched(url);
  await awake();
  const folder = new URL('.', url).href;
  /** @type {Map<string, string>} */
  const parts = new Map();
  let joined = join_list(text, parts);
  while (joined.next !== null) {
    parts.set(joined.next, await fetched(folder + joined.next));
    joined = join_list(text, parts);
  }
  return joined.text;
}
