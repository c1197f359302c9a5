// The shield's door as a listener uses it, with the wasm and the pack that ship: an address in, a number out.
// What it does not hold: how the lists decide (tests/trackers.rs), or how fast (`cargo xtask bench trackers`).
import assert from 'node:assert/strict';
import { test } from 'node:test';

import init, { protect, start } from '../../build/background.js';
import { CHANGE, PASS, STOP, askShield, openShield } from '../../extension/shield.js';
import { built } from './cores.js';

const TRACKER = 'https://sb.scorecardresearch.com/p?c1=2';
const ANALYTICS = 'https://www.google-analytics.com/analytics.js';
const NEWS = 'https://news.example/';
const { memory } = await init({ module_or_path: /** @type {any} */ (built('background_bg.wasm')) });
openShield(memory);

test('before the core was started nothing passes for known', () => {
  assert.ok(![PASS, STOP, CHANGE].includes(askShield(TRACKER, NEWS, 'image')));
});

test('a request is judged by the lists that are on', () => {
  const abilities = { rulesets: [], asks: true, topDomains: false, responseHeaders: false };
  start(built('background.pack'), { session: {}, local: {}, abilities });
  assert.equal(askShield(TRACKER, NEWS, 'image'), STOP);
  assert.equal(askShield(ANALYTICS, NEWS, 'script'), CHANGE);
  assert.equal(askShield('https://news.example/own.js', NEWS, 'script'), PASS);
  // The frame and the type are told only when they change; each of them must count at once.
  assert.equal(askShield(TRACKER, TRACKER, 'main_frame'), PASS);
  assert.equal(askShield(TRACKER, NEWS, 'image'), STOP);
  protect({ switches: { trackers: false } });
  assert.equal(askShield(TRACKER, NEWS, 'image'), PASS);
  protect(null);
  assert.equal(askShield(TRACKER, NEWS, 'image'), STOP);
});

test('who may be somebody else in disguise does not pass at a glance', () => {
  assert.ok(![PASS, STOP, CHANGE].includes(askShield('https://metrics.news.example/own.js', NEWS, 'script')));
});

test('long addresses and letters of any script change nothing', () => {
  for (const more of ['&q=é', `&q=${'ж'.repeat(30_000)}`, `&${'x'.repeat(200_000)}`, '&\ud800', '']) {
    assert.equal(askShield(TRACKER + more, NEWS, 'image'), STOP, more.slice(0, 9));
    assert.equal(askShield(`https://news.example/${more}`, NEWS, 'image'), PASS, more.slice(0, 9));
  }
});
