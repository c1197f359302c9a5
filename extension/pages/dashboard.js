/*
 * Loads the wasm of the dashboard and lends it the browser. It is a tab of its own and about no other tab.
 * What is shown, and how, is not decided here; see src/web/pages/dashboard.rs.
 */
import { loading } from './wasm.js';
import { dashboard } from '../../build/pages.js';
import { room } from './diary.js';
import { lend } from './lend.js';

await loading;
dashboard({ ...lend(-1), room });
