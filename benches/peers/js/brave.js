// Brave's crate (adblock) as WebAssembly, through the few calls of ../src/lib.rs.
// What it does not do: any work outside the calls that are timed.
import { readFileSync } from 'node:fs';

const BUILT = new URL('../../../target/bench/brave/', import.meta.url);
const brave = await import(new URL('peers.js', BUILT).href);
const core = await brave.default({ module_or_path: readFileSync(new URL('peers_bg.wasm', BUILT)) });

/** @param {string[]} lists */
export const compile = async (lists) => brave.compile(lists);

export const save = async () => brave.save();

/** @param {Uint8Array} bytes */
export async function load(bytes) {
  if (!brave.load(bytes)) throw new Error('Brave does not read what it wrote');
}

/** @param {string} url @param {string} frame @param {string} type */
export const ask = (url, frame, type) => brave.ask(url, frame, type);

export const memory = () => core.memory.buffer.byteLength;
