// What it is: the reader in the page's own world. It passes on the answers that the platform sends to its own page, and
// only those whose path a site's file names; the core decides what they mean, and, where a site's file says that it may
// be asked, in which order the page gets them (order*.js, which the build puts before this file in one closure, behind
// answers.js, which says how an answer is read).
// Why here: the answers carry type names and ids, which the finished page no longer does.
// What it does not do: change a request, make one of its own, keep anything, or look at any other path.
//
// The page is hostile: everything used later is taken before the page's first script runs, what is wrapped still looks
// native, and the way out is a port that only the content script holds. The build puts the sites' table in.
(() => {
  "use strict";
  const SITES = __SITES__;
  const here = SITES[location.hostname];
  if (!here) return;

  const { apply } = Reflect;
  const Decoder = TextDecoder;
  const { addEventListener: listen } = EventTarget.prototype;
  const { postMessage } = MessagePort.prototype;
  const { get: lookUp, set: keep } = WeakMap.prototype;
  const { getOwnPropertyDescriptor: describe, setPrototypeOf } = Object;
  const { hasOwnProperty: hasOwn } = Object.prototype;
  /** @param {object} of @param {string} name */
  const getter = (of, name) => /** @type {() => unknown} */ (describe(of, name)?.get);
  const messageData = getter(MessageEvent.prototype, "data");
  // `test` would ask each expression for an `exec`, which the page may have put there.
  const { exec } = RegExp.prototype;
  const decode = decodeURIComponent;
  const Address = URL;
  const Xhr = XMLHttpRequest;
  const base = location.href;
  const origin = location.origin;
  const [addressOrigin, addressPath, addressSearch] = ["origin", "pathname", "search"].map((name) => getter(URL.prototype, name));
  const { toString: parametersText } = URLSearchParams.prototype;
  const requestUrl = getter(Request.prototype, "url");
  const bodyStream = getter(Response.prototype, "body");
  const answers = makeAnswers({ getter, largest: here.largest });
  const [responseType, responseText, responseBody] = ["responseType", "responseText", "response"].map((name) =>
    getter(Xhr.prototype, name));
  const plain = (/** @type {string} */ text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  const rules = here.rules.map(({ paths, hosts, names, orders }) => ({
    orders,
    // Who is asked: the page's own origin, or the hosts that a site's file names, over TLS and no other port.
    origins: hosts.length === 0
      ? [new RegExp(`^${plain(origin)}$`)]
      : hosts.map((host) => new RegExp(`^https://${plain(host).replace("*", "[a-z0-9.-]+")}$`)),
    paths: paths.map((path) => new RegExp(`^${plain(path).replaceAll("*", "[^/]+")}/?$`)),
    // A name counts as a whole: `queryId=Name.12`, `fb_api_req_friendly_name=Name&`, `"operationName":"Name"`.
    names: names.map((name) => ({ name, sign: new RegExp(`(?:^|[^\\w-])${plain(name)}(?:[^\\w-]|$)`) })),
  }));

  const channel = new MessageChannel();
  const way = channel.port1;

  /** With a number the content script says in which order the page is to get it. @param {Named} named @param {unknown} body @param {number} [number] */
  const pass = ({ path, name }, body, number) => {
    if (typeof body === "string" && body.length <= here.largest) apply(postMessage, way, [[path, name, body, number]]);
  };

  /**
   * What a request asks for, if a site's file names it; none for all others.
   * @param {unknown} input what `fetch` or `open` was given
   * @param {() => unknown} sent what is sent along; asked for only where it matters
   * @returns {Named | undefined}
   */
  const named = (input, sent) => {
    try {
      let address = input;
      if (typeof input !== "string") {
        // Only real requests and addresses: turning anything else into text could run the page's code twice.
        try {
          address = apply(requestUrl, input, []);
        } catch {
          address = apply(hrefOf, input, []);
        }
      }
      const url = new Address(/** @type {string} */ (address), base);
      const path = /** @type {string} */ (apply(addressPath, url, []));
      const asks = /** @type {string} */ (apply(addressOrigin, url, []));
      for (let i = 0; i < rules.length; i += 1) {
        const { origins, paths, names, orders } = rules[i];
        if (!isAnyOf(origins, asks)) continue;
        for (let j = 0; j < paths.length; j += 1) {
          if (!apply(exec, paths[j], [path])) continue;
          if (names.length === 0) return { path, name: "", orders };
          const asked = `${plainly(/** @type {string} */ (apply(addressSearch, url, [])))} ${wordsOf(sent())}`;
          for (let k = 0; k < names.length; k += 1) if (apply(exec, names[k].sign, [asked])) return { path, name: names[k].name, orders };
        }
      }
    } catch {
      // What is no address is the page's own affair.
    }
    return undefined;
  };
  /** @param {RegExp[]} signs @param {string} what */
  const isAnyOf = (signs, what) => {
    for (let i = 0; i < signs.length; i += 1) if (apply(exec, signs[i], [what])) return true;
    return false;
  };
  /** A query without its escapes; as it is, where they make no sense. @param {string} query */
  const plainly = (query) => {
    try {
      return decode(query);
    } catch {
      return query;
    }
  };
  /** What is sent, where it is words. @param {unknown} body */
  const wordsOf = (body) => {
    if (typeof body === "string") return body;
    try {
      return apply(parametersText, body, []);
    } catch {
      return "";
    }
  };
  const hrefOf = getter(URL.prototype, "href");

  /** @type {WeakMap<object, Function>} */
  const natives = new WeakMap();
  /**
   * Puts a function in the place of a native one, or of a property's getter, that works and looks like it.
   * @param {any} holder
   * @param {string} name
   * @param {ProxyHandler<any>} how
   */
  const replace = (holder, name, how) => {
    const described = describe(holder, name);
    if (!described?.configurable) return;
    const part = described.get ? "get" : "value";
    const native = described[part];
    // Without a prototype: a `get` that the page puts on all objects would be asked for every property of ours.
    const replaced = new Proxy(native, setPrototypeOf(how, null));
    natives.set(replaced, native);
    Object.defineProperty(holder, name, { ...described, [part]: replaced });
  };
  /**
   * The same, where the native is called as ever and `seen` makes of its result what the page gets.
   * @param {any} holder
   * @param {string} name
   * @param {(self: any, args: any[], result: any) => unknown} seen
   */
  const wrap = (holder, name, seen) =>
    replace(holder, name, { apply: (target, self, args) => seen(self, args, apply(target, self, args)) });

  const { settle, copied, isLarge, unparsed, loaded } = answers;
  const isOrdered = here.rules.some((rule) => rule.orders);
  const nothing = () => {};
  const tools = { ...answers, replace, wrap, getter, largest: here.largest, ask: pass };
  const order = isOrdered ? makeOrder(tools) : undefined;
  const held = order && holdRequests(tools, order);
  const fetched = order && holdFetched(tools, order);
  way.onmessage = (event) => order?.told(/** @type {Told} */ (apply(messageData, event, [])));

  wrap(window, "fetch", (_self, args, result) => {
    const what = named(args[0], () => bodyOf(args[1]));
    if (!what) return result;
    if (what.orders && fetched) return fetched(what, result, hear);
    settle(result, (/** @type {Response} */ response) => hear(what, response), nothing);
    return result;
  });
  /** @param {Named} what @param {Response} response */
  const hear = (what, response) => {
    if (!isLarge(response) && apply(bodyStream, response, [])) copied(response, new Decoder(), nothing, (text) => pass(what, text));
  };
  /** The body in `fetch`'s options, if it is a plain value there: a getter of the page's is not called. @param {unknown} init */
  const bodyOf = (init) => {
    const described = typeof init === "object" && init !== null ? describe(init, "body") : undefined;
    return described && apply(hasOwn, described, ["value"]) ? described.value : undefined;
  };

  /** What each request was opened for. @type {WeakMap<object, unknown>} */
  const opened = new WeakMap();
  wrap(Xhr.prototype, "open", (self, args, result) => {
    apply(keep, opened, [self, args[1]]);
    held?.opened(self, args.length < 3 || !!args[2]);
    return result;
  });
  wrap(Xhr.prototype, "send", (self, args, result) => {
    const what = named(apply(lookUp, opened, [self]), () => args[0]);
    if (!what) return result;
    if (what.orders) held?.sent(self, what);
    apply(listen, self, ["load", (/** @type {Event} */ event) => {
      if (held?.isAsked(self) || loaded(event) > here.largest) return;
      const type = apply(responseType, self, []);
      if (type === "" || type === "text") pass(what, apply(responseText, self, []));
      else if (type === "json") pass(what, unparsed(apply(responseBody, self, [])));
    }, { __proto__: null, once: true }]);
    return result;
  });

  replace(Function.prototype, "toString", {
    apply: (target, self, args) => apply(target, apply(lookUp, natives, [self]) ?? self, args),
  });

  // The port changes hands before the page's first script runs: whichever of the two scripts comes second finds the
  // other waiting, and then nobody listens any more.
  let isTaken = false;
  const offer = () => {
    if (isTaken) return;
    isTaken = !dispatchEvent(new MessageEvent("plainsight-port", { ports: [channel.port2], cancelable: true }));
  };
  addEventListener("plainsight-port-wanted", offer, { once: true });
  offer();
  if (isTaken) removeEventListener("plainsight-port-wanted", offer);
  document.addEventListener("readystatechange", () => removeEventListener("plainsight-port-wanted", offer), { once: true });
})();
