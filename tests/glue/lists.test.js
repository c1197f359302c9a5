// Lists made anew as the wasm that ships does it, from the packs that ship: what newer texts come to, and whether what
// changes is about the very rules that the browser has. What it does not hold: that browsers take it; real ones are asked.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { backgroundCore, built, complaint } from './cores.js';

const pack = built('background.pack');
const texts = built('texts.pack');
const core = await backgroundCore();
const homes = core.list_homes(pack);
const { address } = homes.find((/** @type {any} */ { id }) => id === 'easyprivacy');
const shipped = readFileSync(new URL('../../build/lists/easyprivacy.txt', import.meta.url), 'utf8');
/** @param {string} name */
const rulesOf = (name) => JSON.parse(new TextDecoder().decode(built(`rules/${name}.json`)));

test('every home is told once for each of its lists, over https', () => {
  assert.deepEqual(homes.map((/** @type {any} */ { id }) => id), ['easyprivacy', 'ublock-privacy', 'easylist', 'ublock-parameters']);
  for (const home of homes) {
    assert.match(home.address, /^https:/);
    assert.ok(home.version && home.title, JSON.stringify(home));
  }
});

test('the shipped text changes nothing', () => {
  const made = core.make_lists(pack, texts, [{ address, text: shipped }], [], true);
  assert.deepEqual([made.changes, made.refused], [[], []]);
});

test('what changes is about the rules that the browser has, and makes of them those of the newer text', () => {
  const lines = shipped.split('\n');
  const text = lines.filter((_, i) => i < 20 || i % 4 !== 0).join('\n');
  const { changes: [change], used, refused } = core.make_lists(pack, texts, [{ address, text }], [], true);
  assert.deepEqual([change.set, used.length, refused], ['trackers', 1, []]);
  for (const [file, ids] of Object.entries(change.disable)) {
    const has = new Set(rulesOf(file).map((/** @type {any} */ { id }) => id));
    assert.ok(ids.length > 0 && ids.every((/** @type {number} */ id) => has.has(id)), file);
  }
  const numbers = change.add.map((/** @type {any} */ { id }) => id);
  assert.equal(new Set(numbers).size, numbers.length);
  assert.ok(numbers.every((/** @type {number} */ id) => id >= 2 ** 29 && id < 2 ** 30));
});

test('a browser that has no rules of lists is told nothing', () => {
  const made = core.make_lists(pack, texts, [{ address, text: `${shipped}||new.example^\n` }], [], false);
  assert.deepEqual([made.changes, made.used.length], [[], 1]);
});

test('what is no list is refused with the reason, and what is no patch too', () => {
  const made = core.make_lists(pack, texts, [{ address, text: '<!doctype html>' }, { address: 'https://x.example/', text: shipped }], [], true);
  assert.match(made.refused[0].reason, /not a list/);
  assert.match(made.refused[1].reason, /no shipped list/);
  assert.deepEqual([made.changes, made.used], [[], []]);
  assert.match(complaint(() => core.patch_list(shipped, '<!doctype html>', 'easyprivacy')), /no patch/);
  assert.match(complaint(() => core.list_homes(texts)), /no section/);
});
