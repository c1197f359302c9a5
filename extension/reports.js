/*
 * What a report of `webRequest` says of the place a request is made from, whichever browser reports it.
 *
 * The two browsers name the same things differently; the differences are here. What it does not do: judge, or remember.
 */

/** The frame that asks: Chromium names its origin, Firefox its document, or for a worker where it came from. A page asks
 * for itself. @param {Details} details */
export function frameOf(details) {
  if (details.type === 'main_frame') return '';
  return details.documentUrl ?? details.initiator ?? details.originUrl ?? '';
}

/** The page at the top. Chromium tells it only when it is the frame that asks; a frame's own request is asked for by its
 * parent. @param {Details} details */
export function topOf(details) {
  if (details.type === 'main_frame') return details.url;
  const top = details.frameId === 0 || (details.type === 'sub_frame' && details.parentFrameId === 0);
  return top ? frameOf(details) : details.frameAncestors?.at(-1)?.url;
}
