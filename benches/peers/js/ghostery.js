// Ghostery's adblocker from npm (@ghostery/adblocker), asked as its README shows, without what is not about requests.
// What it does not do: any work outside the calls that are timed.
import { FiltersEngine, Request } from '@ghostery/adblocker';

/** @type {FiltersEngine} */
let ghostery;

/** @param {string[]} lists */
export async function compile(lists) {
  ghostery = FiltersEngine.parse(lists.join('\n'), { loadCosmeticFilters: false });
}

export const save = async () => ghostery.serialize();

/** @param {Uint8Array} bytes */
export async function load(bytes) {
  ghostery = FiltersEngine.deserialize(bytes);
}

/** @param {string} url @param {string} frame @param {string} type */
export function ask(url, frame, type) {
  const { match } = ghostery.match(Request.fromRawDetails({ url, sourceUrl: frame, type: /** @type {any} */ (type) }));
  return match;
}
