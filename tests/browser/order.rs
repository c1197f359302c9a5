//! Answers put in order before the page draws them: what is to be lower is lower, nothing is lost, and the page gets its
//! answers by every way of reading as it gets them without us.
//!
//! The core has some hundred milliseconds for each answer, and then the page gets it as it was sent. So each way of
//! reading is tried until its answer comes in order, and in every try it is one of the two and nothing else.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Options, Response, Which, wait_for};

use super::ours::choose;
use super::robust::ANSWERS;
use super::sight::X;
use super::small::{cell, feed_of, serve_small};
use super::{SOON, Scene, in_both};

/// The path on which X's timeline is asked for.
const TIMELINE: &str = "/i/api/graphql/abc/HomeTimeline";
/// What the page is sent, and what it is to get: the suggested behind the others, but the advertisement, the module and
/// the cursors where they were.
const SENT: [&str; 8] = ["top", "s1", "f2", "a3", "s4", "module", "f6", "bottom"];
const ORDERED: [&str; 8] = ["top", "f2", "f6", "a3", "s1", "module", "s4", "bottom"];

/// Each way of reading: from the path to the answer's text, and what else the page can see of it.
const WAYS: [(&str, &str); 14] = [
    ("text", "(await fetch(path)).text()"),
    ("json", "JSON.stringify(await (await fetch(path)).json())"),
    ("arrayBuffer", "new TextDecoder().decode(await (await fetch(path)).arrayBuffer())"),
    ("blob", "(await (await fetch(path)).blob()).text()"),
    ("bytes", "(async (a) => a.bytes ? new TextDecoder().decode(await a.bytes()) : a.text())(await fetch(path))"),
    ("body", "new Response((await fetch(path)).body).text()"),
    ("clone", "(async (a) => { const b = a.clone(); await a.text(); return b.clone().text(); })(await fetch(path))"),
    ("request", "(await fetch(new Request(path, { method: 'POST', body: 'asked' }))).text()"),
    ("listener", "asked((xhr, done) => xhr.addEventListener('load', () => done(xhr.responseText), true))"),
    ("onload", "asked((xhr, done) => { xhr.onload = () => done(xhr.response); })"),
    (
        "states",
        "asked((xhr, done) => { xhr.onreadystatechange = () => { if (xhr.readyState === 4) done(xhr.responseText); }; })",
    ),
    ("parsed", "asked((xhr, done) => { xhr.onloadend = () => done(JSON.stringify(xhr.response)); }, 'json')"),
    (
        "late",
        "asked((xhr, done) => { const s = setInterval(() => { if (xhr.readyState === 4) { clearInterval(s); done(xhr.responseText); } }); })",
    ),
    (
        "heir",
        "asked((xhr, done) => { xhr.onload = () => done(xhr.responseText); }, '', class extends XMLHttpRequest {})",
    ),
];

/// What the ways share: a request that is listened to before it is opened.
const ASKED: &str = "const [path] = arguments;
    const asked = (listen, kind = '', Kind = XMLHttpRequest) => new Promise((done) => {
      const xhr = new Kind();
      listen(xhr, done);
      xhr.open('GET', path);
      xhr.responseType = kind;
      xhr.send();
    });";

/// An answer of X's timeline with everything that may stand in one; its words are beyond ASCII and full of escapes.
fn mixed() -> Value {
    let post = |id: &str, component: &str, follows: bool| {
        let user = json!({ "core": { "screen_name": "ana" }, "relationship_perspectives": { "following": follows } });
        let legacy = json!({ "full_text": format!("\"{id}\" \\ 😀 \n]}},{{ é") });
        json!({ "itemContent": {
            "tweet_results": { "result": { "rest_id": format!("90{}", &id[1..]), "core": { "user_results": { "result": user } }, "legacy": legacy } },
        }, "clientEventInfo": { "component": component } })
    };
    let suggested = |id| post(id, "for_you_simclusters", false);
    let mut ad = suggested("a3");
    ad["itemContent"]["promotedMetadata"] = json!({ "impressionId": "1" });
    let module = json!({ "items": [{ "item": suggested("m1") }, { "item": suggested("m2") }] });
    let contents = [
        json!({ "cursorType": "Top" }),
        suggested("s1"),
        post("f2", "for_you_in_network", true),
        ad,
        suggested("s4"),
        module,
        post("f6", "for_you_in_network", true),
        json!({ "cursorType": "Bottom", "value": "more" }),
    ];
    let entries: Vec<Value> = SENT
        .iter()
        .zip(contents)
        .enumerate()
        .map(|(at, (name, content))| json!({ "entryId": name, "sortIndex": format!("{}", 900 - at), "content": content }))
        .collect();
    let add = json!({ "type": "TimelineAddEntries", "entries": entries });
    json!({ "data": { "home": { "home_timeline_urt": { "instructions": [add] } } } })
}

/// The entries of an answer as X draws them, and whether all is as in [`mixed`] but for the places.
fn drawn(text: &str) -> Result<Vec<String>> {
    let answer: Value = serde_json::from_str(text).context("the page did not get JSON")?;
    let entries = |answer: &Value| {
        let mut entries = answer["data"]["home"]["home_timeline_urt"]["instructions"][0]["entries"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        entries
            .sort_by_key(|entry| std::cmp::Reverse(entry["sortIndex"].as_str().and_then(|it| it.parse::<u64>().ok())));
        entries
    };
    let bare = |answer: &Value| {
        let all = entries(answer).into_iter().map(|mut entry| {
            entry["sortIndex"] = Value::Null;
            entry.to_string()
        });
        let mut all: Vec<String> = all.collect();
        all.sort();
        all
    };
    ensure!(bare(&answer) == bare(&mixed()), "something was lost, added or changed: {text}");
    Ok(entries(&answer).iter().filter_map(|entry| entry["entryId"].as_str().map(str::to_owned)).collect())
}

/// The small page, which asks for [`mixed`], in a browser that lowers what is suggested.
async fn open(web: &Fixtures, browser: &Browser, derank: bool) -> Result<()> {
    serve_small(web, &feed_of(&cell(1, "friend", "Good morning.", false)), "");
    web.page(X.host, TIMELINE, Response::json(&mixed()).with("X-Rate-Limit", "7"));
    choose(browser, derank, ["hide", "lower", "lower"]).await?;
    browser.goto(X.url).await?;
    X.marked(browser, 1).await
}

/// Reads the answer once in this way.
async fn read(browser: &Browser, way: &str) -> Result<String> {
    browser.eval_async(&format!("{ASKED} return await {way};"), vec![json!(TIMELINE)]).await
}

/// Reads in this way until the answer comes in order.
async fn comes_in_order(browser: &Browser, name: &str, way: &str) -> Result<()> {
    wait_for(&format!("an answer in order, read by {name}"), SOON, || async {
        let text = read(browser, way).await?;
        let drawn = drawn(&text)?;
        ensure!(drawn == SENT || drawn == ORDERED, "by {name} the page draws {drawn:?}");
        ensure!(text.len() == mixed().to_string().len(), "by {name} the answer has another length");
        Ok(drawn == ORDERED)
    })
    .await
}

#[test]
fn by_every_way_of_reading_the_answer_is_in_order_and_whole() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        open(&web, &browser, true).await?;
        for (name, way) in WAYS {
            comes_in_order(&browser, name, way).await?;
        }
        // What the page wants as bytes by XMLHttpRequest is its own.
        let bytes = "new TextDecoder().decode(await asked((xhr, done) => { xhr.onload = () => done(xhr.response); }, 'arraybuffer'))";
        ensure!(drawn(&read(&browser, bytes).await?)? == SENT, "bytes were put in order");
        let now = "(() => { const xhr = new XMLHttpRequest(); xhr.open('GET', path, false); xhr.send(); return xhr.responseText; })()";
        ensure!(drawn(&read(&browser, now).await?)? == SENT, "a synchronous request was put in order");
        browser.quit().await
    })
}

#[test]
fn an_answer_in_order_looks_to_the_page_as_without_us() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        open(&web, &browser, true).await?;
        let options = Options { extension: None, ..Options::new(&web) };
        let bare = Browser::open(browser.which(), &options).await?;
        bare.goto(X.url).await?;
        let without: Value = bare.eval_async(ANSWERS, vec![json!(TIMELINE)]).await?;
        bare.quit().await?;
        comes_in_order(&browser, WAYS[0].0, WAYS[0].1).await?;
        let with: Value = browser.eval_async(ANSWERS, vec![json!(TIMELINE)]).await?;
        ensure!(with == without, "in order the page gets {with}\nwithout us {without}");
        browser.quit().await
    })
}

#[test]
fn switched_off_nothing_changes_its_place() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        open(&web, &browser, false).await?;
        let sent = mixed().to_string();
        for (name, way) in [WAYS[0], WAYS[8], WAYS[9]] {
            ensure!(read(&browser, way).await? == sent, "it is off, and by {name} the page got another text");
        }
        // Switched on in another tab it holds at once, and off again too.
        choose(&browser, true, ["hide", "lower", "lower"]).await?;
        comes_in_order(&browser, WAYS[0].0, WAYS[0].1).await?;
        choose(&browser, true, ["hide", "dim", "dim"]).await?;
        wait_for("answers as they were sent", SOON, || async { Ok(read(&browser, WAYS[9].1).await? == sent) }).await?;
        browser.quit().await
    })
}

#[test]
fn what_the_person_has_opened_is_not_lowered_again() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        open(&web, &browser, true).await?;
        serve_small(&web, &feed_of(&cell(904, "ana", "Good morning.", false)), "");
        browser.goto(X.url).await?;
        X.marked(&browser, 1).await?;
        comes_in_order(&browser, WAYS[0].0, WAYS[0].1).await?;
        let item = async || X.item(&browser, "904").await?.context("the item is gone");
        wait_for("it to be folded", SOON, || async { Ok(item().await?.folded) }).await?;
        browser.click(&item().await?.button(&browser, "markShow").await?).await?;
        let opened = ["top", "f2", "s4", "a3", "f6", "module", "s1", "bottom"];
        wait_for("an order that leaves it", SOON, || async { Ok(drawn(&read(&browser, WAYS[9].1).await?)? == opened) })
            .await?;
        browser.quit().await
    })
}

#[test]
fn what_is_too_large_passes_as_it_is() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        open(&web, &browser, true).await?;
        comes_in_order(&browser, WAYS[0].0, WAYS[0].1).await?;
        let mut huge = mixed().to_string();
        huge.pop();
        huge.push_str(",\"filler\":\"");
        huge.extend(std::iter::repeat_n('x', 8 << 20));
        huge.push_str("\"}");
        web.page(X.host, TIMELINE, Response::new("application/json", huge.clone()));
        for (name, way) in [WAYS[0], WAYS[9], WAYS[10]] {
            let text = read(&browser, way).await?;
            ensure!(text == huge, "by {name} the page got {} bytes of {}", text.len(), huge.len());
        }
        browser.quit().await
    })
}

/// Takes out whatever is put beside the page's head and body, so that Chromium's core never answers.
const SWEEP: &str = "const sweep = () => document.querySelectorAll('html > div').forEach((one) => one.remove());
    new MutationObserver(sweep).observe(document.documentElement, { childList: true });
    sweep();";

#[test]
fn a_core_that_does_not_answer_costs_one_wait_and_no_answer() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        open(&web, &browser, true).await?;
        comes_in_order(&browser, WAYS[0].0, WAYS[0].1).await?;
        browser.eval::<Value>(SWEEP, vec![]).await?;
        for (name, way) in WAYS {
            // In Firefox the core is in no frame, and nothing that a page does takes it away.
            if browser.which() == Which::Firefox {
                comes_in_order(&browser, name, way).await?;
                continue;
            }
            let drawn = drawn(&read(&browser, way).await?)?;
            ensure!(drawn == SENT, "by {name} the page draws {drawn:?}, and nobody could say the order");
        }
        browser.quit().await
    })
}

#[test]
fn a_page_that_gives_up_while_it_waits_is_told_so() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        open(&web, &browser, true).await?;
        comes_in_order(&browser, WAYS[0].0, WAYS[0].1).await?;
        // While the page is given what was held, all has come; to the page it has not.
        let script = format!(
            "{ASKED} const seen = [];
            await asked((xhr, done) => {{
              xhr.onreadystatechange = () => {{ seen.push(xhr.readyState); if (xhr.readyState === 3) xhr.abort(); }};
              xhr.onload = () => seen.push('load');
              xhr.onloadend = () => done(seen.push(xhr.readyState, xhr.responseText, xhr.response));
            }});
            return seen;"
        );
        let seen: Value = browser.eval_async(&script, vec![json!(TIMELINE)]).await?;
        ensure!(seen == json!([1, 2, 3, 4, 4, "", ""]), "of what it gave up the page saw {seen}");
        browser.eval::<Value>(SWEEP, vec![]).await?;
        // The list of loaded resources says when all has come, while the page still waits.
        let script = format!(
            "{ASKED} const events = [];
            const xhr = new XMLHttpRequest();
            for (const name of ['readystatechange', 'abort', 'load', 'loadend']) {{
              xhr.addEventListener(name, () => events.push(name === 'readystatechange' ? xhr.readyState : name));
            }}
            xhr.open('GET', path + '?given-up');
            xhr.send();
            while (!performance.getEntriesByType('resource').some((one) => one.name.endsWith('?given-up'))) {{
              await new Promise((done) => setTimeout(done));
            }}
            const state = xhr.readyState;
            xhr.abort();
            return [state, events, xhr.readyState, xhr.responseText];"
        );
        let came: (u8, Vec<Value>, u8, String) = browser.eval_async(&script, vec![json!(TIMELINE)]).await?;
        let given_up = (2, vec![json!(1), json!(2), json!(4), json!("abort"), json!("loadend")], 0, String::new());
        let was_late = came.0 == 4 && came.1.ends_with(&[json!(4), json!("load"), json!("loadend")]);
        // Firefox's core has answered by then, or not yet.
        ensure!(came == given_up || (browser.which() == Which::Firefox && was_late), "the page saw {came:?}");
        browser.quit().await
    })
}
