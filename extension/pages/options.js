/*
 * Loads the wasm of the page of all choices and lends it the browser. It is a tab of its own and about no other tab.
 * What is shown, and how, is not decided here; see src/web/pages/options.rs.
 */
import { loading } from './wasm.js';
import { options } from '../../build/pages.js';
import * as files from './diary.js';
import { api, lend } from './lend.js';

/** What tells topics. */
const topics = async () => (await fetch(api.runtime.getURL('build/topics.pack'))).arrayBuffer();

await loading;
options({ ...lend(-1), ...files, topics });
