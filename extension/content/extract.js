// What it is: reads the fields of one item as the site's file says, and hands them on raw.
// What it does not do: judge, cut or understand them; that is the core's. It has no site's name in it.

/** Longer values are cut: no post and no attribute that matters is longer, and a hostile page may make them so. */
const LONGEST = 1 << 16;
/** So many elements of one way are looked at where only certain words count: a post's head has fewer. */
const MOST_TRIED = 12;

/**
 * The raw values that the page shows of an item; of no way, if none of the site's builds such items.
 * @param {Element} item
 * @param {Layout[]} layouts the ways in which the page may be built
 * @returns {Seen}
 */
function extract(item, layouts) {
  const layout = layoutOf(item, layouts);
  if (!layout) return { dom: 0, fields: {} };
  /** @type {Seen} */
  const seen = { dom: layout.number, fields: {} };
  for (const [field, takes] of Object.entries(layout.dom.fields)) {
    const values = read(item, takes, layout.dom.votes?.[field] !== undefined);
    if (values.length > 0) seen.fields[field] = values;
  }
  return seen;
}

/** @param {Element} item @param {Layout[]} layouts */
function layoutOf(item, layouts) {
  return layouts.find(({ dom }) => item.matches(dom.item));
}

/**
 * The attributes that are read of an item. But for its style, which is ours to change.
 * @param {Layout[]} layouts
 */
function attributesOf(layouts) {
  const takes = layouts.flatMap(({ dom }) => Object.values(dom.fields).flat());
  const read = new Set(takes.map((take) => take.attr ?? ""));
  return [...read].filter((name) => !["", "text", "shown", "name", "style"].includes(name));
}

/**
 * Who the page says that the person is.
 * @param {Layout[]} layouts
 * @returns {Me | null}
 */
function extractMe(layouts) {
  for (const { number, dom } of layouts) {
    const found = read(document.documentElement, dom.me ?? [], false)[0];
    if (found) return [number, ...found];
  }
  return null;
}

/**
 * The values that the ways find, up to the first that nothing else is asked of; all of them, if they vote.
 * @param {Element} item @param {Take[]} takes @param {boolean} vote
 */
function read(item, takes, vote) {
  /** @type {[number, string][]} */
  const values = [];
  for (let way = 0; way < takes.length; way += 1) {
    const take = /** @type {Take} */ (takes[way]);
    const isPicky = take.is !== undefined || take.label !== undefined;
    const isAsked = isPicky || vote || [take.starts, take.ends, take.after, take.json, take.least].some((condition) => condition !== undefined);
    for (const element of elementsOf(item, take.css ?? "", isPicky)) {
      const value = valueOf(element, take.attr ?? "");
      if (!value) continue;
      values.push([way, value.slice(0, LONGEST)]);
      if (!isAsked) return values;
    }
  }
  return values;
}

/**
 * The item itself, or what a selector finds in it: the first, or some.
 * @param {Element} item @param {string} css @param {boolean} some
 */
function elementsOf(item, css, some) {
  if (!css || item.matches(css)) return [item];
  if (some) return [...item.querySelectorAll(css)].slice(0, MOST_TRIED);
  const first = item.querySelector(css);
  return first ? [first] : [];
}

/**
 * @param {Element} element
 * @param {string} attr an attribute's name, "text", "shown", "prose", "name", "described", or empty where being there is all
 */
function valueOf(element, attr) {
  if (attr === "") return "true";
  if (attr === "text") return wordsOf(element);
  if (attr === "shown") return shownIn(element);
  if (attr === "prose") return wordsOf(element, NO_PROSE);
  if (attr === "described") return saidBy(element, "aria-describedby") ?? element.getAttribute("aria-description");
  return attr === "name" ? saidBy(element, "aria-labelledby") ?? element.getAttribute("aria-label") : element.getAttribute(attr);
}

/** Parts of an article that are not its own words: what one presses, its head and foot, and articles about it. */
const NO_PROSE = `article, aside, button, footer, form, header, nav, script, select, style, template, textarea, time,
  [hidden], [aria-hidden="true"], [role="article"], [role="button"], [role="form"], [role="group"], [role="menu"], [role="navigation"],
  [role="toolbar"], [itemprop~="comment"]`;
/** Between these stands a break. */
const BLOCKS = "blockquote, div, h1, h2, h3, h4, h5, h6, li, ol, p, pre, section, ul";

/**
 * The words of an element, with the emoji that platforms draw as images and the breaks between lines. `innerText` would
 * say the same but makes the browser lay out the page.
 * @param {Element} element
 * @param {string} [but] parts that are left out; the others stand on lines of their own then
 */
function wordsOf(element, but) {
  let words = "";
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => {
    if (!but || !(node instanceof Element)) return NodeFilter.FILTER_ACCEPT;
    if (node.matches(BLOCKS) && words !== "") words = `${words.trimEnd()}\n`;
    return node.matches(but) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
  });
  for (let node = walker.nextNode(); node && words.length < LONGEST; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) words += node.nodeValue;
    else if (node.nodeName === "IMG") words += /** @type {Element} */ (node).getAttribute("alt") ?? "";
    else if (node.nodeName === "BR") words += "\n";
  }
  return words.trim();
}

/** A label has fewer parts than this, also where its letters are scattered among false ones. */
const MOST_PARTS = 400;

/**
 * What a person sees of an element's words, in the order of sight: labels are scattered over many elements, with false
 * letters that are not shown and true ones in another order. Only for small elements: it asks for every part's style.
 * @param {Element} element
 */
function shownIn(element) {
  let parts = 0;
  /** @param {Node} node @returns {string} */
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.nodeValue ?? "";
    if (!(node instanceof Element) || parts > MOST_PARTS) return "";
    parts += 1;
    const style = getComputedStyle(node);
    if (node !== element && isUnseen(style)) return "";
    const children = [...node.childNodes];
    if (style.display.includes("flex") || style.display.includes("grid")) {
      const order = (/** @type {Node} */ child) => (child instanceof Element ? Number(getComputedStyle(child).order) : 0);
      children.sort((a, b) => order(a) - order(b));
    }
    return children.map(walk).join("");
  };
  return walk(element).trim();
}

/** @param {CSSStyleDeclaration} style */
function isUnseen(style) {
  return style.display === "none" || style.visibility !== "visible" || style.opacity === "0" || style.fontSize === "0px"
    || style.width === "0px" || style.position === "absolute" || style.position === "fixed";
}

/**
 * The words of the elements that an element names as its label, or its description; null if it names none.
 * @param {Element} element @param {string} attr
 */
function saidBy(element, attr) {
  const ids = element.getAttribute(attr)?.split(/\s+/) ?? [];
  const root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
  const named = ids.map((id) => id && root.getElementById?.(id)).filter((one) => one instanceof Element);
  return named.length > 0 ? named.map((one) => wordsOf(one)).join(" ") : null;
}
