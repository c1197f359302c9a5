/*
 * Newer texts of the shipped lists, between two releases: fetched from their homes while the person has switched that on,
 * and when they say so, and at no other time.
 *
 * A home is asked about once a day if it offers patches, and else as often as its text says; only its own host is asked.
 * What came is judged by the core and put to work with all else (lists.js); whatever is wrong is told home by home, and
 * what was at work before stays. Another release begins with its own lists.
 * What it does not do: know a list or a home (the build's packs do), or judge a text.
 */
import { list_homes, patch_list } from '../build/background.js';
import { NotThere, fetched } from './fetched.js';
import { compiled, newest, order, own, updates, use } from './lists.js';
import { PACK, api, awake, made, shipped } from './memory.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Where something went wrong, it is tried again after this time. */
const AGAIN = 6 * HOUR;
/** No text is left alone for longer than this, whatever it says. */
const LONGEST = 14 * DAY;
/** A browser that starts has other things to do first. */
const SETTLE = 60_000;
/** The alarm at which homes are asked. */
const ALARM = 'lists';

/** A home of which nothing is known. @type {HomeState} */
const UNKNOWN = { at: 0, whole: 0, next: 0, version: '', rules: 0, expires: 0, patch: '', trouble: '' };

/** The homes of the shipped lists, each once; a text that is several lists has one. @returns {Promise<ListHome[]>} */
async function homes() {
  await awake();
  /** @type {ListHome[]} */
  const all = list_homes(await shipped(PACK));
  return all.filter(({ address }, i) => all.findIndex((other) => other.address === address) === i);
}

/** How things are. @returns {Promise<UpdatesReport>} */
export async function updatesReport() {
  const { on, at, trouble, homes: known } = await updates();
  const inUse = (await made())?.newest ?? [];
  const told = (await homes()).map(({ title, address, version: shipped }) => {
    const { at, version, rules, trouble } = { ...UNKNOWN, ...known[address] };
    const newer = inUse.includes(address);
    return { title, address, shipped, at, version: newer ? version : '', rules: newer ? rules : 0, newer, trouble };
  });
  return { on, at, trouble, homes: told };
}

/** Carries out an order; what fails is kept with the reason. @param {() => Promise<void>} work */
async function ordered(work) {
  const trouble = await order(work);
  if (trouble) await api.storage.local.set({ updates: { ...await updates(), trouble } });
  await remind();
  return updatesReport();
}

/** The person switches updates on, which looks at once, or off, which leaves everything as it is. @param {boolean} on */
export const keepUpdated = (on) => ordered(async () => {
  await api.storage.local.set({ updates: { ...await updates(), on } });
  if (on) await look(() => true);
});

/** All homes are asked now. */
export const checkLists = () => ordered(() => look(() => true));

/** The shipped lists are at work again, and stay so: updates are off. */
export const useShipped = () => ordered(async () => {
  const [before, mine] = await Promise.all([updates(), own()]);
  await use(await compiled({}, mine), {}, { own: mine, updates: { ...before, on: false, homes: {}, trouble: '' } });
});

/** Asks homes, and puts to work what is newer. @param {(home: HomeState) => boolean} isDue */
async function look(isDue) {
  const now = Date.now();
  const [before, old] = await Promise.all([updates(), newest()]);
  const known = (/** @type {string} */ address) => ({ ...UNKNOWN, ...address in old ? before.homes[address] : {} });
  const due = (await homes()).map(({ address }) => address).filter((address) => isDue(before.homes[address] ?? UNKNOWN));
  const texts = { ...old };
  /** @type {Updates} */
  const next = { ...before, at: now, trouble: '', homes: { ...before.homes } };
  await Promise.all(due.map(async (address) => {
    const its = known(address);
    try {
      const { text, isWhole } = await newer(address, old[address], its);
      texts[address] = text;
      next.homes[address] = { ...its, at: now, whole: isWhole ? now : its.whole, trouble: '' };
    } catch (error) {
      next.homes[address] = { ...its, trouble: String(error instanceof Error ? error.message : error) };
    }
  }));
  const set = () => {
    for (const address of due) next.homes[address].next = now + pause(next.homes[address]);
    return next;
  };
  if (due.every((address) => texts[address] === old[address])) {
    await api.storage.local.set({ updates: set() });
    return;
  }
  const mine = await own();
  let all = await compiled(texts, mine);
  const refused = all?.refused ?? [];
  for (const { address, reason } of refused) {
    next.homes[address] = { ...known(address), trouble: reason };
    if (address in old) texts[address] = old[address];
    else delete texts[address];
  }
  // Where an older text stays in the place of one that was refused, it has to be made with that.
  if (refused.some(({ address }) => address in old)) all = await compiled(texts, mine);
  for (const { address, version, rules, expires, patch } of all?.used ?? []) {
    next.homes[address] = { ...next.homes[address], version, rules, expires: (expires ?? 24) * HOUR, patch };
  }
  if (due.some((address) => texts[address] !== old[address])) {
    await use(all, texts, { own: mine, updates: set() });
  } else {
    await api.storage.local.set({ updates: set() });
  }
}

/** How long a home is left alone. @param {HomeState} home */
function pause({ trouble, patch, expires }) {
  if (trouble) return AGAIN;
  return patch ? DAY : Math.min(Math.max(expires, DAY), LONGEST);
}

/** The newest text of a home: the one that is here with a patch, or else the whole.
 * @param {string} address @param {string | undefined} text @param {HomeState} its */
async function newer(address, text, its) {
  const at = text && its.patch ? new URL(its.patch, address) : undefined;
  // A text may name any place; whom the person did not mean is not asked.
  if (text && at && at.origin === new URL(address).origin) {
    const name = decodeURIComponent(at.hash.slice(1));
    at.hash = '';
    try {
      return { text: patch_list(text, await fetched(at.href), name), isWhole: false };
    } catch (error) {
      // The next patch is not there before there is something to change. A text that grows old without is fetched whole.
      if (error instanceof NotThere && Date.now() - its.whole < its.expires) return { text, isWhole: false };
    }
  }
  return { text: await fetched(address), isWhole: true };
}

/** Sets the alarm for the next home that is due. */
async function remind() {
  const { on, trouble, homes: known } = await updates();
  if (!on) return void await api.alarms.clear(ALARM);
  const next = Object.values(known).map(({ next }) => next);
  const when = Math.max(next.length > 0 ? Math.min(...next) : 0, Date.now() + (trouble ? AGAIN : SETTLE));
  await api.alarms.create(ALARM, { when });
}

api.alarms.onAlarm.addListener(async ({ name }) => {
  if (name !== ALARM || !(await updates()).on) return;
  // Whoever stops us on the way finds that it is to be tried again.
  await api.alarms.create(ALARM, { when: Date.now() + AGAIN });
  await ordered(() => look(({ next }) => next <= Date.now()));
});
// Not every browser keeps alarms over its own end.
api.runtime.onStartup.addListener(() => { remind(); });
api.runtime.onInstalled.addListener(() => ordered(async () => {
  const [before, mine, now, texts, { made: any }] = await Promise.all([updates(), own(), made(), newest(), api.storage.local.get('made')]);
  if (!any && !mine.rules && mine.lists.length === 0) return;
  // Texts that another release took are dropped: its lists may be older than ours now.
  await use(await compiled(texts, mine), texts, { own: mine, updates: now ? before : { ...before, homes: {}, trouble: '' } });
}));
