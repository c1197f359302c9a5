/*
 * Loads the wasm of the dashboard and lends it the browser. It is a tab of its own and about no other tab.
 * What is shown, and how, is not decided here; see src/web/pages/dashboard.rs.
 */
import init, { dashboard } from '../../build/pages.js';
import { room } from './diary.js';
import { api, lend } from './lend.js';

await init({ module_or_path: fetch(api.runtime.getURL('build/pages_bg.wasm')) });
dashboard({ ...lend(-1), room });
