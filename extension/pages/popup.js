/*
 * Loads the popup's wasm and lends it the browser. Opened as `popup.html?tab=12` it shows that tab instead of the one in
 * front of the person, which is how tests look at it.
 */
import init, { popup } from '../../build/pages.js';
import { api, lend } from './lend.js';
import { offering } from './offer.js';

/** @returns {Promise<number>} */
async function tabToShow() {
  const named = new URLSearchParams(location.search).get('tab');
  if (named !== null) return Number(named);
  const [active] = await api.tabs.query({ active: true, currentWindow: true });
  return active?.id ?? -1;
}

const [tab] = await Promise.all([
  tabToShow(),
  init({ module_or_path: fetch(api.runtime.getURL('build/pages_bg.wasm')) }),
]);
popup({ ...lend(tab), ...offering(tab) });
