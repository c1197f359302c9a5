/*
 * Makes lists in a thread of its own, where the browser has such threads for its background: a browser that asks before
 * each request would have all pages wait for it. Another instance of the same core, gone when it has answered.
 */
import init, { make_lists } from '../build/background.js';

self.onmessage = async ({ data }) => {
  try {
    await init({ module_or_path: fetch("/build/background_bg.wasm") });
    self.postMessage({ made: make_lists(.../** @type {Parameters<typeof make_lists>} */ (data)) });
  } catch (error) {
    self.postMessage({ reason: String(error instanceof Error ? error.message : error) });
  }
};
