// Stands in for Google's publisher tag, so that pages that put their own work into its queue go on, and places for
// advertisements stay empty.
// Documented: https://developers.google.com/publisher-tag/reference
// What it does not do: ask for, show or measure advertisements. Every slot says that it stayed empty.
(() => {
  "use strict";
  const nothing = () => {};
  const listeners = new Map();
  const slots = [];
  const tell = (what, details) => {
    for (const listener of listeners.get(what) ?? []) {
      try {
        listener({ serviceName: "publisher_ads", ...details });
      } catch (error) {
        setTimeout(() => { throw error; }, 0);
      }
    }
  };

  /** An object whose settings are kept and read back, and whose setters can be chained. */
  const settings = () => {
    const kept = new Map();
    const made = {
      setTargeting: (key, value) => (kept.set(key, [].concat(value)), made),
      getTargeting: (key) => kept.get(key) ?? [],
      getTargetingKeys: () => [...kept.keys()],
      clearTargeting: (key) => (key === undefined ? kept.clear() : kept.delete(key), made),
      updateTargetingFromMap: (map) => (Object.entries(map).forEach(([key, value]) => made.setTargeting(key, value)), made),
      set: () => made,
      get: () => null,
      getAttributeKeys: () => [],
      setCategoryExclusion: () => made,
      clearCategoryExclusions: () => made,
      getCategoryExclusions: () => [],
    };
    return made;
  };

  const slot = (path, sizes, id) => {
    const made = settings();
    for (const name of ["addService", "defineSizeMapping", "setClickUrl", "setCollapseEmptyDiv", "setConfig",
      "setForceSafeFrame", "setSafeFrameConfig"]) made[name] = () => made;
    return Object.assign(made, {
      getAdUnitPath: () => path,
      getSlotElementId: () => id ?? "",
      getSizes: () => [].concat(sizes ?? []),
      getResponseInformation: () => null,
      getServices: () => [pubads],
      getSlotId: () => ({ getId: () => `${path}_0`, getDomId: () => id ?? "", getAdUnitPath: () => path, getName: () => path }),
      getHtml: () => "",
      getConfig: () => ({}),
    });
  };
  const define = (path, sizes, id) => {
    const made = slot(path, sizes, id);
    slots.push(made);
    return made;
  };
  /** Tells of a slot what the real one tells when there is no advertisement. */
  const empty = (made) => setTimeout(() => {
    tell("slotRequested", { slot: made });
    tell("slotResponseReceived", { slot: made });
    tell("slotRenderEnded", { slot: made, isEmpty: true, size: null, advertiserId: null, campaignId: null, creativeId: null, lineItemId: null });
  }, 0);

  const service = (name) => {
    const made = settings();
    return Object.assign(made, {
      getName: () => name,
      getSlots: () => slots.slice(),
      addEventListener: (what, listener) => {
        listeners.set(what, [...listeners.get(what) ?? [], listener]);
        return made;
      },
      removeEventListener: (what, listener) => {
        const left = (listeners.get(what) ?? []).filter((one) => one !== listener);
        listeners.set(what, left);
        return true;
      },
    });
  };
  const pubads = service("publisher_ads");
  for (const name of ["clear", "collapseEmptyDivs", "disableInitialLoad", "display", "enableAsyncRendering",
    "enableLazyLoad", "enableSingleRequest", "enableSyncRendering", "enableVideoAds", "setCentering", "setCookieOptions",
    "setForceSafeFrame", "setLocation", "setPrivacySettings", "setPublisherProvidedId", "setRequestNonPersonalizedAds",
    "setSafeFrameConfig", "setTagForChildDirectedTreatment", "setTagForUnderAgeOfConsent", "setVideoContent",
    "updateCorrelator"]) pubads[name] = () => pubads;
  pubads.isInitialLoadDisabled = () => false;
  pubads.refresh = (which) => (which ?? slots).forEach((made) => made && empty(made));

  const mapping = () => {
    const sizes = [];
    const made = { addSize: (screen, ads) => (sizes.push([screen, ads]), made), build: () => sizes };
    return made;
  };
  const before = window.googletag?.cmd;
  const push = (...commands) => {
    for (const command of commands) {
      try {
        if (typeof command === "function") command();
      } catch (error) {
        setTimeout(() => { throw error; }, 0);
      }
    }
    return commands.length;
  };
  window.googletag = Object.assign(window.googletag ?? {}, {
    apiReady: true,
    pubadsReady: true,
    cmd: { push },
    pubads: () => pubads,
    companionAds: () => Object.assign(service("companion_ads"), { setRefreshUnfilledSlots: nothing, enableSyncLoading: nothing }),
    content: () => Object.assign(service("content"), { setContent: nothing }),
    defineSlot: define,
    defineUnit: define,
    defineOutOfPageSlot: (path, id) => define(path, [1, 1], typeof id === "string" ? id : ""),
    destroySlots: (which) => {
      const gone = new Set(which ?? slots);
      slots.splice(0, slots.length, ...slots.filter((made) => !gone.has(made)));
      return true;
    },
    display: (which) => {
      const id = typeof which === "string" ? which : which?.id;
      const found = slots.find((made) => made === which || made.getSlotElementId() === id);
      if (found) empty(found);
    },
    enableServices: nothing,
    disablePublisherConsole: nothing,
    openConsole: nothing,
    getVersion: () => "",
    setAdIframeTitle: nothing,
    setConfig: nothing,
    getConfig: () => ({}),
    sizeMapping: mapping,
    secureSignalProviders: { push: nothing, clearAllCache: nothing },
    enums: { OutOfPageFormat: {}, RewardedSlotReadyEvent: {}, TrafficSource: {} },
  });
  push(...(Array.isArray(before) ? before : []));
})();
// A module's stack traces would show where it was redirected to.
//# sourceURL=native
