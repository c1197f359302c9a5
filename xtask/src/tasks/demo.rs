//! scratch
use crate::{
    browser::{Browser, Fixtures, Options, Which},
    replica, root,
};
use anyhow::Result;
use std::{path::Path, time::Duration};
/// scratch
pub fn run(which: Which) -> Result<()> {
    tokio::runtime::Runtime::new()?.block_on(go(which))
}
async fn go(which: Which) -> Result<()> {
    let www = root().join("build/www");
    replica::write(&root().join("demo"), &www)?;
    let fixtures = Fixtures::start().await?;
    replica::serve(&fixtures, &www)?;
    let b = Browser::open(which, &Options::new(&fixtures)).await?;
    let n = format!("{which:?}").to_lowercase();
    b.goto("https://x.com/home").await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    b.screenshot(Path::new(&format!("/tmp/shots/{n}-x.png"))).await?;
    println!("{}", b.eval::<String>("return document.documentElement.dataset.replica + ' ' + fetch.toString() + document.querySelectorAll('[data-testid=cellInnerDiv]').length + document.querySelectorAll('[data-testid=cellInnerDiv] > :first-child')[0].outerHTML.slice(0,200)", vec![]).await?);
    b.goto("https://www.reddit.com/").await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    b.screenshot(Path::new(&format!("/tmp/shots/{n}-reddit.png"))).await?;
    println!("{}", b.eval::<String>("return document.documentElement.dataset.replica", vec![]).await?);
    b.extension_page("extension/pages/popup.html").await?;
    let t: serde_json::Value =
        b.eval_async("const tabs = await chrome.tabs.query({}); return tabs.map(t => [t.id, t.url])", vec![]).await?;
    println!("{t}");
    tokio::time::sleep(Duration::from_secs(1)).await;
    b.screenshot(Path::new(&format!("/tmp/shots/{n}-popup.png"))).await?;
    b.quit().await
}
