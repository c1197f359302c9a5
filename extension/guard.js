/*
 * Answers the browser that asks before each request: it is made, not made, or something else is asked for.
 *
 * An answer is given at once where the core is awake, else as soon as it is. If it does not come up the request is made:
 * in doubt the page works, and the popup says that nobody watched. Behind a page's own hosts another company may stand
 * under a borrowed name; the resolver is asked for it once a host, after everything else, and never where a proxy
 * resolves names, because the question itself would then tell the network what the proxy hides.
 * What is to become of a request is not decided here; see src/api/background/guard.rs.
 */
import { named, referrer, verdict } from '../build/background.js';
import { PASS, askShield } from './shield.js';
import { api, isAwake } from './memory.js';
import { ready } from './protect.js';
import { frameOf, topOf } from './reports.js';

/** A request waits no longer than this (ms) for the core, which starts in a fraction of it. */
const PATIENCE = 5000;
/** What the core says instead of an address. */
const ASK_AGAIN = '?';
const STOP = '!';

/** Hosts whose names are being asked for. @type {Map<string, Promise<void>>} */
const asked = new Map();

/** @param {Details} details @returns {Answer | Promise<Answer>} */
export function guard(details) {
  return isAwake() ? answer(details) : up().then(() => answer(details), pass);
}

/** Cuts the referrer of a link that is followed to another site. The request itself has woken the core before.
 * @param {Details} details */
export function cut({ url, timeStamp, requestHeaders }) {
  const header = requestHeaders?.find(({ name }) => name.toLowerCase() === 'referer');
  if (!header?.value || !isAwake()) return undefined;
  const shorter = referrer(url, header.value, timeStamp);
  if (shorter === undefined) return undefined;
  header.value = shorter;
  return { requestHeaders };
}

/** @returns {Promise<unknown>} */
function up() {
  const tooLate = new Promise((_, reject) => {
    setTimeout(() => reject(new Error('the core did not start in time')), PATIENCE);
  });
  return Promise.race([ready(), tooLate]);
}

/** @param {unknown} error @returns {Answer} */
function pass(error) {
  console.error('Plainsight let a request pass unseen:', error);
  return undefined;
}

/** @param {Details} details @returns {Answer | Promise<Answer>} */
function answer(details) {
  try {
    const said = ask(details);
    if (said !== ASK_AGAIN) return act(said);
    if (isHiddenByProxy(details)) return undefined;
    return lookBehind(details).then(() => act(ask(details))).catch(pass);
  } catch (error) {
    return pass(error);
  }
}

/** @param {Details} details */
function ask(details) {
  const { tabId, url, type, timeStamp } = details;
  const frame = frameOf(details);
  const top = topOf(details);
  // Most requests are made by the page at the top and pass at a glance. All else is looked into: whether protections rest
  // here, who is let through, what is asked for instead.
  if (top === frame && askShield(url, frame, type) === PASS) return undefined;
  return verdict(tabId, url, frame, top ?? '', type, timeStamp);
}

/** @param {string | undefined} said @returns {Answer} */
function act(said) {
  if (said === undefined || said === ASK_AGAIN) return undefined;
  if (said === STOP) return { cancel: true };
  return { redirectUrl: said.startsWith('/') ? api.runtime.getURL(said) : said };
}

/** @param {Details} details */
function lookBehind({ url, incognito, timeStamp }) {
  const host = new URL(url).hostname;
  const before = asked.get(host);
  if (before) return before;
  // A host that cannot be resolved has nobody behind it.
  const asking = dns().resolve(host, ['canonical_name']).catch(() => ({ canonicalName: '' })).then(({ canonicalName }) => {
    asked.delete(host);
    named(host, canonicalName ?? '', timeStamp, incognito ?? true);
  });
  asked.set(host, asking);
  return asking;
}

/** Only the browser that asks has it. @returns {Dns} */
const dns = () => /** @type {any} */ (api).dns;

/** A proxy of HTTP resolves names itself; one of SOCKS says whether it does. @param {Details} details */
function isHiddenByProxy({ proxyInfo }) {
  if (!proxyInfo || proxyInfo.type === 'direct') return false;
  return !proxyInfo.type.startsWith('socks') || proxyInfo.proxyDNS;
}
