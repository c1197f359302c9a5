// The listeners that look at cookies, as they ship, with a browser of our own around them and the shipped core: there are
// none while the switch is off, and what they pass on is of pages' requests to others, in windows that are not private.
// What it does not hold: who is proposed (src/api/background/tests/learning.rs), or what browsers report (the browsers do).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const ROOT = new URL('../../', import.meta.url);
/** @type {Record<string, unknown>} */
const local = {};
/** By event, the listener that is registered and with what. @type {Map<string, {heard: (details: object) => void, options: string[]}>} */
const listening = new Map();
const silent = { addListener() {}, get: async () => undefined, create: async () => {}, clear: async () => {} };
const area = { get: async () => ({ ...local }), set: async (/** @type {object} */ more) => { Object.assign(local, more); }, remove: async (/** @type {string} */ key) => { delete local[key]; } };

/** @param {string} name */
const event = (name) => ({
  addListener: (/** @type {any} */ heard, /** @type {object} */ _, /** @type {string[]} */ options) => listening.set(name, { heard, options }),
  removeListener: (/** @type {any} */ heard) => { if (listening.get(name)?.heard === heard) listening.delete(name); },
});

/** A database that keeps nothing longer than this test. @type {Map<string, unknown>} */
const base = new Map();
const done = (/** @type {any} */ result) => {
  const asked = { result, onsuccess: () => {} };
  setTimeout(() => asked.onsuccess());
  return asked;
};
const step = () => {
  const its = { oncomplete: () => {}, objectStore: () => ({
    get: (/** @type {string} */ key) => ({ result: base.get(key) }),
    put: (/** @type {unknown} */ value, /** @type {string} */ key) => base.set(key, value),
    delete: (/** @type {string} */ key) => base.delete(key),
  }) };
  setTimeout(() => its.oncomplete());
  return its;
};

Object.assign(globalThis, {
  fetch: async (/** @type {string} */ url) => {
    const type = url.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
    return new Response(readFileSync(new URL(url)), { headers: { 'Content-Type': type } });
  },
  indexedDB: { open: () => done({ transaction: step, close() {} }) },
  browser: {
    runtime: {
      getURL: (/** @type {string} */ path) => new URL(path.replace(/^\//, ''), ROOT).href,
      getManifest: () => ({ declarative_net_request: { rule_resources: [] } }),
      onInstalled: silent,
      onStartup: silent,
    },
    alarms: { create: async () => {}, clear: async () => {}, onAlarm: silent },
    storage: { session: area, local: area },
    webRequest: {
      OnSendHeadersOptions: { EXTRA_HEADERS: 'extraHeaders' },
      onSendHeaders: event('sent'), onBeforeRedirect: event('redirect'), onResponseStarted: event('answered'),
    },
    declarativeNetRequest: {},
  },
});

const { learnFor, obeyLearning } = await import('../../extension/learn.js');
/** @type {any[]} */
const reported = [];
const UID = 'uid=9f1c2a7e-33b4-4d0e-9a51-0c7de1f2ab34';
const details = {
  tabId: 1, frameId: 0, parentFrameId: -1, requestId: '1', type: 'image', timeStamp: 1_795_363_200_000,
  url: 'https://t.watch.example/p.gif', initiator: 'https://news.example', requestHeaders: [{ name: 'Cookie', value: UID }],
};

test('while the switch is off nobody listens', async () => {
  await learnFor((observed) => reported.push(observed));
  assert.equal(listening.size, 0);
  assert.deepEqual(await obeyLearning({ order: 'tell' }), { isOn: false, parties: 0, proposals: [], left: [], trouble: '' });
  assert.equal(base.has('learned'), false);
});

test('once it is on, cookies are heard with all headers, of what is not private and no page', async () => {
  assert.equal((await obeyLearning({ order: 'begin' })).isOn, true);
  assert.deepEqual([...listening.keys()].sort(), ['answered', 'redirect', 'sent']);
  assert.deepEqual(listening.get('sent')?.options, ['requestHeaders', 'extraHeaders']);
  assert.deepEqual(listening.get('answered')?.options, ['responseHeaders', 'extraHeaders']);
  assert.deepEqual([local.learning, base.get('learned')], [true, '{"parties":{},"left":[]}']);
  const sent = listening.get('sent')?.heard ?? assert.fail();
  for (const more of [{ incognito: true }, { type: 'main_frame' }, { requestHeaders: [{ name: 'Accept', value: '*/*' }] }]) {
    sent({ ...details, ...more });
  }
  assert.deepEqual(reported, []);
  sent(details);
  const heard = { what: 'cookies', tab: 1, url: details.url, frame: details.initiator, page: details.initiator, type: 'image', at: details.timeStamp, private: undefined };
  assert.deepEqual(reported.splice(0), [{ ...heard, sent: UID }]);
  // Firefox makes one header of several, Chromium has one each.
  for (const responseHeaders of [[{ name: 'set-cookie', value: 'a=1\nb=2' }], [{ name: 'Set-Cookie', value: 'a=1' }, { name: 'Set-Cookie', value: 'b=2' }]]) {
    listening.get('answered')?.heard({ ...details, responseHeaders });
    assert.deepEqual(reported.splice(0), [{ ...heard, set: ['a=1', 'b=2'] }]);
  }
});

test('who wakes up listens if the switch is on, and to switch off forgets', async () => {
  listening.clear();
  await learnFor((observed) => reported.push(observed));
  assert.equal(listening.size, 3);
  await obeyLearning({ order: 'leave', party: 'watch.example' });
  assert.equal(base.get('learned'), '{"parties":{},"left":["watch.example"]}');
  assert.equal((await obeyLearning({ order: 'end' })).isOn, false);
  assert.deepEqual([listening.size, base.has('learned'), 'learning' in local], [0, false, false]);
});
