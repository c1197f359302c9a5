// The listener that answers the browser before a request is made, as it ships, with a browser of our own around it: what
// is answered at once, what waits, and what the resolver is asked. This resolver is made up, so that every answer can be
// had (tests/browser/disguise.rs has a real one); everything after its answer is the shipped core.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const ROOT = new URL('../../', import.meta.url);
/** What the resolver was asked. @type {string[]} */
const asked = [];
/** @type {Record<string, string>} */
const names = { 's.news.example': 'static.hotjar.com.', 'i.news.example': 'i.news.example' };
const silent = { addListener() {}, get: async () => undefined, create: async () => {}, clear: async () => {} };
const area = { get: async () => ({}), set: async () => {}, remove: async () => {} };

Object.assign(globalThis, {
  fetch: async (/** @type {string} */ url) => {
    const type = url.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
    return new Response(readFileSync(new URL(url)), { headers: { 'Content-Type': type } });
  },
  browser: {
    runtime: {
      getURL: (/** @type {string} */ path) => new URL(path.replace(/^\//, ''), ROOT).href,
      getManifest: () => ({ declarative_net_request: { rule_resources: [] } }),
      onStartup: silent,
      onInstalled: silent,
    },
    storage: { session: area, local: area },
    alarms: { ...silent, onAlarm: silent },
    webRequest: { getSecurityInfo() {} },
    declarativeNetRequest: {
      getEnabledRulesets: async () => [],
      getDynamicRules: async () => [],
      getSessionRules: async () => [],
      updateDynamicRules: async () => {},
      updateSessionRules: async () => {},
    },
    dns: {
      resolve: async (/** @type {string} */ host, /** @type {string[]} */ flags) => {
        assert.deepEqual(flags, ['canonical_name']);
        asked.push(host);
        if (!(host in names)) throw new Error('NS_ERROR_UNKNOWN_HOST');
        return { canonicalName: names[host] };
      },
    },
  },
});

const { cut, guard } = await import('../../extension/guard.js');
const PAGE = 'https://www.news.example/a/page';

/** @param {string} url @param {object} [more] */
const asking = (url, more) => guard({
  tabId: 1, frameId: 0, parentFrameId: -1, requestId: '1', type: 'script', timeStamp: Date.now(), incognito: false,
  documentUrl: PAGE, url, ...more,
});

test('the first request waits for the core, and later ones are answered at once', async () => {
  const first = asking('https://static.hotjar.com/a.js');
  assert.ok(first instanceof Promise);
  assert.deepEqual(await first, { cancel: true });
  assert.deepEqual(asking('https://static.hotjar.com/a.js'), { cancel: true });
  assert.equal(asking('https://cdn.harmless.example/a.js'), undefined);
  const page = { type: 'main_frame', documentUrl: undefined };
  assert.deepEqual(asking('https://www.news.example/?utm_source=x&id=7', page), { redirectUrl: 'https://www.news.example/?id=7' });
});

test('the name behind a host is asked for once, and then known', async () => {
  const url = 'https://s.news.example/a.js';
  const both = [asking(url), asking(url)];
  assert.ok(both.every((answer) => answer instanceof Promise));
  assert.deepEqual(await Promise.all(both), [{ cancel: true }, { cancel: true }]);
  assert.deepEqual(asking(url), { cancel: true });
  assert.equal(await asking('https://i.news.example/a.js'), undefined);
  assert.equal(asking('https://i.news.example/a.js'), undefined);
  assert.equal(await asking('https://gone.news.example/a.js'), undefined);
  assert.equal(asking('https://gone.news.example/a.js'), undefined);
  assert.deepEqual(asked, ['s.news.example', 'i.news.example', 'gone.news.example']);
});

test('nothing is asked of a host of one\'s own, of another site, or where a proxy resolves names', () => {
  asked.length = 0;
  for (const host of ['www.news.example', 'other.example']) assert.equal(asking(`https://${host}/a.js`), undefined);
  const proxies = [{ type: 'http', proxyDNS: false }, { type: 'https', proxyDNS: false }, { type: 'socks', proxyDNS: true }];
  for (const proxyInfo of proxies) assert.equal(asking('https://p.news.example/a.js', { proxyInfo }), undefined);
  assert.deepEqual(asked, []);
  assert.ok(asking('https://p.news.example/a.js', { proxyInfo: { type: 'socks', proxyDNS: false } }) instanceof Promise);
  assert.ok(asking('https://q.news.example/a.js', { proxyInfo: { type: 'direct', proxyDNS: false } }) instanceof Promise);
});

test('a link to another site tells the site it is on, and no page', () => {
  const told = (/** @type {string} */ url) => cut({
    tabId: 1, frameId: 0, parentFrameId: -1, requestId: '1', type: 'main_frame', timeStamp: Date.now(), url,
    requestHeaders: [{ name: 'Accept', value: '*/*' }, { name: 'Referer', value: PAGE }],
  })?.requestHeaders.map(({ value }) => value);
  assert.deepEqual(told('https://other.example/'), ['*/*', 'https://www.news.example/']);
  assert.equal(told('https://news.example/'), undefined);
});
