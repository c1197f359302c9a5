// What it is: what stands in our line before an item: its act and kinds in words, with the buttons that open it and its
// receipt; above that, where a row of hidden items ends, how many these are; and the mere eye before what is nothing.
// Why apart from paint.js: there is what is done to the page, here what a person sees, hears and presses.
// What it does not do: decide anything. No word of it is announced by itself: a feed that speaks while it is scrolled
// cannot be read.

/**
 * @param {Act} act "show" for the eye alone
 * @param {Kind[]} kinds
 * @param {number} row how many hidden items are told of above the line; none if 0
 * @param {{ why: () => void, show: () => void, row: () => void }} press what the buttons do
 * @returns {HTMLElement[]} the last button of them asks why
 */
function makeLines(act, kinds, row, press) {
  if (act === "show") return [makeEye(press.why)];
  const folded = act === "lower" || act === "hide";
  const line = document.createElement("div");
  line.className = act === "hide" ? "line folded thin" : folded ? "line folded" : "line";
  const what = document.createElement("span");
  what.id = what.className = "what";
  const strong = document.createElement("b");
  strong.textContent = kinds.map((kind) => say(keyOf("markKind", kind))).join(" · ");
  const [head, tail] = say(keyOf("mark", act), ["\ufffc"]).split("\ufffc");
  what.append(head ?? "", strong, tail ?? "");
  line.append(eye(), what);
  if (folded) line.append(about("what", button(say("markShow"), press.show)));
  const why = about("what", button(say("markWhyShort"), press.why));
  why.setAttribute("aria-haspopup", "dialog");
  line.append(why);
  return row > 0 ? [makeRow(row, press.row), line] : [line];
}

/** @param {() => void} onPress */
function makeEye(onPress) {
  const why = button("", onPress);
  why.className = "eye";
  why.title = say("markWhy");
  why.setAttribute("aria-label", say("markWhy"));
  why.setAttribute("aria-haspopup", "dialog");
  why.append(eye());
  return why;
}

/** How many are hidden here in a row, and a way to see them. @param {number} count @param {() => void} onPress */
function makeRow(count, onPress) {
  const made = document.createElement("div");
  made.className = "line folded";
  const said = document.createElement("span");
  said.id = said.className = "row";
  said.textContent = say("markRow", [String(count)]);
  made.append(eye(), said, about("row", button(say("markRowShow"), onPress)));
  return made;
}

/**
 * A button that says what it is about: heard alone, "Show" says nothing.
 * @param {string} id what it is about, in the same shadow root @param {HTMLButtonElement} made
 */
function about(id, made) {
  made.setAttribute("aria-describedby", id);
  return made;
}
