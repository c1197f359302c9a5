/*
 * What the side panel's script lends besides: the tab in front of a window, whichever it is, and what its page tells; see
 * `Following` in page-types.d.ts.
 *
 * It listens to the browser and asks nobody by the clock. A page tells through a port that its content script alone can
 * hear; where there is none, the port ends at once, and it is tried again when the browser says that the page changed.
 * What is shown of it is not decided here; see src/web/pages/panel.rs.
 */
import { api } from './lend.js';

/** @param {number} windowId @returns {Following} */
export function following(windowId) {
  /** @type {(front: InFront) => void} */
  let listener = () => {};
  let tab = -1;
  let isPrivate = false;
  /** @type {chrome.runtime.Port | undefined} */
  let port;
  /** @type {ToldPage | null} */
  let told = null;

  /** @param {boolean} isAnew */
  const tell = (isAnew) => listener({ tab, private: isPrivate, heard: port !== undefined, anew: isAnew, told });

  function leave() {
    port?.disconnect();
    port = undefined;
    told = null;
  }

  function connect() {
    if (port || tab < 0) return;
    const opened = api.tabs.connect(tab, { name: 'receipts', frameId: 0 });
    port = opened;
    opened.onMessage.addListener((/** @type {ToldPage} */ message) => {
      if (port !== opened) return;
      told = message;
      tell(false);
    });
    opened.onDisconnect.addListener(() => {
      // Nobody there is no error: most pages have no script of ours.
      void api.runtime.lastError;
      if (port !== opened) return;
      port = undefined;
      told = null;
      tell(false);
    });
  }

  async function look() {
    const [front] = await api.tabs.query({ active: true, windowId });
    const id = front?.id ?? -1;
    if (id !== tab) leave();
    tab = id;
    // A tab of which nothing is known counts as private.
    isPrivate = front?.incognito ?? true;
    connect();
    tell(true);
  }

  return {
    follow(onFront) {
      listener = onFront;
      api.tabs.onActivated.addListener((activated) => {
        if (activated.windowId === windowId) void look();
      });
      api.tabs.onReplaced.addListener(() => void look());
      api.tabs.onUpdated.addListener((id, changes) => {
        if (id !== tab) return;
        connect();
        if (changes.status || changes.url) tell(true);
      });
      api.storage.session.onChanged.addListener((changes) => {
        if (`tab:${tab}` in changes) tell(true);
      });
      void look();
    },
    reload: () => void api.tabs.reload(tab),
    leadTo: (key) => port?.postMessage(key),
  };
}
