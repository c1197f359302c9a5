// The shapes that cross a border of the extension: settings as they are stored, messages between its parts, and what goes
// into and comes out of each core. They mirror `src/api`, where each field is explained.
// What it does not hold: code, or an explanation given twice.

type Kind = "sponsored" | "suggested" | "vote-bait" | "react-bait" | "share-bait" | "tag-bait" | "comment-bait";
type Evidence = { kind: Kind; strength: number; quote: string; span: [number, number] | null; origin: string; rule: string };
type Judged = { id: string; verdict: { act: Act; because: Evidence[] } };
type Line = { voice: "platform" | "data" | "noticed" | "author"; key: string; args: string[]; quote: string | null; rule: string | null };
type Take = { css?: string; attr?: string };
type Seen = { fields: Record<string, [number, string]> };
type Feed = { site: string; name: string; dom: { item: string; body?: string; fields: Record<string, Take[]> } };

type Ask =
  | { ask: "open"; path: string }
  | { ask: "hear"; path: string; body: string }
  | { ask: "judge"; path: string; items: Seen[]; settings: unknown }
  | { ask: "explain"; path: string; item: Seen; settings: unknown };
type Reply =
  | { reply: "open"; feed: Feed | null }
  | { reply: "hear"; ids: string[]; refusals: unknown[] }
  | { reply: "judge"; judged: Judged[] }
  | { reply: "explain"; lines: Line[] };

/** The table that the build puts into wire.js. */
declare const __SITES__: Record<string, { paths: string[]; largest: number }>;
/** The page core's wasm and pack, in base64, from build/page-inline.js. */
declare const PLAINSIGHT_WASM: string;
declare const PLAINSIGHT_PACK: string;
/** The glue that wasm-bindgen makes for the page core. */
declare const plainsightCore: {
  (from: { module_or_path: unknown }): Promise<unknown>;
  initSync(from: { module: Uint8Array }): unknown;
  open(pack: Uint8Array, host: string): void;
  ask(question: Ask): Reply;
};

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

/** In `storage.local`, under `protection`; see src/api/protection.rs. A switch that is not named is as usual. */
interface Protection {
  version: 1;
  switches: Partial<Record<'trackers' | 'ads' | 'links' | 'widgets' | 'cookies' | 'gpc' | 'referrer' | 'unwrap', boolean>>;
  /** By registrable domain. `off` is a time in ms, or for ever; `companies` are let through here. */
  sites: Record<string, { off?: number | 'forever'; companies?: string[] }>;
}

/** Popup to a tab's content script: `{ask: 'found'}`. No answer means that there is no feed. */
interface Found {
  site: string | null;
  name: string;
  active: boolean;
  items: number;
  found: { kind: Kind; act: Act; count: number }[];
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
  /** What it does, in a sentence in English; empty if nobody has written one. */
  says: string;
  counts: CountsReport;
  /** A host `says` what the part of the company behind it does, if that is not what the company's sentence says. */
  hosts: { host: string; says: string; counts: CountsReport; rule: { title: string; line: number } | null }[];
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
  | { what: 'start'; tab: number; id: string; url: string; frame: string; page?: string; type: string; at: number; private?: boolean }
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

/** What `pages/popup.js` lends to the popup's wasm: the browser, in nine functions and a number. */
interface PopupBrowser {
  tab: number;
  words(key: string, values: string[]): string;
  number(value: number): string;
  now(): number;
  reload(): void;
  stored(area: 'local' | 'session', key: string): Promise<unknown>;
  /** Null takes the key away. */
  store(area: 'local' | 'session', key: string, value: unknown): Promise<void>;
  found(): Promise<unknown>;
  ask(question: object): Promise<unknown>;
  onStored(area: 'local' | 'session', key: string, listener: () => void): void;
}

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
