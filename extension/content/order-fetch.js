// What it is: makes the page wait for the order of what it asks for by `fetch`.
// Why a new answer: the text of one cannot be changed. The new one says in all but its text what the browser's own says,
// which stands behind it.
// What it does not do: touch an answer that is not JSON in UTF-8, is too large, or of which nothing more comes.

/** @param {Tools} tools @param {Order} order */
function holdFetched({ wrap, getter, largest }, { mayHold, order }) {
  const { apply } = Reflect;
  const { get: lookUp, set: keep } = WeakMap.prototype;
  const { then } = Promise.prototype;
  const { clone } = Response.prototype;
  const { get: headerOf } = Headers.prototype;
  const { getReader } = ReadableStream.prototype;
  const { read, cancel } = ReadableStreamDefaultReader.prototype;
  const { decode } = TextDecoder.prototype;
  const { encode } = TextEncoder.prototype;
  const { test } = RegExp.prototype;
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
    const [status, statusText] = [apply(answerStatus, real, []), apply(answerWords, real, [])];
    const type = String(apply(headerOf, apply(headersOf, real, []), ["content-type"]));
    const likeness = apply(clone, real, []);
    const reader = apply(getReader, apply(bodyOf, real, []), []);
    // The new text comes when the old one has been read to its end: a request that the page aborts fails as ever.
    const body = new Stream({
      type: "bytes",
      pull: (into) => new Later((resolve) => {
        /** @type {() => void} */
        const next = () => apply(then, apply(read, reader, []), [(/** @type {ReadableStreamReadResult<Uint8Array>} */ { done }) => {
          if (!done) {
            next();
            return;
          }
          apply(enqueue, into, [apply(encode, encoder, [text])]);
          apply(close, into, []);
          resolve(undefined);
        }, (/** @type {unknown} */ error) => {
          apply(fail, into, [error]);
          resolve(undefined);
        }]);
        next();
      }),
      cancel: (reason) => apply(cancel, reader, [reason]),
    });
    const made = new Answer(body, { status, statusText, headers: { "content-type": type } });
    apply(keep, originals, [made, likeness]);
    return made;
  };

  /**
   * Reads a copy of an answer and makes the page wait for it, but not when nothing more comes, or too much.
   * @param {Named} what @param {Response} response @param {(given: Response) => void} give
   */
  const hold = (what, response, give) => {
    const reader = apply(getReader, apply(bodyOf, apply(clone, response, []), []), []);
    // Only what is UTF-8 throughout becomes the same bytes again.
    const decoder = new Decoder("utf-8", { fatal: true, ignoreBOM: true });
    let text = "";
    let parts = 0;
    let isDone = false;
    const asItIs = () => {
      if (!isDone) apply(then, apply(cancel, reader, []), [() => {}, () => {}]);
      isDone = true;
      give(response);
    };
    const next = () => {
      parts += 1;
      const own = parts;
      delay(() => own === parts && !isDone && asItIs(), LONGEST_HELD);
      apply(then, apply(read, reader, []), [(/** @type {ReadableStreamReadResult<Uint8Array>} */ { done, value }) => {
        if (isDone) return;
        try {
          text += apply(decode, decoder, [value, { stream: !done }]);
        } catch {
          asItIs();
          return;
        }
        if (text.length > largest) asItIs();
        else if (!done) next();
        else {
          isDone = true;
          order(what, text, (made) => give(made === undefined ? response : remade(response, made)));
        }
      }, asItIs]);
    };
    next();
  };

  /**
   * What the page gets for a request. What is not held is only heard.
   * @param {Named} what @param {Promise<Response>} coming @param {(what: Named, response: Response) => void} hear
   */
  return (what, coming, hear) =>
    apply(then, coming, [(/** @type {Response} */ response) => {
      const type = apply(headerOf, apply(headersOf, response, []), ["content-type"]);
      if (mayHold() && apply(bodyOf, response, []) && apply(test, json, [type])) {
        return new Later((resolve) => hold(what, response, resolve));
      }
      hear(what, response);
      return response;
    }]);
}
