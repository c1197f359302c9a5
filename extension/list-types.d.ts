// The shapes of lists: what is stored of the person's own and of newer texts, what the core makes of them, and what pages
// order about them. They mirror `src/api/lists`, where each field is explained; all other shapes are in types.d.ts.
// What it does not hold: code, or an explanation given twice.

/** In `storage.local`, under `own`: the person's own rules and lists, and what became of them; see extension/own.js. */
interface Own {
  rules: string;
  /** `at`: when it was fetched (ms). */
  lists: { id: string; url: string; at: number }[];
  accounts: { id: string; title: string; rules: number; refused: number; refusals: { file: string; line: number; reason: string }[] }[];
}
/** The answer to an order about them. `trouble`: why it was not carried out; empty if it was. */
type OwnReport = Own & { trouble: string };

/** In `storage.local`, under `made`: the mark of what was made of lists and is at work, the release that made it, and of
 * which homes it holds newer texts; see extension/lists.js. */
interface MadeLists {
  mark: string;
  release: string;
  newest: string[];
}
/** What the core makes of lists; see src/api/lists/newer.rs. */
interface Made {
  pack: Uint8Array;
  texts: Uint8Array;
  rules: chrome.declarativeNetRequest.Rule[];
  accounts: Own['accounts'];
  changes: { set: string; disable: Record<string, number[]>; add: chrome.declarativeNetRequest.Rule[] }[];
  used: { address: string; version: string; rules: number; expires: number | null; patch: string }[];
  refused: { address: string; reason: string }[];
}
/** What of it the browser has to be told. */
interface ListRules {
  own: Made['rules'];
  changes: Made['changes'];
}
/** Where a shipped list comes from; see src/api/lists/home.rs. */
interface ListHome {
  id: string;
  title: string;
  address: string;
  version: string;
}
/** In `storage.local`, under `updates`: whether they are on, and what became of each home; see extension/updates.js. Times
 * are in ms. */
interface Updates {
  on: boolean;
  at: number;
  trouble: string;
  homes: Record<string, HomeState>;
}
interface HomeState {
  /** When it was asked and answered, when its text was fetched whole, and when it is to be asked again. */
  at: number;
  whole: number;
  next: number;
  version: string;
  rules: number;
  expires: number;
  patch: string;
  trouble: string;
}
/** The answer to an order about updates. `version` and `rules` are of the newer text, if one is at work. */
interface UpdatesReport {
  on: boolean;
  at: number;
  trouble: string;
  homes: { title: string; address: string; shipped: string; at: number; version: string; rules: number; newer: boolean; trouble: string }[];
}
type ListOrder =
  | { ask: 'own' }
  | { ask: 'keep-rules'; text: string }
  | { ask: 'add-list'; url: string }
  | { ask: 'forget-list'; id: string }
  | { ask: 'fetch-lists' }
  | { ask: 'updates' }
  | { ask: 'keep-updated'; on: boolean }
  | { ask: 'check-lists' }
  | { ask: 'use-shipped' };
