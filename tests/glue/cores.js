// What it is: opens the cores that the build made, each as its browser context does: the page core through its classic
// script, the background core through its module. A new instance at every call, for a core holds one state.
// Why in Node: it has Chromium's engine, so what is proven here is the very wasm that ships, not the Rust it was made of.
// What it does not do: anything of a browser; real ones judge the rest.
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

const BUILD = new URL('../../build/', import.meta.url);

/** A file of the build. @param {string} name */
export const built = (name) => new Uint8Array(readFileSync(new URL(name, BUILD)));

/** The page core, loaded and not yet opened. */
export function pageCore() {
  // Its one global stays inside, so that the next instance may have the same name.
  const script = readFileSync(new URL('page.js', BUILD), 'utf8');
  const core = vm.runInThisContext(`(() => { ${script}\nreturn plainsightCore; })()`);
  core.initSync({ module: built('page_bg.wasm') });
  return core;
}

let copies = 0;

/** The background core, loaded and not yet started. */
export async function backgroundCore() {
  copies += 1;
  const core = await import(new URL(`background.js?copy=${copies}`, BUILD).href);
  await core.default({ module_or_path: built('background_bg.wasm') });
  return core;
}

/** A copy with one byte changed. @param {Uint8Array} bytes @param {number} at */
export function damaged(bytes, at) {
  const copy = bytes.slice();
  copy[at] ^= 0x40;
  return copy;
}

/**
 * What is thrown, in words. A trap of the wasm is no answer: after it the instance is worth nothing.
 * @param {() => unknown} call
 */
export function complaint(call) {
  try {
    call();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) throw error;
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('nothing was thrown');
}
