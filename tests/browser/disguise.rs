//! A tracker behind a name of the site's own, with a resolver that really resolves: Firefox asks a server of names over
//! https, which this machine serves, and is told what a site's own zone would tell.
//!
//! The browser is led here without a proxy, because behind one nobody is asked: the names would be told to the network
//! that the proxy hides. Chromium lets no extension ask, so there such a host is reached.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Response, Which, wait_for};

use super::ours::wake;
use super::yard::{OWNER, TRACKER, counts, report};
use super::{SOON, Scene, in_both};

/// The page's host, a tracker's disguise, and a host of the site's own that is nobody's.
const SHOP: &str = "www.shop.example";
const MASK: &str = "metrics.shop.example";
const OWN: &str = "images.shop.example";

/// A name as messages of resolvers write it.
fn written(name: &str) -> Vec<u8> {
    let labels =
        name.split('.').flat_map(|label| [&[u8::try_from(label.len()).unwrap_or(0)], label.as_bytes()].concat());
    labels.chain([0]).collect()
}

/// The answer to a question for a name's address (RFC 1035): the mask is the tracker's, and every host is this machine.
fn resolved(question: &[u8]) -> Option<Vec<u8>> {
    let end = 12 + question.get(12..)?.iter().position(|byte| *byte == 0)? + 1;
    let kind = *question.get(end + 1)?;
    let is_mask = question.get(12..end)? == written(MASK);
    let record = |name: &[u8], kind: u8, data: &[u8]| {
        let length = u8::try_from(data.len()).unwrap_or(0);
        [name, &[0, kind, 0, 1, 0, 0, 0, 60, 0, length], data].concat()
    };
    let (same, behind) = ([0xc0, 12], written(TRACKER));
    let mut records = Vec::new();
    if kind == 1 && is_mask {
        records.push(record(&same, 5, &behind));
        records.push(record(&behind, 1, &[127, 0, 0, 1]));
    } else if kind == 1 {
        records.push(record(&same, 1, &[127, 0, 0, 1]));
    }
    let count = u8::try_from(records.len()).ok()?;
    let head = [question.get(..2)?, &[0x81, 0x80, 0, 1, 0, count, 0, 0, 0, 0]].concat();
    Some([head, question.get(12..end + 4)?.to_vec(), records.concat()].concat())
}

fn serve(web: &Fixtures) {
    web.page(SHOP, "/", Response::html("<!doctype html><title>shop</title><link rel=icon href=data:,>"));
    for host in [MASK, OWN] {
        web.page(host, "/p.svg", Response::new("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>"));
    }
    web.on("127.0.0.1", |request| Some(Response::new("application/dns-message", resolved(&request.body)?)));
}

/// From now on Firefox reaches hosts without a proxy, where the server of names says that they are.
async fn resolve(browser: &Browser, web: &Fixtures) -> Result<()> {
    let script = "const { prefs } = Services;
        prefs.setIntPref('network.proxy.type', 0);
        prefs.setStringPref('network.trr.uri', `https://${arguments[0]}/names`);
        prefs.setBoolPref('network.trr.useGET', false);
        prefs.setBoolPref('network.trr.allow-rfc1918', true);
        prefs.setStringPref('network.trr.confirmationNS', 'skip');
        prefs.setStringPref('network.trr.excluded-domains', '');
        prefs.setIntPref('network.trr.mode', 3);";
    browser.privileged::<Value>(script, vec![json!(web.address().to_string())]).await?;
    Ok(())
}

#[test]
fn a_tracker_behind_a_name_of_the_sites_own_is_found_by_asking_for_the_name() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        wake(&browser).await?;
        let asks = browser.which() == Which::Firefox;
        let port = if asks { format!(":{}", web.address().port()) } else { String::new() };
        if asks {
            resolve(&browser, &web).await?;
        }
        let page = format!("https://{SHOP}{port}/");
        browser.goto(&page).await?;
        let load = "await Promise.all(arguments[0].map((host) => new Promise((done) => {
            const picture = new Image();
            picture.onload = picture.onerror = done;
            picture.src = `https://${host}/p.svg`;
        })))";
        let hosts = [MASK, OWN].map(|host| format!("{host}{port}"));
        browser.eval_async::<()>(load, vec![json!(hosts)]).await?;
        let came = |host| web.requests_to(host).len();
        let names = web.requests_to("127.0.0.1").len();
        ensure!(
            (came(MASK), came(OWN)) == (usize::from(!asks), 1),
            "{} and {} came, {names} names",
            came(MASK),
            came(OWN)
        );
        if asks {
            wait_for("it to be counted", SOON, || async {
                Ok(counts(&report(&browser, &page).await?, OWNER).stopped == 1)
            })
            .await?;
            let told = report(&browser, &page).await?;
            let host = told["companies"][0]["hosts"].get(0).context("there is a host")?;
            ensure!(host["host"] == MASK && host["alias"] == TRACKER, "it is told as {host}");
        }
        browser.quit().await
    })
}
