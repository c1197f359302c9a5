// What it is: notices, where the person has it counted, that they opened an item: by a link that leads to it, or by a press in
// it from which the page goes there by itself. Who is told counts whose it was.
// Why links and addresses: what a platform's page does with a press, no two do alike; where it leads is there to be read.
// What it does not do: count what a script pressed, what was opened in another way (a menu of the browser's, a film that
// plays in its place), or anything in a private window; hold anything back, or change where a link leads.

/** A page that changes its address so soon after a press went where that led (ms). */
const LEADS = 3_000;

/** @typedef {{ id: string, of: string[], selector: string }} Whose an item's id, whose it is, and links that open it */

/**
 * @param {(node: Node) => boolean} isOurs
 * @param {{ opened: (of: string[]) => void, forgetOpened: () => void }} tally
 * @param {AbortSignal} signal
 */
function watchOpened(isOurs, tally, signal) {
  /** @type {WeakMap<Element, Whose>} */
  const whose = new WeakMap();
  /** The last press that was on no link to the item. @type {(Whose & { at: number }) | undefined} */
  let last;
  let isOn = false;

  /** @param {unknown} diary what the person chose about it */
  function choose(diary) {
    isOn = Boolean(/** @type {{ opened?: unknown } | undefined} */ (diary)?.opened);
    if (!isOn) tally.forgetOpened();
  }
  chrome.storage.local.get("diary").then(({ diary }) => choose(diary));
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && changes.diary) choose(changes.diary.newValue ?? {});
  });
  for (const name of ["click", "auxclick"]) addEventListener(name, press, { signal, capture: true, passive: true });

  /** @param {Event} event */
  function press(event) {
    const { button, detail } = /** @type {MouseEvent} */ (event);
    // The second of two quick clicks opens nothing anew, and the third button opens a menu.
    if (!isOn || !event.isTrusted || detail > 1 || button > 1 || chrome.extension.inIncognitoContext) return;
    const path = event.composedPath().filter((node) => node instanceof Element);
    const known = path.map((node) => whose.get(node)).find(Boolean);
    if (!known || known.of.length === 0 || path.some(isOurs)) return;
    const link = path.find((node) => node instanceof HTMLAnchorElement);
    last = undefined;
    if (link && (leadsTo(link.href, known.id) || (known.selector && link.matches(known.selector)))) tally.opened(known.of);
    else if (button === 0) last = { ...known, at: Date.now() };
  }

  return {
    /** Whether it is counted, be it elsewhere than here. */
    isOn: () => isOn,
    /** @param {Element} item @param {Judged} judged @param {Dom} dom */
    know(item, { id, of }, { opens, fields }) {
      const links = (fields.link ?? []).filter(({ css, attr }) => css && attr === "href").map(({ css }) => css);
      whose.set(item, { id, of, selector: [opens, ...links].filter(Boolean).join(",") });
    },
    /** The page has another address. */
    moved() {
      if (last && Date.now() - last.at < LEADS && leadsTo(location.href, last.id)) tally.opened(last.of);
      last = undefined;
    },
  };
}

/** Whether an address is that of the item with this id: as a whole, or by one of its parts. @param {string} address @param {string} id */
const leadsTo = (address, id) => id !== "" && (address === id || address.split(/[/?&=#]/).includes(id));
