// The background core as the wasm that ships, with the pack that ships: from a report of the browser to badge, popup and
// store. What it does not hold: how the lists decide (tests/trackers.rs), or what browsers report (the browsers do).
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { backgroundCore, built, complaint, damaged } from './cores.js';

const pack = built('background.pack');
const texts = built('texts.pack');
const nothing = { session: {}, local: {} };
const NEWS = 'https://news.example/';
/** As Firefox: it asks before each request. */
const asks = { rulesets: ['trackers', 'ads', 'cookies'], asks: true, topDomains: false, responseHeaders: false };
/** The afternoon of 2026-11-22, in UTC. */
const AT = 1_795_363_200_000;

async function started(saved = nothing) {
  const core = await backgroundCore();
  core.start(pack, saved);
  return core;
}

/** @param {string} id @param {string} url */
const start = (id, url) => ({
  what: 'start', tab: 1, id, url, frame: 'https://news.example/', page: 'https://news.example/', type: 'script', at: AT,
});

/** A page that asks for a tracker, which the browser stops, for a harmless stranger, and for its own. */
const visit = {
  zone: 0,
  events: [
    { what: 'page', tab: 1, id: '1', url: 'https://news.example/', at: AT },
    start('2', 'https://www.google-analytics.com/analytics.js'),
    { what: 'failed', tab: 1, id: '2', url: 'https://www.google-analytics.com/analytics.js', error: 'net::ERR_BLOCKED_BY_CLIENT', at: AT },
    start('3', 'https://fonts.gstatic.com/a.js'),
    { what: 'done', tab: 1, id: '3', url: 'https://fonts.gstatic.com/a.js', at: AT },
    start('4', 'https://news.example/own.js'),
  ],
};

/** Companies with their counts, in a line each. @param {any} report */
const told = (report) => report.companies.map((/** @type {any} */ { name, counts }) =>
  `${name} ${counts.requests}/${counts.stopped}/${counts.others}/${counts.through}`);

test('a stopped tracker is counted, named and shown', async () => {
  const core = await started();
  const changes = core.saw(visit);
  assert.deepEqual(changes.badges, [{ tab: 1, text: '1' }]);
  assert.deepEqual(Object.keys(changes.session), ['tab:1']);
  // There is no store for the diary here, and nothing is noted over what may be in one.
  assert.equal(changes.diary, false);
  const report = core.tab(1, NEWS, AT);
  assert.deepEqual([report.site, report.notSeen], ['news.example', false]);
  assert.deepEqual(told(report), ['Google 2/1/0/1']);
  const host = report.companies[0].hosts.find((/** @type {any} */ it) => it.host === 'www.google-analytics.com');
  assert.equal(host.rule.title, 'EasyPrivacy');
  assert.ok(host.rule.line > 0);
});

test('the lists that are off stop nothing', async () => {
  const core = await started();
  // EasyList's, and nobody else's.
  const url = 'https://googleads.g.doubleclick.net/pagead/ads?x';
  core.saw({ zone: 0, events: [visit.events[0], start('2', url), { what: 'done', tab: 1, id: '2', url, at: AT }] });
  assert.deepEqual(told(core.tab(1, NEWS, AT)), ['Google 1/0/0/1']);
});

test('a browser that asks is answered by what was chosen', async () => {
  const core = await started({ ...nothing, abilities: asks });
  const tracker = 'https://static.hotjar.com/a.js';
  const ad = 'https://googleads.g.doubleclick.net/pagead/ads?x';
  const verdict = (/** @type {string} */ url, page = NEWS, kind = 'script') => core.verdict(1, url, page, page, kind, AT);
  assert.deepEqual([verdict(tracker), verdict(ad), verdict('https://fonts.gstatic.com/a.js')], ['!', undefined, undefined]);
  assert.equal(core.verdict(1, 'https://news.example/?utm_source=a&id=7', '', 'https://news.example/', 'main_frame', AT), 'https://news.example/?id=7');
  core.protect({ switches: { trackers: false, ads: true, links: false } });
  assert.deepEqual([verdict(tracker), verdict(ad)], [undefined, '!']);
  assert.equal(core.verdict(1, 'https://news.example/?utm_source=a', '', 'https://news.example/', 'main_frame', AT), undefined);
  core.protect({ sites: { 'news.example': { off: AT + 1 } } });
  assert.deepEqual([verdict(tracker), verdict(tracker, 'https://other.example/')], [undefined, '!']);
  core.protect(null);
  assert.equal(verdict(tracker), '!');
  // What pages call has a stand-in, unless its address could be read.
  const called = 'https://www.google-analytics.com/analytics.js';
  assert.match(verdict(called), /^\/extension\/stand-ins\//);
  assert.equal(verdict(called, NEWS, 'xmlhttprequest'), '!');
});

test('a name behind a name is asked for once', async () => {
  const core = await started({ ...nothing, abilities: asks });
  const ask = (/** @type {string} */ host) => core.verdict(1, `https://${host}/p.js`, NEWS, NEWS, 'script', AT);
  assert.equal(ask('m.news.example'), '?');
  core.named('m.news.example', 'news.example.data.adobedc.net', AT, false);
  core.named('i.news.example', 'i.news.example', AT, false);
  core.named('s.news.example', 'static.hotjar.com.', AT, false);
  assert.deepEqual([ask('s.news.example'), ask('i.news.example'), ask('news.example')], ['!', undefined, undefined]);
  const { session } = core.saw(visit);
  const after = await started({ session: JSON.parse(JSON.stringify(session)), local: {}, abilities: asks });
  assert.equal(after.verdict(1, 'https://s.news.example/p.js', NEWS, NEWS, 'script', AT), '!');
});

test('the plan says what the browser is to do', async () => {
  const core = await started({ ...nothing, abilities: { ...asks, asks: false, topDomains: true } });
  const before = core.plan(AT);
  assert.deepEqual([before.on, before.off, before.next], [['trackers', 'cookies'], ['ads'], null]);
  core.protect({ sites: { 'news.example': { off: AT + 5, companies: { Google: [] } } } });
  const plan = core.plan(AT);
  assert.ok(plan.next === AT + 5 && plan.mark !== before.mark);
  const rule = plan.dynamic.find((/** @type {any} */ { priority }) => priority === 50);
  assert.ok(rule.condition.requestDomains.includes('google-analytics.com'), JSON.stringify(rule));
  core.saw(visit);
  const changes = core.through(1, NEWS, ['Contentsquare']);
  assert.ok(changes.plan && changes.session['through:1']);
  assert.deepEqual(core.tab(1, NEWS, AT).through, [{ name: 'Google', tab: false }, { name: 'Contentsquare', tab: true }]);
  assert.equal(core.plan(AT).session[0].condition.tabIds[0], 1);
});

test('a rule is told in its own words', async () => {
  const core = await started();
  core.saw(visit);
  const host = core.tab(1, NEWS, AT).companies[0].hosts.find((/** @type {any} */ it) => it.rule);
  assert.match(core.rule(texts, host.rule.list, host.rule.line), /google-analytics/);
  assert.equal(core.rule(texts, 'nobody', 1), undefined);
  assert.match(complaint(() => core.rule(pack, 'easyprivacy', 1)), /no section/);
});

test('the same reports once more change nothing', async () => {
  const core = await started();
  core.saw(visit);
  const before = core.tab(1, NEWS, AT);
  const changes = core.saw(visit);
  assert.deepEqual(core.tab(1, NEWS, AT), before);
  assert.deepEqual(changes.badges, [{ tab: 1, text: '1' }]);
  // The same of the diary, which has no store here, is held in src/api/background/tests.rs.
  assert.deepEqual(told(core.tab(1, NEWS, AT)), ['Google 2/1/0/1']);
});

test('who wakes up with what was stored knows what it knew', async () => {
  const before = await started();
  const { session } = before.saw(visit);
  const stored = JSON.parse(JSON.stringify({ session, local: {} }));
  const after = await started(stored);
  assert.deepEqual(after.tab(1, NEWS, AT), before.tab(1, NEWS, AT));
  const spoiled = await started({ session: { 'tab:1': 7, 'tab:x': {} }, local: { diary: 'spoiled' } });
  assert.equal(spoiled.tab(1, NEWS, AT).notSeen, true);
});

test('a tab that was not watched is not shown as one without trackers', async () => {
  const core = await started();
  assert.equal(core.tab(1, NEWS, AT).notSeen, true);
  assert.deepEqual([core.tab(1, 'about:blank', AT).notSeen, core.tab(1, 'about:blank', AT).site], [false, '']);
});

test('a damaged pack is an error with words, and a good one starts after it', async () => {
  const core = await backgroundCore();
  assert.match(complaint(() => core.saw(visit)), /before it was started/);
  assert.match(complaint(() => core.start(damaged(pack, pack.length - 1), nothing)), /damaged/);
  assert.match(complaint(() => core.start(pack.slice(0, 5000), nothing)), /\w/);
  assert.match(complaint(() => core.start(built('page.pack'), nothing)), /no section/);
  core.start(pack, nothing);
  assert.deepEqual(core.saw(visit).badges, [{ tab: 1, text: '1' }]);
});

test('nonsense is an error, and the core counts on after it', async () => {
  const core = await started();
  core.saw(visit);
  const event = (/** @type {object} */ more) => ({ zone: 0, events: [more] });
  for (const batch of [undefined, null, 7, {}, { zone: 0 }, { zone: 'x', events: [] }, event({ what: 'dance' }), event({ what: 'start', tab: 1 })]) {
    assert.match(complaint(() => core.saw(batch)), /\w/, JSON.stringify(batch));
  }
  assert.deepEqual(told(core.tab(1, NEWS, AT)), ['Google 2/1/0/1']);
  const strange = { ...start('9', 'https://'), at: Number.NaN };
  core.saw({ zone: 1e9, events: [strange, { ...start('8', 'data:,'), page: 'x' }] });
  assert.deepEqual(told(core.tab(1, NEWS, AT)), ['Google 2/1/0/1']);
});
