// Stands in for Amazon's publisher services, so that pages that wait for bids get none and go on.
// Documented: https://ams.amazon.com/webpublisher/uam/docs/web-integration-documentation
// What it does not do: ask for bids, or send anything.
(() => {
  "use strict";
  const before = window.apstag?._Q;
  const bids = (settings, callback) => void (typeof callback === "function" && setTimeout(callback, 0, []));
  window.apstag = {
    init: (settings, callback) => void (typeof callback === "function" && setTimeout(callback, 0)),
    fetchBids: bids,
    setDisplayBids: () => {},
    targetingKeys: () => [],
    renderImp: () => {},
    _Q: [],
  };
  for (const [what, values] of Array.isArray(before) ? before : []) {
    if (what === "f") bids(...values);
    if (what === "i") window.apstag.init(...values);
  }
})();
// A module's stack traces would show where it was redirected to.
//# sourceURL=native
