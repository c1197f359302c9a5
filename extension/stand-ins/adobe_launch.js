// Stands in for Adobe's tag manager (Launch, DTM), so that pages that call `_satellite` go on.
// Documented: https://experienceleague.adobe.com/en/docs/experience-platform/tags/client-side/satellite-object
// What it does not do: load tags, keep or send anything. Variables are kept for the page that sets them.
(() => {
  "use strict";
  const kept = new Map();
  const nothing = () => {};
  window._satellite = {
    track: nothing,
    pageBottom: nothing,
    setDebug: nothing,
    getVar: (name) => kept.get(name),
    setVar: (name, value) => {
      if (name && typeof name === "object") Object.entries(name).forEach(([key, one]) => kept.set(key, one));
      else kept.set(name, value);
    },
    getVisitorId: () => null,
    getVisitor: () => null,
    cookie: { get: nothing, set: nothing, remove: nothing },
    logger: { log: nothing, info: nothing, warn: nothing, error: nothing, debug: nothing },
    buildInfo: { buildDate: "", environment: "production", turbineBuildDate: "", turbineVersion: "" },
    property: { name: "" },
    environment: { id: "", stage: "production" },
    company: { orgId: "" },
  };
})();
// A module's stack traces would show where it was redirected to.
//# sourceURL=native
