/*
 * Tries each protection on material that comes with the extension: what the core says to a request that nobody makes, and
 * whether the browser has what it was told. Nothing of it goes to the net.
 *
 * What is switched off is tried all the same; whoever shows it knows the switches. What this deliberately does not do:
 * judge how well a protection protects, which only real pages can tell.
 */
import { plan, referrer, verdict } from '../build/background.js';
import { cut } from './guard.js';
import { api, asks } from './memory.js';
import { ready } from './protect.js';
import { SAMPLES } from './samples.js';

/** What the core says when it must first know the name behind a host. */
const WONDER = '?';

/** @returns {Promise<Tried[]>} */
export async function tryAll() {
  await ready();
  const net = api.declarativeNetRequest;
  const now = Date.now();
  const wanted = plan(now);
  const [on, rules, scripts] = await Promise.all([
    net.getEnabledRulesets(), net.getDynamicRules(), api.scripting.getRegisteredContentScripts(),
  ]);
  const isRegistered = (/** @type {string} */ id) => scripts.some((script) => script.id === id);
  const sets = (/** @type {string} */ name) => [name, `${name}-unsafe`];
  /** Whether the browser has the rulesets of a protection, or asks us instead. @param {string} name */
  const isDeclared = (name) => asks || sets(name).some((set) => on.includes(set));
  /** @param {string} name */
  const isStopped = (name) => {
    const { url, frame, type } = SAMPLES[name];
    const said = verdict(-1, url, frame, frame, type, now);
    return isDeclared(name) && said !== undefined && said !== WONDER;
  };
  /** Whether our own rule that says so is among the browser's. @param {'requestHeaders' | 'responseHeaders'} part @param {string} header */
  const isSent = (part, header) => rules.some(({ action }) => action[part]?.some((it) => it.header.toLowerCase() === header));
  const keys = /** @type {Record<string, string>} */ ('RuleConditionKeys' in net ? net.RuleConditionKeys : {});
  const { url, frame } = SAMPLES.referrer;
  const planned = wanted.on.every((/** @type {string} */ set) => on.includes(set)) && wanted.off.every((/** @type {string} */ set) => !on.includes(set));
  return [
    { name: 'core', can: true, works: planned, tried: '' },
    ...['trackers', 'ads', 'links'].map((name) => ({ name, can: true, works: isStopped(name), tried: SAMPLES[name].url })),
    { name: 'cookies', can: true, works: on.includes('cookies'), tried: '' },
    { name: 'gpc', can: true, works: isSent('requestHeaders', 'sec-gpc') && isRegistered('gpc'), tried: '' },
    asks
      ? { name: 'referrer', can: true, works: api.webRequest.onBeforeSendHeaders.hasListener(cut) && referrer(url, frame, now) !== undefined, tried: frame }
      : { name: 'referrer', can: 'RESPONSE_HEADERS' in keys, works: isSent('responseHeaders', 'referrer-policy'), tried: '' },
    { name: 'unwrap', can: true, works: isRegistered('unwrap'), tried: '' },
    { name: 'widgets', can: true, works: isStopped('widgets') && isRegistered('widgets'), tried: SAMPLES.widgets.url },
    { name: 'names', can: 'dns' in api, works: 'dns' in api, tried: '' },
    { name: 'private', can: true, works: await api.extension.isAllowedIncognitoAccess(), tried: '' },
  ];
}
