// The shapes of the diary: what a page tells it, what our own pages order about it, and what they are answered. They mirror
// `src/api/background/notes.rs` and `src/web/noting.rs`, where each field is explained; all other shapes are in types.d.ts.
// What it does not hold: code, or how anything is stored.

/** What a page with a feed tells the diary: all since it was opened, on that day; see src/api/background/notes.rs. */
interface Tallied {
  ask: 'tally';
  id: string;
  /** Days since 1970, local. */
  day: number;
  platform: string | null;
  feed: Record<CountedAs, number> & Record<'sources' | 'kinds' | 'acts' | 'undone' | 'opened', Record<string, number>>;
  seconds: number;
}
/** What a platform's company was told of visits to a site, the newest first; see src/api/background/telling.rs. */
interface ToldReport {
  company: string;
  site: string;
  told: { width: 'day' | 'week' | 'month' | 'before'; from: number; to: number; counts: CountsReport }[];
}
/** The same in words, for a receipt. */
interface ToldWords {
  heading: string;
  parts: { when: string; lines: ToldLine[] }[];
  limits: string;
}
/** How often the person opened items of whose an item is, in words, for a receipt. */
interface OpenedWords {
  heading: string;
  lines: ToldLine[];
  limits: string;
}
type ToldLine = { said: string; howSure: string; how: string };
/** To the background, about the diary; see src/web/noting.rs. */
type DiaryOrder = { ask: 'diary' } & (
  | { order: 'state' | 'keep' | 'tend' | 'forget-all' | 'forget-opened' }
  | { order: 'forget-site'; site: string }
  | { order: 'forget-day'; day: number });
/** The answer. */
interface DiaryReport {
  open: boolean;
  full: boolean;
  aside: number;
}
/** What became of a file; see src/web/pages/diary_file.rs. `refused`: why it was not taken in (`foreign`, `newer`,
 * `damaged: …`); then nothing was changed. */
interface TakenIn {
  refused?: string;
  choices?: Record<string, unknown>;
  own?: Partial<OwnWritten>;
}
/** The person's own rules in a file, and the addresses of their lists. */
interface OwnWritten {
  rules: string;
  lists: string[];
}
/** The same for the person. `lists`: those of the file that are not the person's own; `trouble`: why rules were not; `unlike`:
 * its counts of opened posts were made with another key, and stayed out. */
interface Brought {
  refused?: string;
  unlike?: boolean;
  lists?: string[];
  trouble?: string;
}
/** Told how far something is. */
type Progress = (done: number, of: number) => void;
/** What `pages/diary.js` lends to the page of all choices besides. */
interface DiaryFiles {
  saveFile(what: string, tell: Progress): Promise<string>;
  takeFileIn(field: HTMLInputElement, tell: Progress): Promise<Brought | undefined>;
  hostOf(text: string): string;
  room(): Promise<[number, number]>;
  newKey(): string;
}
