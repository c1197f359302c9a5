// What it is: the same work as public feed extensions commonly do it, written anew as a plain script: at every change
// of the page every selector is asked for in the whole page and every pattern tried on what it finds. It is what others
// are measured by.
// What it does not do: more than the page under test needs; real ones have longer lists.
(() => {
  "use strict";
  const SELECTORS = [
    "[data-testid=placementTracking] article",
    "[data-testid=cellInnerDiv] article a[href*='/i/premium']",
    "[data-testid=cellInnerDiv] [data-testid=UserCell]",
    "[data-testid=cellInnerDiv] h2",
    "[data-testid=cellInnerDiv] [data-testid=videoPlayer]",
    "aside[role=complementary]",
    "[data-testid=sidebarColumn] section",
    "article [data-testid=socialContext]",
    "article a[href$='/communities']",
    "article [data-testid='card.wrapper']",
  ];
  const PATTERNS = [
    /\b(?:like|share|retweet) (?:and (?:share|like) )?if\b/i,
    /\btag (?:a|your|someone|three|two) (?:friend|person|people|mates?)/i,
    /\bcomment (?:below|yes|amen)\b/i,
    /\bwho else\b/i,
    /\bteilen? (?:und liken|wenn)\b/i,
    /\bmarkiere? (?:einen|deine)\b/i,
    /\bcomparte si\b/i,
    /\betiqueta a\b/i,
    /\bpartagez? si\b/i,
    /\bcondividi se\b/i,
  ];
  const mark = (cell, kind) => {
    if (!cell || cell.dataset.yardstick === kind) return;
    cell.dataset.yardstick = kind;
    const line = document.createElement("div");
    line.textContent = kind;
    line.className = "yardstick";
    cell.firstElementChild.before(line);
    cell.style.opacity = "0.5";
  };
  const look = () => {
    for (const selector of SELECTORS) {
      for (const node of document.querySelectorAll(selector)) mark(node.closest("[data-testid=cellInnerDiv]"), "unwanted");
    }
    for (const node of document.querySelectorAll("[data-testid=tweetText]")) {
      const text = node.innerText;
      if (PATTERNS.some((pattern) => pattern.test(text))) mark(node.closest("[data-testid=cellInnerDiv]"), "bait");
    }
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  look();
})();
