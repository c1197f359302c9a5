// The shapes that cross a border of the extension: settings as they are stored, messages between its parts, and what goes
// into and comes out of each core. They mirror `src/api`, where each field is explained.
// What it does not hold: code, or an explanation given twice.

/** The table that the build puts into wire.js. */
declare const __SITES__: Record<string, { rules: { paths: string[]; hosts: string[]; names: string[]; orders: boolean }[]; largest: number }>;
/** The path of a request and the name of what it asks for, and whether the answer may be put in another order. */
type Named = { path: string; name: string; orders: boolean };
/** From where to where a piece of an answer stands in it. */
type Piece = [from: number, to: number];
/** What wire.js passes on; with a number it waits to be told in which order the page is to get the answer. */
type Passed = [path: string, name: string, body: string, number?: number];
/** What wire.js is told: whether answers are held here, or the order of the answer of that number. */
type Told = boolean | [number: number, pieces: Piece[]];
/** The tables that the build puts into everywhere/unwrap.js and everywhere/widgets.js; see data/unwrap.toml and data/widgets. */
type Wrapper = { host: string; path: string; parameter?: string; shown?: string[] };
type Embed = { says: string; frames?: string[]; scripts?: string[]; place?: string };
type Platform = { name: string; company: string; about: string; hosts: string[]; embeds: Embed[] };
declare const __UNWRAP__: Wrapper[];
declare const __WIDGETS__: Platform[];
/** The table in everywhere/following.js: addresses of front pages, and where each may lead; see `[[link]]` in data/sites. */
type Front = { site: string; from: string[]; to: string };
declare const __FRONTS__: Front[];

/** The page core's wasm and pack, in base64, from build/page-inline.js. */
declare const PLAINSIGHT_WASM: string;
declare const PLAINSIGHT_PACK: string;
/** The glue that wasm-bindgen makes for the page core. */
declare const plainsightCore: {
  (from: { module_or_path: unknown }): Promise<unknown>;
  initSync(from: { module: Uint8Array }): unknown;
  open(pack: Uint8Array, host: string, chosen: string): void;
  ask(question: Ask): Reply;
  add(pack: Uint8Array): void;
};

/** What is done with an item. */
type Act = 'show' | 'label' | 'dim' | 'lower' | 'hide';
/** A group of kinds for which one choice is made. */
type Group = 'sponsored' | 'partnership' | 'suggested' | 'activity' | 'shelf' | 'ai' | 'bait';

/** In `storage.local`, under `settings`. */
interface Settings {
  version: 1;
  derank: boolean;
  sites: Record<string, { derank?: boolean; followed?: boolean; following?: boolean; still?: boolean }>;
  acts: Record<Group, Act>;
}

/** In `storage.local`, under `protection`; see src/api/protection.rs. A switch that is not named is as usual. */
interface Protection {
  version: 1;
  switches: Partial<Record<'trackers' | 'ads' | 'links' | 'widgets' | 'cookies' | 'gpc' | 'referrer' | 'unwrap', boolean>>;
  /** By registrable domain. `off` is a time in ms, or for ever; `companies` are let through here, with further hosts. */
  sites: Record<string, { off?: number | 'forever'; companies?: Record<string, string[]> }>;
}

/** A page of ours to a tab's content script: `{ask: 'found'}`. No answer means that there is no feed. */
interface Found {
  site: string | null;
  name: string;
  active: boolean;
  items: number;
  found: { kind: Kind; act: Act; count: number }[];
  /** What the items are: the parts of the feed since the person came here. */
  made: Record<CountedAs, number>;
  health: 'ok' | 'unreadable' | 'empty' | 'resting';
  /** Pages of the platform's own, where the person can choose what no extension can. */
  links: Link[];
  /** Whether it has previews that play by themselves. */
  previews: boolean;
  /** Since which day the feed cannot be read, in days since 1970; none where that does not hold or is not known. */
  since: number | null;
}

/**
 * To the background: our own pages ask all but `reveal`, `lead`, `tally`, `told`, `opened`, `choices`, `pack` and `card`, which content scripts ask, for their own tab. `through` lets
 * these companies through in a tab until it leaves the site, and no others; none takes back what was revealed, too.
 * Both are answered with true when the browser knows.
 */
type Question =
  | { ask: 'tab'; tab: number }
  | { ask: 'site'; host: string }
  | { ask: 'state' }
  | { ask: 'try' }
  | { ask: 'rule'; list: string; line: number }
  | { ask: 'through'; tab: number; companies: string[] }
  | { ask: 'reveal'; hosts: string[] }
  | { ask: 'lead' }
  | Tallied
  | { ask: 'told'; leads: string[] }
  | { ask: 'opened'; site: string; platform: string; of: string[]; name: string | null }
  | { ask: 'choices'; part: string }
  | { ask: 'pack'; name: string }
  | { ask: 'card'; name: string };

/** The answer to `{ask: 'state'}`: whether the browser asks us before each request, and what does not work. */
interface StateReport {
  asks: boolean;
  trouble: string;
}

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
  hosts: {
    host: string;
    purpose: string;
    /** What the part of the company behind it does, if that is not what the company's sentence says. */
    says: string;
    alias: string | null;
    counts: CountsReport;
    rule: { list: string; title: string; line: number } | null;
  }[];
}
/** The answer to `{ask: 'tab'}`; null if the background could not start. */
interface TabReport {
  site: string;
  notSeen: boolean;
  counts: CountsReport;
  companies: CompanyReport[];
  rests: number | 'forever' | null;
  through: { name: string; tab: boolean }[];
  trouble: string;
}
/** The answer to `{ask: 'site'}`. */
interface SiteReport {
  site: string;
  companies: CompanyReport[];
}

/** One report of the browser, for the core: what, in which tab, and when. */
type Observed = { tab: number; at: number } & (
  | { what: 'page'; id: string; url: string; private?: boolean }
  | { what: 'start'; id: string; url: string; frame: string; page?: string; type: string; private?: boolean }
  | { what: 'redirect'; id: string; url: string; to: string }
  | { what: 'failed'; id: string; url: string; error: string }
  | { what: 'done'; id: string; url: string }
  | { what: 'cookies'; url: string; frame: string; page?: string; type: string; private?: boolean; sent?: string; set?: string[] }
  | { what: 'closed' });

/** What both browsers say of a request in `webRequest`, and what only one of them says. */
interface Details {
  tabId: number;
  frameId: number;
  parentFrameId: number;
  requestId: string;
  url: string;
  type: string;
  timeStamp: number;
  initiator?: string;
  documentUrl?: string;
  originUrl?: string;
  frameAncestors?: { url: string }[];
  incognito?: boolean;
  proxyInfo?: { type: string; proxyDNS: boolean } | null;
  requestHeaders?: { name: string; value?: string }[];
  responseHeaders?: { name: string; value?: string }[];
}
/** What a browser that asks is answered. */
type Answer = { cancel: true } | { redirectUrl: string } | undefined;
/** Firefox's. */
interface Dns {
  resolve(host: string, flags: string[]): Promise<{ canonicalName?: string }>;
}

/** What a browser can do. */
interface Abilities {
  rulesets: string[];
  asks: boolean;
  topDomains: boolean;
  responseHeaders: boolean;
  places: { links: string[]; embedders: string[]; feeds: string[]; reader: string[]; fronts: Front[] };
}
/** What a browser has to be told; see src/api/protection/plan.rs. */
interface Plan {
  on: string[];
  off: string[];
  dynamic: chrome.declarativeNetRequest.Rule[];
  session: chrome.declarativeNetRequest.Rule[];
  scripts: chrome.scripting.RegisteredContentScript[];
  mark: string;
  next: number | null;
}

/** What a batch of reports changed; keys are those of the stores. */
interface Changes {
  badges: { tab: number; text: string }[];
  session: Record<string, unknown>;
  gone: string[];
  diary: boolean;
  plan: boolean;
  learned: boolean;
}

/** To the background, about learning whom no list knows; see src/api/background/learning.rs. `block` is the script's own: the
 * party's rule is added to the person's, and the core is told that it is `blocked`. */
type LearningOrder = {
  ask?: 'learning';
  order: 'tell' | 'begin' | 'end' | 'forget' | 'leave' | 'take-back' | 'block' | 'blocked';
  party?: string;
};
/** The answer. Days are since 1970, local. `trouble`: why a party's rule was not added; empty if it was. */
interface LearningReport {
  isOn: boolean;
  parties: number;
  proposals: {
    party: string;
    company: string | null;
    says: string;
    rule: string;
    seen: { site: string; cookie: string; wasSet: boolean; day: number }[];
  }[];
  left: string[];
  trouble: string;
}

/* The build's output: what scripts.js must know of the data, and what wasm-bindgen makes from src/bin. */
declare module '*/build/everywhere.js' {
  /** Where links are unwrapped, as match patterns. */
  export const UNWRAP: string[];
  export const FRONTS: Front[];
  /** Whose embeds wait for a click. */
  export const WIDGETS: string[];
}
declare module '*/build/offers.js' {
  /** The sites that may be read on any host. */
  export const OFFERS: unknown;
  /** The names of platforms, by the ids of their sites. */
  export const NAMES: Record<string, string>;
}
declare module '*/build/background.js' {
  export default function init(options: { module_or_path: Promise<Response> }): Promise<{ memory: WebAssembly.Memory }>;
  export function start(pack: Uint8Array, saved: { session: object; local: object; abilities: Abilities; learned?: string }): void;
  export function verdict(tab: number, url: string, frame: string, page: string, type: string, now: number): string | undefined;
  export function referrer(to: string, referrer: string, now: number): string | undefined;
  export function named(host: string, name: string, now: number, isPrivate: boolean): void;
  export function protect(stored: unknown): void;
  export function read_also(stored: unknown): void;
  export function read_settings(stored: unknown): void;
  export function plan(now: number): Plan;
  export function through(tab: number, url: string, companies: string[]): Changes;
  export function reveal(tab: number, url: string, hosts: string[]): Changes;
  export function shield_tray(room: number): number;
  export function shield_frame(length: number): void;
  export function shield_kind(length: number): number;
  export function ask_shield(length: number, kind: number): number;
  export function saw(batch: { zone: number; events: Observed[] }): Changes;
  export function tab(tab: number, url: string, now: number): TabReport;
  export function site(host: string): SiteReport;
  export function make_lists(
    background: Uint8Array,
    texts: Uint8Array,
    fetched: { address: string; text: string }[],
    own: { id: string; title: string; text: string }[],
    declares: boolean,
  ): Made;
  export function list_homes(background: Uint8Array): ListHome[];
  export function patch_list(text: string, patches: string, name: string): string;
  export function learning(order: LearningOrder): Omit<LearningReport, 'trouble'>;
  export function learned(): string | undefined;
  export function join_list(text: string, parts: Map<string, string>): { text: string; next: string | null };
  export function rule(texts: Uint8Array, list: string, line: number): string | undefined;
}
declare module '*/build/pages.js' {
  export default function init(options: { module_or_path: Promise<Response> }): Promise<unknown>;
  export function popup(browser: PageBrowser & Offering & OfPopup): void;
  export function panel(browser: PageBrowser & Following): void;
  export function options(browser: PageBrowser & DiaryFiles): void;
  export function welcome(browser: PageBrowser): void;
  export function dashboard(browser: PageBrowser & Pick<DiaryFiles, 'room'>): void;
  export function selftest(browser: PageBrowser & Trials): void;
}
