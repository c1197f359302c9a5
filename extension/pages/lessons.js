/*
 * Loads the wasm of the cards for people and lends it the browser. It is a tab of its own and about no other tab.
 * What is shown, and how, is not decided here; see src/web/pages/lessons.rs.
 */
import init, { lessons } from '../../build/pages.js';
import { api, lend } from './lend.js';

await init({ module_or_path: fetch(api.runtime.getURL('build/pages_bg.wasm')) });
lessons(lend(-1));
