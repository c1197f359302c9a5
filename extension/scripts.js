/*
 * Registers the scripts that run on pages for the protections, and takes back those that are not wanted any more.
 *
 * What is registered outlives the background and the browser, so each call compares and tells the browser only what
 * differs. Pages that are open already keep what they have. Which scripts are wanted is not decided here; see
 * src/api/protection/plan/scripts.rs.
 */
const api = globalThis.browser ?? chrome;

/** A script as text, the same whichever way a browser hands it back. @param {chrome.scripting.RegisteredContentScript} script */
function written({ id, js, matches, excludeMatches, world }) {
  const sorted = (/** @type {string[] | undefined} */ list) => [...list ?? []].sort();
  return JSON.stringify([id, js?.map((file) => file.replace(/^\//, '')), sorted(matches), sorted(excludeMatches), world]);
}

let registering = Promise.resolve();

/**
 * Registers these scripts and nothing else; calls follow one another.
 * @param {chrome.scripting.RegisteredContentScript[]} wanted
 * @returns {Promise<void>}
 */
export function registerScripts(wanted) {
  registering = registering.catch(() => {}).then(async () => {
    const now = new Map((await api.scripting.getRegisteredContentScripts()).map((script) => [script.id, written(script)]));
    const changed = wanted.filter((script) => now.get(script.id) !== written(script));
    const kept = new Set(wanted.filter((script) => !changed.includes(script)).map(({ id }) => id));
    const gone = [...now.keys()].filter((id) => !kept.has(id));
    if (gone.length > 0) await api.scripting.unregisterContentScripts({ ids: gone });
    if (changed.length > 0) await api.scripting.registerContentScripts(changed);
  });
  return registering;
}
