// What it is: keeps a feed's previews still where the person chose that: a film in one of the places that the site's file
// names stops as it begins to play, unless they had just pressed something in that place.
// Why by pausing: the film stays the page's, with its controls, and one press plays it. It is muted too, for the moment
// until the browser tells of its beginning; whom we muted gets their sound back as they are played or let go.
// What it does not do: touch a film that stands anywhere else, or a page whose person did not choose it. Films inside a
// closed or open shadow root tell nobody outside of their beginning and are not reached.

/** So long after a press (ms) a film in the same place begins because of it: what browsers themselves allow for it. */
const BECAUSE = 5_000;
/** A page that plays a film again this often is left to, without sound: nobody is helped by an endless quarrel. */
const MOST_PAUSES = 20;

/** @param {string} within the selector of what holds previews @param {AbortSignal} signal lets them go */
function keepStill(within, signal) {
  /** Films that the person began. @type {WeakSet<HTMLMediaElement>} */
  const theirs = new WeakSet();
  /** How often a film was paused since it was loaded. @type {WeakMap<HTMLMediaElement, number>} */
  const pauses = new WeakMap();
  /** Whom we muted. @type {WeakSet<HTMLMediaElement>} */
  const muted = new WeakSet();
  /** Where the person pressed last, and when. */
  let pressed = { place: /** @type {Element | null} */ (null), at: -Infinity };
  const early = { capture: true, signal };

  /** Whether the person pressed in this place just now. @param {Element} place */
  const isPressed = (place) => pressed.place === place && performance.now() - pressed.at < BECAUSE;

  /** @param {Event} event */
  function press(event) {
    if (!event.isTrusted || (event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ")) return;
    const place = event.target instanceof Element ? event.target.closest(within) : null;
    pressed = { place, at: performance.now() };
  }

  /** @param {EventTarget | null} film */
  function begin(film) {
    const place = film instanceof HTMLMediaElement && film.closest(within);
    if (!place) return;
    if (isPressed(place)) theirs.add(film);
    if (theirs.has(film)) return sound(film);
    if (!film.muted) {
      film.muted = true;
      muted.add(film);
    }
    const count = (pauses.get(film) ?? 0) + 1;
    pauses.set(film, count);
    if (count <= MOST_PAUSES) film.pause();
  }

  /** Another film in the same element is another film, unless it is there because of a press. @param {Event} event */
  function loaded({ target }) {
    if (!(target instanceof HTMLMediaElement)) return;
    const place = target.closest(within);
    if (place && isPressed(place)) return;
    theirs.delete(target);
    pauses.delete(target);
  }

  /** @param {HTMLMediaElement} film */
  function sound(film) {
    if (muted.delete(film)) film.muted = false;
  }

  const films = () => document.querySelectorAll(/** @type {"video"} */ ("video, audio"));
  addEventListener("pointerdown", press, early);
  addEventListener("keydown", press, early);
  document.addEventListener("play", ({ target }) => begin(target), early);
  document.addEventListener("emptied", loaded, early);
  signal.addEventListener("abort", () => films().forEach(sound));
  films().forEach((film) => film.paused || begin(film));
}
