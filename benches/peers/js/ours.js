// The background core that ships, through the door by which a listener asks it (extension/shield.js), and compiling as
// the extension does it on the device when a person adds lists of their own.
// What it does not do: any work outside the calls that are timed.
import { readFileSync } from 'node:fs';
import init, { make_lists, start } from '../../../build/background.js';
import { askShield, openShield } from '../../../extension/shield.js';

const wasm = readFileSync(new URL('../../../build/background_bg.wasm', import.meta.url));
const core = await init({ module_or_path: /** @type {any} */ (wasm) });
/** @type {Uint8Array} */
let made;

/** @param {string[]} _lists @param {(name: string) => Uint8Array} file */
export async function compile(_lists, file) {
  made = make_lists(file('ours.pack'), file('texts.pack'), []).pack;
}

export const save = async () => made;

/** @param {Uint8Array} bytes */
export async function load(bytes) {
  start(bytes, { session: {}, local: {} });
  openShield(core.memory);
}

/** @param {string} url @param {string} frame @param {string} type */
export const ask = (url, frame, type) => askShield(url, frame, '', type) !== 0;

export const memory = () => core.memory.buffer.byteLength;
