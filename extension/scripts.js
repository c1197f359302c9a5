/*
 * The scripts that run on all pages, or on all of some platforms, registered only while their protection is on.
 *
 * What is registered outlives the background and the browser, so each call compares and tells the browser only what
 * differs; a site on which the protections rest is left out, and told of again when its rest has ended and this is called
 * once more. Pages that are open already keep what they have.
 * What it does not do: decide when it is called, or what a script does.
 */
import { UNWRAP, WIDGETS } from '../build/everywhere.js';

const api = globalThis.browser ?? chrome;

/** On which pages all of this never runs: the platforms whose feeds we read have our look there already. */
const feeds = () => api.runtime.getManifest().content_scripts?.flatMap(({ matches }) => matches ?? []) ?? [];

/** A site and all under it. @param {string} site */
const under = (site) => (site.includes('.') && !/[^a-z0-9.-]/.test(site) ? [`*://*.${site}/*`] : []);

/** The scripts that are wanted now. @param {Protection | undefined} protection */
function wanted(protection) {
  const sites = Object.entries(protection?.sites ?? {}).filter(([, choice]) => choice !== null && typeof choice === 'object');
  const rests = sites.filter(([, { off }]) => off === 'forever' || (typeof off === 'number' && off > Date.now()));
  const resting = rests.flatMap(([site]) => under(site));
  const through = sites.filter(([, { companies }]) =>
    typeof companies === 'object' && companies !== null && WIDGETS.some((name) => name in companies));
  const is = (/** @type {keyof Protection['switches']} */ name, /** @type {boolean} */ usual) => {
    const chosen = protection?.switches?.[name];
    return typeof chosen === 'boolean' ? chosen : usual;
  };
  /** @type {chrome.scripting.RegisteredContentScript[]} */
  const scripts = [];
  const common = /** @type {const} */ ({ persistAcrossSessions: true, runAt: 'document_start' });
  if (is('gpc', true)) {
    scripts.push({ ...common, id: 'gpc', js: ['extension/everywhere/gpc.js'], matches: ['<all_urls>'], excludeMatches: resting, allFrames: true, world: 'MAIN' });
  }
  if (is('unwrap', true)) {
    scripts.push({ ...common, id: 'unwrap', js: ['build/unwrap.js'], matches: UNWRAP, excludeMatches: resting, allFrames: false, world: 'ISOLATED' });
  }
  if (is('widgets', false)) {
    const excludeMatches = [...new Set([...resting, ...through.flatMap(([site]) => under(site)), ...feeds()])];
    const js = ['extension/content/look.js', 'build/widgets.js'];
    scripts.push({ ...common, id: 'widgets', js, matches: ['<all_urls>'], excludeMatches, allFrames: true, world: 'ISOLATED' });
  }
  return scripts;
}

/** A script as text, the same whichever way a browser hands it back. @param {chrome.scripting.RegisteredContentScript} script */
function written({ id, js, matches, excludeMatches, world }) {
  const sorted = (/** @type {string[] | undefined} */ list) => [...list ?? []].sort();
  return JSON.stringify([id, js?.map((file) => file.replace(/^\//, '')), sorted(matches), sorted(excludeMatches), world]);
}

let registering = Promise.resolve();

/**
 * Registers what the person's choice wants and nothing else; calls follow one another.
 * @param {unknown} stored the `protection` of the store, which may be anything; a switch that is not named is as usual
 * @returns {Promise<void>}
 */
export function registerScripts(stored) {
  registering = registering.catch(() => {}).then(async () => {
    const now = new Map((await api.scripting.getRegisteredContentScripts()).map((script) => [script.id, written(script)]));
    const next = wanted(/** @type {Protection | undefined} */ (stored));
    const changed = next.filter((script) => now.get(script.id) !== written(script));
    const kept = new Set(next.filter((script) => !changed.includes(script)).map(({ id }) => id));
    const gone = [...now.keys()].filter((id) => !kept.has(id));
    if (gone.length > 0) await api.scripting.unregisterContentScripts({ ids: gone });
    if (changed.length > 0) await api.scripting.registerContentScripts(changed);
  });
  return registering;
}
