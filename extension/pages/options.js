/*
 * Loads the wasm of the page of all choices and lends it the browser. It is a tab of its own and about no other tab.
 * What is shown, and how, is not decided here; see src/web/pages/options.rs.
 */
import { loading } from './wasm.js';
import { options } from '../../build/pages.js';
import * as files from './diary.js';
import { api, lend } from './lend.js';

/** The parts to which an address may lead: the choice of each group, and what the person wishes or has counted besides. */
const PARTS = ['sponsored', 'partnership', 'suggested', 'activity', 'shelf', 'ai', 'bait', 'headline', 'pressure', 'promotional', 'heated', 'wishes', 'topics', 'opened'];
/** Where in the page one is. */
const hash = () => PARTS.includes(location.hash.slice(1)) ? location.hash : '';

/** What tells topics. */
const topics = async () => (await fetch(api.runtime.getURL('build/topics.pack'))).arrayBuffer();

await loading;
options({ ...lend(-1), ...files, topics, hash });
