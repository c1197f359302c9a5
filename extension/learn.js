/*
 * Looks at the cookies of requests while the person wants to learn whom no list knows, and carries out what they say of
 * whom they are told.
 *
 * The listeners are registered while the switch is on and at no other time; after the background has died they are
 * registered as soon as the switch is read, which the first requests of a page that wakes it may not wait for. What is
 * looked at is what was really sent and what really came: after everybody's rules have taken headers away. Values of
 * cookies go into the core and nowhere else. Who is proposed is not decided here; see src/api/background/learning.rs.
 */
import { learning } from '../build/background.js';
import { api, awake, keepLearned, wantsToLearn } from './memory.js';
import { addRule } from './own.js';
import { frameOf, topOf } from './reports.js';

const everywhere = { urls: ['<all_urls>'] };

/** Where reports go. @type {(observed: Observed) => void} */
let report = () => {};

/** Reads the switch, and listens if it is on. @param {(observed: Observed) => void} take where reports go */
export async function learnFor(take) {
  report = take;
  if (await wantsToLearn()) listen();
}

/** Carries out an order, and tells how things are then. @param {LearningOrder} ordered @returns {Promise<LearningReport>} */
export async function obeyLearning({ order, party = '' }) {
  await awake();
  if (order === 'block') return block(party);
  if (order === 'begin') await api.storage.local.set({ learning: true });
  if (order === 'end') deafen();
  const told = learning({ order, party });
  if (order !== 'tell') await keepLearned();
  if (order === 'begin') listen();
  if (order === 'end') await api.storage.local.remove('learning');
  return { ...told, trouble: '' };
}

/** Makes a proposed party's rule one of the person's own. @param {string} party @returns {Promise<LearningReport>} */
async function block(party) {
  const { proposals } = /** @type {LearningReport} */ (learning({ order: 'tell' }));
  const proposed = proposals.find((it) => it.party === party);
  const { trouble } = proposed ? await addRule(proposed.rule) : { trouble: '' };
  if (trouble !== '') return { ...learning({ order: 'tell' }), trouble };
  return obeyLearning({ order: 'blocked', party });
}

function listen() {
  api.webRequest.onSendHeaders.addListener(sent, everywhere, options('requestHeaders'));
  api.webRequest.onBeforeRedirect.addListener(answered, everywhere, options('responseHeaders'));
  api.webRequest.onResponseStarted.addListener(answered, everywhere, options('responseHeaders'));
}

function deafen() {
  api.webRequest.onSendHeaders.removeListener(sent);
  api.webRequest.onBeforeRedirect.removeListener(answered);
  api.webRequest.onResponseStarted.removeListener(answered);
}

/** Chromium keeps cookies to itself unless one says "extraHeaders"; Firefox does not know the word. @param {string} headers
 * @returns {any} */
function options(headers) {
  return 'EXTRA_HEADERS' in (api.webRequest.OnSendHeadersOptions ?? {}) ? [headers, 'extraHeaders'] : [headers];
}

/** @param {Details} details */
function sent(details) {
  const cookies = details.requestHeaders?.find(({ name }) => name.toLowerCase() === 'cookie')?.value;
  if (cookies) tell(details, { sent: cookies });
}

/** @param {Details} details */
function answered(details) {
  const headers = details.responseHeaders?.filter(({ name }) => name.toLowerCase() === 'set-cookie') ?? [];
  // Firefox makes one header of several.
  const set = headers.flatMap(({ value }) => value?.split('\n') ?? []);
  if (set.length > 0) tell(details, { set });
}

/** A page that is asked for is nobody's third party, and private windows are nobody's business.
 * @param {Details} details @param {{sent: string} | {set: string[]}} cookies */
function tell(details, cookies) {
  if (details.type === 'main_frame' || details.incognito) return;
  const { tabId: tab, url, type, timeStamp: at } = details;
  report({ what: 'cookies', tab, url, frame: frameOf(details), page: topOf(details), type, at, private: details.incognito, ...cookies });
}
