// What it is: measures the page core that ships: `node --expose-gc benches/items.js INPUTS`, where INPUTS is the folder that
// `cargo xtask bench items` fills with questions and the answers to them. Prints JSON, times in microseconds an item.
// Why answers come along: a fast core that is wrong is worth nothing, so every one is compared before anything is timed.
// What it does not do: judge, or compare with others; the task does.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { built, pageCore } from '../tests/glue/cores.js';

const { host, languages, asked, bare, items } = JSON.parse(readFileSync(`${process.argv[2]}/items.json`, 'utf8'));
const WARM = 10;
const ROUNDS = 10;

const core = pageCore();
core.open(built('page.pack'), host, '');
for (const language of languages) core.add(built(`phrases-${language}.pack`));

/** The core's numbers are of 32 bits: here they have more digits than in its JSON. @param {any} value @returns {any} */
const rounded = (value) => JSON.parse(JSON.stringify(value), (_, it) => (typeof it === 'number' ? Math.fround(it) : it));

for (const [question, answer] of asked) assert.deepEqual(rounded(core.ask(question)), rounded(answer));

const questions = asked.map((/** @type {any} */ it) => it[0]);

/** The processor's time of all questions, in microseconds an item. @param {any[]} questions */
function mean(questions) {
  for (let i = 0; i < WARM; i += 1) for (const question of questions) core.ask(question);
  globalThis.gc?.();
  const before = process.cpuUsage();
  for (let i = 0; i < ROUNDS; i += 1) for (const question of questions) core.ask(question);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / ROUNDS / items;
}

const all = mean(questions);
const each = [];
for (const question of questions) {
  const from = process.hrtime.bigint();
  core.ask(question);
  each.push(Number(process.hrtime.bigint() - from) / 1000 / question.items.length);
}
each.sort((a, b) => a - b);
console.log(JSON.stringify({ mean: all, median: each[each.length >> 1], bare: mean(bare) }));
