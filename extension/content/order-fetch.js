// What it is: makes the page wait for the order of what it asks for by `fetch`.
// Why a new answer: the text of one cannot be changed. The new one says in all but its text what the browser's own says,
// which stands behind it.
// What it does not do: touch an answer that is not JSON in UTF-8, is too large, or of which nothing more comes.

/** @param {Tools} tools @param {Order} order */
function holdFetched({ wrap, getter, settle, quietly, drain, copied, isLarge }, { mayHold, order }) {
  const { apply } = Reflect;
  const { get: lookUp, set: keep } = WeakMap.prototype;
  const { clone } = Response.prototype;
  const { get: headerOf } = Headers.prototype;
  const { encode } = TextEncoder.prototype;
  const { exec } = RegExp.prototype;
  const delay = setTimeout.bind(window);
  const { enqueue, close, error: fail } = ReadableByteStreamController.prototype;
  const [Later, Answer, Decoder, Stream] = [Promise, Response, TextDecoder, ReadableStream];
  const [bodyOf, answerStatus, answerWords, headersOf] = ["body", "status", "statusText", "headers"].map((name) =>
    getter(Response.prototype, name));
  const encoder = new TextEncoder();
  const json = /^[^;]*\bjson\b/;

  /** What the browser made, behind each answer that we made. @type {WeakMap<object, Response>} */
  const originals = new WeakMap();
  /** @param {object} answer @returns {Response | undefined} */
  const original = (answer) => apply(lookUp, originals, [answer]);
  for (const name of ["url", "type", "redirected", "headers"]) {
    const native = getter(Response.prototype, name);
    wrap(Response.prototype, name, (self, _args, value) => {
      const real = original(self);
      return real ? apply(native, real, []) : value;
    });
  }
  wrap(Response.prototype, "clone", (self, _args, made) => {
    const real = original(self);
    if (real) apply(keep, originals, [made, apply(clone, real, [])]);
    return made;
  });

  /** An answer that is in all but its text the one that came. @param {Response} real @param {string} text */
  const remade = (real, text) => {
    const type = apply(headerOf, apply(headersOf, real, []), ["content-type"]);
    const likeness = apply(clone, real, []);
    /** Takes the old text away, once it is being read. @type {(() => void) | undefined} */
    let stop;
    // The new text comes when the old one has been read to its end: a request that the page aborts fails as ever.
    const body = new Stream(/** @type {any} */ ({
      __proto__: null,
      type: "bytes",
      pull(/** @type {ReadableByteStreamController} */ into) {
        stop ??= drain(apply(bodyOf, real, []), () => {}, () => {
          apply(enqueue, into, [apply(encode, encoder, [text])]);
          apply(close, into, []);
        }, (error) => apply(fail, into, [error]));
      },
      cancel: () => stop?.(),
    }));
    const made = new Answer(body, /** @type {any} */ ({
      __proto__: null,
      status: apply(answerStatus, real, []),
      statusText: apply(answerWords, real, []),
      headers: { __proto__: null, "content-type": `${type}` },
    }));
    apply(keep, originals, [made, likeness]);
    return made;
  };

  /**
   * Reads a copy of an answer and makes the page wait for it, but not when nothing more comes, or too much.
   * @param {Named} what @param {Response} response @param {(given: Response) => void} give
   */
  const hold = (what, response, give) => {
    let waits = 0;
    // Only what is UTF-8 throughout becomes the same bytes again.
    const giveUp = copied(response, new Decoder("utf-8", { fatal: true, ignoreBOM: true }), () => {
      waits += 1;
      const own = waits;
      delay(() => own === waits && giveUp(), LONGEST_HELD);
    }, (text) => {
      if (text === undefined) give(response);
      else order(what, text, (made) => give(made === undefined ? response : remade(response, made)));
    });
  };

  /**
   * What the page gets for a request. What is not held is only heard.
   * @param {Named} what @param {Promise<Response>} coming @param {(what: Named, response: Response) => void} hear
   */
  return (what, coming, hear) =>
    new Later((fulfil, reject) => settle(coming, (response) => {
      const resolve = (/** @type {Response} */ given) => quietly(given, "then", () => fulfil(given));
      const type = apply(headerOf, apply(headersOf, response, []), ["content-type"]);
      if (mayHold() && !isLarge(response) && apply(bodyOf, response, []) && apply(exec, json, [type])) {
        hold(what, response, resolve);
        return;
      }
      hear(what, response);
      resolve(response);
    }, reject));
}
