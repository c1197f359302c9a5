// The page core as the wasm that ships, with the pack that ships: what X's pages are, what its wire said, what is judged.
// What it does not hold: how well feeds are read (tests/sites.rs and the browsers do).
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { built, complaint, damaged, pageCore } from './cores.js';

const pack = built('page.pack');
const settings = { version: 1, derank: true, sites: {}, acts: { sponsored: 'hide', suggested: 'label', bait: 'dim', pressure: 'label' } };

/** @param {string} [host] @param {string} [chosen] */
function opened(host = 'x.com', chosen = '') {
  const core = pageCore();
  core.open(pack, host, chosen);
  return core;
}

/** An entry of X's home timeline. @param {string} id @param {string} component @param {object} [more] */
const entry = (id, component, more = {}) => ({
  entryId: `tweet-${id}`,
  content: {
    itemContent: {
      tweet_results: { result: { rest_id: id, legacy: { full_text: `Post ${id}` } } },
      ...more,
    },
    clientEventInfo: { component },
  },
});

const timeline = JSON.stringify({
  data: {
    home: {
      home_timeline_urt: {
        instructions: [{
          entries: [
            entry('100', 'for_you_promoted', { promotedMetadata: { advertiser_results: { result: { core: { name: 'Shop' } } } } }),
            entry('101', 'for_you_simclusters'),
            entry('102', 'for_you_in_network'),
          ],
        }],
      },
    },
  },
});

const hear = { ask: 'hear', from: { answer: { path: '/i/api/graphql/abc/HomeTimeline', name: '' } }, body: timeline };

/** An item as extract.js reads it: the first way of the field `id`. @param {string} id */
const shown = (id) => ({ dom: 0, fields: { id: [[0, `/someone/status/${id}`]] } });

/** Each item's id, act and kinds, in a line. @param {any} core @param {string[]} ids @param {string} [path] */
function judged(core, ids, path = '/home') {
  const reply = core.ask({ ask: 'judge', path, items: ids.map(shown), settings });
  assert.equal(reply.reply, 'judge');
  return reply.judged.map(({ id, verdict }) => [id, verdict.act, ...verdict.because.map((it) => it.kind)].join(' '));
}

test('a host that no file names is read as what was chosen, as one of its kind or as itself', () => {
  const name = (/** @type {string} */ host, /** @type {string} */ chosen, path = '/') => {
    const { feed } = opened(host, chosen).ask({ ask: 'open', path });
    return feed && [feed.site, feed.name];
  };
  assert.deepEqual(name('social.choir.example', 'mastodon', '/home'), ['mastodon', 'Mastodon']);
  assert.deepEqual(name('forum.example', 'generic'), ['forum.example', 'forum.example']);
  assert.equal(name('forum.example', 'generic', '/u/ana/messages'), null);
  // What a file names is what it is, and what no other host may be read as is nothing.
  assert.deepEqual(name('x.com', 'generic', '/home'), ['x', 'X']);
  for (const chosen of ['', 'x', 'nobody', '#generic', 'x.com']) assert.equal(name('forum.example', chosen), null, chosen);
});

test('a feed is opened, and messages are out of bounds', () => {
  const core = opened();
  const { reply, feed } = core.ask({ ask: 'open', path: '/home' });
  assert.deepEqual([reply, feed.site, feed.name], ['open', 'x', 'X']);
  assert.ok(feed.layouts[0].dom.item.length > 0 && feed.layouts[0].dom.fields.id.length > 0);
  for (const path of ['/messages', '/messages/1-2', '/i/chat', '/home/../messages']) {
    assert.deepEqual(core.ask({ ask: 'open', path }), { reply: 'open', feed: null }, path);
  }
  assert.equal(opened('news.example').ask({ ask: 'open', path: '/' }).feed, null);
});

test('what the wire said is judged by id', () => {
  const core = opened();
  assert.deepEqual(judged(core, ['100', '101']), ['100 show', '101 show']);
  assert.deepEqual(core.ask(hear), { reply: 'hear', ids: ['100', '101', '102'], refusals: [] });
  assert.deepEqual(judged(core, ['100', '101', '102', '999']), [
    '100 hide sponsored',
    '101 label suggested',
    '102 show',
    '999 show',
  ]);
  assert.deepEqual(judged(core, ['100'], '/messages'), [' show']);
});

test('an answer is put in order where the feed is de-ranked, and heard by the way', () => {
  const core = opened();
  const lowering = { ...settings, acts: { sponsored: 'hide', suggested: 'lower', bait: 'label', pressure: 'label' } };
  const holds = (/** @type {any} */ chosen) => core.ask({ ask: 'hold', settings: chosen }).holds;
  assert.deepEqual([lowering, settings, { ...lowering, derank: false }, 7].map(holds), [true, false, false, false]);
  // Written by hand: the page draws entries by their number.
  const numbered = timeline.replace(/"entryId":"tweet-10(\d)"/g, (all, last) => `"sortIndex":"${9 - Number(last)}",${all}`);
  const order = { ...hear, ask: 'order', body: numbered, path: '/home', me: null, opened: /** @type {string[]} */ ([]), settings: lowering };
  const { reply, ids, pieces } = core.ask(order);
  assert.deepEqual([reply, ids], ['order', ['100', '101', '102']]);
  const made = pieces.map((/** @type {[number, number]} */ [from, to]) => numbered.slice(from, to)).join('');
  const entries = (/** @type {string} */ text) => JSON.parse(text).data.home.home_timeline_urt.instructions[0].entries
    .map((/** @type {any} */ it) => `${it.sortIndex} ${it.entryId}`);
  assert.deepEqual(entries(numbered), ['9 tweet-100', '8 tweet-101', '7 tweet-102']);
  assert.deepEqual(entries(made), ['9 tweet-100', '8 tweet-102', '7 tweet-101']);
  for (const other of [{ opened: ['101'] }, { path: '/messages' }, { settings }]) {
    assert.deepEqual(core.ask({ ...order, ...other }).pieces, [], JSON.stringify(other));
  }
});

test('a receipt says what the verdict rests on', () => {
  const core = opened();
  core.ask(hear);
  const { lines } = core.ask({ ask: 'explain', path: '/home', item: shown('100'), settings });
  assert.ok(lines.some((/** @type {any} */ line) => line.args.includes('Shop')), JSON.stringify(lines));
});

/** An item with an author and words. @param {string} text */
const said = (text) => ({ dom: 0, fields: { id: [[0, '/tom/status/7']], author: [[0, '/tom']], text: [[0, text]] } });

test('a door has the sentence in its address, in the language of the person', () => {
  const item = said('Good day! They don\'t want you to know that honey & tea cure the flu.');
  const doors = (/** @type {any} */ more) => {
    const { lines } = opened().ask({ ask: 'explain', path: '/home', item, settings, ...more });
    return lines.flatMap((/** @type {any} */ line) => line.doors.map((/** @type {any} */ door) => door.url));
  };
  const asked = 'https://toolbox.google.com/factcheck/explorer/search/'
    + 'They%20don%27t%20want%20you%20to%20know%20that%20honey%20%26%20tea%20cure%20the%20flu.;hl=';
  assert.deepEqual(doors({ language: 'de' }), [`${asked}de`]);
  const [first, ...others] = doors({ language: 'en-GB' });
  assert.equal(first, `${asked}en-GB`);
  assert.ok(others.length > 0 && others.every((/** @type {string} */ url) => new URL(url).protocol === 'https:'));
  // An older script names no language.
  assert.deepEqual(doors({}), [asked]);
});

test('what was called wrong is kept with its author, and the next is judged more gently and says so', () => {
  const core = opened();
  const lowering = { ...settings, acts: { bait: 'lower' } };
  const act = (/** @type {string} */ text, /** @type {any} */ chosen) =>
    core.ask({ ask: 'judge', path: '/home', items: [said(text)], settings: chosen }).judged[0].verdict.act;
  const [first, second] = ['Tag a friend who needs this!', 'Tag someone who loves tea!'];
  assert.deepEqual([first, second].map((text) => act(text, lowering)), ['lower', 'lower']);
  const { doubts: [wrong] } = core.ask({ ask: 'explain', path: '/home', item: said(first), settings: lowering });
  assert.deepEqual([wrong.kind, wrong.by], ['tag-bait', 'x/tom']);
  const after = core.ask({ ask: 'wish', wish: { wrong }, settings: lowering }).settings;
  assert.deepEqual([first, second].map((text) => act(text, after)), ['show', 'dim']);
  const { lines } = core.ask({ ask: 'explain', path: '/home', item: said(second), settings: after });
  const told = lines.find((/** @type {any} */ line) => line.key === 'receiptUndone');
  assert.deepEqual([told.voice, told.args], ['noticed', ['tom', '1']]);
});

test('half a character in a text is read as no character, and the rest as it stands', () => {
  const items = [said('\udc4d Tag a friend who needs this! \\ud83d')];
  const { judged } = opened().ask({ ask: 'judge', path: '/home', items, settings });
  assert.deepEqual(judged[0].verdict.because.map((/** @type {any} */ it) => [it.kind, it.span[0]]), [['tag-bait', 2]]);
});

test('private conversations are not heard', () => {
  const core = opened();
  const inbox = { ...hear, from: { answer: { path: '/i/api/1.1/dm/inbox_initial_state.json', name: '' } } };
  assert.deepEqual(core.ask(inbox).ids, []);
  assert.deepEqual(judged(core, ['100']), ['100 show']);
});

test('an answer that cannot be read is refused, and the next one is heard', () => {
  const core = opened();
  for (const body of ['', '{', timeline.slice(0, 200), '<!doctype html>', '[]', 'null', '"\ud800"']) {
    assert.deepEqual(core.ask({ ...hear, body }).ids, [], body);
  }
  assert.ok(core.ask({ ...hear, body: '{' }).refusals.length > 0);
  assert.equal(core.ask(hear).ids.length, 3);
});

test('a damaged pack is an error with words, and a good one opens after it', () => {
  const core = pageCore();
  assert.match(complaint(() => core.open(damaged(pack, pack.length - 1), 'x.com', '')), /damaged/);
  assert.match(complaint(() => core.open(damaged(pack, 0), 'x.com', '')), /not a Plainsight pack/);
  assert.match(complaint(() => core.open(damaged(pack, 8), 'x.com', '')), /version/);
  assert.match(complaint(() => core.open(pack.slice(0, 1000), 'x.com', '')), /\w/);
  assert.match(complaint(() => core.open(new Uint8Array(), 'x.com', '')), /not a Plainsight pack/);
  core.open(pack, 'x.com', '');
  assert.equal(core.ask({ ask: 'open', path: '/home' }).feed.site, 'x');
});

test('nonsense is an error, and the core answers after it', () => {
  assert.match(complaint(() => pageCore().ask({ ask: 'open', path: '/' })), /not open/);
  const core = opened();
  core.ask(hear);
  const nonsense = [undefined, null, 7, 'open', [], {}, { ask: 'dance' }, { ask: 'open' }, { ask: 'judge', path: '/home', items: [{ fields: 7 }] }];
  for (const question of nonsense) {
    assert.match(complaint(() => core.ask(question)), /\w/, JSON.stringify(question));
  }
  assert.deepEqual(judged(core, ['100']), ['100 hide sponsored']);
});

test('settings that nobody can understand are the ones of a new person', () => {
  const core = opened();
  core.ask(hear);
  const ask = (/** @type {unknown} */ settings) => core.ask({ ask: 'judge', path: '/home', items: [shown('100')], settings });
  assert.deepEqual(ask('spoiled'), ask({}));
  assert.equal(ask('spoiled').judged[0].verdict.because[0].kind, 'sponsored');
});

/** The kinds that the wire says of posts with these words. @param {any} core @param {string[]} texts */
function noticed(core, texts) {
  const posts = texts.map((text, n) => ({ dom: 0, fields: { id: [[0, `/someone/status/${n + 1}`]], text: [[0, text]] } }));
  const { judged, wants } = core.ask({ ask: 'judge', path: '/home', items: posts, settings });
  const kinds = judged.map((/** @type {any} */ it) => it.verdict.because.map((/** @type {any} */ one) => one.kind).join(' '));
  return { kinds, wants };
}

const german = 'Wir haben das Rezept aus dem Video nachgekocht, und es war sehr gut. Markiere jemanden, der das auch mag!';
const short = 'Markiere jemanden 👇';

test('a language is wanted by the first text in it, once, and is read from then on', () => {
  const core = opened();
  // English phrases are at hand, and with what else there is in English comes the model.
  assert.deepEqual(noticed(core, ['Tag a friend who needs this!', short]), { kinds: ['tag-bait', ''], wants: ['phrases-en'] });
  assert.deepEqual(noticed(core, [german]), { kinds: [''], wants: ['phrases-de'] });
  assert.deepEqual(noticed(core, [german]).wants, [], 'what was wanted is not wanted again');
  core.add(built('phrases-de.pack'));
  assert.deepEqual(noticed(core, [german, short, 'Tag a friend who needs this!']), {
    kinds: ['tag-bait', 'tag-bait', 'tag-bait'],
    wants: [],
  });
});

test('what tells topics is wanted by the first English text of somebody with one, and says what is like it', () => {
  const core = opened();
  const football = 'The football team won the league game after the coach changed the whole defense';
  const texts = [german, football].map((text, n) => ({ dom: 0, fields: { id: [[0, `/someone/status/${n + 1}`]], text: [[0, text]] } }));
  const own = { topics: [{ text: 'football, league, coach', act: 'lower' }] };
  const ask = (/** @type {object} */ settings, items = texts) => core.ask({ ask: 'judge', path: '/home', items, settings });
  assert.ok(!ask(settings).wants.includes('topics'));
  assert.ok(!ask({ ...settings, own }, texts.slice(0, 1)).wants.includes('topics'));
  assert.deepEqual(ask({ ...settings, own }).wants, ['topics']);
  assert.deepEqual(ask({ ...settings, own }).wants, [], 'what was wanted is not wanted again');
  const acts = () => ask({ ...settings, own }).judged.map((/** @type {any} */ it) => it.verdict.act);
  assert.deepEqual(acts(), ['show', 'show']);
  core.add(built('topics.pack'));
  assert.deepEqual(acts(), ['show', 'lower']);
  assert.match(complaint(() => core.add(damaged(built('topics.pack'), 100_000))), /damaged/);
  assert.deepEqual(acts(), ['show', 'lower']);
});

test('phrases that are damaged are an error with words, and all else is as before', () => {
  const core = opened();
  const phrases = built('phrases-de.pack');
  assert.match(complaint(() => core.add(damaged(phrases, phrases.length - 1))), /damaged/);
  assert.match(complaint(() => core.add(new Uint8Array())), /not a Plainsight pack/);
  assert.match(complaint(() => core.add(built('background.pack'))), /\w/);
  assert.match(complaint(() => pageCore().add(phrases)), /not open/);
  assert.deepEqual(noticed(core, ['Tag a friend who needs this!', short]).kinds, ['tag-bait', '']);
  core.add(phrases);
  assert.deepEqual(noticed(core, [short]).kinds, ['tag-bait']);
});
