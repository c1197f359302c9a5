/*
 * The background, as Chromium's service worker and Firefox's event page from one file: it watches requests (never
 * changes one), passes the reports to the core in the order in which they came, and stores what the core says.
 *
 * Browsers stop it after half a minute, so every listener is registered at once when the file is read (an event then
 * wakes it), the core is loaded at the first report, reports wait until it is there, and what was stored is read
 * before anything is answered. No top-level await and no import() here: Chromium's service workers know neither.
 * What a report means is not decided here; see src/api/background.rs.
 */
import init, { saw, site, start, tab } from '../build/background.js';

/** The data of the core, made by the build. */
const PACK = 'build/background.pack';
/** Reports are passed on together, at most so often (ms): a page makes hundreds of requests in its first second. */
const GATHER = 100;
/** What changed is stored at most so often (ms): with GATHER, within a second of the report. */
const STORE = 850;
/** So many days of the diary are loaded; the rest stays stored. */
const DAYS = 31;
/** More reports than this are not kept while the core cannot start. */
const WAITING = 20000;

const api = globalThis.browser ?? chrome;
const ours = api.runtime.getURL('');

/** @type {Observed[]} */
let waiting = [];
/** @type {Promise<void> | undefined} */
let waking;
/** One batch after the other. */
let passing = Promise.resolve();
let gathering = false;
/** Whether a tab is in a private window; unknown tabs are asked for before their reports are passed on.
 * @type {Map<number, boolean>} */
const privacy = new Map();
/** What is to be stored. @type {{session: Record<string, unknown>, local: Record<string, unknown>, gone: Set<string>}} */
let unsaved = { session: {}, local: {}, gone: new Set() };
let storing = false;

/** @param {Observed} observed */
function report(observed) {
  if (waiting.length >= WAITING) waiting.shift();
  waiting.push(observed);
  if (gathering) return;
  gathering = true;
  setTimeout(() => {
    gathering = false;
    pass();
  }, GATHER);
}

/** Passes all waiting reports to the core, after those that are on their way. */
function pass() {
  passing = passing.then(async () => {
    await awake();
    const events = waiting;
    waiting = [];
    if (events.length === 0) return;
    await learnPrivacy(events);
    for (const event of events) {
      if (event.what === 'page' || event.what === 'start') event.private = privacy.get(event.tab) ?? true;
      if (event.what === 'closed') privacy.delete(event.tab);
    }
    show(saw({ zone: -new Date().getTimezoneOffset(), events }));
  }).catch((error) => console.error('Plainsight could not take in what it saw:', error));
  return passing;
}

/** The core, loaded and fed with what was stored; tried again at the next report if it failed. */
function awake() {
  waking ??= wake().catch((error) => {
    waking = undefined;
    throw error;
  });
  return waking;
}

async function wake() {
  const today = Math.floor((Date.now() - new Date().getTimezoneOffset() * 60_000) / 86_400_000);
  const days = Array.from({ length: DAYS }, (_, back) => `day:${today - back}`);
  const [pack, session, local] = await Promise.all([
    fetch(api.runtime.getURL(PACK)).then((answer) => answer.arrayBuffer()),
    api.storage.session.get(null),
    api.storage.local.get(days),
    init({ module_or_path: fetch(api.runtime.getURL('build/background_bg.wasm')) }),
  ]);
  start(new Uint8Array(pack), { session, local });
}

/** A tab that is gone before we could ask counts as private: in doubt nothing is written down.
 * @param {Observed[]} events */
async function learnPrivacy(events) {
  const unknown = new Set(events.map((event) => event.tab).filter((id) => id >= 0 && !privacy.has(id)));
  await Promise.all(Array.from(unknown, async (id) => {
    const known = await api.tabs.get(id).catch(() => undefined);
    if (known) privacy.set(id, known.incognito);
  }));
}

/** Shows and stores what changed. @param {Changes} changes */
function show(changes) {
  for (const { tab: tabId, text } of changes.badges) {
    // A tab may be closed meanwhile, which is no error of ours.
    api.action.setBadgeText({ tabId, text }).catch(() => {});
  }
  for (const key of changes.gone) {
    delete unsaved.session[key];
    unsaved.gone.add(key);
  }
  Object.assign(unsaved.session, changes.session);
  Object.assign(unsaved.local, changes.local);
  if (storing) return;
  storing = true;
  setTimeout(() => {
    storing = false;
    store();
  }, STORE);
}

async function store() {
  const { session, local, gone } = unsaved;
  unsaved = { session: {}, local: {}, gone: new Set() };
  try {
    if (Object.keys(session).length > 0) await api.storage.session.set(session);
    if (gone.size > 0) await api.storage.session.remove([...gone]);
    if (Object.keys(local).length > 0) await api.storage.local.set(local);
  } catch (error) {
    // Storage is full or going away: what could not be stored is tried again with the next change.
    unsaved = {
      session: { ...session, ...unsaved.session },
      local: { ...local, ...unsaved.local },
      gone: new Set([...gone, ...unsaved.gone]),
    };
    console.error('Plainsight could not store what it counted:', error);
  }
}

/** The frame that asks: Chromium names its origin, Firefox its document.
 * @param {chrome.webRequest.OnBeforeRequestDetails & {documentUrl?: string}} details */
function frameOf(details) {
  return details.documentUrl ?? details.initiator ?? '';
}

/** The page at the top, known only when it is the frame that asks. A frame's own request is asked for by its parent.
 * @param {chrome.webRequest.OnBeforeRequestDetails} details */
function pageOf(details) {
  const top = details.frameId === 0 || (details.type === 'sub_frame' && details.parentFrameId === 0);
  return top ? frameOf(details) : undefined;
}

const everywhere = { urls: ['<all_urls>'] };

api.webRequest.onBeforeRequest.addListener((details) => {
  if (details.tabId < 0 || details.type === 'main_frame') return undefined;
  const { tabId: tab, requestId: id, url, type, timeStamp: at } = details;
  report({ what: 'start', tab, id, url, frame: frameOf(details), page: pageOf(details), type, at });
  return undefined;
}, everywhere);

api.webRequest.onBeforeRedirect.addListener((details) => {
  if (details.tabId < 0 || details.type === 'main_frame') return;
  report({ what: 'redirect', tab: details.tabId, id: details.requestId, url: details.url, to: details.redirectUrl });
}, everywhere);

// The answer's head, not its end: whoever begins to answer was reached, even if the browser then refuses what came, as
// Firefox does with a script of a wrong type before it tells of anything else.
api.webRequest.onHeadersReceived.addListener((details) => {
  if (details.tabId < 0 || details.type === 'main_frame') return undefined;
  report({ what: 'done', tab: details.tabId, id: details.requestId, url: details.url });
  return undefined;
}, everywhere);

api.webRequest.onErrorOccurred.addListener((details) => {
  if (details.tabId < 0 || details.type === 'main_frame') return;
  report({ what: 'failed', tab: details.tabId, id: details.requestId, url: details.url, error: details.error });
}, everywhere);

// A page has arrived when its answer begins, not when it is asked for: a navigation that comes to nothing leaves the
// old page where it is, and so do answers without content and pages that the browser only prepares.
api.webRequest.onResponseStarted.addListener((details) => {
  if (details.tabId < 0 || [204, 205].includes(details.statusCode)) return;
  if (details.documentLifecycle === 'prerender') return;
  report({ what: 'page', tab: details.tabId, id: details.requestId, url: details.url });
}, { urls: ['<all_urls>'], types: ['main_frame'] });

api.tabs.onRemoved.addListener((tabId) => report({ what: 'closed', tab: tabId }));

api.runtime.onMessage.addListener((message, sender, respond) => {
  // Only our own pages may ask, never a content script: what the person visited is nobody's business.
  if (sender.id !== api.runtime.id || !sender.url?.startsWith(ours)) return false;
  if (message?.ask !== 'tab' && message?.ask !== 'site') return false;
  answer(message).then(respond, (error) => {
    console.error('Plainsight could not answer:', error);
    respond(null);
  });
  return true;
});

/** @param {Question} question @returns {Promise<TabReport | SiteReport>} */
async function answer(question) {
  await awake();
  await pass();
  if (question.ask === 'site') return site(question.host);
  // A tab that is gone, or never was (-1), shows no page.
  const shown = question.tab < 0 ? undefined : await api.tabs.get(question.tab).catch(() => undefined);
  return tab(question.tab, shown?.url ?? '');
}
