// What it is: takes over the port of the reader in the page's world (wire.js), on the hosts that the manifest names.
// Why a file of its own: only there do both run before the page's first script. Where the person had a host read
// besides, nothing reads the wire, this file is not loaded, and no page can offer a port of its own.
// What it does not do: understand what comes through the port.

/**
 * Takes over the port from the reader in the page's world. Both scripts run before the page's first one, so nobody else
 * can see the port change hands: whichever comes first waits, whichever comes second hands over at once.
 * @returns {{ listen: (onMessage: (message: Passed) => void) => void, tell: (told: Told) => void }}
 */
function takePort() {
  /** @type {MessagePort | undefined} */
  let port;
  /** @type {((event: MessageEvent) => void) | undefined} */
  let listener;
  const take = (/** @type {Event} */ event) => {
    port = /** @type {MessageEvent} */ (event).ports[0];
    if (port && listener) port.onmessage = listener;
    // Tells the other side that somebody took it.
    event.preventDefault();
    removeEventListener("plainsight-port", take);
  };
  addEventListener("plainsight-port", take);
  dispatchEvent(new Event("plainsight-port-wanted"));
  document.addEventListener("readystatechange", () => removeEventListener("plainsight-port", take), { once: true });
  return {
    listen(onMessage) {
      listener = ({ data }) => onMessage(data);
      if (port) port.onmessage = listener;
    },
    tell: (told) => port?.postMessage(told),
  };
}
