// Stands in for Google's ga.js, the analytics before analytics.js, so that pages that still call it go on.
// Documented: https://developers.google.com/analytics/devguides/collection/gajs/methods/
// What it does not do: measure, keep or send anything. Links and forms that it would decorate go where they lead.
(() => {
  "use strict";
  const nothing = () => {};
  const names = ["_addIgnoredOrganic", "_addIgnoredRef", "_addItem", "_addOrganic", "_addTrans", "_cookiePathCopy",
    "_deleteCustomVar", "_initData", "_setAccount", "_setAllowAnchor", "_setAllowLinker", "_setCampaignTrack",
    "_setCookiePath", "_setCustomVar", "_setDomainName", "_setReferrerOverride", "_setSampleRate",
    "_setSessionCookieTimeout", "_setSiteSpeedSampleRate", "_setVisitorCookieTimeout", "_trackEvent",
    "_trackPageLoadTime", "_trackPageview", "_trackSocial", "_trackTiming", "_trackTrans", "_visitCode"];
  const tracker = Object.fromEntries(names.map((name) => [name, nothing]));
  tracker._getName = () => "";
  tracker._getAccount = () => "";
  tracker._getVersion = () => "5.7.2";
  tracker._getVisitorCustomVar = nothing;
  tracker._getLinkerUrl = (url) => url;
  tracker._linkByPost = nothing;
  tracker._link = (url) => {
    if (typeof url === "string" && /^(https?:|\/|\.)/.test(url)) location.assign(url);
  };
  window._gat = {
    _anonymizeIp: nothing,
    _createTracker: () => tracker,
    _getTracker: () => tracker,
    _getTrackerByName: () => tracker,
    _getTrackers: () => [tracker],
  };
  const push = (...commands) => {
    for (const command of commands) {
      if (typeof command === "function") command();
      else if (Array.isArray(command) && /(^|\.)_link$/.test(command[0])) tracker._link(command[1]);
    }
    return 0;
  };
  const before = Array.isArray(window._gaq) ? window._gaq : [];
  window._gaq = { push, _createAsyncTracker: () => tracker, _getAsyncTracker: () => tracker };
  push(...before);
})();
// A module's stack traces would show where it was redirected to.
//# sourceURL=native
