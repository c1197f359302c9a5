/*
 * The wasm that all pages of ours share, from the moment that this is imported. Pages import it before all else: what the
 * others wait for while they load, such as the chosen language, then takes no time of its own.
 */
import init from '../../build/pages.js';
import { compiled } from './early.js';

/** That it is there. */
export const loading = init({ module_or_path: compiled });
