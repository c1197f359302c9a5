/*
 * Loads the wasm of the page on which each protection is tried, and lends it the browser and one trial that only a page can
 * make: the page core, as it reads feeds, is given a post that comes with the extension.
 * What is shown, and how, is not decided here; see src/web/pages/selftest.rs.
 */
import { loading } from './wasm.js';
import { selftest } from '../../build/pages.js';
import { OFFERS } from '../../build/offers.js';
import { api, lend } from './lend.js';

/** A post that begs, and the kind that is to be noticed in it. */
const POST = 'Tag a friend who needs to see this!';
const KIND = 'tag-bait';
/** A host that no site's file names, and the site of no platform, as which such a host can be read. */
const HOST = 'selftest.example';
const SITE = OFFERS.find(({ name }) => name === null)?.site ?? '';

/** Loads a script of the extension that is no module. @param {string} name */
function classic(name) {
  return new Promise((done, fail) => {
    const script = document.createElement('script');
    Object.assign(script, { src: api.runtime.getURL(name), onload: done, onerror: fail });
    document.head.append(script);
  });
}

/** @param {string} base64 */
const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** The page core in the form that this browser's package holds, opened. */
async function openCore() {
  await classic('build/page.js');
  if (api.runtime.getURL('').startsWith('moz-extension:')) {
    await classic('build/page-inline.js');
    plainsightCore.initSync({ module: bytesOf(PLAINSIGHT_WASM) });
    return plainsightCore.open(bytesOf(PLAINSIGHT_PACK), HOST, SITE);
  }
  const pack = await fetch(api.runtime.getURL('build/page.pack'));
  await plainsightCore({ module_or_path: fetch(api.runtime.getURL('build/page_bg.wasm')) });
  return plainsightCore.open(new Uint8Array(await pack.arrayBuffer()), HOST, SITE);
}

/** Whether the core notices what is in the post. */
async function readsFeeds() {
  await openCore();
  const opened = plainsightCore.ask({ ask: 'open', path: '/', settings: null });
  const layout = opened.reply === 'open' ? opened.feed?.layouts[0] : undefined;
  if (!layout) return false;
  const item = { dom: layout.number, fields: { id: [/** @type {[number, string]} */ ([0, '1'])], text: [/** @type {[number, string]} */ ([0, POST])] } };
  const answer = plainsightCore.ask({ ask: 'judge', path: '/', items: [item], me: null, settings: null });
  return answer.reply === 'judge' && answer.judged.some(({ verdict }) => verdict.because.some(({ kind }) => kind === KIND));
}

await loading;
selftest({
  ...lend(-1),
  readsFeeds: () => readsFeeds().catch((error) => {
    console.error('Plainsight could not read its own post:', error);
    return false;
  }),
});
