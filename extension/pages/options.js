/*
 * Loads the wasm of the page of all choices and lends it the browser. It is a tab of its own and about no other tab.
 * What is shown, and how, is not decided here; see src/web/pages/options.rs.
 */
import init, { options } from '../../build/pages.js';
import * as files from './diary.js';
import { api, lend } from './lend.js';

await init({ module_or_path: fetch(api.runtime.getURL('build/pages_bg.wasm')) });
options({ ...lend(-1), ...files });
