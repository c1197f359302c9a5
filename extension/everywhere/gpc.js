// What it is: `navigator.globalPrivacyControl` is true, as the header `Sec-GPC: 1` says it to the server.
// Why in the page's own world, before its first script: only there can a page read it. https://w3c.github.io/gpc/
// What it does not do: anything else, or anything where the protection is off or rests; workers are not reached.
(() => {
  const own = Object.getOwnPropertyDescriptor(Navigator.prototype, "globalPrivacyControl");
  const native = (own ?? Object.getOwnPropertyDescriptor(Navigator.prototype, "onLine"))?.get;
  if (!native) return;
  // A proxy of a native getter: it throws for other objects, and shows itself as a native one.
  const get = new Proxy(native, {
    apply: (getter, self, values) => (Reflect.apply(getter, self, values), true),
    get: (getter, key, self) => (key === "name" ? "get globalPrivacyControl" : Reflect.get(getter, key, self)),
  });
  Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get, set: undefined, configurable: true, enumerable: true });
})();
//# sourceURL=native
