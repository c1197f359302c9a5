// The custom elements of the Reddit replica, each with an open shadow root and slots named as Reddit names them.
//
// Only elements with a behaviour or a frame of their own are defined; the others (faceplate-timeago, faceplate-hovercard,
// shreddit-async-loader …) are bare names in the HTML, which is all that an extension ever sees of them.

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { display: block; }
  .row { display: flex; gap: 8px; margin-top: 8px; }
  .row span, button { font: 600 12px/16px system-ui, sans-serif; color: inherit; background: var(--soft); border: 0;
    border-radius: 16px; padding: 8px 12px; }
  slot[name="full-post-link"] { display: none; }
  a { color: inherit; text-decoration: none; }
`);

/** An element with a shadow root that holds `content()`. */
class Framed extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.innerHTML = this.content();
  }

  content() {
    return "<slot></slot>";
  }
}

const SLOTS = ["full-post-link", "credit-bar", "title", "post-flair", "text-body", "post-media-container"]
  .map((name) => `<slot name="${name}"></slot>`).join("");

class Post extends Framed {
  content() {
    const count = (/** @type {string} */ name) => Number(this.getAttribute(name) ?? 0);
    return `${SLOTS}<div class="row shreddit-post-container"><span>▲ ${count("score")} ▼</span>
      <span>${count("comment-count")} comments</span><button type="button">Share</button></div>`;
  }
}

class AdPost extends Post {
  content() {
    return `${super.content()}<slot name="action-row-whitespace"></slot>`;
  }
}

class Shelf extends Framed {
  content() {
    return `<slot name="title"></slot><slot name="recommendations"></slot>`;
  }
}

class OverflowMenu extends Framed {
  content() {
    return `<button type="button" aria-label="Open user actions">⋯</button>`;
  }
}

class JoinButton extends Framed {
  content() {
    return `<button type="button">Join</button>`;
  }
}

/** Fetches HTML from `src` when it comes near the screen, and gives its place to what came. */
class LazyPart extends HTMLElement {
  #seen = new IntersectionObserver((changes) => changes.some((it) => it.isIntersecting) && this.#load(), { rootMargin: "1200px" });

  connectedCallback() {
    this.#seen.observe(this);
  }

  disconnectedCallback() {
    this.#seen.disconnect();
  }

  async #load() {
    this.#seen.disconnect();
    const answer = await fetch(this.getAttribute("src") ?? "", { headers: { accept: "text/vnd.reddit.partial+html, text/html" } });
    if (!answer.ok) return;
    const page = document.createElement("template");
    page.innerHTML = await answer.text();
    const parts = [...page.content.children];
    const feed = this.parentElement;
    this.replaceWith(page.content);
    feed?.dispatchEvent(new CustomEvent("replica:fragment", { detail: parts }));
  }
}

customElements.define("shreddit-post", Post);
customElements.define("shreddit-ad-post", AdPost);
customElements.define("in-feed-community-recommendations", Shelf);
customElements.define("shreddit-post-overflow-menu", OverflowMenu);
customElements.define("shreddit-join-button", JoinButton);
customElements.define("shreddit-dynamic-ad-link", class extends Framed {});
customElements.define("faceplate-partial", LazyPart);
