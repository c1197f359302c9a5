/*
 * The wasm of all pages of ours, on its way and being compiled from the first moment: pages name this before all else, and it
 * imports nothing, so that it waits for no other script.
 */
const api = globalThis.browser ?? chrome;

/** What it compiles to. */
export const compiled = WebAssembly.compileStreaming(fetch(api.runtime.getURL('build/pages_bg.wasm')));
