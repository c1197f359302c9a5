// What the protections are tried on: requests that a page might make, and that nobody makes here. Each is one that the lists
// which come with the extension speak of, so a newer list that no longer does makes its trial fail.
// What it does not hold: what must come of them; see trials.js.

/** By the protection that is to notice it. @type {Record<string, { url: string, frame: string, type: string }>} */
export const SAMPLES = {
  trackers: { url: 'https://www.google-analytics.com/analytics.js', frame: 'https://news.example/', type: 'script' },
  ads: { url: 'https://googleads.g.doubleclick.net/pagead/ads?client=sample', frame: 'https://news.example/', type: 'sub_frame' },
  links: { url: 'https://shop.example/?utm_source=sample', frame: 'https://shop.example/', type: 'main_frame' },
  widgets: { url: 'https://platform.twitter.com/widgets.js', frame: 'https://news.example/', type: 'script' },
  referrer: { url: 'https://shop.example/', frame: 'https://news.example/private?page=1', type: 'main_frame' },
};
