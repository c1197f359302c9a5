/*
 * Loads the wasm of the welcome and lends it the browser. It is a tab of its own and about no other tab.
 * What is shown, and how, is not decided here; see src/web/pages/welcome.rs.
 */
import { loading } from './wasm.js';
import { welcome } from '../../build/pages.js';
import { lend } from './lend.js';

await loading;
welcome(lend(-1));
