// The reader in the page's world, played in Node: whose answers it passes on, by host, path and the name of what is asked,
// and how much of them it reads.
// What it does not hold: how it behaves in a real page (the browsers do).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const text = ['answers', 'wire'].map((name) => readFileSync(new URL(`../../extension/content/${name}.js`, import.meta.url), 'utf8')).join('');

/**
 * What the reader passes on when the page asks for these addresses.
 * @param {object[]} rules @param {string[]} asked @param {() => Response} [answer]
 */
async function passed(rules, asked, answer = () => new Response('body')) {
  const sites = JSON.stringify({ 'bird.example': { rules, largest: 1000 } });
  /** @type {{ port?: MessagePort }} */
  const taken = {};
  const page = { fetch: async (/** @type {string} */ address) => (address.endsWith('/end') ? new Response('body') : answer()) };
  const around = {
    window: page,
    location: { hostname: 'bird.example', origin: 'https://bird.example', href: 'https://bird.example/' },
    XMLHttpRequest: class { open() {} send() {} get responseType() { return ''; } get responseText() { return ''; } get response() { return ''; } },
    ProgressEvent: class { get loaded() { return 0; } },
    document: new EventTarget(),
    addEventListener() {},
    removeEventListener() {},
    MessageEvent: class { /** @param {string} _ @param {{ ports: MessagePort[] }} init */ constructor(_, init) { taken.port = init.ports[0]; } },
    dispatchEvent: () => false,
  };
  const native = Function.prototype.toString;
  try {
    new Function(...Object.keys(around), text.replace('__SITES__', sites))(...Object.values(around));
  } finally {
    Object.defineProperty(Function.prototype, 'toString', { value: native, writable: true, configurable: true });
  }
  /** @type {string[][]} */
  const heard = [];
  const { port } = taken;
  assert.ok(port, 'the reader offers a port');
  const last = new Promise((resolve) => {
    port.onmessage = ({ data }) => (data[0] === '/end' ? resolve(undefined) : heard.push([data[0], data[1]]));
  });
  for (const address of [...asked, 'https://bird.example/end']) await page.fetch(/** @type {any} */ (address));
  await last;
  port.close();
  return heard;
}

const end = { paths: ['/end'], hosts: [], names: [] };
const feed = { paths: ['/xrpc/feed'], hosts: ['*.host.bird.example', 'api.bird.example'], names: [] };

test('answers of other hosts are passed on only if a rule names the host, and only over TLS', async () => {
  assert.deepEqual(await passed([feed, end], [
    'https://api.bird.example/xrpc/feed',
    'https://oak.us.host.bird.example/xrpc/feed',
    'https://api.bird.example/xrpc/messages',
    'https://bird.example/xrpc/feed',
    'https://host.bird.example/xrpc/feed',
    'https://nothost.bird.example/xrpc/feed',
    'https://api.bird.example.evil.example/xrpc/feed',
    'https://evil.example/https://api.bird.example/xrpc/feed',
    'http://api.bird.example/xrpc/feed',
    'https://api.bird.example:8443/xrpc/feed',
  ]), [['/xrpc/feed', ''], ['/xrpc/feed', '']]);
});

test('without hosts only the page\'s own are passed on', async () => {
  assert.deepEqual(await passed([{ ...feed, hosts: [] }, end], ['/xrpc/feed', 'https://api.bird.example/xrpc/feed']), [['/xrpc/feed', '']]);
});

test('a name is found in a query also where it is escaped, and whatever has another is left to the next rule', async () => {
  const named = { ...feed, names: ['whats-hot'] };
  assert.deepEqual(await passed([named, feed, end], [
    'https://api.bird.example/xrpc/feed?feed=at%3A%2F%2Fdid%3Aplc%3Az%2Ffeed%2Fwhats-hot&limit=30',
    'https://api.bird.example/xrpc/feed?feed=at%3A%2F%2Fdid%3Aplc%3Az%2Ffeed%2Fwhats-hotter',
    'https://api.bird.example/xrpc/feed?feed=%E0%A4%A',
  ]), [['/xrpc/feed', 'whats-hot'], ['/xrpc/feed', ''], ['/xrpc/feed', '']]);
});

/** An answer that never ends, and how many parts of it were asked for. @param {Record<string, string>} headers */
function endless(headers) {
  const asked = { parts: 0 };
  const stream = new ReadableStream({
    async pull(into) {
      asked.parts += 1;
      // The page's own turn comes in between, as it does when parts come over a net.
      await new Promise((resolve) => setTimeout(resolve));
      into.enqueue(new Uint8Array(100).fill(120));
    },
  });
  return { asked, response: new Response(stream, { headers }) };
}

test('an answer without an end is let go when it is too large, and one that says its size is not copied at all', async () => {
  for (const [headers, most] of /** @type {[Record<string, string>, number][]} */ ([[{}, 14], [{ 'content-length': '1001' }, 1]])) {
    const { asked, response } = endless(headers);
    assert.deepEqual(await passed([feed, end], ['https://api.bird.example/xrpc/feed'], () => response), []);
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.ok(asked.parts <= most, `${asked.parts} parts of 100 bytes were asked for`);
    // The page reads on, whatever was let go.
    const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    for (let part = 0; part < 40; part += 1) assert.equal((await reader.read()).value?.length, 100);
    await reader.cancel();
  }
});
