/*
 * The background's memory: its core, loaded at the first need and fed with what was stored, and the store, into which
 * goes what the core says.
 *
 * Browsers end a background after half a minute, so nothing here lasts but what is stored, and whoever needs the core
 * waits for `awake`. A core that cannot start is not tried again at every request: a page makes hundreds of them.
 * What is stored under which key is not decided here; see src/api/background.rs.
 */
import init, { keep_diary, learned, open_diary, start, tend_diary } from '../build/background.js';
import { FRONTS, UNWRAP, WIDGETS } from '../build/everywhere.js';
import { READER } from './reader.js';
import { openShield } from './shield.js';
import { keepAll, kept } from './store.js';

/** The data of the core, made by the build. */
export const PACK = 'build/background.pack';
/** The texts of all lists, as large as everything else: opened when a person wants to read a rule. */
export const TEXTS = 'build/texts.pack';
/** What changed is stored at most so often (ms): with the time that reports are gathered, within a second. */
const STORE = 850;
/** Where the diary was kept before it had a store of its own: a key a day. Once they are taken over, this says so. */
const [FORMER, MOVED] = [/^day:\d+$/, 'diary-moved'];
/** What the person chose that the core begins with. */
const CHOICES = ['settings', 'protection', 'also', 'diary'];
/** After a failure the core is not started again for so long (ms). */
const REST = 5000;

export const api = globalThis.browser ?? chrome;
/** What is made of shipped lists is made anew by each release. */
export const RELEASE = api.runtime.getManifest().version;
/** The address of our own pages. */
export const ours = api.runtime.getURL('');
/**
 * Whether the browser asks us before each request. Only one that does has this function, which works in a listener that
 * holds a request up and nowhere else; whether such a listener may be registered cannot be asked.
 */
export const asks = 'getSecurityInfo' in api.webRequest;

/** @type {Promise<void> | undefined} */
let waking;
let isUp = false;
let failedAt = 0;

/** Whether the core answers at once. */
export const isAwake = () => isUp;

/** The core, loaded and fed with what was stored. Fails at once for a while after it failed. @returns {Promise<void>} */
export function awake() {
  if (waking && !isUp && failedAt && Date.now() - failedAt > REST) waking = undefined;
  waking ??= wake().then(() => { isUp = true; }, (error) => {
    failedAt = Date.now();
    throw error;
  });
  return waking;
}

async function wake() {
  failedAt = 0;
  const [pack, session, local, before] = await Promise.all([
    current('pack'),
    api.storage.session.get(null),
    api.storage.local.get(CHOICES),
    learnedBefore(),
    init({ module_or_path: fetch(api.runtime.getURL('build/background_bg.wasm')) }).then(({ memory }) => openShield(memory)),
  ]);
  start(pack, { session, local, abilities: abilities(), learned: before });
  opening = openDiary().catch((/** @type {unknown} */ error) => console.error('Plainsight could not open its diary:', error));
}

/** Requests are judged without it, and what is seen waits for it. @type {Promise<void>} */
let opening = Promise.resolve();
/** The day for which the diary was last put in order. */
let tended = 0;

/** The day where the person is, since 1970. */
export const today = () => Math.floor((Date.now() - new Date().getTimezoneOffset() * 60_000) / 86_400_000);

async function openDiary() {
  tended = 0;
  const moved = (await api.storage.local.get(MOVED))[MOVED];
  const all = moved ? {} : await api.storage.local.get(null);
  const former = Object.fromEntries(Object.entries(all).filter(([key]) => FORMER.test(key)));
  await open_diary(former);
  if (moved) return;
  await api.storage.local.remove(Object.keys(former));
  await api.storage.local.set({ [MOVED]: true });
}

/** The diary is open, as far as it can be, and in order for today. */
export async function diary() {
  await opening;
  const day = today();
  if (tended === day) return;
  tended = day;
  tend_diary(day).catch((error) => console.error('Plainsight could not put its diary in order:', error));
}

/** Whether the person wants us to learn whom no list knows. */
export const wantsToLearn = async () => (await api.storage.local.get('learning')).learning === true;

/** What was learned; undefined while nobody wants it. @returns {Promise<string | undefined>} */
async function learnedBefore() {
  return await wantsToLearn() ? await kept('learned').catch(() => undefined) ?? '' : undefined;
}

/** One after the other, so that the last to be written is the last that was known. @type {Promise<void>} */
let keepingLearned = Promise.resolve();

/** Keeps what is learned now, and nothing if nobody wants it. @returns {Promise<void>} */
export function keepLearned() {
  keepingLearned = keepingLearned.catch(() => {}).then(() => keepAll({ learned: learned() }));
  return keepingLearned;
}

/** A pack as the extension brought it. @param {string} name @returns {Promise<Uint8Array>} */
export async function shipped(name) {
  const answer = await fetch(api.runtime.getURL(name));
  return new Uint8Array(await answer.arrayBuffer());
}

/** What was made of lists on this machine and is at work; nothing if nothing was, or only by another release.
 * @returns {Promise<MadeLists | undefined>} */
export async function made() {
  const { made } = /** @type {{made?: MadeLists}} */ (await api.storage.local.get('made'));
  return made?.release === RELEASE ? made : undefined;
}

/** A part of what was made and is at work; undefined if there is none. @param {'pack' | 'texts' | 'rules' | 'fetched'} part */
export async function partOf(part) {
  const now = await made();
  return now && kept(`${part}:${now.mark}`).catch(() => undefined);
}

/** A pack as it is now: made on this machine, or as shipped. @param {'pack' | 'texts'} name @returns {Promise<Uint8Array>} */
export async function current(name) {
  return await partOf(name) ?? shipped(name === 'pack' ? PACK : TEXTS);
}

/** The core anew, with the packs as they are now; what it knew is stored first. */
export async function restart() {
  await store();
  isUp = false;
  waking = undefined;
  await awake();
}

/** What this browser can do, for the core. @returns {Abilities} */
function abilities() {
  const net = api.declarativeNetRequest;
  // Browsers that know a key of conditions say so; those that do not have not the list either.
  const keys = /** @type {Record<string, string>} */ ('RuleConditionKeys' in net ? net.RuleConditionKeys : {});
  const { declarative_net_request: declared, content_scripts: scripts } = api.runtime.getManifest();
  return {
    rulesets: declared?.rule_resources.map(({ id }) => id) ?? [],
    asks,
    topDomains: 'TOP_DOMAINS' in keys,
    responseHeaders: 'RESPONSE_HEADERS' in keys,
    places: { links: UNWRAP, embedders: WIDGETS, feeds: scripts?.flatMap(({ matches }) => matches ?? []) ?? [], reader: READER, fronts: FRONTS },
  };
}

/** What is to be stored. @type {{session: Record<string, unknown>, gone: Set<string>, diary: boolean, learned: boolean}} */
let unsaved = { session: {}, gone: new Set(), diary: false, learned: false };
let storing = false;

/** Stores what changed, soon. @param {Changes} changes */
export function keep(changes) {
  for (const key of changes.gone) {
    delete unsaved.session[key];
    unsaved.gone.add(key);
  }
  for (const key of Object.keys(changes.session)) unsaved.gone.delete(key);
  Object.assign(unsaved.session, changes.session);
  unsaved.diary ||= changes.diary;
  unsaved.learned ||= changes.learned;
  if (storing) return;
  storing = true;
  setTimeout(() => {
    storing = false;
    store();
  }, STORE);
}

async function store() {
  const { session, gone, diary: isNoted, learned: isNews } = unsaved;
  unsaved = { session: {}, gone: new Set(), diary: false, learned: false };
  try {
    if (isNoted) await keep_diary(today());
    if (Object.keys(session).length > 0) await api.storage.session.set(session);
    if (gone.size > 0) await api.storage.session.remove([...gone]);
    if (isNews) await keepLearned();
  } catch (error) {
    // Storage is full or going away: what could not be stored is tried again with the next change.
    unsaved = {
      session: { ...session, ...unsaved.session },
      gone: new Set([...gone, ...unsaved.gone]),
      diary: isNoted || unsaved.diary,
      learned: isNews || unsaved.learned,
    };
    console.error('Plainsight could not store what it counted:', error);
  }
}
