/*
 * Tells the browser what the person chose: which rulesets are on, and our own declarative rules; and what was made on
 * this machine of lists: rules of the person's own, and what newer texts change in the rulesets.
 *
 * The core makes a plan of the choice, and only what differs from what the browser has is told. A plan that was carried
 * out is known by its mark for as long as the browser runs, so that a start of the background costs one look; after
 * the browser's own start, or ours anew, everything is compared once. What the browser refuses is logged, tried again
 * at the next start, and told to whoever asks, because then people are not protected as they think.
 * What is to be told is not decided here; see src/api/protection/plan.rs.
 */
import { plan } from '../build/background.js';
import { api, asks, awake, made, partOf } from './memory.js';
import { registerScripts } from './scripts.js';

/** Under which key of `storage.session` the mark is of what was carried out. */
const APPLIED = 'applied';
/** The alarm at which something is to be switched on again. */
const ALARM = 'rest';

let trouble = '';
let applying = Promise.resolve();
/** @type {Promise<void> | undefined} */
let compared;

/** What the browser refused, in its own words; empty if nothing. */
export const troubles = () => trouble;

/** The core, awake, with the plan compared once in the background's life: a rest may have ended while nobody watched. */
export async function ready() {
  await awake();
  compared ??= apply();
}

/** Carries out the plan of this moment, after those that are under way. @returns {Promise<void>} */
export function apply() {
  applying = applying.then(carryOut).catch((error) => {
    trouble = String(error?.message ?? error);
    console.error('Plainsight could not tell the browser what was chosen:', error);
  });
  return applying;
}

async function carryOut() {
  await awake();
  const wanted = plan(Date.now());
  await remind(wanted.next);
  await registerScripts(wanted.scripts).catch((error) => {
    console.error('Plainsight could not register its scripts:', error);
  });
  const mark = `${wanted.mark} ${(await made())?.mark ?? ''}`;
  if ((await api.storage.session.get(APPLIED))[APPLIED] === mark) return;
  // Whoever stops us in the middle leaves a state that no mark tells.
  await api.storage.session.remove(APPLIED);
  /** @type {ListRules} */
  const lists = await partOf('rules') ?? { own: [], changes: [] };
  const added = lists.changes.filter(({ set }) => wanted.on.includes(set) || wanted.on.includes(`${set}-unsafe`));
  const dynamic = [...wanted.dynamic, ...lists.own, ...added.flatMap(({ add }) => add)];
  /** @type {string[]} */
  const refused = [];
  const net = api.declarativeNetRequest;
  await Promise.all([
    switchRulesets(wanted),
    switchRules(wanted, lists.changes),
    exchange(await net.getDynamicRules(), dynamic, (change) => net.updateDynamicRules(change)),
    exchange(await net.getSessionRules(), wanted.session, (change) => net.updateSessionRules(change)),
  ].map((step) => step.catch((error) => {
    refused.push(String(error?.message ?? error));
    console.error('Plainsight could not tell the browser what was chosen:', error);
  })));
  trouble = refused.join(' ');
  if (refused.length === 0) await api.storage.session.set({ [APPLIED]: mark });
}

/** @param {number | null} at */
async function remind(at) {
  if (at === null) {
    await api.alarms.clear(ALARM);
  } else if ((await api.alarms.get(ALARM))?.scheduledTime !== at) {
    await api.alarms.create(ALARM, { when: at });
  }
}

/** @param {Plan} wanted */
async function switchRulesets({ on, off }) {
  const now = new Set(await api.declarativeNetRequest.getEnabledRulesets());
  const enableRulesetIds = on.filter((id) => !now.has(id));
  const disableRulesetIds = off.filter((id) => now.has(id));
  if (enableRulesetIds.length + disableRulesetIds.length === 0) return;
  await api.declarativeNetRequest.updateEnabledRulesets({ enableRulesetIds, disableRulesetIds });
}

/** Switches off the shipped rules that newer texts no longer have, and no others. A browser that asks us has none on.
 * @param {Plan} wanted @param {ListRules['changes']} changes */
async function switchRules({ on, off }, changes) {
  if (asks) return;
  const net = api.declarativeNetRequest;
  await Promise.all([...on, ...off].map(async (rulesetId) => {
    const has = new Set(await net.getDisabledRuleIds({ rulesetId }));
    const wanted = new Set(changes.flatMap(({ disable }) => disable[rulesetId] ?? []));
    const disableRuleIds = [...wanted].filter((id) => !has.has(id));
    const enableRuleIds = [...has].filter((id) => !wanted.has(id));
    if (disableRuleIds.length + enableRuleIds.length > 0) await net.updateStaticRules({ rulesetId, disableRuleIds, enableRuleIds });
  }));
}

/**
 * Exchanges rules for others in one step: there is no moment without either.
 * @param {chrome.declarativeNetRequest.Rule[]} has @param {chrome.declarativeNetRequest.Rule[]} wanted
 * @param {(change: {removeRuleIds: number[], addRules: chrome.declarativeNetRequest.Rule[]}) => Promise<void>} update
 */
async function exchange(has, wanted, update) {
  const before = new Map(has.map((rule) => [rule.id, written(rule)]));
  const addRules = wanted.filter((rule) => before.get(rule.id) !== written(rule));
  const stays = new Set(wanted.filter((rule) => !addRules.includes(rule)).map(({ id }) => id));
  const removeRuleIds = has.map(({ id }) => id).filter((id) => !stays.has(id));
  if (addRules.length + removeRuleIds.length > 0) await update({ removeRuleIds, addRules });
}

/** A rule as text, the same whichever way a browser hands it back: keys sorted, and nothing where nothing is said.
 * @param {unknown} value @returns {string} */
function written(value) {
  if (Array.isArray(value)) return `[${value.map(written).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const said = Object.entries(value).filter(([, part]) => part !== null && part !== undefined);
  return `{${said.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => `${key}:${written(part)}`).join()}}`;
}

api.alarms.onAlarm.addListener(({ name }) => {
  if (name === ALARM) apply();
});
// A browser that starts has forgotten the session's rules, and one that has just got us knows none of ours.
api.runtime.onStartup.addListener(() => { apply(); });
api.runtime.onInstalled.addListener(() => { apply(); });
