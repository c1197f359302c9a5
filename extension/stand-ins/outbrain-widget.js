// Stands in for Outbrain's widget, so that pages that ask it to look for its places again go on; the places stay empty.
// Documented: https://developer.outbrain.com/ (the widget's functions for pages that change without loading)
// What it does not do: ask for recommendations, or send anything.
(() => {
  "use strict";
  const names = ["callClick", "callLoadMore", "callRecs", "callUserZapping", "callWhatIs", "cancelRecommendation",
    "cancelRecs", "closeCard", "closeModal", "closeTbx", "errorInjectionHandler", "getCountOfRecs", "getStat",
    "imageError", "manualVideoClicked", "onOdbReturn", "onVideoClick", "pagerLoad", "recClicked", "refreshSpecificWidget",
    "refreshWidget", "reloadWidget", "renderSpaWidgets", "researchWidget", "returnedError", "returnedHtmlData",
    "returnedIrdData", "returnedJsonData", "scrollLoad", "showDescription", "showRecInIframe", "userZappingMessage",
    "zappingFormAction"];
  window.OBR = { extern: Object.fromEntries(names.map((name) => [name, () => {}])) };
  window.OBR.extern.video = { getVideoRecs: () => {}, videoClicked: () => {} };
})();
// A module's stack traces would show where it was redirected to.
//# sourceURL=native
