//! What a company could know: from visits that real pages make, with requests that reach the company and others that are
//! stopped, to the interests that the dashboard shows, each with the sites and days it rests on.
//!
//! Nothing is shown before it is asked for, and what the person said of an interest stays. Sites are those of
//! `data/interests`, served by this machine; older days come in as a diary from a file, where nobody can wait for them.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Options, Request, Response, wait_for};

use super::dashboard::PAGE;
use super::diary::take_in;
use super::ours::{in_extension, wake};
use super::pages::{faults, look};
use super::sight::says;
use super::{SOON, Scene, in_both, options};

/// Of the company, and no list stops it.
const PASSES: &str = "scontent.fbcdn.net/p.svg";
/// Of the company too, and the lists stop it.
const STOPPED: &str = "connect.facebook.net/en_US/fbevents.js";

fn serve(web: &Fixtures) {
    web.on("*", |request: &Request| {
        Some(match request.path.as_str() {
            "/p.svg" => Response::new("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
            "/en_US/fbevents.js" => Response::new("text/javascript", ""),
            _ => Response::html("<!doctype html><title>page</title><link rel=icon href=data:,>"),
        })
    });
}

/// Visits a page that asks the company, and waits until that is over.
async fn visit(web: &Fixtures, browser: &Browser, host: &str, asks: &str) -> Result<()> {
    web.forget();
    browser.goto(&format!("https://{host}/")).await?;
    let ask = "await new Promise((done) => {
        const one = document.createElement(arguments[0].endsWith('.js') ? 'script' : 'img');
        one.onload = one.onerror = done;
        one.src = `https://${arguments[0]}`;
        document.body.append(one);
    })";
    browser.eval_async::<()>(ask, vec![json!(asks)]).await?;
    let to = asks.split('/').next().unwrap_or_default();
    let arrived = web.requests_to(to).len();
    ensure!(
        arrived == usize::from(asks == PASSES),
        "{arrived} requests reached {to} from {host}: not as the lists say"
    );
    Ok(())
}

/// Opens the mirror of the company, with all that the background has noted in the diary.
async fn open(browser: &Browser) -> Result<()> {
    let keep = "return chrome.runtime.sendMessage({ ask: 'diary', order: 'keep' })";
    in_extension::<Value>(browser, keep, vec![]).await?;
    browser.extension_page("extension/frame/frame.html").await?;
    browser.extension_page(&format!("{PAGE}#mirror=Meta")).await?;
    browser.wait_for_js("document.querySelector('#subject')", SOON).await
}

/// Each heading of interests, with those under it: the name, and the cells of the table that it rests on.
async fn shown(browser: &Browser) -> Result<Value> {
    let script = "return [...document.querySelectorAll('.mirror > h3')].map((head) => {
        const rows = [];
        for (let one = head.nextElementSibling; one && one.localName !== 'h3'; one = one.nextElementSibling) {
          for (const li of one.querySelectorAll('[data-interest]')) {
            const folded = li.closest('details.special') ? ' folded' : '';
            const cells = [...li.querySelectorAll('tbody tr')].map((tr) => [...tr.children].map((it) => it.textContent).join(' '));
            rows.push(`${li.querySelector('b').textContent}${folded}: ${cells.join(', ')}`);
          }
        }
        return [head.textContent, rows];
      });";
    browser.eval(script, vec![]).await
}

async fn is_shown(browser: &Browser, wanted: Value) -> Result<()> {
    let waited = wait_for("the mirror", SOON, || async { Ok(shown(browser).await? == wanted) }).await;
    ensure!(waited.is_ok(), "the mirror shows {} instead of {wanted}", shown(browser).await?);
    Ok(())
}

/// Presses a button of these words; in the line of an interest, if one is named.
async fn press(browser: &Browser, interest: &str, key: &str) -> Result<()> {
    let script = "const root = arguments[0] ? document.querySelector(`[data-interest=${arguments[0]}]`) : document;
        for (const one of root?.querySelectorAll('details') ?? []) if (arguments[0]) one.open = true;
        const button = [...root?.querySelectorAll('button') ?? []].find((one) => one.textContent === arguments[1]);
        button?.click();
        return button !== undefined;";
    let words = says(key, &[]);
    let pressed: bool = browser.eval(script, vec![json!(interest), json!(words)]).await?;
    ensure!(pressed, "{interest:?} has no button {words:?}");
    Ok(())
}

async fn stored(browser: &Browser, wanted: Value) -> Result<()> {
    let script = "return (await chrome.storage.local.get('mirror')).mirror ?? null";
    let is = async || browser.eval_async::<Value>(script, vec![]).await;
    let waited = wait_for("the choice", SOON, || async { Ok(is().await? == wanted) }).await;
    ensure!(waited.is_ok(), "stored is {} instead of {wanted}", is().await?);
    Ok(())
}

#[test]
fn what_a_company_could_know_is_what_it_was_told_and_only_when_asked_for() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        wake(&browser).await?;
        for host in [
            "www.kicker.de",
            "11freunde.de",
            "www.netdoktor.de",
            "www.healthline.com",
            "www.chefkoch.de",
            "nobody.example",
        ] {
            visit(&web, &browser, host, PASSES).await?;
        }
        for host in ["www.booking.com", "www.tripadvisor.com", "www.chefkoch.de", "11freunde.de"] {
            visit(&web, &browser, host, STOPPED).await?;
        }
        // Nothing is told before it was asked for, here and on the page of the company, which leads here.
        open(&browser).await?;
        browser.wait_for_js("document.querySelector('section button')", SOON).await?;
        let before: [usize; 2] = browser
            .eval("return [document.querySelectorAll('[data-interest]').length, document.querySelectorAll('table').length]", vec![])
            .await?;
        ensure!(before == [0, 0], "it tells before it was asked for: {before:?}");
        stored(&browser, Value::Null).await?;
        browser.extension_page("extension/frame/frame.html").await?;
        browser.extension_page(&format!("{PAGE}#company=Meta")).await?;
        browser.wait_for_js("document.querySelector('#subject')", SOON).await?;
        let title = says("mirrorTitle", &["Meta"]);
        let link = "const link = [...document.querySelectorAll('a')].find((one) => one.textContent === arguments[0]);
            link?.click();
            return link !== undefined;";
        ensure!(browser.eval::<bool>(link, vec![json!(title)]).await?, "the company's page has no link {title:?}");
        browser
            .wait_for_js(&format!("document.querySelector('#subject').textContent === {}", json!(title)), SOON)
            .await?;
        press(&browser, "", "mirrorShow").await?;

        // Food was told of once, and stopped once on the same day: that is one visit, and no interest.
        let told = json!([
            [
                says("mirrorTold", &["Meta"]),
                [
                    "Football: 11freunde.de 1 0 0, kicker.de 1 0 0",
                    "Health folded: healthline.com 1 0 0, netdoktor.de 1 0 0"
                ]
            ],
            [says("mirrorPrevented", &["Meta"]), ["Travel: booking.com 0 0 1, tripadvisor.com 0 0 1"]],
        ]);
        is_shown(&browser, told.clone()).await?;
        stored(&browser, json!({ "asked": true, "said": {} })).await?;
        let page = browser.eval::<String>("return document.querySelector('.mirror').textContent", vec![]).await?;
        for words in [says("mirrorSeen_other", &["6", "Meta", "90"]), says("mirrorUnknown", &["1"])] {
            ensure!(page.contains(&words), "{words:?} is not in {page:?}");
        }
        let doors = "return [...document.querySelectorAll('[aria-labelledby=do] a')].map((one) => one.href)";
        let doors: Vec<String> = browser.eval(doors, vec![]).await?;
        ensure!(doors.iter().any(|it| it == "https://accountscenter.facebook.com/ad_preferences"), "{doors:?}");

        // What the person says of it stays.
        press(&browser, "football", "mirrorIsWrong").await?;
        press(&browser, "travel", "mirrorHide").await?;
        let said = json!([
            [says("mirrorTold", &["Meta"]), ["Health folded: healthline.com 1 0 0, netdoktor.de 1 0 0"]],
            [says("mirrorWrong", &["Meta"]), ["Football: 11freunde.de 1 0 0, kicker.de 1 0 0"]],
        ]);
        is_shown(&browser, said.clone()).await?;
        stored(&browser, json!({ "asked": true, "said": { "football": "wrong", "travel": "hidden" } })).await?;
        browser.reload().await?;
        is_shown(&browser, said).await?;
        press(&browser, "football", "mirrorTakeBack").await?;
        stored(&browser, json!({ "asked": true, "said": { "travel": "hidden" } })).await?;
        press(&browser, "", "mirrorAgain").await?;
        is_shown(&browser, told).await?;
        press(&browser, "", "mirrorStop").await?;
        is_shown(&browser, json!([])).await?;
        stored(&browser, json!({ "asked": false, "said": {} })).await?;
        browser.quit().await
    })
}

/// A diary of many days: interests of each end and strength, ours in the feeds of its platforms beside them.
async fn keep(browser: &Browser) -> Result<()> {
    let counts = |requests: u32, stopped: u32, through: u32| json!({ "requests": requests, "stopped": stopped, "others": 0, "through": through });
    let day: u32 = in_extension(
        browser,
        "return Math.floor((Date.now() - new Date().getTimezoneOffset() * 60000) / 86400000)",
        vec![],
    )
    .await?;
    let mut sheets = serde_json::Map::new();
    for ago in 0..20 {
        let mut sites = json!({ "kicker.de": { "pages": 2, "companies": { "Meta": counts(3, 0, 3) } } });
        if ago % 4 == 0 {
            sites["chefkoch.de"] = json!({ "pages": 1, "companies": { "Meta": counts(2, 1, 1) } });
            sites["netdoktor.de"] = json!({ "pages": 1, "companies": { "Meta": counts(2, 0, 1) } });
            sites["katholisch.de"] = json!({ "pages": 1, "companies": { "Meta": counts(1, 1, 0) } });
        }
        if ago % 9 == 0 {
            sites["booking.com"] = json!({ "pages": 1, "companies": { "Meta": counts(4, 4, 0) } });
            sites["steampowered.com"] = json!({ "pages": 1, "companies": { "Meta": counts(1, 0, 0) } });
            sites["facebook.com"] = json!({ "pages": 1, "seconds": 900, "feeds": { "facebook": { "sponsored": 4, "suggested": 9, "followed": 5, "unknown": 2 } } });
        }
        sheets.insert(format!("d{}", day - ago), sites);
    }
    let choices = json!({ "mirror": { "asked": true, "said": { "gaming": "wrong", "news": "hidden" } } });
    let file = json!({ "file": "plainsight diary", "form": 1, "choices": choices, "sheets": sheets });
    let refused = take_in(browser, &file.to_string()).await?;
    ensure!(refused.is_none(), "the diary is not taken in: {refused:?}");
    Ok(())
}

#[test]
fn the_mirror_has_no_serious_fault_in_light_or_dark_and_comes_back_with_a_file() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let which = browser.which();
        browser.quit().await?;
        let mut all = Vec::new();
        for dark in [false, true] {
            let browser = Browser::open(which, &Options { dark, ..options(which, &web) }).await?;
            wake(&browser).await?;
            browser.open_tab().await?;
            open(&browser).await?;
            browser.wait_for_js("document.querySelector('section button')", SOON).await?;
            look(&browser, "mirror-before", dark).await?;
            keep(&browser).await?;
            open(&browser).await?;
            is_shown(
                &browser,
                json!([
                    [
                        says("mirrorTold", &["Meta"]),
                        [
                            "Football: kicker.de 20 0 0",
                            "Food and cooking: chefkoch.de 5 0 0",
                            "Health folded: netdoktor.de 5 0 0"
                        ]
                    ],
                    [
                        says("mirrorPrevented", &["Meta"]),
                        ["Travel: booking.com 0 0 3", "Religion folded: katholisch.de 0 0 5"]
                    ],
                    [says("mirrorWrong", &["Meta"]), ["Games: steampowered.com 0 3 0"]],
                ]),
            )
            .await?;
            let open_all = "for (const one of document.querySelectorAll('details')) one.open = true";
            for (name, script) in [("mirror", ""), ("mirror-open", open_all)] {
                browser.viewport(1280, 900).await?;
                browser.eval::<Value>(script, vec![]).await?;
                let found = faults(&browser).await?;
                all.extend(found.into_iter().map(|fault| format!("{name}, dark {dark}: {fault}")));
                look(&browser, name, dark).await?;
            }
            browser.quit().await?;
        }
        ensure!(all.is_empty(), "{}", all.join("\n"));
        Ok(())
    })
}
