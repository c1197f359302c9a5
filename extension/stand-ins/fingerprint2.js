// Stands in for FingerprintJS, version 2, so that a page that waits for a fingerprint gets one: the same for everybody.
// Documented: https://github.com/fingerprintjs/fingerprintjs/tree/v2
// What it does not do: look at the browser at all.
(() => {
  "use strict";
  const EVERYBODY = "00000000000000000000000000000000";
  const answer = (options, callback) => {
    const wanted = typeof options === "function" ? options : callback;
    if (typeof wanted === "function") setTimeout(wanted, 0, []);
  };
  function Fingerprint2() {}
  Fingerprint2.prototype.get = (options, callback) => {
    const wanted = typeof options === "function" ? options : callback;
    if (typeof wanted === "function") setTimeout(wanted, 0, EVERYBODY, []);
  };
  Fingerprint2.get = answer;
  Fingerprint2.getV18 = (options, callback) => {
    const wanted = typeof options === "function" ? options : callback;
    if (typeof wanted === "function") setTimeout(wanted, 0, EVERYBODY, []);
  };
  Fingerprint2.getPromise = () => Promise.resolve([]);
  Fingerprint2.x64hash128 = () => EVERYBODY;
  Fingerprint2.VERSION = "2.1.5";
  window.Fingerprint2 = Fingerprint2;
})();
// A module's stack traces would show where it was redirected to.
//# sourceURL=native
