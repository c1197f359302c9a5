//! What the person's own history suggests: where they chose it, a receipt says how often they opened items of its author or
//! community; nothing is counted before that, of what a script pressed, in private windows, or of sites never written down,
//! and of no name more than a mark is kept.
//!
//! Two pages of our own stand for the platforms: one whose links leave the page (Reddit), and one that goes to a post by
//! itself when somebody presses on it (X). Links and switches are pressed as people press them.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Key, Request, Response, Shadow, wait_for};

use super::diary::exported;
use super::diary_choices::{self, told};
use super::leads::leads_to;
use super::ours::{in_extension, wake};
use super::private::{let_in, open_private_window};
use super::receipt::{closed, inside};
use super::sight::{Feed, REDDIT, X, receipt, says};
use super::{SOON, Scene, in_both};

/// A feed of three posts, two of them by one author, all from one community.
fn serve(web: &Fixtures) {
    let posts: String = [("aa1", "ana"), ("aa2", "ana"), ("bb1", "ben")]
        .map(|(id, author)| {
            format!(
                "<shreddit-post id=t3_{id} author={author} subreddit-prefixed-name=r/rust post-title='On {id}' style='display:block;height:120px'>
                 <a class=own href=/r/rust/comments/{id}/on_{id}/>On {id}</a> <a class=who href=/user/{author}/>{author}</a></shreddit-post>"
            )
        })
        .concat();
    let feed =
        format!("<!doctype html><title>feed</title><link rel=icon href=data:,><shreddit-feed>{posts}</shreddit-feed>");
    web.on(REDDIT.host, move |request: &Request| {
        Some(Response::html(if request.path == "/" {
            feed.clone()
        } else {
            "<!doctype html><title>post</title>".into()
        }))
    });
    let cell = |id: &str| {
        format!(
            "<div data-testid=cellInnerDiv><div class=cell><article data-testid=tweet tabindex=0 style='display:block;padding:20px'>
             <div data-testid=User-Name><a role=link href=/cleo>cleo</a></div>
             <a href=/cleo/status/{id}><time datetime=2026-11-20>1d</time></a>
             <div data-testid=tweetText class=words>Words of {id}</div></article></div></div>"
        )
    };
    let script = "document.querySelectorAll('.words').forEach((words) => words.addEventListener('click', () => {
        history.pushState({}, '', words.closest('article').querySelector('a[href*=status]').getAttribute('href'));
        history.pushState({}, '', '/home');
    }))";
    let home = format!(
        "<!doctype html><title>home</title><link rel=icon href=data:,><main>{}{}</main><script>{script}</script>",
        cell("1900000000000000001"),
        cell("1900000000000000002")
    );
    web.page(X.host, "/home", Response::html(home));
}

/// Switches the counting on or off, as a person does.
async fn choose(browser: &Browser, says_then: &str) -> Result<()> {
    diary_choices::open(browser).await?;
    diary_choices::press(browser, ".opened input").await?;
    told(browser, &says(says_then, &[])).await
}

/// Opens the feed and presses a link of a post there, as a person does.
async fn press(browser: &Browser, id: &str, css: &str) -> Result<()> {
    browser.goto(REDDIT.url).await?;
    REDDIT.marked(browser, 3).await?;
    browser.click(&browser.find(&format!("#t3_{id} {css}")).await?).await?;
    browser.wait_for_js("location.pathname !== '/'", SOON).await
}

/// What the receipt of a post says.
async fn said(feed: Feed, browser: &Browser, id: &str) -> Result<String> {
    let item = feed.scroll_to(browser, id).await?;
    let line = item.line(browser).await?.context("nothing of ours stands there")?;
    browser.click(&Shadow::of(&line).await?.find(".eye").await?).await?;
    wait_for("the receipt", SOON, || async { Ok(receipt(browser).await?.is_some()) }).await?;
    browser.text(&inside(browser, "dialog").await?).await
}

/// The same once it says this: the background may have to be woken first.
async fn tells(feed: Feed, browser: &Browser, id: &str, wanted: &str) -> Result<String> {
    said(feed, browser, id).await?;
    let words = async || browser.text(&inside(browser, "dialog").await?).await;
    let waited = wait_for("what was opened", SOON, || async { Ok(words().await?.contains(wanted)) }).await;
    ensure!(waited.is_ok(), "{wanted:?} is not said of {id}: {}", words().await?);
    let words = words().await?;
    close(browser).await?;
    Ok(words)
}

async fn close(browser: &Browser) -> Result<()> {
    browser.press(Key::Escape + "").await?;
    closed(browser, "Escape").await
}

/// The receipt of a post says nothing of what was opened.
async fn silent(feed: Feed, browser: &Browser, id: &str) -> Result<()> {
    browser.goto(feed.url).await?;
    let words = said(feed, browser, id).await?;
    ensure!(!words.contains(&says("voiceOpened", &[])), "of {id}: {words}");
    close(browser).await
}

/// What the diary holds of what was opened, by mark.
async fn opened(browser: &Browser) -> Result<Vec<(String, u64)>> {
    let file: Value = serde_json::from_str(&exported(browser).await?)?;
    let sheets = file["sheets"].as_object().context("no sheets")?.values();
    let rows = sheets.flat_map(|sheet| sheet.as_object().into_iter().flat_map(|sites| sites.values()));
    let feeds = rows.flat_map(|row| row["feeds"].as_object().into_iter().flat_map(|feeds| feeds.values()));
    let marks = feeds.flat_map(|feed| feed["opened"].as_object().cloned().unwrap_or_default());
    Ok(marks.map(|(mark, count)| (mark, count.as_u64().unwrap_or_default())).collect())
}

/// Waits until the diary holds these counts, whatever the marks.
async fn holds(browser: &Browser, wanted: &[u64]) -> Result<()> {
    let counts = async || {
        let mut counts: Vec<u64> = opened(browser).await?.into_iter().map(|(_, count)| count).collect();
        counts.sort_unstable();
        anyhow::Ok(counts)
    };
    let waited = wait_for("what was opened", SOON, || async { Ok(counts().await? == wanted) }).await;
    ensure!(waited.is_ok(), "the diary holds {:?} instead of {wanted:?}", counts().await?);
    Ok(())
}

#[test]
fn what_was_opened_is_counted_where_the_person_chose_it_and_no_name_is_kept() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        wake(&browser).await?;
        press(&browser, "aa1", ".own").await?;
        silent(REDDIT, &browser, "t3_aa1").await?;
        ensure!(opened(&browser).await?.is_empty(), "nobody wants it counted");

        choose(&browser, "diaryOpenedOn").await?;
        silent(REDDIT, &browser, "t3_aa1").await?;
        press(&browser, "aa1", ".own").await?;
        // Neither is an item of hers: a page about her, and what a script presses.
        press(&browser, "aa1", ".who").await?;
        browser.goto(REDDIT.url).await?;
        REDDIT.marked(&browser, 3).await?;
        browser.eval::<Value>("document.querySelector('#t3_bb1 .own').click()", vec![]).await?;
        browser.wait_for_js("location.pathname !== '/'", SOON).await?;
        press(&browser, "aa2", ".own").await?;
        holds(&browser, &[2, 2]).await?;
        let file = exported(&browser).await?;
        let marks = opened(&browser).await?;
        ensure!(
            marks.iter().all(|(mark, _)| mark.len() == 16 && mark.bytes().all(|it| it.is_ascii_hexdigit())),
            "{marks:?}"
        );
        ensure!(!file.contains("\"ana\"") && !file.contains("rust"), "a name is kept: {file}");

        browser.kill_background().await?;
        browser.goto(REDDIT.url).await?;
        let of_ana = says("receiptOpened_other", &["2", "ana", "Reddit"]);
        let of_rust = says("receiptOpenedThere_other", &["2", "rust", "Reddit"]);
        let words = tells(REDDIT, &browser, "t3_aa1", &of_ana).await?;
        for wanted in
            [&says("voiceOpened", &[]), &of_rust, &says("receiptOpenedSure", &[]), &says("receiptOpenedOff", &[])]
        {
            ensure!(words.contains(wanted.as_str()), "{wanted:?} is missing: {words}");
        }
        ensure!(words.find(&of_ana) < words.find(&says("voiceAuthor", &[])), "not before the author: {words}");
        said(REDDIT, &browser, "t3_aa1").await?;
        let off = inside(&browser, "button.more").await?;
        ensure!(browser.text(&off).await? == says("receiptOpenedOff", &[]), "another button stands first");
        browser.click(&off).await?;
        leads_to(&browser, "opened").await?;
        browser.goto(REDDIT.url).await?;
        let words = tells(REDDIT, &browser, "t3_bb1", &of_rust).await?;
        ensure!(!words.contains(&says("receiptOpened_one", &["1", "ben", "Reddit"])), "a script pressed it: {words}");

        let never = json!({ "never": ["reddit.com"] });
        let add = "const { diary } = await chrome.storage.local.get('diary');
            await chrome.storage.local.set({ diary: { ...diary, ...arguments[0] } });";
        in_extension::<()>(&browser, add, vec![never]).await?;
        wake(&browser).await?;
        press(&browser, "bb1", ".own").await?;
        holds(&browser, &[2, 2]).await?;
        in_extension::<()>(&browser, add, vec![json!({ "never": [] })]).await?;

        let forget = "await chrome.runtime.sendMessage({ ask: 'diary', order: 'forget-site', site: 'reddit.com' })";
        in_extension::<()>(&browser, forget, vec![]).await?;
        silent(REDDIT, &browser, "t3_aa1").await?;
        press(&browser, "bb1", ".own").await?;
        holds(&browser, &[1, 1]).await?;
        browser.goto(REDDIT.url).await?;
        tells(REDDIT, &browser, "t3_bb1", &says("receiptOpened_one", &["1", "ben", "Reddit"])).await?;

        choose(&browser, "diaryOpenedOff").await?;
        holds(&browser, &[]).await?;
        let key: Value =
            in_extension(&browser, "return (await chrome.storage.local.get('diary')).diary.opened ?? null", vec![])
                .await?;
        ensure!(key.is_null(), "the key is still there");
        silent(REDDIT, &browser, "t3_bb1").await?;
        browser.quit().await
    })
}

#[test]
fn a_press_from_which_the_page_goes_to_the_post_opens_it_and_in_private_nothing_is_counted() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        let browser = let_in(browser, &web).await?;
        wake(&browser).await?;
        choose(&browser, "diaryOpenedOn").await?;
        // Letting it into private windows closes its own pages.
        browser.goto(X.url).await?;
        let before = browser.tab().await?;
        open_private_window(&browser).await?;
        press_words(&browser).await?;
        let private = said(X, &browser, "1900000000000000001").await?;
        ensure!(!private.contains(&says("voiceOpened", &[])), "in a private window: {private}");
        browser.switch_to(&before).await?;
        press_words(&browser).await?;
        holds(&browser, &[1]).await?;
        tells(X, &browser, "1900000000000000001", &says("receiptOpened_one", &["1", "cleo", "X"])).await?;
        browser.quit().await
    })
}

/// Presses on the words of a post, which are no link.
async fn press_words(browser: &Browser) -> Result<()> {
    browser.goto(X.url).await?;
    X.marked(browser, 2).await?;
    browser.click(&browser.find("[data-testid=cellInnerDiv] .words").await?).await
}
