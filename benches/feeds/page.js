// What it is: a feed built as X builds its own, whose items are put in at once or while it scrolls. It counts what a
// person would feel: long tasks, and how often an item was painted before anything was done with it.
// Why no replica: theirs stop at a hundred posts, and draw by a way of their own that would be measured with them.
// What it does not do: know who else is at work in the page; what is put before an item's body is counted, whose ever it is.
const TEXTS = [
  "The choir sings on Saturday at six, and there is room for a dozen more voices in the second row.",
  "Fixed the bicycle at last: the bearing was dry, the chain too long by one link, and the bell had never worked.",
  "Three notes on the new timetable: the first train is earlier, the last one later, and line four no longer stops here.",
  "Wir haben die Brücke heute zum ersten Mal offen gesehen; der Wärter sagt, sie klemme seit dem Frühjahr.",
  "La biblioteca del barrio abre los domingos por la mañana desde esta semana, con una mesa para quien quiera leer en voz alta.",
  "Soup for twelve out of a single pumpkin. The trick is to roast it first, and to keep the seeds for the top.",
  "A question for those who know stone: why does this wall weep on dry days only? Photograph below, north side.",
  "Long walk along the canal. Nobody about but herons, and one of them would not move for anybody.",
];
const BAIT = "Like and share if you agree! Tag a friend who needs to see this.";
const longTasks = [];
new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((entry) => entry.duration)))
  .observe({ type: "longtask", buffered: true });
/** How often the page was painted: a message sent while a frame is made arrives when it is on its way to the screen. */
let paints = 0;
const { port1: here, port2: there } = new MessageChannel();
const count = () => {
  there.postMessage(null);
  requestAnimationFrame(count);
};
here.onmessage = () => {
  paints += 1;
};
requestAnimationFrame(count);

const feed = document.querySelector("#feed");
/** For each cell how often the page had been painted when it came, and when something was put before its body. */
const waits = new Map();
new MutationObserver((mutations) => {
  for (const { addedNodes } of mutations) {
    for (const node of addedNodes) {
      const cell = node.parentElement?.closest?.("[data-testid=cellInnerDiv]");
      const wait = cell && !node.dataset?.own && waits.get(cell);
      if (wait && wait.done === undefined && cell.contains(node)) wait.done = paints;
    }
  }
}).observe(feed, { childList: true, subtree: true });

const make = (name, attributes = {}, ...inside) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...inside);
  return node;
};
const button = (name, number) =>
  make("button", { "data-testid": name, "aria-label": `${number} ${name}` }, make("div", {}, make("svg", {}, make("g", {}, make("path", {}))), make("span", {}, String(number))));
let made = 0;
/** One post in the structure of X's, of some seventy nodes; of ten one is paid for and one begs. */
const cell = () => {
  const n = made++;
  const [paid, begs] = [n % 10 === 3, n % 10 === 7];
  const [id, author] = [String(1990000000000000000n + BigInt(n)), `author${n % 37}`];
  const when = paid ? [] : [make("a", { href: `/${author}/status/${id}`, role: "link" }, make("time", {}, "1h"))];
  const article = make("article", { "data-testid": "tweet", role: "article", tabindex: "0" },
    make("div", {}, make("div", {}, make("div", { "data-testid": "Tweet-User-Avatar" }, make("a", { href: `/${author}`, role: "link" }, make("div", {}, make("div", {})))),
      make("div", {},
        make("div", { "data-testid": "User-Name" }, make("a", { href: `/${author}`, role: "link" }, make("span", {}, author)), make("div", {}, make("span", {}, `@${author}`), ...when)),
        make("div", { "data-testid": "tweetText", dir: "auto", lang: "en" }, make("span", {}, begs ? BAIT : `${TEXTS[n % TEXTS.length]} (${n})`)),
        make("div", { "data-testid": "tweetPhoto" }, make("div", {}, make("div", { class: "photo" }))),
        make("div", { role: "group" }, ...["reply", "retweet", "like", "bookmark"].map((name, i) => button(name, n * (i + 1))),
          make("a", { href: `/${author}/status/${id}/analytics`, role: "link" }, make("span", {}, `${n} views`)))))));
  const inner = paid ? make("div", { "data-testid": "placementTracking" }, article) : article;
  return make("div", { "data-testid": "cellInnerDiv", class: "cell-inner" }, make("div", { class: "cell" }, inner));
};
const add = (many) => {
  const cells = Array.from({ length: many }, cell);
  for (const one of cells) waits.set(one, { from: paints });
  feed.append(...cells);
};
const frame = () => new Promise((done) => requestAnimationFrame(() => done(null)));

window.bench = {
  add,
  /**
   * Scrolls until so many items are in the page. Ten come at a time, between two frames, as answers from a server do.
   * @param {number} until
   */
  async scroll(until) {
    while (made < until) {
      for (let step = 0; step < 6; step += 1) {
        await frame();
        scrollBy(0, 300);
      }
      await new Promise((done) => setTimeout(done));
      add(10);
    }
  },
  /** What was counted: long tasks in milliseconds, and for each item that was touched how often it was painted before. */
  counted() {
    const touched = [...waits.values()].filter(({ done }) => done !== undefined);
    return { longTasks, items: made, waits: touched.map(({ from, done }) => done - from) };
  },
};
