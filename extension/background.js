/*
 * The background, as Chromium's service worker and Firefox's event page from one file: it watches requests, passes the
 * reports to the core as they came, shows what the core says, and answers our own pages.
 *
 * Browsers stop it after half a minute, so every listener is registered at once when the file is read (an event then
 * wakes it), and reports wait until the core is there. No top-level await and no import() here: Chromium's service
 * workers know neither. What a report means is not decided here; see src/api/background.rs.
 */
import { choose_diary, protect, read_also, read_settings, reveal, rule, saw, site, tab, tallied, through } from '../build/background.js';
import { readAlso } from './also.js';
import { mayLead } from './fronts.js';
import { obeyDiary } from './diary.js';
import { cut, guard } from './guard.js';
import { learnFor, obeyLearning } from './learn.js';
import { api, asks, awake, current, diary, keep, ours, today } from './memory.js';
import { marked, openedOf } from './opened.js';
import { addList, fetchLists, forgetList, keepRules, ownReport } from './own.js';
import { apply, ready, troubles } from './protect.js';
import { frameOf, topOf } from './reports.js';
import { toldOf } from './told.js';
import { tryAll } from './trials.js';
import { checkLists, keepUpdated, updatesReport, useShipped } from './updates.js';
import './welcome.js';

/** Reports are passed on together, at most so often (ms): a page makes hundreds of requests in its first second. */
const GATHER = 100;
/** What our own pages order: about lists, learning, the diary, and what else is read. */
const ORDERS = ['also-read', 'diary', 'own', 'keep-rules', 'add-list', 'forget-list', 'fetch-lists', 'updates', 'keep-updated', 'check-lists', 'use-shipped', 'learning'];
/** More reports than this are not kept while the core cannot start. */
const WAITING = 20000;

/** @type {Observed[]} */
let waiting = [];
/** One batch after the other. */
let passing = Promise.resolve();
let gathering = false;
/** Whether a tab is in a private window; unknown tabs are asked for before their reports are passed on.
 * @type {Map<number, boolean>} */
const privacy = new Map();

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
    await ready();
    await diary();
    const events = waiting;
    waiting = [];
    if (events.length === 0) return;
    await learnPrivacy(events);
    for (const event of events) {
      // A worker's request has no tab; Firefox says of it whether it is private.
      if (event.what === 'page' || ((event.what === 'start' || event.what === 'cookies') && event.tab >= 0)) {
        event.private = privacy.get(event.tab) ?? true;
      }
      if (event.what === 'closed') privacy.delete(event.tab);
    }
    show(saw({ zone: -new Date().getTimezoneOffset(), events }));
  }).catch((error) => console.error('Plainsight could not take in what it saw:', error));
  return passing;
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

/** Shows and stores what changed, and tells the browser if it has to know. @param {Changes} changes */
function show(changes) {
  for (const { tab: tabId, text } of changes.badges) {
    // A tab may be closed meanwhile, which is no error of ours.
    api.action.setBadgeText({ tabId, text }).catch(() => {});
  }
  keep(changes);
  return changes.plan ? apply() : Promise.resolve();
}

const everywhere = { urls: ['<all_urls>'] };

/** What every report of a request says. @param {Pick<Details, 'tabId' | 'requestId' | 'url' | 'timeStamp'>} details */
const common = ({ tabId: tab, requestId: id, url, timeStamp: at }) => ({ tab, id, url, at });

/** @param {Details} details */
function reportStart(details) {
  if (details.type === 'main_frame') return;
  const { type, incognito } = details;
  report({ what: 'start', ...common(details), frame: frameOf(details), page: topOf(details), type, private: incognito });
}

api.webRequest.onBeforeRequest.addListener((/** @type {Details} */ details) => {
  const answer = asks ? guard(details) : undefined;
  // Reported once the answer is known: the name behind a host, which may have to be asked for, belongs to the report.
  if (answer instanceof Promise) answer.then(() => reportStart(details));
  else reportStart(details);
  return /** @type {any} */ (answer);
}, everywhere, asks ? ['blocking'] : []);

if (asks) {
  // All else that a page's policy could tell too much by, this browser keeps to itself.
  const links = { ...everywhere, types: /** @type {any} */ (['main_frame']) };
  api.webRequest.onBeforeSendHeaders.addListener(cut, links, ['blocking', 'requestHeaders']);
}

api.webRequest.onBeforeRedirect.addListener((details) => {
  if (details.type === 'main_frame') return;
  report({ what: 'redirect', ...common(details), to: details.redirectUrl });
}, everywhere);

// The answer's head, not its end: whoever begins to answer was reached, even if the browser then refuses what came, as
// Firefox does with a script of a wrong type before it tells of anything else.
api.webRequest.onHeadersReceived.addListener((details) => {
  if (details.type === 'main_frame') return undefined;
  report({ what: 'done', ...common(details) });
  return undefined;
}, everywhere);

api.webRequest.onErrorOccurred.addListener((details) => {
  if (details.type === 'main_frame') return;
  report({ what: 'failed', ...common(details), error: details.error });
}, everywhere);

// A page has arrived when its answer begins, not when it is asked for: a navigation that comes to nothing leaves the
// old page where it is, and so do answers without content and pages that the browser only prepares.
api.webRequest.onResponseStarted.addListener((details) => {
  if (details.tabId < 0 || [204, 205].includes(details.statusCode)) return;
  if (details.documentLifecycle === 'prerender') return;
  report({ what: 'page', ...common(details) });
}, { urls: ['<all_urls>'], types: ['main_frame'] });

learnFor(report).catch((error) => console.error('Plainsight could not read whether it is to learn:', error));

api.tabs.onRemoved.addListener((tabId) => report({ what: 'closed', tab: tabId, at: Date.now() }));

api.storage.onChanged.addListener((changes, area) => {
  if (area !== 'local' || !(changes.protection || changes.also || changes.settings || changes.diary)) return;
  awake().then(() => {
    if (changes.protection) protect(changes.protection.newValue ?? null);
    if (changes.also) read_also(changes.also.newValue ?? null);
    if (changes.diary) choose_diary(changes.diary.newValue ?? null);
    if (changes.settings) read_settings(changes.settings.newValue ?? null);
    return apply();
  }).catch((error) => console.error('Plainsight could not take in what was chosen:', error));
});

api.runtime.onMessage.addListener((message, sender, respond) => {
  if (sender.id !== api.runtime.id) return false;
  // What the person visited is nobody's business: a content script may have something shown in its own tab, and only our
  // own pages may ask anything else.
  const isOurPage = Boolean(sender.url?.startsWith(ours));
  const known = isOurPage ? ['tab', 'site', 'state', 'rule', 'through', 'try'] : sender.tab ? ['reveal', 'lead', 'pack', 'card', 'tally', 'told', 'opened', 'choices'] : [];
  const isOrder = isOurPage && ORDERS.includes(message?.ask);
  if (!isOrder && !known.includes(message?.ask)) return false;
  (isOrder ? obey(message) : answer(message, sender)).then(respond, (error) => {
    console.error('Plainsight could not answer:', error);
    respond(null);
  });
  return true;
});

/** @param {Question} question @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<TabReport | SiteReport | StateReport | ToldWords | OpenedWords | Tried[] | Uint8Array | string | boolean | null>} */
async function answer(question, sender) {
  // These are answered without the core: whether there is one, two for which a page waits, and what is only opened or tried.
  if (question.ask === 'state') return state();
  if (question.ask === 'lead') return mayLead(sender.tab?.id ?? -1, sender.url ?? '', Date.now());
  if (question.ask === 'pack') return packOf(question.name);
  if (question.ask === 'card') return openAt('lessons', question.name);
  if (question.ask === 'try') return tryAll();
  if (question.ask === 'choices') return openAt('options', question.part);
  await ready();
  if (question.ask === 'rule') return rule(await current('texts'), question.list, question.line) ?? null;
  await pass();
  if (question.ask === 'site') return site(question.host);
  if (question.ask === 'tally') {
    if (sender.tab?.incognito === false) await show(tallied(sender.tab.url ?? '', await marked(question), today()));
    return true;
  }
  // Nothing of the diary is shown beside a private window.
  if (question.ask === 'told') return sender.tab?.incognito === false ? toldOf(sender.url ?? '', question.leads) : null;
  if (question.ask === 'opened') return sender.tab?.incognito === false ? openedOf(question) : null;
  if (question.ask === 'reveal') {
    await show(reveal(sender.tab?.id ?? -1, sender.tab?.url ?? '', question.hosts));
    return true;
  }
  // A tab that is gone, or never was (-1), shows no page.
  const shown = question.tab < 0 ? undefined : await api.tabs.get(question.tab).catch(() => undefined);
  if (question.ask === 'through') {
    await show(through(question.tab, shown?.url ?? '', question.companies));
    return true;
  }
  return { ...tab(question.tab, shown?.url ?? '', Date.now()), trouble: troubles() };
}

/** Opens a page of ours at a part of it, in a tab beside; which parts there are, the page knows.
 * @param {'lessons' | 'options'} page @param {string} name */
async function openAt(page, name) {
  if (!/^[a-z-]{1,40}$/.test(name)) return null;
  await api.tabs.create({ url: `${ours}extension/pages/${page}.html#${name}` });
  return true;
}

/** A pack that a page core wants, for a content script that can fetch nothing of ours. @param {string} name */
async function packOf(name) {
  if (!/^(phrases-[a-z]{2}|topics)$/.test(name)) throw new Error('no page core wants this');
  const response = await fetch(api.runtime.getURL(`build/${name}.pack`));
  return new Uint8Array(await response.arrayBuffer());
}

/** Carries out an order about lists, about learning, about the diary, or about a host that is read besides.
 * @param {ListOrder | LearningOrder | AlsoOrder | DiaryOrder} order
 * @returns {Promise<OwnReport | UpdatesReport | LearningReport | DiaryReport | boolean>} */
function obey(order) {
  switch (order.ask) {
    case 'also-read': return readAlso(order);
    case 'diary': return ready().then(pass).then(diary).then(() => obeyDiary(order));
    case 'keep-rules': return keepRules(order.text);
    case 'add-list': return addList(order.url);
    case 'forget-list': return forgetList(order.id);
    case 'fetch-lists': return fetchLists();
    case 'learning': return ready().then(pass).then(() => obeyLearning(order));
    case 'updates': return updatesReport();
    case 'keep-updated': return keepUpdated(order.on);
    case 'check-lists': return checkLists();
    case 'use-shipped': return useShipped();
    default: return ownReport();
  }
}

/** What holds once everything that was chosen until now has been told to the browser. @returns {Promise<StateReport>} */
async function state() {
  try {
    await ready();
    const { protection, also, settings } = await api.storage.local.get(['protection', 'also', 'settings']);
    protect(protection ?? null);
    read_also(also ?? null);
    read_settings(settings ?? null);
    await apply();
    return { asks, trouble: troubles() };
  } catch (error) {
    return { asks, trouble: String(error instanceof Error ? error.message : error) };
  }
}
