// Asks for pages of a timeline, with XMLHttpRequest as x.com does, and takes the entries out of the answer.
//
// "For you" is asked with GET and everything in the query, "Following" with POST and a JSON body: an extension that
// reads the wire has to cope with both. Entries are put in the order of their sortIndex, not of the array, because
// that index is what the answer gives them for the purpose.

/** @typedef {any} Entry One entry of TimelineAddEntries; its shape is X's affair and changes often. */

const PATHS = {
  HomeTimeline: "/i/api/graphql/rEp1icaH0meTime1ineAAA/HomeTimeline",
  HomeLatestTimeline: "/i/api/graphql/rEp1icaLatestTime1ineB/HomeLatestTimeline",
};

/**
 * @param {keyof typeof PATHS} name
 * @param {string | null} cursor
 * @param {AbortSignal} signal
 * @returns {Promise<{ entries: Entry[], next: string | null }>}
 */
export function ask(name, cursor, signal) {
  const variables = { count: 20, includePromotedContent: true, latestControlAvailable: true, ...(cursor ? { cursor } : {}) };
  const features = { responsive_web_graphql_timeline_navigation_enabled: true };
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => request.abort());
    request.addEventListener("error", () => reject(new Error("the timeline did not load")));
    request.addEventListener("load", () => {
      try {
        resolve(read(JSON.parse(request.responseText)));
      } catch (error) {
        reject(error);
      }
    });
    if (name === "HomeTimeline") {
      const query = new URLSearchParams({ variables: JSON.stringify(variables), features: JSON.stringify(features) });
      request.open("GET", `${PATHS[name]}?${query}`);
      request.setRequestHeader("x-twitter-active-user", "yes");
      request.send();
    } else {
      request.open("POST", PATHS[name]);
      request.setRequestHeader("content-type", "application/json");
      request.send(JSON.stringify({ variables, features, queryId: PATHS[name].split("/")[4] }));
    }
  });
}

/** @param {any} answer */
function read(answer) {
  const { instructions } = answer.data.home.home_timeline_urt;
  /** @type {Entry[]} */
  const all = instructions.flatMap((/** @type {any} */ it) => (it.type === "TimelineAddEntries" ? it.entries : []));
  const place = (/** @type {Entry} */ entry) => BigInt(entry.sortIndex);
  all.sort((one, other) => (place(one) < place(other) ? 1 : place(one) > place(other) ? -1 : 0));
  const bottom = all.find((entry) => entry.content.cursorType === "Bottom");
  return { entries: all.filter((entry) => !entry.content.cursorType), next: bottom?.content.value ?? null };
}
