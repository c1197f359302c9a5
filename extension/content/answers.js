// What it is: how the scripts in the page's own world read an answer: no more of it than may be read, and so that nothing
// of the page's is called on the way.
// Why so odd: promises, streams and objects look for what the page may have put on all of their kind, a `then`, a
// `constructor`, a `toJSON`. What is done here was tried against a page that notes every call.
// What it does not do: know which answers matter, or change one.
//
// The build puts it first into the closure of wire.js.

/** @param {{ getter: (of: object, name: string) => () => any, largest: number }} tools */
function makeAnswers({ getter, largest }) {
  const { apply } = Reflect;
  const { hasOwnProperty: hasOwn } = Object.prototype;
  const { clone } = Response.prototype;
  const { get: headerOf } = Headers.prototype;
  const { getReader } = ReadableStream.prototype;
  const { read, cancel } = ReadableStreamDefaultReader.prototype;
  const { decode: decodeBytes } = TextDecoder.prototype;
  const { defineProperty, deleteProperty, getPrototypeOf } = Reflect;
  const [objects, arrays] = [Object.prototype, Array.prototype];
  const { then } = Promise.prototype;
  const { stringify } = JSON;
  const loadedBytes = getter(ProgressEvent.prototype, "loaded");
  const [bodyStream, headersOf] = ["body", "headers"].map((name) => getter(Response.prototype, name));
  const nothing = () => {};

  /**
   * Does something with an object of the browser's that has no such property meanwhile. Promises are asked for their
   * `constructor` by whoever waits, and what they are fulfilled with for its `then`: that would call the page's.
   * @param {object} of @param {string} name @param {() => void} act
   */
  const quietly = (of, name, act) => {
    defineProperty(of, name, /** @type {any} */ ({ __proto__: null, value: undefined, configurable: true }));
    act();
    deleteProperty(of, name);
  };
  /**
   * Waits for a promise of the browser's.
   * @template T
   * @param {Promise<T>} promise @param {(value: T) => void} done @param {(error: unknown) => void} failed
   */
  const settle = (promise, done, failed) => quietly(promise, "constructor", () => apply(then, promise, [done, failed]));

  /** True if and only if an answer says itself that it is too large. @param {Response} response */
  const isLarge = (response) =>
    +(/** @type {string} */ (apply(headerOf, apply(headersOf, response, []), ["content-length"]))) > largest;

  /**
   * Reads a stream to its end. By a reader, because a pipe would call the `then` that pages replace; what a reader gives is
   * looked at for a `then` by the browser itself, which only a page sees that has put a getter of this name on all objects.
   * @param {ReadableStream<Uint8Array>} stream @param {(part: Uint8Array) => void} onPart
   * @param {() => void} onEnd @param {(error: unknown) => void} onFail
   * @returns {() => void} stops: nothing is told after that
   */
  const drain = (stream, onPart, onEnd, onFail) => {
    const reader = apply(getReader, stream, []);
    let isStopped = false;
    const next = () => settle(apply(read, reader, []), (/** @type {ReadableStreamReadResult<Uint8Array>} */ { done, value }) => {
      if (isStopped) return;
      if (done) onEnd();
      else {
        onPart(value);
        next();
      }
    }, (error) => isStopped || onFail(error));
    next();
    return () => {
      isStopped = true;
      settle(apply(cancel, reader, []), nothing, nothing);
    };
  };

  /**
   * Reads a copy of an answer for as long as it is not too large.
   * @param {Response} response @param {TextDecoder} decoder
   * @param {() => void} onWait each time before more is waited for
   * @param {(text: string | undefined) => void} onEnd called once; with none if it is too large, no text, or was given up
   * @returns {() => void} gives up
   */
  const copied = (response, decoder, onWait, onEnd) => {
    let text = "";
    let isDone = false;
    /** @param {string} [whole] */
    const end = (whole) => {
      if (isDone) return;
      isDone = true;
      if (whole === undefined) stop();
      onEnd(whole);
    };
    /** @param {Uint8Array} [part] */
    const add = (part) => {
      try {
        text += apply(decodeBytes, decoder, [part, { stream: part !== undefined }]);
      } catch {
        end();
      }
      if (text.length > largest) end();
    };
    const stop = drain(/** @type {ReadableStream} */ (apply(bodyStream, apply(clone, response, []), [])), (part) => {
      add(part);
      onWait();
    }, () => {
      add();
      end(text);
    }, () => end());
    onWait();
    return () => end();
  };
  /**
   * What a parsed answer was parsed from. None where writing it would call the page: what it says in its `toJSON` is not
   * what came.
   * @param {unknown} value @returns {string | undefined}
   */
  const unparsed = (value) => {
    if (apply(hasOwn, objects, ["toJSON"]) || apply(hasOwn, arrays, ["toJSON"]) || getPrototypeOf(arrays) !== objects) return undefined;
    try {
      return stringify(value);
    } catch {
      // Too deep, or changed by the page.
      return undefined;
    }
  };
  /** How many bytes have come; 0 if the page made the event. @param {Event} event */
  const loaded = (event) => {
    try {
      return /** @type {number} */ (apply(loadedBytes, event, []));
    } catch {
      return 0;
    }
  };

  return { settle, quietly, drain, copied, isLarge, unparsed, loaded };
}
