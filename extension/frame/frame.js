// What it is: the home of the page core on pages that forbid WebAssembly to content scripts.
// Why a frame: the page's policy does not reach into it, and unlike the background it is awake as long as the page is.
// What it does not do: answer anybody but the content script that made it. The page cannot reach into the closed shadow
// root that holds the frame, and it does not know the token that the first message must carry.
"use strict";

addEventListener("message", function greet({ data, ports }) {
  const port = ports[0];
  if (data?.token !== location.hash.slice(1) || !port) return;
  removeEventListener("message", greet);
  const ready = openFrameCore(data.host, data.site);
  port.onmessage = async ({ data: { number, question } }) => {
    try {
      await ready;
      const reply = plainsightCore.ask(question);
      port.postMessage({ number, reply });
      bringPacks("wants" in reply ? reply.wants : [], port);
    } catch (error) {
      port.postMessage({ number, error: String(error) });
    }
  };
});

/** @param {string} host the host of the page that the frame serves @param {string} site as which the person has it read */
async function openFrameCore(host, site) {
  const pack = fetch("/build/page.pack").then((response) => response.bytes?.() ?? response.arrayBuffer());
  await plainsightCore({ module_or_path: fetch("/build/page_bg.wasm") });
  plainsightCore.open(new Uint8Array(await pack), host, site);
}

/**
 * Brings the packs that the core wants and says when it knows more than before. What cannot be had is not there: the
 * core wants each once.
 * @param {string[]} names @param {MessagePort} port
 */
async function bringPacks(names, port) {
  const ends = await Promise.allSettled(names.map(async (name) => {
    const response = await fetch("/build/" + name + ".pack");
    plainsightCore.add(new Uint8Array(await response.arrayBuffer()));
  }));
  if (ends.some(({ status }) => status === "fulfilled")) port.postMessage({ more: true });
}
