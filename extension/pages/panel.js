/*
 * Loads the side panel's wasm and lends it the browser, with the tab in front of its window. Opened as
 * `panel.html?window=12` it follows that window instead of its own, which is how tests look at it.
 */
import { loading } from './wasm.js';
import { panel } from '../../build/pages.js';
import { following } from './front.js';
import { api, lend } from './lend.js';

/** @returns {Promise<number>} */
async function windowToFollow() {
  const named = new URLSearchParams(location.search).get('window');
  if (named !== null) return Number(named);
  return (await api.windows.getCurrent()).id ?? -1;
}

const windowId = await windowToFollow();
await loading;
panel({ ...lend(-1), ...following(windowId) });
