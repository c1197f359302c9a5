// What it is: the reader in the page's own world. It passes on the answers that the platform sends to its own page, and
// only those whose path a site's file names; the core decides what they mean.
// Why here: the answers carry type names and ids, which the finished page no longer does.
// What it does not do: change a request or an answer, make one of its own, keep anything, or look at any other path.
//
// The page is hostile: everything used later is taken before the page's first script runs, what is wrapped still looks
// native, and the way out is a port that only the content script holds. The build puts the sites' table in.
(() => {
  "use strict";
  /** @type {Record<string, { paths: string[], largest: number }>} */
  const SITES = __SITES__;
  const here = SITES[location.hostname];
  if (!here) return;

  const { apply } = Reflect;
  const { clone, text } = Response.prototype;
  const { then } = Promise.prototype;
  const { addEventListener: listen } = EventTarget.prototype;
  const { postMessage } = MessagePort.prototype;
  const { stringify } = JSON;
  const { get: lookUp } = WeakMap.prototype;
  const { test } = RegExp.prototype;
  const { toString: textOf } = Function.prototype;
  const Address = URL;
  const Xhr = XMLHttpRequest;
  const base = location.href;
  const origin = location.origin;
  /** @param {object} of @param {string} name */
  const getter = (of, name) => /** @type {() => unknown} */ (Object.getOwnPropertyDescriptor(of, name)?.get);
  const [addressOrigin, addressPath] = [getter(URL.prototype, "origin"), getter(URL.prototype, "pathname")];
  const requestUrl = getter(Request.prototype, "url");
  const [responseType, responseText, responseBody] = ["responseType", "responseText", "response"].map((name) =>
    getter(Xhr.prototype, name));
  const patterns = here.paths.map((path) =>
    new RegExp(`^${path.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]+")}/?$`));

  const channel = new MessageChannel();
  const way = channel.port1;

  /** @param {string} path @param {unknown} body */
  const pass = (path, body) => {
    if (typeof body === "string" && body.length <= here.largest) apply(postMessage, way, [[path, body]]);
  };

  /**
   * The path of an address that a site's file names; none for all others.
   * @param {unknown} input what `fetch` or `open` was given
   * @returns {string | undefined}
   */
  const named = (input) => {
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
      if (apply(addressOrigin, url, []) !== origin) return undefined;
      for (let i = 0; i < patterns.length; i += 1) if (apply(test, patterns[i], [path])) return path;
    } catch {
      // What is no address is the page's own affair.
    }
    return undefined;
  };
  const hrefOf = getter(URL.prototype, "href");

  /** @type {WeakMap<object, Function>} */
  const natives = new WeakMap();
  /**
   * A function that works and looks like `native`, with `seen` told of every call.
   * @param {Function} native
   * @param {(self: any, args: any[], result: any) => void} seen
   */
  const wrap = (native, seen) => {
    const wrapped = new Proxy(native, {
      apply(target, self, args) {
        const result = apply(target, self, args);
        seen(self, args, result);
        return result;
      },
    });
    natives.set(wrapped, native);
    return wrapped;
  };
  /** @param {any} holder @param {string} name @param {Function} value */
  const put = (holder, name, value) => {
    const described = Object.getOwnPropertyDescriptor(holder, name);
    if (described?.configurable) Object.defineProperty(holder, name, { ...described, value });
  };

  put(window, "fetch", wrap(window.fetch, (_self, args, result) => {
    const path = named(args[0]);
    if (!path) return;
    apply(then, result, [(/** @type {Response} */ response) => {
      apply(then, apply(text, apply(clone, response, []), []), [(/** @type {string} */ body) => pass(path, body), () => {}]);
    }, () => {}]);
  }));

  put(Xhr.prototype, "open", wrap(Xhr.prototype.open, (self, args) => {
    const path = named(args[1]);
    if (!path) return;
    apply(listen, self, ["load", () => {
      const type = apply(responseType, self, []);
      if (type === "" || type === "text") pass(path, apply(responseText, self, []));
      else if (type === "json") pass(path, stringify(apply(responseBody, self, [])));
    }, { once: true }]);
  }));

  const native = new Proxy(textOf, {
    apply: (target, self, args) => apply(target, apply(lookUp, natives, [self]) ?? self, args),
  });
  natives.set(native, textOf);
  put(Function.prototype, "toString", native);

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
//# sourceURL=native
