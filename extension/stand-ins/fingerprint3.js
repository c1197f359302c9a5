// Stands in for FingerprintJS, version 3 and later, so that a page that waits for a visitor's name gets one: the same for
// everybody.
// Documented: https://github.com/fingerprintjs/fingerprintjs/blob/master/docs/api.md
// What it does not do: look at the browser at all.
(() => {
  "use strict";
  const result = { visitorId: "00000000000000000000", requestId: "", confidence: { score: 0 }, components: {}, version: "3" };
  window.FingerprintJS = {
    load: () => Promise.resolve({ get: () => Promise.resolve({ ...result }) }),
    hashComponents: () => result.visitorId,
    componentsToDebugString: () => "",
  };
})();
// A module's stack traces would show where it was redirected to.
//# sourceURL=native
