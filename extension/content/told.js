// What it is: the parts of a receipt that the person's own diary knows: whether the platform's company was told that they had
// been where the item leads, and, where they have that counted, how often they opened items of whose it is. The background
// reads the diary and chooses the words; here it is asked, and they are put on the receipt.
// Why the page learns nothing of it: nothing here is written into the page, and how large a receipt is, which a page can
// feel out, does not depend on the answer (receipt.js).
// What it does not do: ask in a private window, or say anything where the diary knows nothing.

/** A receipt waits so long for the diary, in milliseconds: a background that sleeps has to be woken. */
const UNTIL_TOLD = 700;
/** Pages of the platform's own on which people see and cut what it was told. */
const REMEDIES = ["off-platform", "ads"];

/**
 * What the diary says of where an item leads; null if it says nothing, or nobody answers.
 * @param {string[]} leads @returns {Promise<ToldWords | null>}
 */
const askTold = (leads) => leads.length === 0 ? none : askDiary({ ask: "told", leads });

/**
 * What the diary says of whose items the person opened; null if it says nothing, or nobody answers.
 * @param {string} site @param {string} platform @param {string[]} of @param {string | null} name what people call the author @returns {Promise<OpenedWords | null>}
 */
const askOpened = (site, platform, of, name) => of.length === 0 ? none : askDiary({ ask: "opened", site, platform, of, name });

/** @type {Promise<null>} */
const none = Promise.resolve(null);

/** @param {Question} question @returns {Promise<any>} */
async function askDiary(question) {
  if (chrome.extension.inIncognitoContext) return null;
  try {
    return await chrome.runtime.sendMessage(question) ?? null;
  } catch {
    return null;
  }
}

/** Waits until something is known, and not for long. @param {Promise<unknown>} known */
const soonOr = (known) => Promise.race([known, new Promise((resolve) => setTimeout(resolve, UNTIL_TOLD))]);

/**
 * @param {ToldWords} told @param {string} platform @param {Link[]} links @returns {HTMLElement[]}
 */
function toldElements({ heading, parts, limits }, platform, links) {
  const head = document.createElement("h3");
  head.textContent = heading;
  const list = document.createElement("ul");
  list.className = "told";
  for (const { when, lines } of parts) {
    const part = document.createElement("li");
    const day = document.createElement("b");
    day.textContent = when;
    part.append(day, ...lines.flatMap(({ said, howSure, how }) => [paragraph(said), opening(howSure, how)]));
    list.append(part);
  }
  const all = [head, list, paragraph(limits, "limits")];
  const remedies = REMEDIES.flatMap((purpose) => links.filter((link) => link.purpose === purpose));
  if (remedies.length > 0) all.push(paragraph(say("receiptToldDo", [platform])), remedyList(remedies));
  return all;
}

/** @param {OpenedWords} opened @returns {HTMLElement[]} */
function openedElements({ heading, lines, limits }) {
  const head = document.createElement("h3");
  head.textContent = heading;
  const list = document.createElement("ul");
  list.className = "told";
  for (const { said, howSure, how } of lines) {
    const line = document.createElement("li");
    line.append(paragraph(said), opening(howSure, how));
    list.append(line);
  }
  // Our own page, which no page may open or know: the background opens it.
  const off = button(say("receiptOpenedOff"), () => void chrome.runtime.sendMessage({ ask: "choices", part: "opened" }));
  off.className = "more";
  return [head, list, paragraph(limits, "limits"), off];
}

/** @param {Link[]} remedies */
function remedyList(remedies) {
  const list = document.createElement("ul");
  for (const { purpose, url } of remedies) {
    const item = document.createElement("li");
    item.append(linkTo(url, say(keyOf("link", purpose))));
    list.append(item);
  }
  return list;
}

/** @param {string} words @param {string} [name] */
function paragraph(words, name = "") {
  const made = document.createElement("p");
  made.className = name;
  made.textContent = words;
  return made;
}
