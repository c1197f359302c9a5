// Stands in for Meta's pixel, so that the page's own `fbq` calls are taken, and none is kept.
// Documented: https://developers.facebook.com/docs/meta-pixel/reference
// What it does not do: tell Meta anything.
(() => {
  "use strict";
  const before = typeof window.fbq === "function" ? window.fbq : undefined;
  const fbq = Object.assign(() => {}, { callMethod: () => {}, loaded: true, queue: [], version: "2.0" });
  fbq.push = fbq;
  // Pages keep the function that their own snippet made; it calls `callMethod` once there is one.
  if (before) {
    before.callMethod = fbq.callMethod;
    before.loaded = true;
    if (Array.isArray(before.queue)) before.queue.length = 0;
  } else {
    window.fbq = fbq;
  }
  window._fbq ??= window.fbq;
})();
// A module's stack traces would show where it was redirected to.
//# sourceURL=native
