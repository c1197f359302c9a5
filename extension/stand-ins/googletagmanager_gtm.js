// Stands in for Google's tag manager and gtag.js, so that a page that waits for an event to be passed on goes on.
// Documented: https://developers.google.com/tag-platform/tag-manager/datalayer and https://developers.google.com/tag-platform/gtagjs/reference
// What it does not do: load tags, keep or send anything. `gtag("get", …)` answers that nothing is known.
(() => {
  "use strict";
  const name = new URL(document.currentScript?.src ?? "https://x.example/").searchParams.get("l") || "dataLayer";
  const layer = Array.isArray(window[name]) ? window[name] : [];
  const later = (callback, ...values) => void (typeof callback === "function" && setTimeout(callback, 0, ...values));

  const pass = (entry) => {
    if (!entry || typeof entry !== "object") return;
    // What gtag() pushes is its arguments.
    if (Object.prototype.toString.call(entry) === "[object Arguments]") {
      const [command, first, second, third] = entry;
      if (command === "event") later(second?.event_callback);
      if (command === "get") later(third, undefined);
      if (command === "config") later(second?.event_callback);
      return;
    }
    later(entry.eventCallback, "");
  };
  const push = layer.push;
  layer.push = function (...entries) {
    const length = push.apply(this, entries);
    entries.forEach(pass);
    return length;
  };
  layer.forEach(pass);
  window[name] = layer;
  window.google_tag_manager ??= { [name]: { gtmDom: true, gtmLoad: true } };
})();
// A module's stack traces would show where it was redirected to.
//# sourceURL=native
