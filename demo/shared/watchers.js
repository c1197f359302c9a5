// Makes those third-party requests of a demo page that are made by script: fetches and beacons.
//
// What it reads is /watchers.json, generated from demo/watchers.toml, where the truth about each request stands too.
// Nothing answers at those addresses here, so every failure is expected and swallowed: a page must look the same
// whether its watchers load, fail or are blocked. Scripts and pictures are plain tags in the page, not made here.

/** @typedef {{ how: "fetch" | "beacon", url: string }} Watcher */

/** @type {Watcher[]} */
const requests = await fetch("/watchers.json").then((answer) => answer.json(), () => []);

for (const { how, url } of requests) {
  try {
    if (how === "beacon") navigator.sendBeacon(url, "{}");
    else fetch(url, { mode: "no-cors", credentials: "omit" }).catch(() => {});
  } catch {
    // An extension may make sendBeacon throw; the page goes on.
  }
}

export {};
