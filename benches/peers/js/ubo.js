// uBlock Origin's core from npm (@gorhill/ubo-core), asked as its README shows, with its WebAssembly switched on.
// What it does not do: any work outside the calls that are timed.
import { enableWASM, StaticNetFilteringEngine } from '@gorhill/ubo-core';

await enableWASM();
/** @type {any} */
let ubo = await StaticNetFilteringEngine.create();

/** @param {string[]} lists */
export const compile = (lists) => ubo.useLists(lists.map((raw, i) => ({ name: `list ${i}`, raw })));

export const save = async () => Buffer.from(await ubo.serialize());

/** @param {Uint8Array} bytes */
export const load = (bytes) => ubo.deserialize(Buffer.from(bytes).toString());

/** @param {string} url @param {string} frame @param {string} type */
export const ask = (url, frame, type) => ubo.matchRequest({ originURL: frame, url, type }) === 1;
