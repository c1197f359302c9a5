//! Previews that play by themselves, where the person chose that they stay still, with films that really play.
//!
//! What holds previews is data; of every site that says so the proofs tell the previews from the films that a person
//! opened. One of these sites then stands for all of them in the packed extension.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Options, Response, wait_for};
use xtask::replica::proofs_of;
use xtask::tasks::eval::Shipped;

use super::looks::take;
use super::ours::{in_extension, open_popup};
use super::sight::says;
use super::{SOON, Scene, in_both, in_both_with};

const HOST: &str = "www.netflix.com";
const URL: &str = "https://www.netflix.com/browse";

/// A minute of sound as a file: its head, and a tone.
fn film() -> Response {
    const RATE: u32 = 8000;
    const LENGTH: u32 = RATE * 60;
    let mut file = Vec::from(*b"RIFF");
    file.extend((36 + LENGTH).to_le_bytes());
    file.extend(*b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(RATE.to_le_bytes());
    file.extend(RATE.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(8_u16.to_le_bytes());
    file.extend(*b"data");
    file.extend(LENGTH.to_le_bytes());
    file.extend((0..LENGTH).map(|at| if at % 40 < 20 { 120 } else { 136 }));
    Response::new("audio/wav", file)
}

/// A page of rows with a preview above them, and a film in no such place. Each notes how often it was made to play and
/// stop; the page itself plays what `play` names.
const PAGE: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>rows</title><link rel=icon href=data:,>
    <div class=billboard-row><video id=preview src=/film.wav loop></video><button id=press>Play</button><button id=other>Info</button></div>
    <div class=player><video id=player src=/film.wav loop></video></div>
    <div class=lolomo><div class=lolomoRow data-list-context=queue><h2 class=rowHeader><div class=row-header-title>My List</div></h2>
      <div class=rowContainer><a href=/watch/1>A film</a></div></div></div>
    <script>
      window.stops = 0;
      const preview = document.querySelector('#preview');
      preview.addEventListener('pause', () => { window.stops += 1; if (window.again) preview.play().catch(() => {}); });
      document.querySelector('#press').onclick = () => { preview.muted = false; preview.play(); };
      window.play = (id) => document.querySelector(id).play().then(() => true, () => false);
      window.state = (id) => { const { paused, muted } = document.querySelector(id); return [paused, muted]; };
    </script>";

fn serve(web: &Fixtures) {
    web.page(HOST, "/browse", Response::html(PAGE));
    web.page(HOST, "/film.wav", film());
}

/// Stores whether previews stay still, and waits until the page's script has taken it in.
async fn keep_still(browser: &Browser, still: bool) -> Result<()> {
    let sites = if still { json!({ "netflix": { "still": true } }) } else { json!({}) };
    let settings = json!({ "version": 1, "derank": false, "sites": sites, "acts": {} });
    in_extension(browser, "await chrome.storage.local.set({ settings: arguments[0] })", vec![settings]).await
}

/// Browsers that let pages play what they like: with or without it, a preview stays still by us alone.
fn may_play(options: Options) -> Options {
    let prefs = [("media.autoplay.default", json!(0)), ("media.autoplay.blocking_policy", json!(0))];
    Options { prefs: prefs.map(|(name, value)| (name.to_owned(), value)).into(), ..options }
}

/// Opens the page, and presses somewhere on it: browsers let a page play sound from then on.
async fn enter(browser: &Browser) -> Result<()> {
    browser.goto(URL).await?;
    browser.click(&browser.find(".row-header-title").await?).await
}

/// Waits until a film is paused or not, muted or not.
async fn is(browser: &Browser, film: &str, paused: bool, muted: bool, when: &str) -> Result<()> {
    let wanted = format!("JSON.stringify(state('{film}')) === '[{paused},{muted}]'");
    browser.wait_for_js(&wanted, SOON).await.with_context(|| format!("{film}, {when}"))
}

/// Lets the page play a film muted, as previews do, and waits until it was stopped as often as that.
async fn is_stopped(browser: &Browser, times: u32, when: &str) -> Result<()> {
    browser.eval_async::<bool>("return play('#preview')", vec![]).await?;
    browser.wait_for_js(&format!("window.stops === {times}"), SOON).await.with_context(|| when.to_owned())?;
    is(browser, "#preview", true, true, when).await
}

#[test]
fn every_proof_tells_previews_from_films_that_a_person_opened() -> Result<()> {
    let shipped = Shipped::open()?;
    in_both(async |Scene { web, browser }| {
        let mut checked = 0;
        for site in shipped.sites.iter().filter(|site| site.previews.is_some()) {
            let (mut previews, mut films) = (0, 0);
            for proof in proofs_of(&site.id)? {
                web.page(&proof.address.host, &proof.address.path, Response::html(proof.text.as_str()));
                browser.goto(&proof.url()).await?;
                let within = site.previews.as_ref().map(|previews| previews.within.join(",")).unwrap_or_default();
                let script = "return [...document.querySelectorAll('video, audio')].map((film) =>
                    [film.closest(arguments[0]) !== null, film.hasAttribute('data-preview')])";
                for (found, truth) in browser.eval::<Vec<(bool, bool)>>(script, vec![json!(within)]).await? {
                    ensure!(found == truth, "{}: a film that is a preview: {truth}, and found: {found}", proof.file);
                    *(if truth { &mut previews } else { &mut films }) += 1;
                }
            }
            ensure!(previews > 0 && films > 0, "{} proves {previews} previews and {films} other films", site.id);
            checked += 1;
        }
        ensure!(checked > 0, "no site has previews");
        browser.quit().await
    })
}

#[test]
fn a_preview_stays_still_until_the_person_plays_it_and_no_other_film_does() -> Result<()> {
    in_both_with(
        |_, options| Ok(may_play(options)),
        async |Scene { web, browser }| {
            serve(&web);
            keep_still(&browser, false).await?;
            enter(&browser).await?;
            ensure!(
                browser.eval_async::<bool>("return play('#preview')", vec![]).await?,
                "the browser lets nothing play"
            );
            // Not chosen: whoever stops films would have stopped the first before the second ends.
            browser.eval_async::<bool>("return play('#player')", vec![]).await?;
            is(&browser, "#preview", false, false, "not chosen").await?;
            // Chosen while it plays.
            keep_still(&browser, true).await?;
            is(&browser, "#preview", true, true, "chosen while it plays").await?;
            is(&browser, "#player", false, false, "another film, chosen").await?;
            is_stopped(&browser, 2, "played again by the page").await?;
            // A press elsewhere is no reason; one in its place is, and its sound comes back.
            browser.click(&browser.find(".row-header-title").await?).await?;
            is_stopped(&browser, 3, "after a press elsewhere").await?;
            browser.click(&browser.find("#press").await?).await?;
            is(&browser, "#preview", false, false, "played by the person").await?;
            browser.eval::<Value>("document.querySelector('#preview').pause()", vec![]).await?;
            browser.eval_async::<bool>("return play('#preview')", vec![]).await?;
            is(&browser, "#preview", false, false, "the person's film, played on by the page").await?;
            // Loaded anew: from the first moment, and whatever was muted has its sound back once it is let go.
            enter(&browser).await?;
            is_stopped(&browser, 1, "loaded anew").await?;
            keep_still(&browser, false).await?;
            is(&browser, "#preview", true, false, "let go").await?;
            browser.eval_async::<bool>("return play('#preview')", vec![]).await?;
            is(&browser, "#preview", false, false, "let go and played").await?;
            browser.quit().await
        },
    )
}

#[test]
fn a_page_that_plays_a_preview_again_and_again_is_quarrelled_with_for_a_while() -> Result<()> {
    in_both_with(
        |_, options| Ok(may_play(options)),
        async |Scene { web, browser }| {
            serve(&web);
            keep_still(&browser, true).await?;
            enter(&browser).await?;
            is_stopped(&browser, 1, "at first").await?;
            browser.eval_async::<bool>("window.again = true; return play('#preview')", vec![]).await?;
            is(&browser, "#preview", false, true, "after the quarrel").await?;
            wait_for("the quarrel to end", SOON, || async {
                Ok(browser.eval::<u32>("return window.stops", vec![]).await? == 20)
            })
            .await?;
            is(&browser, "#preview", false, true, "it plays without sound").await?;
            browser.quit().await
        },
    )
}

#[test]
fn the_popup_offers_it_where_the_sites_file_says_that_there_are_previews_and_only_there() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let label = |name| says("popupStill", &[name]);
        serve(&web);
        web.page(
            "www.reddit.com",
            "/",
            Response::html("<!doctype html><title>none</title><link rel=icon href=data:,>"),
        );
        let labels = "return [...document.querySelectorAll('.rows label')].map((label) => label.textContent.trim())";
        browser.goto("https://www.reddit.com/").await?;
        let tab = open_popup(&browser, "https://www.reddit.com/").await?;
        let here = json!(says("popupDerankHere", &["Reddit"]));
        browser.wait_for_js(&format!("document.body.textContent.includes({here})"), SOON).await?;
        let told: Vec<String> = browser.eval(labels, vec![]).await?;
        ensure!(!told.contains(&label("Reddit")), "offered where none are: {told:?}");
        browser.close_tab(&tab).await?;
        browser.goto(URL).await?;
        let tab = open_popup(&browser, URL).await?;
        let find = format!(
            "[...document.querySelectorAll('.rows label')].find((label) => label.textContent.trim() === {})",
            json!(label("Netflix"))
        );
        browser.wait_for_js(&find, SOON).await?;
        let checked = format!("return ({find}).querySelector('input').checked");
        ensure!(!browser.eval::<bool>(&checked, vec![]).await?, "it is on at first");
        browser.eval::<Value>(&format!("({find}).querySelector('input').id = 'still'"), vec![]).await?;
        browser.click(&browser.find("#still").await?).await?;
        let stored = "return chrome.storage.local.get('settings')";
        wait_for("the choice to be stored", SOON, || async {
            let stored: Value = browser.eval_async(stored, vec![]).await?;
            Ok(stored["settings"]["sites"]["netflix"] == json!({ "still": true }))
        })
        .await?;
        browser.viewport(360, 640).await?;
        browser.eval::<Value>("document.querySelector('#still').scrollIntoView()", vec![]).await?;
        take(&browser, false, "popup-previews-360").await?;
        browser.close_tab(&tab).await?;
        browser.quit().await
    })
}
