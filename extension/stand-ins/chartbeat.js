// Stands in for Chartbeat, so that pages that tell it of a virtual page or pass it a function go on.
// Documented: https://docs.chartbeat.com/cbp/tracking/standard-websites/our-javascript
// What it does not do: watch how far a page is read, or send anything.
(() => {
  "use strict";
  const nothing = () => {};
  window.pSUPERFLY = { activity: nothing, virtualPage: nothing, addEngagementIdleListener: nothing, getUtilities: () => ({}) };
  window.pSUPERFLY_mab = { clearChoices: nothing };
  const queue = Array.isArray(window._cbq) ? window._cbq : [];
  queue.push = () => 0;
  window._cbq = queue;
})();
// A module's stack traces would show where it was redirected to.
//# sourceURL=native
