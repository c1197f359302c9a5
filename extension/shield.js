/*
 * The shield's door in JavaScript: one request in, a number out, for a listener that holds the request up meanwhile.
 *
 * An address is written straight into the core's memory, and a frame or a type only when it is another than before:
 * nothing is made for a question that would have to be cleared away after it. What it does not do: load the core (whoever
 * does hands over its memory), or say why; see src/web/shield.rs.
 */
import { ask_shield, shield_frame, shield_kind, shield_tray } from '../build/background.js';

/** What becomes of a request; any other answer has to be looked into. */
export const PASS = 0, STOP = 1, CHANGE = 2;

/** So many bytes are enough for nearly every address. */
const ROOM = 16384;

const encoder = new TextEncoder();
/** @type {WebAssembly.Memory} */
let memory;
/** The tray: the part of the core's memory that texts are written to. */
let tray = new Uint8Array(0);
let address = 0;
let room = 0;
let frame = '';
/** @type {Map<string, number>} */
const kinds = new Map();

/** Tells where the core's memory is, once it is loaded. @param {WebAssembly.Memory} its */
export function openShield(its) {
  memory = its;
  widen(ROOM);
}

/** @param {number} wanted */
function widen(wanted) {
  room = wanted;
  address = shield_tray(room);
  tray = new Uint8Array(memory.buffer, address, room);
}

/**
 * Writes a text into the tray; returns how many bytes it has there.
 * @param {string} text
 */
function put(text) {
  // No text has more than three bytes for one of JavaScript's letters.
  if (3 * text.length > room) widen(3 * text.length);
  // When the core's memory grew, what we held of it has no length any more.
  if (tray.length === 0) tray = new Uint8Array(memory.buffer, address, room);
  return encoder.encodeInto(text, tray).written;
}

/** @param {string} type */
function numberOf(type) {
  let number = kinds.get(type);
  if (number === undefined) {
    number = shield_kind(put(type));
    kinds.set(type, number);
  }
  return number;
}

/**
 * What is to become of a request.
 * @param {string} url its address
 * @param {string} its the address of the page that asks
 * @param {string} type what for, in the browser's word
 */
export function askShield(url, its, type) {
  if (its !== frame) {
    shield_frame(put(its));
    frame = its;
  }
  const kind = numberOf(type);
  return ask_shield(put(url), kind);
}
