// What it is: reads the fields of one item as the site's file says, and hands them on raw.
// What it does not do: judge, cut or understand them; that is the core's. It has no site's name in it.

/** Longer values are cut: no post and no attribute that matters is longer, and a hostile page may make them so. */
const LONGEST = 1 << 16;

/**
 * The raw values that the page shows of an item.
 * @param {Element} item
 * @param {Record<string, Take[]>} fields the ways to read each field
 * @returns {Seen}
 */
function extract(item, fields) {
  /** @type {Seen} */
  const seen = { fields: {} };
  for (const [field, takes] of Object.entries(fields)) {
    for (let way = 0; way < takes.length; way += 1) {
      const take = /** @type {Take} */ (takes[way]);
      const element = take.css && !item.matches(take.css) ? item.querySelector(take.css) : item;
      const value = element && valueOf(element, take.attr ?? "");
      if (value) {
        seen.fields[field] = [way, value.slice(0, LONGEST)];
        break;
      }
    }
  }
  return seen;
}

/**
 * @param {Element} element
 * @param {string} attr an attribute's name, "text", or empty where being there is all
 */
function valueOf(element, attr) {
  if (attr === "") return "true";
  return attr === "text" ? wordsOf(element) : element.getAttribute(attr);
}

/**
 * The words of an element, with the emoji that platforms draw as images and the breaks between lines. `innerText` would
 * say the same but makes the browser lay out the page.
 * @param {Element} element
 */
function wordsOf(element) {
  let words = "";
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node && words.length < LONGEST; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) words += node.nodeValue;
    else if (node.nodeName === "IMG") words += /** @type {Element} */ (node).getAttribute("alt") ?? "";
    else if (node.nodeName === "BR") words += "\n";
  }
  return words.trim();
}
