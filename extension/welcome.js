/*
 * Opens the welcome once, when a person has installed the extension: not after an update, and not where somebody develops or
 * tests it from a folder, who would find a tab in the way at every start.
 *
 * What the page says is not decided here; see src/web/pages/welcome.rs.
 */
import { api } from './memory.js';

const PAGE = 'extension/pages/welcome.html';

api.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === 'install') welcome().catch((error) => console.error('Plainsight could not open its welcome:', error));
});

async function welcome() {
  const { installType } = await api.management.getSelf();
  if (installType !== 'development') await api.tabs.create({ url: api.runtime.getURL(PAGE) });
}
