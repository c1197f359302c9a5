/*
 * The shapes that cross a border of the extension: settings as they are stored, messages between its parts, and what
 * goes into and comes out of the background's wasm. They mirror `src/api/background` and `src/api/settings`, where
 * each field is explained; this file explains nothing twice and holds no code.
 */

/** What is done with an item. */
type Act = 'show' | 'label' | 'dim' | 'lower' | 'hide';
/** A group of kinds for which one choice is made. */
type Group = 'sponsored' | 'suggested' | 'bait';

/** In `storage.local`, under `settings`. */
interface Settings {
  version: 1;
  derank: boolean;
  sites: Record<string, { derank?: boolean }>;
  acts: Record<Group, Act>;
}

/** Popup to a tab's content script: `{ask: 'found'}`. No answer means that there is no feed. */
interface Found {
  site: string | null;
  name: string;
  active: boolean;
  items: number;
  found: { kind: string; act: Act; count: number }[];
  health: 'ok' | 'unreadable' | 'resting';
}

/** Our own pages to the background. */
type Question = { ask: 'tab'; tab: number } | { ask: 'site'; host: string };

interface CountsReport {
  requests: number;
  stopped: number;
  others: number;
  through: number;
  notSeen: number;
}
interface CompanyReport {
  name: string;
  purpose: string;
  counts: CountsReport;
  hosts: { host: string; counts: CountsReport; rule: string | null }[];
}
/** The answer to `{ask: 'tab'}`; null if the background could not start. */
interface TabReport {
  site: string;
  notSeen: boolean;
  counts: CountsReport;
  companies: CompanyReport[];
}
/** The answer to `{ask: 'site'}`. */
interface SiteReport {
  site: string;
  companies: CompanyReport[];
}

/** One report of the browser, for the core. */
type Observed =
  | { what: 'page'; tab: number; id: string; url: string; private?: boolean }
  | { what: 'start'; tab: number; id: string; url: string; page?: string; type: string; at: number; private?: boolean }
  | { what: 'redirect'; tab: number; id: string; url: string; to: string }
  | { what: 'failed'; tab: number; id: string; url: string; error: string }
  | { what: 'done'; tab: number; id: string; url: string }
  | { what: 'closed'; tab: number };

/** What a batch of reports changed; keys are those of the stores. */
interface Changes {
  badges: { tab: number; text: string }[];
  session: Record<string, unknown>;
  gone: string[];
  local: Record<string, unknown>;
}

/** What `pages/popup.js` lends to the popup's wasm: the browser, in nine functions. */
interface PopupBrowser {
  tab: number;
  words(key: string, value: string): string;
  number(value: number): string;
  settings(): Promise<unknown>;
  keep(settings: unknown): Promise<void>;
  found(): Promise<unknown>;
  report(): Promise<unknown>;
  onSettings(listener: () => void): void;
  onTab(listener: () => void): void;
}

/** Firefox's name for the extension API; Chromium has only `chrome`. */
declare var browser: typeof chrome | undefined;

/* The build's output, made from src/bin by wasm-bindgen. */
declare module '*/build/background.js' {
  export default function init(options: { module_or_path: Promise<Response> }): Promise<unknown>;
  export function start(pack: Uint8Array, saved: { session: object; local: object }): void;
  export function saw(batch: { zone: number; events: Observed[] }): Changes;
  export function tab(tab: number, url: string): TabReport;
  export function site(host: string): SiteReport;
}
declare module '*/build/pages.js' {
  export default function init(options: { module_or_path: Promise<Response> }): Promise<unknown>;
  export function popup(browser: PopupBrowser): void;
}
