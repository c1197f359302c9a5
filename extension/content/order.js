// What it is: asks in which order the page is to get an answer, and puts it so.
// Why in the page's world: a list breaks when its nodes are moved, so what is to be lower must be lower before the page
// draws it; order-fetch.js and order-xhr.js make the page wait for that.
// What it does not do: add, drop or change a letter of an answer (the pieces are joined only if each letter is in exactly
// one of them), or let the page wait for a core that does not answer: then it gets what was sent.
//
// The build puts these three before wire.js, in one closure; where a site's file has no order, nothing of them runs.

/** How long the page waits, in ms: some times what the core takes for the longest answers, and little for a person. */
const LONGEST_HELD = 400;

/**
 * @typedef {Lent & ReturnType<typeof makeAnswers>} Tools
 * @typedef {object} Lent what wire.js lends
 * @property {(holder: any, name: string, how: ProxyHandler<any>) => void} replace
 * @property {(holder: any, name: string, seen: (self: any, args: any[], result: any) => unknown) => void} wrap
 * @property {(of: object, name: string) => () => any} getter
 * @property {number} largest
 * @property {(what: Named, body: string, number: number) => void} ask
 *
 * @typedef {ReturnType<typeof makeOrder>} Order
 */

/** @param {Tools} tools */
function makeOrder({ ask }) {
  const { apply } = Reflect;
  const { slice } = String.prototype;
  const delay = setTimeout.bind(window);

  /** Whether the content script wants to be asked. */
  let isOn = false;
  /** Whether the core has left an answer waiting, and nothing was heard of it since: nobody waits for it again. */
  let isLate = false;
  let number = 0;
  /** Who waits for which order. @type {Record<number, ((pieces: Piece[]) => void) | undefined>} */
  const waiting = Object.create(null);
  const mayHold = () => isOn && !isLate;

  /**
   * Asks for the order of an answer. `done` is called once: with the new text, or with none if it is to stay as it is.
   * @param {Named} what @param {string} text @param {(made: string | undefined) => void} done
   */
  const order = (what, text, done) => {
    number += 1;
    const own = number;
    waiting[own] = (pieces) => done(joined(text, pieces));
    ask(what, text, own);
    delay(() => {
      if (!waiting[own]) return;
      waiting[own] = undefined;
      isLate = true;
      done(undefined);
    }, LONGEST_HELD);
  };

  /** The pieces one behind the other; none if any letter is not in exactly one of them. @param {string} text @param {Piece[]} pieces */
  const joined = (text, pieces) => {
    /** @type {Record<number, number | undefined>} */
    const ends = /** @type {any} */ ({ __proto__: null });
    let made = "";
    for (let i = 0; i < pieces.length; i += 1) {
      const from = pieces[i][0];
      const to = pieces[i][1];
      if (!(from < to)) return undefined;
      ends[from] = to;
      made += apply(slice, text, [from, to]);
    }
    let at = 0;
    for (let i = 0; i < pieces.length; i += 1) at = ends[at] ?? NaN;
    return at === text.length ? made : undefined;
  };

  return {
    mayHold,
    order,
    /** What the content script says. @param {Told} told */
    told(told) {
      isLate = false;
      if (typeof told === "boolean") {
        isOn = told;
        return;
      }
      const waiter = waiting[told[0]];
      waiting[told[0]] = undefined;
      waiter?.(told[1]);
    },
  };
}
