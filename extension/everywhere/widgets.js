// What it is: where a platform's embed was stopped, a line says what stood there and whom loading it would tell, with a
// button that loads it once. A frame that was stopped gives way to it; what a script would have filled stays as it is.
// Why a frame counts as stopped only if it is silent: this script also runs in frames that do load, and says so to the
// page around them by an empty message that nobody else gets to hear.
// What it does not do: run while the protection is off or rests, or know a platform: the build puts the knowledge of
// data/widgets in.
(() => {
  /** @type {Platform[]} */
  const platforms = __WIDGETS__;
  /** How long after a frame came without a sign it counts as stopped (ms), where the browser tells nothing itself. */
  const PATIENCE = 1000;
  /** @type {Map<Element, () => void>} */
  const shown = new Map();
  /** @type {WeakSet<object>} */
  const alive = new WeakSet();

  /** @param {string} text @param {(embed: Embed) => string[] | undefined} starts */
  function known(text, starts) {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (!url || !/^https?:$/.test(url.protocol)) return undefined;
    for (const platform of platforms) {
      for (const embed of platform.embeds) {
        const fits = starts(embed)?.some((start) => {
          const slash = start.indexOf("/");
          const host = start.slice(0, slash);
          return (url.hostname === host || url.hostname.endsWith(`.${host}`)) && url.pathname.startsWith(start.slice(slash));
        });
        if (fits) return { platform, embed };
      }
    }
    return undefined;
  }

  /**
   * Shows the line at an element. @param {Element} at @param {Platform} platform @param {Embed} embed
   * @param {() => void} load @param {boolean} instead whether the element gives way
   */
  function place(at, { name, company, about, hosts }, { says }, load, instead) {
    if (shown.has(at) || !at.isConnected) return;
    const { host, root } = hostElement("display:block;inline-size:auto;max-inline-size:560px;margin-block:8px");
    const box = document.createElement("section");
    box.className = "widget";
    box.lang = chrome.i18n.getUILanguage();
    box.dir = say("@@bidi_dir");
    const title = document.createElement("b");
    title.append(eye(), ` ${say(says, [name])}`);
    const tells = document.createElement("p");
    tells.textContent = say("widgetTells", [company]);
    box.setAttribute("aria-label", `${title.textContent?.trim()}. ${tells.textContent}`);
    box.append(title, tells);
    if (about) {
      const small = document.createElement("p");
      small.className = "about";
      small.lang = "en";
      small.textContent = about;
      box.append(small);
    }
    const loads = button(say("widgetLoad"), async () => {
      loads.disabled = true;
      const through = await chrome.runtime.sendMessage({ ask: "reveal", hosts }).catch(() => false);
      if (through === true) load();
      else loads.disabled = false;
    });
    box.append(loads);
    root.append(box);
    const style = at instanceof HTMLElement ? at.style : undefined;
    const before = style?.getPropertyValue("display");
    if (instead) style?.setProperty("display", "none", "important");
    at.before(host);
    shown.set(at, () => {
      shown.delete(at);
      host.remove();
      if (!instead) return;
      if (before) style?.setProperty("display", before);
      else style?.removeProperty("display");
    });
  }

  /** @param {HTMLIFrameElement} frame */
  function look(frame) {
    const found = frame.contentWindow && !alive.has(frame.contentWindow) ? known(frame.src, (embed) => embed.frames) : undefined;
    if (!found) return;
    const load = () => {
      shown.get(frame)?.();
      frame.src = frame.src;
      frame.focus();
    };
    place(frame, found.platform, found.embed, load, true);
  }

  /** What a stopped script would have filled. @param {HTMLScriptElement} script */
  function fill(script) {
    const found = known(script.src, (embed) => embed.scripts);
    if (!found) return;
    // A script that we put in again would be held to our own policy, not to the page's: the page is loaded anew.
    const load = () => location.reload();
    for (const embed of found.platform.embeds) {
      if (!embed.place || known(script.src, (one) => (one === embed ? one.scripts : undefined)) === undefined) continue;
      for (const at of document.querySelectorAll(embed.place)) place(at, found.platform, embed, load, false);
    }
  }

  if (window.parent !== window && known(location.href, (embed) => embed.frames)) window.parent.postMessage("", "*");
  addEventListener("message", (event) => {
    if (event.data !== "" || !event.source) return;
    const frame = [...document.getElementsByTagName("iframe")].find((one) => one.contentWindow === event.source);
    if (!frame || !known(frame.src, (embed) => embed.frames)) return;
    event.stopImmediatePropagation();
    alive.add(event.source);
    shown.get(frame)?.();
  }, true);

  // Chromium says of a stopped frame that it loaded, Firefox says nothing: there it keeps the empty document it began with.
  document.addEventListener("load", ({ target }) => {
    if (target instanceof HTMLIFrameElement) look(target);
  }, true);
  /** @type {HTMLScriptElement[]} */
  const stopped = [];
  document.addEventListener("error", ({ target }) => {
    if (!(target instanceof HTMLScriptElement)) return;
    stopped.push(target);
    fill(target);
  }, true);
  const frames = document.getElementsByTagName("iframe");
  let counted = 0;
  /** @type {WeakSet<HTMLIFrameElement>} */
  const waited = new WeakSet();
  const count = () => {
    if (frames.length === counted) return;
    counted = frames.length;
    for (const frame of frames) {
      if (waited.has(frame)) continue;
      waited.add(frame);
      setTimeout(() => {
        if (frame.contentDocument?.URL === "about:blank") look(frame);
      }, PATIENCE);
    }
  };
  new MutationObserver(count).observe(document, { childList: true, subtree: true });
  // What the page had not built yet when its script was stopped.
  addEventListener("DOMContentLoaded", () => stopped.forEach(fill), { once: true });
})();
