// What it is: the receipt, a panel that says why an item is here: what the platform says, what its data shows, what we
// noticed, what the person's own diary knows, and who the author is to them.
// Why a panel in a closed shadow root: the page must not read it, and its styles must not reach it. Where the diary
// is asked, it is as large whatever the answer is: a page can feel out where it ends.
// What it does not do: derive anything. It shows the core's lines, and text only ever as text.

const VOICES = /** @type {const} */ (["platform", "data", "noticed", "author"]);

/** After this voice stands what the person's own diary knows. */
const BEFORE_TOLD = "noticed";

/**
 * Shows a receipt, in place of another if one is open.
 * @param {{ lines: Line[], author: string | null, name: string | null, doubts: Wrong[], leads: string[], of: string[], part: string | null }} receipt
 * @param {{ site: string, name: string, links: Link[] }} platform
 * @param {() => void} back gives the focus back
 * @param {(wish: Wish) => void} onWish the person wishes this of the item
 * @param {AbortSignal} signal
 */
async function showReceipt({ lines, author, name, doubts, leads, of, part }, { site, name: platform, links }, back, onWish, signal) {
  const [opened, told] = [askOpened(site, platform, of, name), askTold(leads)];
  await soonOr(Promise.all([opened, told]));
  if (signal.aborted) return;
  openReceipt?.close();
  const { host, root } = hostElement("display:block;position:fixed;z-index:2147483647");
  const dialog = document.createElement("dialog");
  dialog.lang = chrome.i18n.getUILanguage();
  dialog.dir = say("@@bidi_dir");
  dialog.tabIndex = -1;
  if (leads.length > 0 || of.length > 0) dialog.className = "fixed";
  dialog.setAttribute("aria-label", say("receiptTitle"));
  const stop = new AbortController();
  const close = () => {
    stop.abort();
    host.remove();
    openReceipt = undefined;
    back();
  };
  openReceipt = { close };

  const header = document.createElement("header");
  const title = document.createElement("h2");
  title.textContent = say("receiptTitle");
  const closing = button(say("receiptClose"), close);
  closing.className = "close";
  header.append(eye(), title, closing);
  dialog.append(header);
  for (const voice of VOICES) {
    const spoken = lines.filter((line) => line.voice === voice);
    if (spoken.length > 0) {
      const heading = document.createElement("h3");
      heading.textContent = say(keyOf("voice", voice), [platform]);
      const list = document.createElement("ul");
      list.append(...spoken.map(lineElement));
      dialog.append(heading, list);
    }
    if (voice !== BEFORE_TOLD) continue;
    const [first, second] = [document.createComment(""), document.createComment("")];
    dialog.append(first, second);
    opened.then((known) => known && first.after(...openedElements(known)));
    told.then((known) => known && second.after(...toldElements(known, platform, links)));
  }
  const wishes = document.createElement("div");
  wishes.className = "wishes";
  /** @param {string} words @param {Wish} wish */
  const offer = (words, wish) => wishes.append(button(words, () => {
    onWish(wish);
    close();
  }));
  if (author && name) offer(say("receiptLess", [name]), { author });
  for (const wrong of doubts) offer(say("receiptWrong", [say(keyOf("markKind", wrong.kind))]), { wrong });
  if (part) wishes.append(button(say("popupOptions"), () => void chrome.runtime.sendMessage({ ask: "choices", part })));
  if (wishes.childElementCount > 0) dialog.append(wishes);
  root.append(dialog);
  document.documentElement.append(host);
  dialog.show();
  closing.focus({ preventScroll: true });

  root.addEventListener("keydown", (event) => {
    if (/** @type {KeyboardEvent} */ (event).key === "Escape" && event.isTrusted) close();
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.isTrusted && event.target !== host) close();
  }, { signal: stop.signal, capture: true });
  signal.addEventListener("abort", close, { once: true, signal: stop.signal });
}

/** @type {{ close: () => void } | undefined} */
let openReceipt;

/** @param {Line} line */
function lineElement({ key, args, quote, rule, doors, card }) {
  const item = document.createElement("li");
  item.append(say(key, args));
  if (quote) {
    const quoted = document.createElement("q");
    quoted.dir = "auto";
    quoted.textContent = quote;
    item.append(quoted);
  }
  for (const { name, url } of doors) {
    // The page behind it learns the sentence when the person goes there.
    item.append(linkTo(url, say("receiptDoor", [name])));
  }
  if (card) {
    // Our own page, which no page may open or know: the background opens it.
    const more = button(say("receiptCard"), () => void chrome.runtime.sendMessage({ ask: "card", name: card }));
    more.className = "more";
    item.append(more);
  }
  if (rule) {
    const code = document.createElement("code");
    code.textContent = rule;
    item.append(opening(say("receiptHow"), code));
  }
  return item;
}

/** Something that opens when the person wants to know more. @param {string} words @param {string | Node} inside */
function opening(words, inside) {
  const made = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = words;
  made.append(summary, inside);
  return made;
}

/** A link to a page elsewhere, which does not learn from where. @param {string} url @param {string} words */
function linkTo(url, words) {
  const made = document.createElement("a");
  made.href = url;
  made.target = "_blank";
  made.rel = "noreferrer noopener";
  made.textContent = words;
  return made;
}
