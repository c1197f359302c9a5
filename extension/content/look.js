// What it is: how our marks and panels look, as one style sheet for all closed shadow roots on a page.
// Why so plain: the marks stand in other people's pages, in light and dark and from right to left, so they take the
// page's own colour and font and add none of their own. The panel stands above the page and brings its colours. What is
// to be quieter than the page's words is filled or drawn more faintly and keeps the inherited colour itself: a `color`
// mixed of the inherited one stays as it was in Chromium when that one changes, which left dark words on dark pages.
// What it does not do: reach anything outside a shadow root.

const LOOK = `
  :host {
    font: 13px/1.4 system-ui, sans-serif !important; letter-spacing: normal !important; word-spacing: normal !important;
    text-transform: none !important; text-indent: 0 !important; text-shadow: none !important; white-space: normal !important;
    pointer-events: auto !important; cursor: auto !important;
  }
  [hidden] { display: none !important; }
  button {
    all: unset; box-sizing: border-box; cursor: pointer; font: inherit; color: inherit;
    padding: 1px 8px; border-radius: 999px;
  }
  button:focus-visible { outline: 2px solid Highlight; outline-offset: 1px; }
  .line {
    display: flex; flex-wrap: wrap; align-items: center; gap: 2px 6px; box-sizing: border-box;
    padding: 4px 12px; min-block-size: 28px;
  }
  .line .what, .line .row { -webkit-text-fill-color: color-mix(in srgb, currentColor 80%, transparent); overflow-wrap: anywhere; }
  .line .what, .line .row, .line button { unicode-bidi: plaintext; }
  .line .what b { font-weight: 600; }
  .line button { border: 1px solid color-mix(in srgb, currentColor 35%, transparent); color: inherit; }
  .line button:hover, .line button:focus-visible { background: color-mix(in srgb, currentColor 12%, transparent); }
  .line.folded { border-block-end: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
  .line.thin { padding-block: 0; min-block-size: 20px; font-size: 12px; -webkit-text-fill-color: color-mix(in srgb, currentColor 80%, transparent); }
  .line.thin button { border: none; text-decoration: underline; padding-inline: 2px; }
  .line.over {
    position: absolute; inset-block-start: 6px; inset-inline-start: 6px; inline-size: max-content; max-inline-size: calc(100% - 12px);
    color-scheme: light dark; color: CanvasText; background: Canvas; border-radius: 14px; padding: 2px 6px 2px 10px;
  }
  .line.whole { flex-direction: column; justify-content: center; text-align: center; block-size: 100%; border: 1px dashed color-mix(in srgb, currentColor 30%, transparent); border-radius: 14px; }
  .eye { position: absolute; inset-block-start: 2px; inset-inline-end: 2px; z-index: 1; padding: 2px; line-height: 0; }
  .eye svg { stroke: color-mix(in srgb, currentColor 40%, transparent); }
  .eye:hover svg, .eye:focus-visible svg { stroke: currentColor; }
  svg { inline-size: 16px; block-size: 16px; fill: none; stroke: currentColor; stroke-width: 1.5; vertical-align: -3px; flex: none; }
  dialog {
    color-scheme: light dark; color: CanvasText; background: Canvas; box-sizing: border-box;
    position: fixed; inset: auto; inset-block-end: 16px; inset-inline-end: 16px; margin: 0;
    inline-size: min(400px, 100% - 32px); max-block-size: min(80vh, 640px); overflow: auto;
    border: 1px solid color-mix(in srgb, CanvasText 20%, transparent); border-radius: 14px; padding: 16px 18px;
    box-shadow: 0 8px 32px rgb(0 0 0 / .3); font: 14px/1.45 system-ui, sans-serif;
    scrollbar-color: color-mix(in srgb, CanvasText 45%, transparent) Canvas;
  }
  dialog:focus { outline: none; }
  dialog header { display: flex; align-items: center; gap: 8px; }
  dialog h2 { font-size: 16px; margin: 0; flex: 1; }
  dialog h3 { font-size: 12px; margin: 14px 0 4px; opacity: .7; font-weight: 600; }
  dialog ul { list-style: none; margin: 0; padding: 0; }
  dialog li { margin: 0 0 8px; overflow-wrap: anywhere; }
  dialog q { display: block; margin-block: 3px; padding-inline-start: 10px; border-inline-start: 3px solid color-mix(in srgb, CanvasText 25%, transparent); quotes: none; white-space: pre-line; }
  dialog.fixed { display: flex; flex-direction: column; block-size: min(80vh, 640px); overscroll-behavior: contain; }
  dialog.fixed .wishes { margin-block-start: auto; }
  .told p { margin: 2px 0 0; }
  .told b { font-weight: 600; }
  dialog .limits { margin: 0 0 8px; font-size: 12px; opacity: .75; }
  dialog .limits + p { margin: 0; }
  dialog li > a { display: block; color: inherit; margin-block-start: 3px; }
  dialog .more { display: block; padding: 0; font-size: 12px; text-decoration: underline; opacity: .75; }
  dialog details { font-size: 12px; opacity: .75; }
  dialog summary { cursor: pointer; }
  dialog code { font: 11px/1.4 ui-monospace, monospace; }
  .wishes { display: flex; flex-wrap: wrap; gap: 6px; margin-block-start: 14px; padding-block-start: 12px; border-block-start: 1px solid color-mix(in srgb, CanvasText 15%, transparent); }
  .close, .wishes button { border: 1px solid color-mix(in srgb, CanvasText 30%, transparent); }
  .widget {
    color-scheme: light dark; color: CanvasText; background: Canvas; box-sizing: border-box; padding: 14px 16px;
    border: 1px solid color-mix(in srgb, CanvasText 20%, transparent); border-radius: 14px; font: 14px/1.45 system-ui, sans-serif;
  }
  .widget b { font-weight: 600; }
  .widget p { margin: 4px 0 0; overflow-wrap: anywhere; }
  .widget .about { font-size: 12px; opacity: .75; }
  .widget button { margin-block-start: 10px; padding: 4px 14px; border: 1px solid color-mix(in srgb, CanvasText 30%, transparent); }
  .widget button:hover { background: color-mix(in srgb, CanvasText 10%, transparent); }
  .widget button:disabled { opacity: .5; cursor: default; }
  @media (prefers-reduced-motion: no-preference) { .eye svg { transition: stroke .12s; } .line button { transition: background .12s; } }
`;

/** Made when first shown: most pages, and nearly all frames, show nothing of ours. @type {CSSStyleSheet | undefined} */
let sheet;

function lookSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(LOOK);
  }
  return sheet;
}

/** The mark: an open eye in plain lines. */
function eye() {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const lid = document.createElementNS(space, "path");
  lid.setAttribute("d", "M2 12C5 6.5 8.5 4.5 12 4.5S19 6.5 22 12c-3 5.5-6.5 7.5-10 7.5S5 17.5 2 12Z");
  const pupil = document.createElementNS(space, "circle");
  for (const [name, value] of [["cx", "12"], ["cy", "12"], ["r", "3.2"]]) pupil.setAttribute(/** @type {string} */ (name), /** @type {string} */ (value));
  svg.append(lid, pupil);
  return svg;
}

/** What the page's own styles might say of any element, unsaid. */
const PLAIN = "position:static;inline-size:auto;block-size:auto;aspect-ratio:auto;overflow:visible;border-radius:0;clip-path:none;mask:none;"
  + "filter:none;translate:none;rotate:none;scale:none;flex:0 1 auto;align-self:auto;order:0;grid-area:auto;z-index:auto;contain:none;columns:auto;outline:0;"
  + "margin:0;padding:0;border:0;float:none;inset:auto;transform:none;opacity:1;visibility:inherit;"
  + "background:none;box-shadow:none;min-block-size:0;max-block-size:none;min-inline-size:0;max-inline-size:none;text-align:start";

/** One of each sort: a browser reads so long a style once, and copies what it read. @type {Map<string, HTMLElement>} */
const outsides = new Map();

/**
 * An element of ours in the page, with its inside closed to the page. Colour and font are the page's.
 * @param {string} style more declarations for the outside
 */
function hostElement(style) {
  let outside = outsides.get(style);
  if (!outside) {
    outsides.set(style, outside = document.createElement("div"));
    outside.style.cssText = `${PLAIN};${style}`.replaceAll(";", "!important;").concat("!important");
  }
  const host = /** @type {HTMLElement} */ (outside.cloneNode());
  const root = host.attachShadow({ mode: "closed" });
  root.adoptedStyleSheets = [lookSheet()];
  // Our buttons are not the page's: a click on one must not open the post it stands on.
  for (const name of ["click", "keydown", "keyup", "keypress", "mousedown", "mouseup", "pointerdown", "pointerup"]) {
    root.addEventListener(name, (event) => event.stopPropagation());
  }
  return { host, root };
}

/**
 * A button with words.
 * @param {string} words @param {() => void} onPress
 */
function button(words, onPress) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", (event) => {
    if (event.isTrusted) onPress();
  });
  return made;
}

/**
 * A sentence in the person's language. A key without a sentence is shown as it is, so that it is noticed.
 * @param {string} key @param {string[]} [args]
 */
function say(key, args = []) {
  return chrome.i18n.getMessage(key, args) || key;
}

/**
 * The key of a word's sentence: ("markKind", "vote-bait") is "markKindVoteBait".
 * @param {string} stem @param {string} word
 */
function keyOf(stem, word) {
  return stem + word.split("-").map((part) => part[0]?.toUpperCase() + part.slice(1)).join("");
}
