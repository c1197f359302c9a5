// Stands in for X's pixel, so that the page's own `twq` calls are taken, and none is kept.
// Documented: https://business.x.com/en/help/campaign-measurement-and-analytics/conversion-tracking-for-websites
// What it does not do: tell X anything.
(() => {
  "use strict";
  if (typeof window.twq === "function") {
    window.twq.exe = () => {};
    if (Array.isArray(window.twq.queue)) window.twq.queue.length = 0;
  } else {
    window.twq = Object.assign(() => {}, { version: "1.1", queue: [], exe: () => {} });
  }
  window.twttr ??= {};
  window.twttr.conversion ??= { trackPid: () => {}, loadPixels: () => {} };
})();
// A module's stack traces would show where it was redirected to.
//# sourceURL=native
