/*
 * Names the scripts that read a feed, as the manifest lists them, for hosts that no site's file names: they are
 * registered there (src/api/protection/plan/scripts.rs), and put into the page that is open when the person wants it.
 *
 * What is not among them: what runs in the page's own world, which knows the sites' hosts alone, and the port to it.
 */
const api = globalThis.browser ?? chrome;
const PORT = 'extension/content/port.js';

/** A file by its path from the extension's root; some browsers tell the manifest's as addresses. @param {string} file */
const path = (file) => file.replace(api.runtime.getURL(''), '');

/** The scripts, in their order. */
export const READER = (api.runtime.getManifest().content_scripts ?? [])
  .filter((script) => /** @type {{ world?: string }} */ (script).world !== 'MAIN')
  .flatMap(({ js }) => js?.map(path) ?? [])
  .filter((file) => file !== PORT);
