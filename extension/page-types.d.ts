// The shapes that cross the border between the scripts of the extension's own pages and their wasm.
// They mirror `src/web/pages`, where each is explained. What it does not hold: what the background is asked (types.d.ts).

/** A message of `_locales`. */
interface Message {
  message: string;
  placeholders?: Record<string, { content: string }>;
}
/** How much of a day's date is written. */
type DayForm = 'whole' | 'short' | 'month';
/** How the interface's language writes; see extension/pages/language.js. */
interface Speech {
  language: string;
  direction: 'ltr' | 'rtl';
  words(key: string, values: string[]): string;
  /** The words for so many of something: the messages `NAME_one` … `NAME_other`. */
  counted(name: string, count: number, values: string[]): string;
  number(value: number): string;
  /** A part of one, in hundredths. */
  share(value: number): string;
  list(items: string[]): string;
  /** Days since 1970. */
  day(day: number, form: DayForm): string;
  /** Milliseconds since 1970. */
  time(at: number): string;
  /** So many days, in years where they are whole years. */
  lasting(days: number): string;
  /** How much room that is. */
  size(bytes: number): string;
}

/** What `pages/lend.js` lends to a page's wasm: the browser. */
interface PageBrowser extends Speech {
  tab: number;
  now(): number;
  /** How far the person's clock is ahead of UTC, in minutes. */
  zone(): number;
  title(text: string): void;
  /** The languages in which our pages may be written, each with its own name for itself. */
  tongues(): [string, string][];
  /** The one that the person chose; empty if it is the browser's. */
  tongue: string;
  /** Loads the page anew. */
  anew(): void;
  /** Where in the page one is. */
  hash(): string;
  replace(hash: string): void;
  /** Leads to a part of the page, or to its head if there is none of this id. */
  reach(id: string): void;
  /** The name of a platform, by its site's id. */
  platform(id: string): string;
  onHash(listener: () => void): void;
  reload(): void;
  openOptions(): void;
  stored(area: 'local' | 'session', key: string): Promise<unknown>;
  /** Null takes the key away. */
  store(area: 'local' | 'session', key: string, value: unknown): Promise<void>;
  found(): Promise<unknown>;
  /** How the tab's page is built, for somebody who mends the site's file. */
  structure(): Promise<unknown>;
  copy(text: string): Promise<void>;
  ask(question: object): Promise<unknown>;
  onStored(area: 'local' | 'session', key: string, listener: () => void): void;
  /** Whether the browser lets all sites be read. */
  permitted(): Promise<boolean>;
  /** Only from a click. */
  permit(): Promise<boolean>;
  onPermitted(listener: () => void): void;
}

/** What came of trying a protection: whether this browser can do it at all, whether it works, and on what it was tried. */
interface Tried {
  name: string;
  can: boolean;
  works: boolean;
  tried: string;
}
/** What `pages/selftest.js` lends besides: whether the page core notices what is in a post of ours. */
interface Trials {
  readsFeeds(): Promise<boolean>;
}

/** What `pages/popup.js` lends to the popup besides. */
interface OfPopup {
  /** Whether the tab is in a private window. */
  isPrivate(): Promise<boolean>;
  /** Opens the side panel. Only from a click. */
  openPanel(): void;
}

/** The tab in front of a window, and what its page tells. */
interface InFront {
  tab: number;
  private: boolean;
  /** Whether somebody in its page listens to us. */
  heard: boolean;
  /** Whether the page, its requests or the diary may be other than before. */
  anew: boolean;
  told: ToldPage | null;
}
/** What `pages/front.js` lends to the side panel besides. */
interface Following {
  follow(listener: (front: InFront) => void): void;
  /** The tab in front. */
  reload(): void;
  /** Has the page show an item, by its receipt's key. */
  leadTo(key: string): void;
}
