// The least that any shield must do with a request: take its address and its frame's over, and hash the words.
// What it does not do: decide.
const tray = new Uint8Array(65536);
let frame = '';
let hashes = 0;

/** @param {string} text */
function take(text) {
  let hash = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    tray[i] = code;
    const lower = code | 32;
    if ((lower > 96 && lower < 123) || (code > 47 && code < 58)) {
      hash = Math.imul(hash ^ lower, 0x01000193);
    } else {
      hashes ^= hash;
      hash = 0;
    }
  }
}

export async function load() {
  hashes = 0;
}

/** @param {string} url @param {string} its */
export function ask(url, its) {
  if (its !== frame) {
    take(its);
    frame = its;
  }
  take(url);
  return hashes === 1;
}
