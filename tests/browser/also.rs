//! Hosts that no site's file names: read when the person says so in the popup, and neither before nor after.
//!
//! Two of them are played from end to end, a platform's server that is not listed and a page that marks its feed by
//! itself; their pages look for us and try to have a say. How well such pages are read is held by the proofs.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Options, Response, wait_for};
use xtask::replica::{Proof, unnamed};
use xtask::root;

use super::looks::take;
use super::ours::{found, in_extension, open_popup, wake};
use super::sight::says;
use super::{SOON, Scene, in_both, options};

/// Has the hosts of these proofs read that no site's file names, as the popup does after a yes.
pub(crate) async fn also_read_all(browser: &Browser, proofs: &[(Proof, Value)]) -> Result<()> {
    let script = "await chrome.storage.local.set({ also: arguments[0] });
        await chrome.runtime.sendMessage({ ask: 'state' })";
    in_extension(browser, script, vec![unnamed(proofs)?]).await
}

/// A page on a host that no file names.
struct Unnamed {
    host: &'static str,
    path: &'static str,
    /// A part of the same host that is nobody's business, and shows a feed all the same.
    private: &'static str,
    /// The proof whose page it shows, and what its server writes besides.
    proof: &'static str,
    more: &'static str,
    /// A word of one post.
    word: &'static str,
    /// How the popup says what it looks like: a key, and a name in it.
    offer: (&'static str, &'static str),
}

const UNNAMED: [Unnamed; 2] = [
    Unnamed {
        host: "social.choir.example",
        path: "/home",
        private: "/conversations",
        proof: "mastodon",
        more: "<script id=initial-state type=application/json>{}</script>",
        word: "Nebel",
        offer: ("offerPlatform", "Mastodon"),
    },
    Unnamed {
        host: "forum.example",
        path: "/latest",
        private: "/u/ana/Messages/12",
        proof: "generic",
        more: "",
        word: "fog",
        offer: ("offerFeed", ""),
    },
];

/// The page's own script: it wants to know whether anybody asks for a port, and says by itself what is to be read.
const SPY: &str = "window.heard = [];
    for (const name of ['plainsight-port-wanted', 'plainsight-port', 'message']) addEventListener(name, () => heard.push(name), true);
    window.also = localStorage.also = JSON.stringify({ [location.hostname]: 'generic' });
    postMessage({ ask: 'also-read', host: location.hostname, site: 'generic' }, '*');";

impl Unnamed {
    fn url(&self) -> String {
        format!("https://{}{}", self.host, self.path)
    }

    fn serve(&self, web: &Fixtures) -> Result<()> {
        let proof = std::fs::read_to_string(root().join(format!("data/sites/{}.proof.html", self.proof)))?;
        let page = proof.replace("</html>", &format!("{}<script src=/spy.js></script></html>", self.more));
        for path in [self.path, self.private] {
            let response =
                Response::html(page.as_str()).with("Content-Security-Policy", "default-src 'none'; script-src 'self'");
            web.page(self.host, path, response);
        }
        web.page(self.host, "/spy.js", Response::new("text/javascript", SPY));
        Ok(())
    }

    async fn offers(&self, browser: &Browser) -> Result<Offered> {
        offered(browser, &self.url()).await
    }

    /// Opens the popup and presses its button.
    async fn press(&self, browser: &Browser, words: &str) -> Result<()> {
        let before = open_popup(browser, &self.url()).await?;
        browser.wait_for_js("document.querySelector('.offer button')", SOON).await?;
        let button = browser.find(".offer button").await?;
        ensure!(browser.text(&button).await? == words, "the button says {}", browser.text(&button).await?);
        browser.click(&button).await?;
        let other = format!("document.querySelector('.offer button')?.textContent !== {}", json!(words));
        browser.wait_for_js(&other, SOON).await?;
        browser.close_tab(&before).await
    }

    async fn folded(&self, browser: &Browser, wanted: usize, when: &str) -> Result<()> {
        let waited = wait_for("what is folded", SOON, || async { Ok(folded(browser).await? == wanted) }).await;
        waited.with_context(|| format!("{}, {when}", self.host))
    }

    /// Nothing of ours is in the page, and nobody there heard of us.
    async fn is_untouched(&self, browser: &Browser, when: &str) -> Result<()> {
        ensure!(found(browser, &self.url()).await?.is_none(), "{}, {when}: it is read", self.host);
        self.is_as_served(browser, when).await
    }

    /// The page is to the letter as its server sent it, and heard nothing.
    async fn is_as_served(&self, browser: &Browser, when: &str) -> Result<()> {
        let seen: Value = browser.eval(STATE, vec![]).await?;
        ensure!(seen["heard"] == json!(["message"]), "{}, {when}: the page heard {}", self.host, seen["heard"]);
        ensure!(seen["touched"] == json!([]), "{}, {when}: in the page is {}", self.host, seen["touched"]);
        Ok(())
    }
}

/// Frames, and elements that are styled or empty as no proof of ours has them.
const STATE: &str = "return { heard: window.heard, touched: [...document.querySelectorAll('iframe, [style], div:empty')].map((one) => one.outerHTML) }";

async fn folded(browser: &Browser) -> Result<usize> {
    let script = "const isGone = (node) => getComputedStyle(node).display === 'none';
        return [...document.querySelectorAll('[data-truth]')]
          .filter((item) => isGone(item) || isGone(item.querySelector(':scope > .status') ?? item)).length";
    browser.eval(script, vec![]).await
}

/// What the popup of a tab says beside its feed: sentences, and what its buttons say.
#[derive(Debug, PartialEq, serde::Deserialize)]
struct Offered {
    told: Vec<String>,
    buttons: Vec<String>,
}

async fn offered(browser: &Browser, url: &str) -> Result<Offered> {
    let before = open_popup(browser, url).await?;
    // What is offered comes with the rest or not at all: it is asked for at the same time, and answered sooner.
    browser.wait_for_js("document.querySelector('.companies, section .tally, section p.quiet')", SOON).await?;
    let script = "await new Promise((done) => setTimeout(done, 1000));
        const words = (css) => [...document.querySelectorAll(css)].map((one) => one.textContent);
        return { told: words('.offer p'), buttons: words('.offer button') }";
    let offered = browser.eval_async(script, vec![]).await?;
    browser.close_tab(&before).await?;
    Ok(offered)
}

fn nothing() -> Offered {
    Offered { told: vec![], buttons: vec![] }
}

/// Waits until the reader is registered for exactly these hosts.
async fn registered_for(browser: &Browser, hosts: &[&str]) -> Result<()> {
    let wanted: Vec<_> = hosts.iter().map(|host| format!("https://{host}/*")).collect();
    let script = "const scripts = await chrome.scripting.getRegisteredContentScripts();
        return scripts.filter(({ id }) => id === 'reader').flatMap(({ matches }) => matches).sort()";
    wait_for(&format!("the reader for {hosts:?}"), SOON, || async {
        Ok(in_extension::<Vec<String>>(browser, script, vec![]).await? == wanted)
    })
    .await
}

async fn fold_by_words(browser: &Browser) -> Result<()> {
    let words: Vec<_> = UNNAMED.iter().map(|it| json!({ "text": it.word, "act": "lower" })).collect();
    let settings = json!({ "version": 1, "derank": false, "sites": {}, "acts": {}, "own": { "words": words } });
    in_extension(browser, "await chrome.storage.local.set({ settings: arguments[0] })", vec![settings]).await
}

#[test]
fn a_host_that_no_file_names_is_read_from_the_yes_until_it_is_taken_back() -> Result<()> {
    in_both(async |Scene { web, mut browser }| {
        fold_by_words(&browser).await?;
        for it in &UNNAMED {
            it.serve(&web)?;
            let url = it.url();
            browser.goto(&url).await?;
            it.is_untouched(&browser, "before").await?;
            let yes = says("offerYes", &[it.host]);
            let told = vec![says(it.offer.0, &[it.offer.1]), says("offerHint", &[])];
            let wanted = Offered { told, buttons: vec![yes.clone()] };
            let offered = it.offers(&browser).await?;
            ensure!(offered == wanted, "{}: offered is {offered:?}", it.host);
            it.is_untouched(&browser, "after the look").await?;

            it.press(&browser, &yes).await?;
            it.folded(&browser, 1, "at once").await?;
            browser.reload().await?;
            it.folded(&browser, 1, "loaded again").await?;
            browser.kill_background().await?;
            browser.reload().await?;
            it.folded(&browser, 1, "without the background").await?;
            let heard: Value = browser.eval("return window.heard", vec![]).await?;
            ensure!(heard == json!(["message"]), "{}: the page heard {heard}", it.host);
            let wanted = Offered { told: vec![says("offerTaken", &[it.host])], buttons: vec![says("offerBack", &[])] };
            let offered = it.offers(&browser).await?;
            ensure!(offered == wanted, "{}: read, and offered is {offered:?}", it.host);

            browser.goto(&format!("https://{}{}", it.host, it.private)).await?;
            let private = format!("https://{}{}", it.host, it.private);
            wait_for("the script to have asked", SOON, || async { Ok(found(&browser, &private).await?.is_some()) })
                .await?;
            let here = found(&browser, &private).await?.context("it answers")?;
            ensure!(!here.active && here.items == 0, "{private} is read: {here:?}");
            ensure!(folded(&browser).await? == 0, "{private} is touched");
            browser.goto(&url).await?;
        }
        browser.restart().await?;
        wake(&browser).await?;
        registered_for(&browser, &["forum.example", "social.choir.example"]).await?;
        for (number, it) in UNNAMED.iter().enumerate() {
            let others = &["forum.example"][number..];
            browser.goto(&it.url()).await?;
            it.folded(&browser, 1, "after the browser's restart").await?;
            it.press(&browser, &says("offerBack", &[])).await?;
            it.folded(&browser, 0, "taken back").await?;
            let clean = wait_for("the page as it was", SOON, || async {
                Ok(it.is_as_served(&browser, "taken back").await.is_ok())
            });
            if clean.await.is_err() {
                it.is_as_served(&browser, "taken back").await?;
            }
            it.press(&browser, &says("offerYes", &[it.host])).await?;
            it.folded(&browser, 1, "after another yes").await?;
            it.press(&browser, &says("offerBack", &[])).await?;
            registered_for(&browser, others).await?;
            browser.reload().await?;
            it.is_untouched(&browser, "taken back and loaded again").await?;
        }
        let left: Value = in_extension(&browser, "return chrome.storage.local.get('also')", vec![]).await?;
        ensure!(left == json!({ "also": {} }), "of what was taken back is left {left}");
        browser.quit().await
    })
}

#[test]
fn nothing_is_offered_where_nothing_is_marked_or_it_is_private() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let [server, forum] = &UNNAMED;
        server.serve(&web)?;
        forum.serve(&web)?;
        let article =
            "<!doctype html><title>one</title><main><article><h1>One</h1><p>Alone.</p></article><article>Two</article>
            <article>Three</article><div role=feed><article>Four</article><article>Five</article></div></main>";
        web.page("news.example", "/", Response::html(article));
        let proof = std::fs::read_to_string(root().join("data/sites/generic.proof.html"))?;
        web.page("forum.example", "/open", Response::html(proof.as_str()));
        web.page("x.com", "/home", Response::html(proof.as_str()));
        for url in [
            "https://news.example/".to_owned(),
            format!("https://{}{}", forum.host, forum.private),
            format!("https://{}{}", server.host, server.private),
            // Where no connection is safe, and where a file of ours names the host.
            "http://forum.example/open".to_owned(),
            "https://x.com/home".to_owned(),
        ] {
            browser.goto(&url).await?;
            let offered = offered(&browser, &url).await?;
            ensure!(offered == nothing(), "{url}: offered is {offered:?}");
        }
        browser.quit().await
    })
}

#[test]
fn the_offer_can_be_looked_at() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let which = browser.which();
        browser.quit().await?;
        for dark in [false, true] {
            let browser = Browser::open(which, &Options { dark, ..options(which, &web) }).await?;
            for it in &UNNAMED {
                it.serve(&web)?;
                browser.goto(&it.url()).await?;
                for (name, button) in [("offer", says("offerYes", &[it.host])), ("read", says("offerBack", &[]))] {
                    let before = open_popup(&browser, &it.url()).await?;
                    browser.viewport(380, 600).await?;
                    browser.wait_for_js("document.querySelector('.offer button')", SOON).await?;
                    take(&browser, dark, &format!("popup-{name}-{}", it.proof)).await?;
                    browser.close_tab(&before).await?;
                    it.press(&browser, &button).await?;
                }
            }
            browser.quit().await?;
        }
        Ok(())
    })
}
