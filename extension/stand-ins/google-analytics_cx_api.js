// Stands in for Google's content experiments, so that pages that ask which variation to show are answered: the original.
// Documented: https://developers.google.com/analytics/devguides/collection/gajs/experiments
// What it does not do: choose by chance, keep or send anything.
(() => {
  "use strict";
  window.cxApi = {
    NO_CHOSEN_VARIATION: -1,
    NOT_PARTICIPATING: -2,
    ORIGINAL_VARIATION: 0,
    chooseVariation: () => 0,
    getChosenVariation: () => 0,
    setAllowHash: () => {},
    setChosenVariation: () => {},
    setCookiePath: () => {},
    setDomainName: () => {},
  };
})();
// A module's stack traces would show where it was redirected to.
//# sourceURL=native
