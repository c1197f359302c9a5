// Counts of opened posts that a file brings: those of another key stay out, and the person's own key stays. What it does not
// hold: that the rest of the file is taken in (tests/browser/diary.rs).
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { withoutUnlike } from '../../extension/pages/unlike.js';

const file = (/** @type {string | undefined} */ opened) => JSON.stringify({
  file: 'plainsight diary', form: 1, choices: { diary: { keep: 30, opened } },
  sheets: { d20779: { 'x.com': { pages: 1, feeds: { x: { followed: 1, opened: { ab: 2 } } } }, 'a.example': { pages: 2 } } },
});

test('what another key made stays out, and nothing else', () => {
  const { text, unlike } = withoutUnlike(file('theirs'), 'mine');
  assert.equal(unlike, true);
  assert.deepEqual(JSON.parse(text), {
    file: 'plainsight diary', form: 1, choices: { diary: { keep: 30 } },
    sheets: { d20779: { 'x.com': { pages: 1, feeds: { x: { followed: 1 } } }, 'a.example': { pages: 2 } } },
  });
  // A key that is none would take the person's own away all the same.
  assert.equal(withoutUnlike(file(''), 'mine').unlike, true);
});

test('what can be read here, and what is no diary, is left as it is', () => {
  for (const [text, mine] of [[file('mine'), 'mine'], [file('theirs'), undefined], [file(undefined), 'mine'], ['"opened"', 'mine'], ['{"opened"', 'mine'], ['{}', 'mine']]) {
    assert.deepEqual(withoutUnlike(String(text), mine), { text, unlike: false });
  }
});
