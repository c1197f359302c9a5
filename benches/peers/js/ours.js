// The background core that ships, through the door by which a listener asks it (extension/shield.js), and compiling as
// the extension does it on the device when a person adds lists of their own.
// What it does not do: any work outside the calls that are timed.
import { readFileSync } from 'node:fs';
import init, { make_lists, start } from '../../../build/background.js';
import { CHANGE, STOP, askShield, openShield } from '../../../extension/shield.js';

const wasm = readFileSync(new URL('../../../build/background_bg.wasm', import.meta.url));
const core = await init({ module_or_path: /** @type {any} */ (wasm) });
const abilities = { rulesets: [], asks: true, topDomains: false, responseHeaders: false };
/** @type {Uint8Array} */
let made;

/** @param {string[]} _lists @param {(name: string) => Uint8Array} file */
export async function compile(_lists, file) {
  made = make_lists(file('ours.pack'), file('texts.pack'), [], [], false).pack;
}

export const save = async () => made;

/** @param {Uint8Array} bytes */
export async function load(bytes) {
  // The lists that the others have too, some of which are off when we are new; cleaning links is no block.
  const protection = { version: 1, switches: { ads: true, links: false, widgets: true } };
  start(bytes, { session: {}, local: { protection }, abilities });
  openShield(core.memory);
}

/** @param {string} url @param {string} frame @param {string} type */
export const ask = (url, frame, type) => {
  const said = askShield(url, frame, type);
  return said === STOP || said === CHANGE;
};

export const memory = () => core.memory.buffer.byteLength;
