// Stands in for Comscore's beacon, so that pages that call it go on.
// Documented: https://www.scorecardresearch.com/ (the tag that Comscore gives to its customers)
// What it does not do: count or send anything.
(() => {
  "use strict";
  window.COMSCORE = {
    beacon: () => {},
    purge: () => {
      window._comscore = [];
    },
  };
  const before = window._comscore;
  window._comscore = { push: () => 0 };
  if (Array.isArray(before)) before.length = 0;
})();
// A module's stack traces would show where it was redirected to.
//# sourceURL=native
