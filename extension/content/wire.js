// What it is: the reader in the page's own world. It passes on the answers that the platform sends to its own page, and
// only those whose path a site's file names; the core decides what they mean.
// Why here: the answers carry type names and ids, which the finished page no longer does.
// What it does not do: change a request or an answer, make one of its own, keep anything, or look at any other path.
//
// The page is hostile: everything used later is taken before the page's first script runs, what is wrapped still looks
// native, and the way out is a port that only the content script holds. The build puts the sites' table in.
(() => {
  "use strict";
  /** @type {Record<string, { rules: { paths: string[], hosts: string[], names: string[] }[], largest: number }>} */
  const SITES = __SITES__;
  const here = SITES[location.hostname];
  if (!here) return;

  const { apply } = Reflect;
  const { clone, text } = Response.prototype;
  const { then } = Promise.prototype;
  const { addEventListener: listen } = EventTarget.prototype;
  const { postMessage } = MessagePort.prototype;
  const { stringify } = JSON;
  const { get: lookUp, set: keep } = WeakMap.prototype;
  const { getOwnPropertyDescriptor: describe } = Object;
  const { test } = RegExp.prototype;
  const { toString: textOf } = Function.prototype;
  const decode = decodeURIComponent;
  const Address = URL;
  const Xhr = XMLHttpRequest;
  const base = location.href;
  const origin = location.origin;
  /** @param {object} of @param {string} name */
  const getter = (of, name) => /** @type {() => unknown} */ (describe(of, name)?.get);
  const [addressOrigin, addressPath, addressSearch] = ["origin", "pathname", "search"].map((name) => getter(URL.prototype, name));
  const { toString: parametersText } = URLSearchParams.prototype;
  const requestUrl = getter(Request.prototype, "url");
  const [responseType, responseText, responseBody] = ["responseType", "responseText", "response"].map((name) =>
    getter(Xhr.prototype, name));
  const plain = (/** @type {string} */ text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  const rules = here.rules.map(({ paths, hosts, names }) => ({
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

  /** @param {Named} named @param {unknown} body */
  const pass = ({ path, name }, body) => {
    if (typeof body === "string" && body.length <= here.largest) apply(postMessage, way, [[path, name, body]]);
  };

  /**
   * The path of a request and the name of what it asks for, if a site's file names them; none for all others.
   * @typedef {{ path: string, name: string }} Named
   * @param {unknown} input what `fetch` or `open` was given
   * @param {unknown} body what is sent along
   * @returns {Named | undefined}
   */
  const named = (input, body) => {
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
        const { origins, paths, names } = rules[i];
        if (!isAnyOf(origins, asks)) continue;
        for (let j = 0; j < paths.length; j += 1) {
          if (!apply(test, paths[j], [path])) continue;
          if (names.length === 0) return { path, name: "" };
          const asked = `${plainly(/** @type {string} */ (apply(addressSearch, url, [])))} ${wordsOf(body)}`;
          for (let k = 0; k < names.length; k += 1) if (apply(test, names[k].sign, [asked])) return { path, name: names[k].name };
        }
      }
    } catch {
      // What is no address is the page's own affair.
    }
    return undefined;
  };
  /** @param {RegExp[]} signs @param {string} what */
  const isAnyOf = (signs, what) => {
    for (let i = 0; i < signs.length; i += 1) if (apply(test, signs[i], [what])) return true;
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
    const described = describe(holder, name);
    if (described?.configurable) Object.defineProperty(holder, name, { ...described, value });
  };

  put(window, "fetch", wrap(window.fetch, (_self, args, result) => {
    const what = named(args[0], bodyOf(args[1]));
    if (!what) return;
    apply(then, result, [(/** @type {Response} */ response) => {
      apply(then, apply(text, apply(clone, response, []), []), [(/** @type {string} */ body) => pass(what, body), () => {}]);
    }, () => {}]);
  }));
  /** The body in `fetch`'s options, if it is a plain value there: a getter of the page's is not called. @param {unknown} init */
  const bodyOf = (init) => {
    const isObject = typeof init === "object" && init !== null;
    return isObject ? describe(init, "body")?.value : undefined;
  };

  /** What each request was opened for. @type {WeakMap<object, unknown>} */
  const opened = new WeakMap();
  put(Xhr.prototype, "open", wrap(Xhr.prototype.open, (self, args) => {
    apply(keep, opened, [self, args[1]]);
  }));
  put(Xhr.prototype, "send", wrap(Xhr.prototype.send, (self, args) => {
    const what = named(apply(lookUp, opened, [self]), args[0]);
    if (!what) return;
    apply(listen, self, ["load", () => {
      const type = apply(responseType, self, []);
      if (type === "" || type === "text") pass(what, apply(responseText, self, []));
      else if (type === "json") pass(what, stringify(apply(responseBody, self, [])));
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
