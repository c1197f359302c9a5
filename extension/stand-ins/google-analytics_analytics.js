// Stands in for Google's analytics.js, so that a page that waits for a hit to be sent goes on.
// Documented: https://developers.google.com/analytics/devguides/collection/analyticsjs/command-queue-reference
// What it does not do: measure, keep or send anything. Trackers answer as if their fields were not set.
(() => {
  "use strict";
  const name = typeof window.GoogleAnalyticsObject === "string" ? window.GoogleAnalyticsObject : "ga";
  const before = window[name];
  const nothing = () => {};

  /** A page may hand over its callback in fields that stand anywhere in the call. */
  const goOn = (values) => {
    for (const value of values) {
      if (value && typeof value.hitCallback === "function") setTimeout(value.hitCallback, 0);
    }
  };
  const tracker = () => ({
    get: nothing,
    set: (...values) => goOn(values),
    send: (...values) => goOn(values),
  });
  const trackers = new Map();
  const create = (values) => {
    const fields = values.find((value) => value && typeof value === "object");
    const called = fields?.name ?? values.find((value, at) => at > 1 && typeof value === "string") ?? "t0";
    if (!trackers.has(called)) trackers.set(called, tracker());
    return trackers.get(called);
  };

  function ga(first, ...rest) {
    // The ready callback gets the first tracker.
    if (typeof first === "function") {
      setTimeout(() => first.call(window, create([])), 0);
      return;
    }
    if (/(^|\.)create$/.test(first)) create(rest);
    goOn(rest);
  }
  ga.loaded = true;
  ga.answer = 42;
  ga.q = [];
  ga.create = (...values) => create(values);
  ga.getByName = (called) => trackers.get(called) ?? null;
  ga.getAll = () => [...trackers.values()];
  ga.remove = (called) => void trackers.delete(called);
  window[name] = ga;
  // What was asked for before the script was there.
  for (const call of before?.q ?? []) ga(...call);
})();
// A module's stack traces would show where it was redirected to.
//# sourceURL=native
