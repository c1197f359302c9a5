// The messages of the page core, as src/api/page.rs defines them, and what classic content scripts share.
// What it does not hold: the background's messages, which its own modules describe.

type Act = "show" | "label" | "dim" | "lower" | "hide";
type Kind = "sponsored" | "suggested" | "vote-bait" | "react-bait" | "share-bait" | "tag-bait" | "comment-bait";
type Evidence = { kind: Kind; strength: number; quote: string; span: [number, number] | null; origin: string; rule: string };
type Judged = { id: string; verdict: { act: Act; because: Evidence[] } };
type Line = { voice: "platform" | "data" | "noticed" | "author"; key: string; args: string[]; quote: string | null; rule: string | null };
type Take = { css?: string; attr?: string };
type Seen = { fields: Record<string, [number, string]> };
type Feed = { site: string; name: string; dom: { item: string; body?: string; minimum: number; fields: Record<string, Take[]> } };
type Settings = Record<string, unknown>;

type Ask =
  | { ask: "open"; path: string }
  | { ask: "hear"; path: string; body: string }
  | { ask: "judge"; path: string; items: Seen[]; settings: Settings }
  | { ask: "explain"; path: string; item: Seen; settings: Settings };
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
