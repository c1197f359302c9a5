// What it is: tells how a page is built that cannot be read, so that somebody can mend the site's file: names of parts
// and how many there are. A person asks for it in the popup, sees all of it, and copies it or not.
// Why so little: it is meant for others' eyes. Of the page it holds the names of elements and attributes, and which of
// the standard's roles they have.
// What it does not do: hold a word, an address, an id, or any other value of the page; send anything.

/** So many lines: more is read by nobody. */
const MOST_LINES = 200;
/** So deep below where it begins. */
const MOST_DEEP = 14;
/** Of so many items is told what was read of them. */
const MOST_READ = 50;
/** Roles that lists and their items have; whatever else stands there could be anything. */
const ROLES = ["article", "complementary", "feed", "grid", "gridcell", "group", "heading", "list", "listitem", "main", "navigation", "region", "row"];

/**
 * How the page is built, line by line.
 * @param {Feed} feed how it was to be read
 * @returns {string}
 */
function structureOf({ site, layouts }) {
  const lines = [`Plainsight ${chrome.runtime.getManifest().version}, ${site}`];
  for (const layout of layouts) {
    const items = [...document.querySelectorAll(layout.dom.item)];
    /** @type {Map<string, number>} */
    const read = new Map();
    for (const item of items.slice(0, MOST_READ)) {
      for (const field of Object.keys(extract(item, [layout]).fields)) read.set(field, (read.get(field) ?? 0) + 1);
    }
    const fields = [...read].map(([field, count]) => `${field} ${count}`).join(", ");
    lines.push(`layout ${layout.number}: ${items.length} items${fields && ` (of ${Math.min(items.length, MOST_READ)}: ${fields})`}`);
  }
  const [from] = document.querySelectorAll("main, [role=main], [role=feed]");
  outline(from ?? document.body, 0, 1, lines);
  return lines.join("\n");
}

/**
 * A line for an element and those that are like it beside it, and lines for what is in the first of them.
 * @param {Element} element @param {number} depth @param {number} count how many are alike @param {string[]} lines
 */
function outline(element, depth, count, lines) {
  if (lines.length >= MOST_LINES || depth > MOST_DEEP) return;
  lines.push(`${" ".repeat(depth)}${nameOfPart(element)}${count > 1 ? ` x${count}` : ""}`);
  /** @type {{ first: Element, name: string, count: number }[]} */
  const groups = [];
  for (const child of element.children) {
    const name = nameOfPart(child);
    const last = groups.at(-1);
    if (last?.name === name) last.count += 1;
    else groups.push({ first: child, name, count: 1 });
  }
  for (const group of groups) outline(group.first, depth + 1, group.count, lines);
}

/** @param {Element} element */
function nameOfPart(element) {
  const role = element.getAttribute("role") ?? "";
  const attributes = element.getAttributeNames().filter((name) => name !== "role").sort().map((name) => `[${name}]`);
  return `${element.localName}${ROLES.includes(role) ? `[role=${role}]` : ""}${attributes.join("")}`;
}
