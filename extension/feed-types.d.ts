// The shapes of feeds: what the page core is asked and answers, and how a site says that its pages are read. They mirror
// `src/api/page.rs`, where each field is explained; all other shapes are in types.d.ts.
// What it does not hold: code, or an explanation given twice.

/** A kind by its name: what `src/verdict/kind.rs` names, or a file of `data/reasons`, which takes new ones at any time. */
type Kind = string;
type Evidence = { kind: Kind; strength: number; quote: string; span: [number, number] | null; origin: string; rule: string };
type Judged = { id: string; verdict: { act: Act; because: Evidence[] }; place: CountedAs; source: string | null; of: string[] };
/** As what the diary counts an item. */
type CountedAs = "sponsored" | "suggested" | "followed" | "unknown";
type Line = { voice: "platform" | "data" | "noticed" | "author"; key: string; args: string[]; quote: string | null; rule: string | null; doors: { name: string; url: string }[]; card: string | null };
/** A way to read a value in the page; see src/feed/site/reading.rs. The conditions are the core's to check. */
type Take = {
  css?: string;
  attr?: string;
  json?: string;
  starts?: string;
  ends?: string;
  after?: string;
  is?: string[];
  least?: number;
  label?: string;
};
type Dom = { item: string; body?: string; flat?: boolean; fixed?: boolean; opens?: string; votes?: Record<string, number>; me?: Take[]; fields: Record<string, Take[]> };
type Layout = { number: number; comment: boolean; dom: Dom };
type Seen = { dom: number; fields: Record<string, [way: number, value: string][]> };
type Me = [dom: number, way: number, value: string];
type Feed = {
  site: string;
  name: string;
  layouts: Layout[];
  inline: { rule: number; css: string; begins: string }[];
  largest: number;
  least: number;
  links: Link[];
  previews: string[];
  why: Take[];
};
/** A page of the platform's own; see src/feed/site.rs. */
type Link = { purpose: string; url: string; from?: string[] };
/** What the person may say was wrong, and what they may wish of an item. */
type Wrong = { kind: Kind; of: string; by?: string };
type Wish = { author: string } | { wrong: Wrong };
/** Where data of the page comes from. */
type Sent = { answer: { path: string; name: string } } | { inline: { rule: number } };

type Ask =
  | { ask: "open"; path: string; settings: unknown }
  | { ask: "hear"; from: Sent; body: string }
  | { ask: "hold"; settings: unknown }
  | { ask: "order"; from: Sent; body: string; path: string; me: Me | null; opened: string[]; settings: unknown }
  | { ask: "judge"; path: string; items: Seen[]; me: Me | null; settings: unknown }
  | { ask: "wish"; wish: Wish; settings: unknown }
  | { ask: "explain"; path: string; language: string; item: Seen; me: Me | null; settings: unknown };
type Reply =
  | { reply: "open"; feed: Feed | null }
  | { reply: "hear"; ids: string[]; refusals: unknown[] }
  | { reply: "hold"; holds: boolean; still: boolean; comments: boolean }
  | { reply: "order"; ids: string[]; refusals: unknown[]; pieces: Piece[]; wants: string[] }
  | { reply: "judge"; judged: Judged[]; wants: string[] }
  | { reply: "wish"; settings: unknown }
  | { reply: "explain"; lines: Line[]; author: string | null; name: string | null; doubts: Wrong[]; leads: string[]; of: string[]; part: string | null };

/** The person wants a host read as a site; none if no longer. */
interface AlsoOrder {
  ask: 'also-read';
  tab: number;
  host: string;
  site: string;
}

/** What `pages/offer.js` lends to the popup besides. */
interface Offering {
  /** Read by src/api/offer.rs. */
  offers(): unknown;
  /** Where the tab is, if a person may have that read; null elsewhere. */
  place(): Promise<{ host: string; path: string } | null>;
  /** How often each selector matches in the tab's page. */
  look(selectors: string[]): Promise<number[]>;
  alsoRead(host: string, site: string): Promise<void>;
  leaveAlone(host: string): Promise<void>;
}

/** A receipt of something that is marked, as the side panel is told of it. */
interface ToldReceipt {
  /** By which it is known again while the page is open. */
  key: string;
  kinds: Kind[];
  act: Act;
  lines: Line[];
  /** Where on the page of all choices it was chosen. */
  part: string | null;
  author: string | null;
  platform: string;
  /** How its words begin. */
  begins: string;
}
/** What the side panel is told through its port: the counts of the popup, and receipts, those in view first. What it says
 * there is a key: the page is to show that item. */
interface ToldPage {
  found: Found;
  receipts: ToldReceipt[];
  /** How many marked items are on the page besides. */
  more: number;
}
