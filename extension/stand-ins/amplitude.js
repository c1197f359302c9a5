// Stands in for Amplitude, so that pages that wait for an event to be sent go on.
// Documented: https://amplitude.com/docs/sdks/analytics/browser/browser-sdk-2
// What it does not do: measure, keep or send anything; nobody has a name here.
(() => {
  "use strict";
  const sent = (event) => ({ promise: Promise.resolve({ event, code: 200, message: "" }) });
  const chained = () => new Proxy(function () {}, {
    get: (target, name) => (name === "then" ? undefined : () => chained()),
  });
  const own = {
    init: (...values) => {
      // The old library calls the last argument back.
      const callback = values[values.length - 1];
      if (typeof callback === "function") setTimeout(callback, 0, own);
      return sent();
    },
    getUserId: () => undefined,
    getDeviceId: () => undefined,
    getSessionId: () => undefined,
    getInstance: () => own,
    onInit: (callback) => void (typeof callback === "function" && setTimeout(callback, 0, own)),
    Identify: function () { return chained(); },
    Revenue: function () { return chained(); },
    // What the page's snippet asked for before the script was there.
    runQueuedFunctions: () => {},
    _q: [],
    __VERSION__: "2",
  };
  for (const name of ["track", "logEvent", "logEventWithTimestamp", "identify", "setGroup", "groupIdentify", "revenue",
    "logRevenue", "logRevenueV2", "flush", "add", "remove"]) {
    own[name] = (...values) => {
      const callback = values.find((value) => typeof value === "function");
      if (callback) setTimeout(callback, 0, 200, "", {});
      return sent(values[0]);
    };
  }
  for (const name of ["setUserId", "setDeviceId", "setSessionId", "setOptOut", "setTransport", "reset", "extendSession",
    "setUserProperties", "clearUserProperties", "setVersionName", "setDomain", "regenerateDeviceId", "enableTracking"]) {
    own[name] = () => {};
  }
  window.amplitude = own;
})();
// A module's stack traces would show where it was redirected to.
//# sourceURL=native
