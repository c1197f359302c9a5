// How the interface's language writes: numbers, days, shares, lists, counted things, and which way. Node has the `Intl` of a
// browser, with all languages. What it does not hold: that the pages use it, which the browsers' tests see.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

import { TONGUES, languageOf, nameOf, speech, wordsOf } from '../../extension/pages/language.js';

const LOCALES = new URL('../../_locales/', import.meta.url);
const FORM = /_(zero|one|two|few|many|other)$/;

/** A language that has these messages. @param {string} language @param {Record<string, string>} messages */
const speaking = (language, messages) => speech(language, (key, values) => {
  const message = messages[key] ?? '';
  return values.reduce((text, value, i) => text.replace(`$${i + 1}`, value), message);
});

test('a number takes the form that its language has for it, and any other the one for all others', () => {
  const sl = speaking('sl', { n_one: '$1 stran', n_two: '$1 strani', n_few: '$1 strani!', n_other: '$1 $2' });
  assert.deepEqual([1, 2, 3, 5, 101, 102].map((n) => sl.counted('n', n, ['x'])), ['1 stran', '2 strani', '3 strani!', '5 x', '101 stran', '102 strani']);
  const ja = speaking('ja', { n_one: 'never', n_other: '$1個' });
  assert.deepEqual([0, 1, 12000].map((n) => ja.counted('n', n, [])), ['0個', '1個', '12,000個']);
  // A form that has no message of its own.
  assert.equal(speaking('hr', { n_other: 'o$1' }).counted('n', 3, []), 'o3');
});

test('numbers, shares, days and lists are written as in the language', () => {
  const [en, de] = [speaking('en-GB', {}), speaking('de', {})];
  assert.deepEqual([en.number(12345), de.number(12345)], ['12,345', '12.345']);
  assert.deepEqual([en.share(0.42), de.share(0.42)], ['42%', '42\u00a0%']);
  // 2026-11-22, whatever the clock's zone.
  assert.deepEqual(['whole', 'short', 'month'].map((form) => en.day(20_779, form)), ['22 November 2026', '22 Nov', 'Nov 2026']);
  assert.equal(de.list(['a', 'b', 'c']), 'a, b und c');
});

test('how long and how much is said in the units of the language', () => {
  const [en, de] = [speaking('en', {}), speaking('de', {})];
  assert.deepEqual([en.lasting(30), en.lasting(365), en.lasting(1095), de.lasting(90)], ['30 days', '1 year', '3 years', '90 Tage']);
  assert.deepEqual([en.size(0), en.size(999), en.size(1234), de.size(5_678_901)], ['0 byte', '999 byte', '1.2 kB', '5,7 MB']);
});

test('the direction follows from the script', () => {
  const written = (tag) => speaking(tag, {}).direction;
  assert.deepEqual(['ar', 'he', 'fa-IR', 'ur', 'pa-PK', 'ckb'].map(written), Array(6).fill('rtl'));
  assert.deepEqual(['en', 'ja', 'hi', 'pa', 'sl', 'az'].map(written), Array(6).fill('ltr'));
});

test('the region is the browser’s where the words are of its language, and else the words decide', () => {
  assert.equal(languageOf('en', 'en-GB'), 'en-GB');
  assert.equal(languageOf('pt-BR', 'pt_PT'), 'pt-PT');
  assert.equal(languageOf('en', 'fi'), 'en');
  assert.equal(languageOf('en', 'no language!'), 'en');
  assert.equal(languageOf('', 'fi'), 'en');
});

test('every language has the forms that another would otherwise lend it', () => {
  // A browser takes what a language lacks from English: its `one` would stand among the words of all others.
  for (const folder of readdirSync(LOCALES)) {
    const messages = JSON.parse(readFileSync(new URL(`${folder}/messages.json`, LOCALES), 'utf8'));
    assert.equal(messages.interfaceLanguage?.message, folder.replaceAll('_', '-'), `${folder} names itself`);
    const has = new Intl.PluralRules(messages.interfaceLanguage.message).resolvedOptions().pluralCategories;
    const names = new Set(Object.keys(messages).filter((key) => FORM.test(key)).map((key) => key.replace(FORM, '')));
    for (const name of names) {
      assert.ok(messages[`${name}_other`], `${folder} has no ${name}_other`);
      if (has.includes('one')) assert.ok(messages[`${name}_one`], `${folder} has no ${name}_one`);
    }
  }
});

test('every language of the interface can be chosen, by its own name', () => {
  assert.deepEqual(TONGUES, readdirSync(LOCALES).sort());
  assert.deepEqual(['ar', 'de', 'ja', 'sl'].map(nameOf), ['العربية', 'Deutsch', '日本語', 'slovenščina']);
});

test('messages are read as browsers read them', () => {
  const messages = {
    a: { message: '$TO$ of $From$: $$5, 3$', placeholders: { from: { content: '$1' }, to: { content: '$2' } } },
    b: { message: 'b' },
    // As a package has it.
    d: { message: '$2 of $1: $3!' },
  };
  const words = wordsOf(messages, (key) => `other ${key}`);
  assert.deepEqual([words('a', ['x', '$TO$']), words('b'), words('c')], ['$TO$ of x: $5, 3$', 'b', 'other c']);
  assert.equal(words('d', ['x', '$1']), '$1 of x: !');
});
