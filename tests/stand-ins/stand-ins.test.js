// What pages ask of a stand-in, as its documentation says they may: each is loaded in a fresh context without a network,
// and the documented calls are played. Files without calls (pictures, sounds, empty texts) only have to be what they say.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../extension/stand-ins');

/** A page's world with what `before` puts there, after the stand-in ran; whatever would reach the net throws. */
function page(name, before = '', address = 'https://tracker.example/x.js') {
  const asked = () => { throw new Error(`${name} reached for the net`); };
  const world = createContext({
    setTimeout, URL, Promise, console,
    fetch: asked, XMLHttpRequest: asked, Image: asked, WebSocket: asked,
    navigator: { sendBeacon: asked }, location: { assign: asked },
    document: { currentScript: { src: address }, createElement: asked },
  });
  runInContext('globalThis.window = globalThis;', world);
  runInContext(before, world);
  runInContext(readFileSync(join(folder, name), 'utf8'), world, { filename: name });
  return (code) => runInContext(code, world);
}

/** Runs code that calls `done` in the page, and waits until it did; what it was called with comes back. */
async function calls(run, code) {
  return run(`new Promise((resolve) => { const done = (...values) => resolve(values); ${code} })`);
}

test('analytics.js: queued and later calls, callbacks, trackers', async () => {
  const snippet = 'ga = function () { (ga.q = ga.q || []).push(arguments) }; got = []; ga(() => got.push("ready")); ga("create", "UA-1", "auto");';
  const run = page('google-analytics_analytics.js', snippet);
  await calls(run, 'ga("send", "event", "a", "b", { hitCallback: done });');
  await calls(run, 'ga("send", { hitType: "event", hitCallback: done });');
  await calls(run, 'ga(done);');
  assert.equal(run('got[0]'), 'ready');
  assert.equal(run('ga.create("UA-2", "auto", "second"); ga.getByName("second") !== null && ga.getByName("none") === null'), true);
  await calls(run, 'ga.getAll()[0].send("pageview", { hitCallback: done });');
});

test('analytics.js: a page may call it by another name', async () => {
  const run = page('google-analytics_analytics.js', 'GoogleAnalyticsObject = "stats";');
  await calls(run, 'stats("send", "pageview", { hitCallback: done });');
  assert.equal(run('typeof ga'), 'undefined');
});

test('ga.js: both ways to call it', () => {
  const run = page('google-analytics_ga.js', '_gaq = [["_setAccount", "UA-1"], () => { ran = true; }];');
  assert.equal(run('ran'), true);
  assert.equal(run('_gat._getTracker("UA-1")._getLinkerUrl("https://a.example/")'), 'https://a.example/');
  run('_gaq.push(["_trackEvent", "a", "b"]); _gat._getTrackerByName()._trackPageview("/a");');
});

test('content experiments: the original', () => {
  assert.equal(page('google-analytics_cx_api.js')('cxApi.chooseVariation()'), 0);
});

test('the tag manager: events that waited and events that come, gtag and dataLayer', async () => {
  const snippet = 'dataLayer = []; function gtag() { dataLayer.push(arguments); } waited = 0; gtag("js", 1); dataLayer.push({ event: "a", eventCallback: () => { waited += 1; } });';
  const run = page('googletagmanager_gtm.js', snippet);
  await calls(run, 'dataLayer.push({ event: "b", eventCallback: done });');
  await calls(run, 'gtag("event", "purchase", { event_callback: done });');
  const [value] = await calls(run, 'gtag("get", "G-1", "client_id", done);');
  assert.equal(value, undefined);
  assert.equal(run('waited'), 1);
  assert.equal(run('dataLayer.length'), 5);
});

test('the tag manager: a layer of another name', async () => {
  const run = page('googletagmanager_gtm.js', '', 'https://www.googletagmanager.com/gtm.js?id=GTM-1&l=own');
  await calls(run, 'own.push({ event: "a", eventCallback: done });');
});

test('the publisher tag: the queue, slots, targeting, and slots that stay empty', async () => {
  const run = page('googletagservices_gpt.js', 'googletag = { cmd: [() => { ran = true; }, () => { throw 1; }] }; setTimeout = () => 0;');
  assert.equal(run('ran'), true);
  const again = page('googletagservices_gpt.js');
  const [event] = await calls(again, `googletag.cmd.push(() => {
    const slot = googletag.defineSlot('/1/a', [300, 250], 'place').addService(googletag.pubads()).setTargeting('k', 'v');
    googletag.pubads().addEventListener('slotRenderEnded', done).enableSingleRequest();
    googletag.enableServices();
    googletag.display('place');
  });`);
  assert.equal(event.isEmpty, true);
  assert.equal(event.slot.getSlotElementId(), 'place');
  assert.equal(again('googletag.pubads().getSlots()[0].getTargeting("k")[0]'), 'v');
  assert.equal(again('googletag.sizeMapping().addSize([0, 0], []).build().length'), 1);
  assert.equal(again('googletag.destroySlots() && googletag.pubads().getSlots().length'), 0);
});

test('Comscore, Chartbeat and Outbrain take their calls', () => {
  page('scorecardresearch_beacon.js', '_comscore = [{ c1: 2 }];')('COMSCORE.beacon({ c1: 2 }); COMSCORE.purge(); _comscore.push({});');
  page('chartbeat.js', '_cbq = [];')('pSUPERFLY.virtualPage("/a"); _cbq.push(["_acct", "anon"]);');
  page('outbrain-widget.js')('OBR.extern.researchWidget(); OBR.extern.video.getVideoRecs();');
});

test('fingerprints are the same for everybody', async () => {
  const old = page('fingerprint2.js');
  assert.equal((await calls(old, 'new Fingerprint2().get(done);'))[0].length, 32);
  assert.deepEqual([...(await calls(old, 'Fingerprint2.get({}, done);'))[0]], []);
  const run = page('fingerprint3.js');
  const [result] = await calls(run, 'FingerprintJS.load().then((one) => one.get()).then(done);');
  assert.match(result.visitorId, /^0+$/);
});

test('pixels: the snippets of the platforms, before and after', () => {
  const fbq = 'fbq = function () { fbq.callMethod ? fbq.callMethod.apply(fbq, arguments) : fbq.queue.push(arguments) }; fbq.queue = []; _fbq = fbq; fbq("init", "1");';
  assert.equal(page('fbevents.js', fbq)('fbq("track", "PageView"); fbq.queue.length'), 0);
  page('fbevents.js')('fbq("track", "PageView");');
  const twq = 'twq = function () { twq.exe ? twq.exe.apply(twq, arguments) : twq.queue.push(arguments) }; twq.queue = []; twq("config", "o1");';
  assert.equal(page('twitter_uwt.js', twq)('twq("event", "tw-1"); twq.queue.length'), 0);
  page('twitter_uwt.js')('twttr.conversion.trackPid("1");');
});

test('Adobe keeps a page’s own variables and tracks nothing', () => {
  const run = page('adobe_launch.js');
  assert.equal(run('_satellite.setVar("a", 1); _satellite.setVar({ b: 2 }); _satellite.track("x"); _satellite.pageBottom(); _satellite.getVar("b")'), 2);
});

test('Amplitude: promises of the new library, callbacks of the old', async () => {
  const run = page('amplitude.js');
  await calls(run, 'amplitude.getInstance().init("key", "user", {}, done);');
  await calls(run, 'amplitude.getInstance().logEvent("a", {}, done);');
  const [answer] = await calls(run, 'amplitude.track("a").promise.then(done);');
  assert.equal(answer.code, 200);
  run('amplitude.identify(new amplitude.Identify().set("a", 1).add("b", 2));');
});

test('Amazon’s bids: none, at once, also for who waited', async () => {
  const snippet = 'waited = []; apstag = { init() { apstag._Q.push(["i", arguments]) }, fetchBids() { apstag._Q.push(["f", arguments]) }, _Q: [] }; apstag.fetchBids({}, (bids) => waited.push(bids.length));';
  const run = page('amazon_apstag.js', snippet);
  const [bids] = await calls(run, 'apstag.fetchBids({ slots: [] }, done);');
  assert.deepEqual([...bids, run('waited[0]')], [0]);
});

test('every script stands alone, asks nothing of the net and leaves no name of ours', () => {
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
  assert.ok(scripts.length > 10);
  for (const name of scripts) {
    const text = readFileSync(join(folder, name), 'utf8');
    assert.match(text, /^\/\/ Stands in for /, name);
    assert.doesNotMatch(text, /plainsight|chrome\.|browser\.runtime|new Image|createElement|sendBeacon|fetch\(/i, name);
    if (name !== 'noop.js') assert.match(text, /\n\/\/# sourceURL=native\n$/, name);
    page(name);
  }
});

test('what is not a script is what it says', () => {
  const bytes = (name) => readFileSync(join(folder, name));
  assert.equal(bytes('1x1.gif').subarray(0, 6).toString(), 'GIF89a');
  assert.equal(bytes('noop-0.1s.mp3').readUInt16BE(0), 0xfffb);
  assert.equal(bytes('noop.txt').length, 0);
  assert.doesNotMatch(bytes('noop.html').toString(), /<script/);
});
