// What it is: measures one peer in one process: `node --expose-gc benches/ask.js PEER INPUTS`, where INPUTS is the folder
// that `cargo xtask bench trackers` fills. Prints JSON, times in nanoseconds.
// Why a process each: what is measured first is a cold start, and nobody is to warm another's machine.
// The mean of many requests is the processor's time, all threads together, for the machine may be shared; a cold start and
// single requests are by the clock, which is what a person waits for.
// What it does not do: judge, or compare; the task does.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [who, inputs] = process.argv.slice(2);
const SOME = 1000;
const ROUNDS = 5;

/** @param {string} name */
const file = (name) => new Uint8Array(readFileSync(`${inputs}/${name}`));
/** @param {string} name */
const json = (name) => JSON.parse(new TextDecoder().decode(file(name)));
const now = () => Number(process.hrtime.bigint());
const worked = () => {
  const { user, system } = process.cpuUsage();
  return 1000 * (user + system);
};
const collect = () => globalThis.gc?.();
const held = () => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** @type {[string, string, string][]} */
const requests = json('requests.json');
const compiled = `${inputs}/${who}.compiled`;

if (process.argv[4] === 'compile') {
  const peer = await import(`./peers/js/${who}.js`);
  const lists = json('lists.json');
  const before = now();
  await peer.compile(lists, file);
  const compile = now() - before;
  const bytes = await peer.save();
  writeFileSync(compiled, bytes);
  console.log(JSON.stringify({ compile, size: bytes.length }));
  process.exit(0);
}

const before = held();
/** @type {Uint8Array | undefined} */
let bytes = new Uint8Array(existsSync(compiled) ? readFileSync(compiled) : 0);
let start = now();
const peer = await import(`./peers/js/${who}.js`);
const code = now() - start;
start = now();
await peer.load(bytes);
const load = now() - start;

start = now();
for (let i = 0; i < SOME; i += 1) peer.ask(...requests[i]);
const first = now() - start;
bytes = undefined;
const memory = held() - before + (peer.memory?.() ?? 0);

const decisions = requests.map((it) => (peer.ask(...it) ? '1' : '0')).join('');

const all = () => {
  let stopped = 0;
  for (const [url, frame, type] of requests) if (peer.ask(url, frame, type)) stopped += 1;
  return stopped;
};
for (let i = 0; i < ROUNDS; i += 1) all();
collect();
start = worked();
for (let i = 0; i < ROUNDS; i += 1) all();
const mean = (worked() - start) / ROUNDS / requests.length;

// One by one, and the clock itself taken away.
const each = new Float64Array(requests.length);
const clock = new Float64Array(requests.length);
for (let i = 0; i < requests.length; i += 1) {
  const from = process.hrtime.bigint();
  clock[i] = Number(process.hrtime.bigint() - from);
}
for (let i = 0; i < requests.length; i += 1) {
  const [url, frame, type] = requests[i];
  const from = process.hrtime.bigint();
  peer.ask(url, frame, type);
  each[i] = Number(process.hrtime.bigint() - from);
}
const tick = clock.sort()[requests.length >> 1];
each.sort();
const part = (/** @type {number} */ n) => Math.max(0, each[Math.floor(requests.length * n)] - tick);

console.log(JSON.stringify({ code, load, first, mean, median: part(0.5), p99: part(0.99), memory, decisions }));
process.exit(0);
