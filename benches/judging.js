// What it is: measures the page core that ships, in a page of a real browser: asks the questions of `/items.json`, and tells
// what an item costs on the mean, in microseconds by the page's clock, with its words and without.
// Why answers come along: a fast core that is wrong is worth nothing, so every one is compared before anything is timed.
// What it does not do: judge, or compare with others; the task does.
//
// The page has loaded the core's glue before it, and has nothing in its body until this tells the costs there, or what went
// wrong.

const WARM = 10;
const ROUNDS = 10;

/** A file beside the page. @param {string} name */
const file = async (name) => new Uint8Array(await (await fetch(`/${name}`)).arrayBuffer());

/** In one order of names, and numbers of 32 bits: here they have more digits than in the core's JSON. @param {any} value */
const plain = (value) => JSON.stringify(value, (_, it) => {
  if (typeof it === 'number') return Math.fround(it);
  if (it === null || typeof it !== 'object' || Array.isArray(it)) return it;
  return Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)));
});

/** The clock's time of all questions, an item, when they were asked before. @param {any[]} questions @param {number} items */
function mean(questions, items) {
  for (let i = 0; i < WARM; i += 1) for (const question of questions) plainsightCore.ask(question);
  const before = performance.now();
  for (let i = 0; i < ROUNDS; i += 1) for (const question of questions) plainsightCore.ask(question);
  return (performance.now() - before) * 1000 / ROUNDS / items;
}

async function judging() {
  const { host, languages, asked, bare, items } = await (await fetch('/items.json')).json();
  plainsightCore.initSync({ module: await file('page_bg.wasm') });
  plainsightCore.open(await file('page.pack'), host, '');
  for (const language of languages) plainsightCore.add(await file(`phrases-${language}.pack`));
  const wrong = asked.filter((/** @type {any} */ [question, answer]) => plain(plainsightCore.ask(question)) !== plain(answer));
  if (wrong.length > 0) throw new Error(`wrong answers to ${wrong.length} of ${asked.length} questions`);
  return { mean: mean(asked.map((/** @type {any} */ [question]) => question), items), bare: mean(bare, items) };
}

const told = document.createElement('output');
judging().then((costs) => { told.value = JSON.stringify(costs); }, (error) => { told.value = String(error); })
  .then(() => document.body.append(told));
