// What it is: opens the page core and asks it questions. The core is the same WebAssembly with the same messages in two
// places: straight here in Firefox, in the extension's hidden frame in Chromium.
// Why two: Chromium lets the page's policy decide over WebAssembly in content scripts, and X, Facebook and LinkedIn
// forbid it; Firefox allows it everywhere. Chromium's frame is not a fallback found by trying: a try that the policy
// forbids is reported to the page and, where the policy says so, to its server, with our name as the source.
// Phrases of a language travel when the core has met a text in it and says so with its answer (`wants`), and what tells
// topics when the person has one: the frame fetches our own file, and here, where nothing of ours can be fetched, the
// background is asked for its bytes. What cannot be had is wanted once a document, and all else goes on.
// What it does not do: read the page, or hold an answer back until a pack is there.

/**
 * @typedef {{ where: "page" | "frame" | "none", ask: (question: Ask) => Promise<Reply>, close: () => void }} Core
 */

/**
 * Opens the core for this document.
 * @param {AbortSignal} signal ends the frame, if there is one
 * @param {string} site as which the person has this host read; empty where a site's file names it
 * @param {() => void} onMore the core knows more than before: what it has judged is to be judged again
 * @returns {Promise<Core>}
 */
async function openCore(signal, site, onMore) {
  return chrome.runtime.getURL("").startsWith("moz-extension:") ? openHere(site, onMore) : openFrame(signal, site, onMore);
}

/** @param {string} site @param {() => void} onMore @returns {Core} */
function openHere(site, onMore) {
  plainsightCore.initSync({ module: bytesOf(PLAINSIGHT_WASM) });
  plainsightCore.open(bytesOf(PLAINSIGHT_PACK), location.hostname, site);
  /** @param {string} name */
  const bring = async (name) => {
    plainsightCore.add(new Uint8Array(await chrome.runtime.sendMessage({ ask: "pack", name })));
  };
  return {
    where: "page",
    ask: async (question) => {
      const reply = plainsightCore.ask(question);
      const wants = "wants" in reply ? reply.wants : [];
      if (wants.length > 0) {
        Promise.allSettled(wants.map(bring)).then((ends) => ends.some(({ status }) => status === "fulfilled") && onMore());
      }
      return reply;
    },
    close() {},
  };
}

/** @param {string} base64 */
function bytesOf(base64) {
  if ("fromBase64" in Uint8Array) return /** @type {any} */ (Uint8Array).fromBase64(base64);
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/**
 * Opens the core in a frame that the page cannot reach: inside a closed shadow root, and told by a token that only we
 * know which port is ours. Should the page take the frame away, another is opened for the next question, and at once
 * for those that have no answer yet: each is asked once more, and no more often, so that a page that takes every frame
 * away is in the end left alone.
 * @param {AbortSignal} signal
 * @param {string} site
 * @param {() => void} onMore
 * @returns {Core}
 */
function openFrame(signal, site, onMore) {
  /** What was asked and has no answer. @type {Map<number, { question: Ask, isAgain: boolean, resolve: (reply: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  let number = 0;
  /** @type {ReturnType<typeof newFrame> | null} */
  let frame = null;

  /** @param {{ data: { number: number, reply?: Reply, error?: string, more?: boolean } }} answer */
  function hear({ data }) {
    if (data.more) return onMore();
    const asked = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.error) asked?.reject(new Error(data.error));
    else asked?.resolve(data.reply);
  }

  function gone() {
    frame = null;
    for (const [number, asked] of waiting) {
      if (asked.isAgain) {
        waiting.delete(number);
        asked.reject(new Error("the page took the core away twice"));
      } else {
        asked.isAgain = true;
        put(number, asked.question);
      }
    }
  }

  /** @param {number} number @param {Ask} question */
  async function put(number, question) {
    try {
      frame ??= newFrame(signal, site, hear, gone);
      (await frame.port)?.postMessage({ number, question });
    } catch (error) {
      // A document that has no element at all just now has no place for a frame either.
      waiting.get(number)?.reject(/** @type {Error} */ (error));
      waiting.delete(number);
    }
  }

  frame = newFrame(signal, site, hear, gone);
  return {
    where: "frame",
    ask: (question) => new Promise((resolve, reject) => {
      number += 1;
      waiting.set(number, { question, isAgain: false, resolve, reject });
      put(number, question);
    }),
    close: () => frame?.close(),
  };
}

/**
 * A frame with a core, and a port to it; none if the page took it away before it was there.
 * @param {AbortSignal} signal @param {string} site
 * @param {(answer: MessageEvent) => void} hear @param {() => void} gone told when the page takes the frame away
 * @returns {{ port: Promise<MessagePort | null>, close: () => void }}
 */
function newFrame(signal, site, hear, gone) {
  const host = document.createElement("div");
  host.style.setProperty("display", "none", "important");
  const iframe = document.createElement("iframe");
  const token = crypto.randomUUID();
  iframe.src = `${chrome.runtime.getURL("extension/frame/frame.html")}#${token}`;
  host.attachShadow({ mode: "closed" }).append(iframe);
  const life = new AbortController();
  const close = () => {
    life.abort();
    watch.disconnect();
    host.remove();
  };
  // A frame that is put elsewhere in the page begins anew, and its port is as dead as that of one that is gone.
  const watch = new MutationObserver((changes) => {
    if (host.isConnected && !changes.some(({ removedNodes }) => [...removedNodes].includes(host))) return;
    close();
    gone();
  });
  watch.observe(document, { childList: true });
  watch.observe(document.documentElement, { childList: true });
  document.documentElement.append(host);
  signal.addEventListener("abort", close, { once: true });

  /** @type {Promise<MessagePort | null>} */
  const port = new Promise((resolve) => {
    life.signal.addEventListener("abort", () => resolve(null), { once: true });
    iframe.addEventListener("load", () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = hear;
      // To any origin: with a dynamic address the frame's origin is not ours to name, and nobody else can be in there.
      iframe.contentWindow?.postMessage({ token, host: location.hostname, site }, "*", [port2]);
      resolve(port1);
    }, { once: true });
  });
  return { port, close };
}
