/*
 * Loads the wasm of the cards for people and lends it the browser. It is a tab of its own and about no other tab.
 * What is shown, and how, is not decided here; see src/web/pages/lessons.rs.
 */
import { loading } from './wasm.js';
import { lessons } from '../../build/pages.js';
import { lend } from './lend.js';

await loading;
lessons(lend(-1));
