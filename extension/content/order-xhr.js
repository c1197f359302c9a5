// What it is: makes the page wait for the order of what it asks for by `XMLHttpRequest`.
// Why so: what has come cannot be taken back, but its events can be stopped, and the same ones given again afterwards; in
// between the request looks as if its head alone had come.
// What it does not do: touch a synchronous request, one that fails, or an answer that the page wants as bytes.
//
// An event that is given again is no longer trusted (`isTrusted`); nothing that a script may do changes that.

/**
 * @typedef {object} Held a request by XMLHttpRequest
 * @property {Named | undefined} what none if it is nobody's business
 * @property {boolean} isHeld whether anything was held back
 * @property {boolean} isGiven whether nothing is held back any more
 * @property {boolean} isAsked whether the core was asked, and so has heard the answer
 * @property {boolean} isOver whether the page has given it up
 * @property {Record<number, { event: Event, state: number }>} events what was held back, with the state at which it came
 * @property {number} count how many these are
 * @property {number} shown the state while held events are given; 0 for the real one
 * @property {string | undefined} text the new text; none for the real one
 * @property {boolean} isJson whether the page wants it parsed
 * @property {unknown} real what the browser last made of the real one, and
 * @property {unknown} value what was then made of the new one: anew whenever the browser makes it anew
 */

/** @param {Tools} tools @param {Order} order */
function holdRequests({ replace, wrap, getter, unparsed, loaded, largest }, { mayHold, order }) {
  const { apply, construct } = Reflect;
  const { get: lookUp, set: keep } = WeakMap.prototype;
  const { addEventListener: listen, dispatchEvent: dispatch } = EventTarget.prototype;
  const { stopImmediatePropagation: stop, initEvent: begin } = Event.prototype;
  const { parse } = JSON;
  const [Plain, Progress, Xhr] = [Event, ProgressEvent, XMLHttpRequest];
  const [typeOf, holderOf] = ["type", "currentTarget"].map((name) => getter(Event.prototype, name));
  const [stateOf, statusOf, kindOf, textOf, valueOf] = ["readyState", "status", "responseType", "responseText", "response"].map(
    (name) => getter(Xhr.prototype, name));

  /** @type {WeakMap<object, Held>} */
  const requests = new WeakMap();
  /** @param {object} request @returns {Held | undefined} */
  const held = (request) => apply(lookUp, requests, [request]);

  /** Every event of a request comes here first. @param {Event} event */
  const onEvent = (event) => {
    const self = apply(holderOf, event, []);
    const request = held(self);
    if (!request?.what || request.isGiven) return;
    const state = apply(stateOf, self, []);
    if (state < 3) return;
    const kind = apply(kindOf, self, []);
    const isWords = kind === "" || kind === "text" || kind === "json";
    const type = apply(typeOf, event, []);
    // What has failed has no status; it passes, and so does what nobody may hold, as if we were not there.
    const isFailed = state === 4 && apply(statusOf, self, []) === 0;
    if (isFailed || !(request.isHeld || (mayHold() && isWords))) {
      request.isGiven = true;
      return;
    }
    request.isHeld = true;
    // One that the page itself gives comes before all is there.
    const isWhole = type === "load" && state === 4;
    const isLarge = loaded(event) > largest;
    let text = "";
    if (isWhole && !isLarge) text = kind === "json" ? unparsed(apply(valueOf, self, [])) : apply(textOf, self, []);
    if (isLarge || text === undefined) {
      // This very event goes on by itself, behind those that were held.
      give(self, request);
      return;
    }
    apply(stop, event, []);
    request.events[request.count] = { event, state };
    request.count += 1;
    if (!isWhole) return;
    request.isAsked = true;
    order(request.what, text, (made) => {
      if (request.isGiven) return;
      request.isJson = kind === "json";
      request.text = made;
      give(self, request);
    });
  };

  /** Gives the page what was held back. @param {object} self @param {Held} request */
  const give = (self, request) => {
    request.isGiven = true;
    for (let i = 0; i < request.count; i += 1) {
      // The page may have given it up by now, or opened it anew.
      if (request.isOver || held(self) !== request) return;
      request.shown = request.events[i].state;
      const { event } = request.events[i];
      // Chromium leaves an event stopped that once was; begun anew, it keeps all that it says but its trust.
      apply(begin, event, [apply(typeOf, event, []), false, false]);
      apply(dispatch, self, [event]);
    }
    request.shown = 0;
  };

  const names = ["readystatechange", "progress", "load", "loadend"];
  replace(window, "XMLHttpRequest", {
    construct(target, args, asked) {
      const made = construct(target, args, asked);
      for (let i = 0; i < names.length; i += 1) apply(listen, made, [names[i], onEvent, true]);
      return made;
    },
  });
  const described = Object.getOwnPropertyDescriptor(Xhr.prototype, "constructor");
  Object.defineProperty(Xhr.prototype, "constructor", { ...described, value: XMLHttpRequest });

  /** @param {object} self */
  const isHidden = (self) => {
    const request = held(self);
    return !!request?.isHeld && !request.isGiven;
  };
  wrap(Xhr.prototype, "readyState", (self, _args, state) => (isHidden(self) ? 2 : held(self)?.shown || state));
  // Firefox keeps the text of a request that was given up when it had come, and to the page this one never had.
  /** @param {object} self */
  const isEmpty = (self) => isHidden(self) || !!held(self)?.isOver;
  wrap(Xhr.prototype, "responseText", (self, _args, text) => (isEmpty(self) ? "" : held(self)?.text ?? text));
  wrap(Xhr.prototype, "response", (self, _args, value) => {
    if (isEmpty(self)) return apply(kindOf, self, []) === "json" ? null : "";
    const request = held(self);
    if (request?.text === undefined) return value;
    if (!request.isJson) return request.text;
    if (request.real !== value) {
      request.real = value;
      request.value = parse(request.text);
    }
    return request.value;
  });
  replace(Xhr.prototype, "abort", {
    apply(target, self, args) {
      const request = held(self);
      // For the browser it has ended and there is nothing to abort, for the page it has not.
      const isOpen = request && (request.isGiven ? request.shown === 3 : request.isHeld);
      const isCut = isOpen && apply(stateOf, self, []) === 4;
      const result = apply(target, self, args);
      if (request && isCut) {
        request.isGiven = request.isOver = true;
        request.text = undefined;
        request.shown = 4;
        apply(dispatch, self, [new Plain("readystatechange")]);
        apply(dispatch, self, [new Progress("abort")]);
        apply(dispatch, self, [new Progress("loadend")]);
        request.shown = 0;
      }
      return result;
    },
  });

  return {
    /** A request was opened, perhaps once more. @param {object} self @param {boolean} isAsync */
    opened(self, isAsync) {
      /** @type {Held} */
      const request = { what: undefined, isHeld: false, isGiven: !isAsync, isAsked: false, isOver: false,
        events: /** @type {any} */ ({ __proto__: null }), count: 0, shown: 0, text: undefined, isJson: false, real: undefined, value: undefined };
      apply(keep, requests, [self, request]);
    },
    /** It was sent, and asks for this. @param {object} self @param {Named} what */
    sent(self, what) {
      const request = held(self);
      if (request) request.what = what;
    },
    /** True if and only if the core has heard the answer by being asked. @param {object} self */
    isAsked: (self) => !!held(self)?.isAsked,
  };
}
