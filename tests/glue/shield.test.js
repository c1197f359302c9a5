// The shield's door as a listener uses it, with the wasm and the pack that ship: an address in, a number out.
// What it does not hold: how the lists decide (tests/trackers.rs), or how fast (`cargo xtask bench trackers`).
import assert from 'node:assert/strict';
import { test } from 'node:test';

import init, { shield_lists, start } from '../../build/background.js';
import { PASS, STOP, UNKNOWN, askShield, openShield } from '../../extension/shield.js';
import { built } from './cores.js';

const TRACKER = 'https://www.google-analytics.com/analytics.js';
const NEWS = 'https://news.example/';
const { memory } = await init({ module_or_path: /** @type {any} */ (built('background_bg.wasm')) });
openShield(memory);

test('before the core was started nothing is known, and everything passes', () => {
  assert.equal(askShield(TRACKER, NEWS, '', 'script'), UNKNOWN);
});

test('a request is judged by the lists that are on', () => {
  start(built('background.pack'), { session: {}, local: {} });
  assert.equal(askShield(TRACKER, NEWS, '', 'script'), STOP);
  assert.equal(askShield('https://news.example/own.js', NEWS, '', 'script'), PASS);
  // The frame, the page and the type are told only when they change; each of them must count at once.
  assert.equal(askShield(TRACKER, NEWS, '', 'main_frame'), PASS);
  assert.equal(askShield(TRACKER, NEWS, 'news.example', 'script'), STOP);
  shield_lists([]);
  assert.equal(askShield(TRACKER, NEWS, '', 'script'), PASS);
  shield_lists(['easyprivacy']);
  assert.equal(askShield(TRACKER, NEWS, '', 'script'), STOP);
});

test('long addresses and letters of any script change nothing', () => {
  for (const more of ['?q=é', `?q=${'ж'.repeat(30_000)}`, `?${'x'.repeat(200_000)}`, '?\ud800', '']) {
    assert.equal(askShield(TRACKER + more, NEWS, '', 'script'), STOP, more.slice(0, 9));
    assert.equal(askShield(`https://news.example/${more}`, NEWS, '', 'script'), PASS, more.slice(0, 9));
  }
});
