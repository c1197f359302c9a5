/*
 * Fetches the text of a list, because the person ordered it: a list that they added, or a newer text of a shipped one.
 *
 * It is the one script that asks the net for what is not ours, and does so over https, without cookies, without saying
 * where it is asked from, and no further than a list may be long. What it does not do: decide when, or look at the text.
 */
import { api } from './memory.js';

/** A longer text is not read (bytes): the largest that people use have a third of it. */
const LARGEST = 20_000_000;

/** Whoever was asked has no such text. */
export class NotThere extends Error {}

/** The text at an address. @param {string} url @returns {Promise<string>} */
export async function fetched(url) {
  if (!url.startsWith('https://')) throw new Error(api.i18n.getMessage('ownNotHttps'));
  const answer = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-cache' });
  const status = `${answer.status} ${answer.statusText}`.trim();
  if (answer.status === 404) throw new NotThere(api.i18n.getMessage('ownNotThere'));
  if (!answer.ok || !answer.body) throw new Error(api.i18n.getMessage('ownAnswered', [status]));
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
