/* Loads the wasm of the page of choices and lends it the browser. */
import init, { options } from '../../build/pages.js';
import { api, lend } from './lend.js';

await init({ module_or_path: fetch(api.runtime.getURL('build/pages_bg.wasm')) });
options(lend(-1));
