// What it is: what stands in our line before an item: its act and kinds in words, with the buttons that open it and its
// receipt; above that, where a row of hidden items ends, how many these are; and the mere eye before what is nothing.
// Why apart from paint.js: there is what is done to the page, here what a person sees, hears and presses.
// What it does not do: decide anything. No word of it is announced by itself: a feed that speaks while it is scrolled
// cannot be read.

/**
 * In the flow before the item's body; over the body, taking no room of its own; or in the body's place, with all of its room.
 * @typedef {keyof typeof PLACES} Place
 */

/** How the outside of a line stands in each place. Over the body, its width is given back to those that stand beside it. */
const PLACES = {
  in: "display:block",
  over: "display:block;position:relative;block-size:0;inline-size:100%;margin-inline-end:-100%;flex:none;align-self:flex-start;z-index:1",
  whole: "display:block;block-size:100%;inline-size:100%;align-self:stretch",
};

/**
 * @param {Act} act "show" for the eye alone
 * @param {Kind[]} kinds
 * @param {number} row how many hidden items are told of above the line; none if 0
 * @param {{ why: () => void, show: () => void, row: () => void }} press what the buttons do
 * @param {Place} place where it stands
 * @param {boolean} [comment] whether it stands before a comment, of which one thing alone is ever said
 * @returns {HTMLElement[]} the last button of them asks why
 */
function makeLines(act, kinds, row, press, place, comment) {
  if (act === "show") return [makeEye(press.why)];
  const folded = act === "lower" || act === "hide";
  const line = document.createElement("div");
  line.className = `line ${place}${folded ? " folded" : ""}${act === "hide" ? " thin" : ""}`;
  const what = document.createElement("span");
  what.id = what.className = "what";
  const strong = document.createElement("b");
  strong.textContent = comment ? say("markComment") : kinds.map((kind) => say(keyOf("markKind", kind))).join(" · ");
  const [head, tail] = comment ? [] : say(keyOf("mark", act), ["\ufffc"]).split("\ufffc");
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

/**
 * What a line cannot know before it stands: the colour of its words, where the one that it inherits cannot be read on the
 * ground there, and the gap that the page's list puts between its parts, which is not to part a line from its item.
 * @typedef {{ ink: string, gap: string, isRow: boolean }} Standing
 */

/** WCAG's least for anything that is to be seen; a page's own choice of quiet colours is not overruled. */
const LEAST_CONTRAST = 3;

/** @param {HTMLElement} host @returns {Standing} */
function standingOf(host) {
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  const isDark = scheme.includes("dark") && (!scheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches);
  let ground = isDark ? 0 : 1;
  let gap = "";
  let isRow = false;
  let isInside = true;
  for (let at = host.parentElement; at; at = at.parentElement) {
    const { display, flexDirection, rowGap, backgroundColor, backgroundImage } = getComputedStyle(at);
    if (isInside && display !== "contents") {
      isInside = false;
      isRow = display.includes("flex") && flexDirection.startsWith("row");
      if (/flex|grid/.test(display) && !isRow && parseFloat(rowGap) > 0) gap = rowGap;
    }
    const found = lightOf(backgroundColor);
    // What a picture is like, or a ground that lets another through, nobody can say from here.
    if (backgroundImage !== "none" || (found === undefined && backgroundColor !== "rgba(0, 0, 0, 0)")) return { ink: "", gap, isRow };
    if (found === undefined) continue;
    ground = found;
    break;
  }
  const ink = lightOf(getComputedStyle(host).color);
  if (ink === undefined) return { ink: "", gap, isRow };
  const [dark, light] = [Math.min(ink, ground), Math.max(ink, ground)];
  return { ink: (light + 0.05) / (dark + 0.05) >= LEAST_CONTRAST ? "" : ground > 0.18 ? "#101010" : "#f0f0f0", gap, isRow };
}

/** @param {HTMLElement} host @param {Standing} standing @param {Place} place */
function stand(host, { ink, gap, isRow }, place) {
  if (ink) host.style.setProperty("color", ink, "important");
  if (gap) host.style.setProperty("margin-block-end", `-${gap}`, "important");
  if (!isRow || place !== "over") return;
  // Beside it stands what it lies over, and nobody knows how wide that is.
  host.style.setProperty("inline-size", "min(100%, 280px)", "important");
  host.style.setProperty("margin-inline-end", "max(-100%, -280px)", "important");
}

/** The light of a colour that lets little through, from 0 to 1, by WCAG's formula; nothing of any other. @param {string} color */
function lightOf(color) {
  const [r, g, b] = (/^rgba?\((\d+), (\d+), (\d+)(?:, 0\.[89]\d*)?\)$/.exec(color) ?? []).slice(1)
    .map((part) => Number(part) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return r === undefined || g === undefined || b === undefined ? undefined : 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
