//! Comments that insult, on pages built as X, YouTube and both Reddits build them.
//!
//! Each page has a post that insults, comments that do and do not, and one of the person's own. Off, which is how it
//! begins, nothing of ours stands among comments; on, what insults is one line that opens.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use xtask::browser::{Browser, Response, Shadow, wait_for};

use super::ours::found;
use super::sight::{receipt, says};
use super::wishes::store;
use super::{SOON, Scene, in_both};

const INSULT: &str = "you are a fucking idiot, shut up you stupid piece of shit";
const CALM: &str = "I do not agree with you, and here is why the numbers say otherwise.";

/// How a platform builds the page of a post with what is written under it.
struct Talk {
    host: &'static str,
    path: &'static str,
    /// What stands before and behind the comments.
    around: [&'static str; 2],
    /// A comment: ID, AUTHOR and TEXT stand for its own; the element `body-ID` is what is folded.
    comment: &'static str,
    /// Items of a feed that are on the page as well.
    items: usize,
}

const TALKS: [Talk; 4] = [
    Talk {
        host: "x.com",
        path: "/ana/status/100000",
        around: [
            "<a data-testid=AppTabBar_Profile_Link href=/emil>Profile</a><div data-testid=primaryColumn>
             <div data-testid=cellInnerDiv style='transform: translateY(0px)'><div id=body-post><article data-testid=tweet tabindex=-1>
             <div data-testid=User-Name><a role=link href=/ana>ana</a><a href=/ana/status/100000><time>3h</time></a></div>
             <div data-testid=tweetText>you are a fucking idiot, shut up you stupid piece of shit</div></article></div></div>",
            "</div>",
        ],
        comment: "<div data-testid=cellInnerDiv style='transform: translateY(ID00px)'><div id=body-ID><article data-testid=tweet tabindex=0>
             <div data-testid=User-Name><a role=link href=/AUTHOR>AUTHOR</a><a class=own href=/AUTHOR/status/ID><time>2h</time></a></div>
             <div data-testid=tweetText id=text-ID>TEXT</div></article></div></div>",
        items: 0,
    },
    Talk {
        host: "www.youtube.com",
        path: "/watch",
        around: [
            "<ytd-watch-flexy><h1 id=body-post>you are a fucking idiot, shut up you stupid piece of shit</h1><ytd-comments>",
            "</ytd-comments><ytd-watch-next-secondary-results-renderer><yt-lockup-view-model><a href='/watch?v=VIDEO000021'></a>
             <h3 title='A song for eight voices'><a href='/watch?v=VIDEO000021'>A song</a></h3></yt-lockup-view-model>
             </ytd-watch-next-secondary-results-renderer></ytd-watch-flexy>",
        ],
        comment: "<ytd-comment-thread-renderer><ytd-comment-view-model id=body-ID><a id=author-text href=/@AUTHOR>@AUTHOR</a>
             <span id=published-time-text><a class=own href='/watch?v=VIDEO000020&amp;lc=ID'>1 day ago</a></span>
             <ytd-expander><yt-attributed-string id=content-text><span id=text-ID>TEXT</span></yt-attributed-string></ytd-expander>
             </ytd-comment-view-model></ytd-comment-thread-renderer>",
        items: 1,
    },
    Talk {
        host: "www.reddit.com",
        path: "/r/slowfood/comments/a1/bread/",
        around: [
            "<div id=user-drawer-content><a href=/user/emil/>View Profile</a></div>
             <shreddit-post id=t3_a1 author=ana post-title=Bread><p id=body-post>you are a fucking idiot, shut up you stupid piece of shit</p></shreddit-post>
             <shreddit-comment-tree>",
            "</shreddit-comment-tree>",
        ],
        comment: "<shreddit-comment class=own thingid=t1_ID author=AUTHOR><div slot=commentMeta>AUTHOR</div>
             <div slot=comment><div id=body-ID><p id=text-ID>TEXT</p></div></div></shreddit-comment>",
        items: 0,
    },
    Talk {
        host: "old.reddit.com",
        path: "/r/slowfood/comments/a1/bread/",
        around: [
            "<div id=header-bottom-right><span class=user><a href=https://old.reddit.com/user/emil/>emil</a></span></div>
             <p id=body-post>you are a fucking idiot, shut up you stupid piece of shit</p><div class=commentarea>",
            "</div>",
        ],
        comment: "<div class='thing comment own' data-fullname=t1_ID data-author=AUTHOR><div class=entry>
             <div class=usertext-body id=body-ID><div class=md id=text-ID>TEXT</div></div></div></div>",
        items: 0,
    },
];

impl Talk {
    fn url(&self) -> String {
        format!("https://{}{}", self.host, self.path)
    }

    fn page(&self) -> Response {
        let comments: String = [("1", "ben", INSULT), ("2", "cleo", CALM), ("3", "emil", INSULT)]
            .map(|(id, author, text)| self.comment.replace("ID", id).replace("AUTHOR", author).replace("TEXT", text))
            .concat();
        let [before, behind] = self.around;
        Response::html(format!(
            "<!doctype html><html lang=en><head><meta charset=utf-8><title>talk</title><link rel=icon href=data:,>
             <script>fetch('/youtubei/v1/next', {{ method: 'POST' }});</script></head>
             <body><main>{before}{comments}{behind}</main></body></html>"
        ))
    }
}

/// Of each of these bodies, whether it is folded, and whether a line of ours stands before it.
async fn looks(browser: &Browser) -> Result<[(bool, bool); 4]> {
    let script = "return ['post', 1, 2, 3].map((id) => {
        const body = document.querySelector(`#body-${id}`);
        const before = body.previousElementSibling;
        return [getComputedStyle(body).display === 'none', before?.localName === 'div' && before.style.cssText.includes('!important')];
    })";
    browser.eval(script, vec![]).await
}

const PLAIN: (bool, bool) = (false, false);
const FOLDED: (bool, bool) = (true, true);
const OPENED: (bool, bool) = (false, true);

async fn comes_to(browser: &Browser, wanted: [(bool, bool); 4], when: &str) -> Result<()> {
    wait_for(&format!("{when} that {wanted:?}"), SOON, || async { Ok(looks(browser).await? == wanted) }).await
}

/// Presses the button of the line before the first comment that says this.
async fn press(browser: &Browser, line: &Shadow, key: &str) -> Result<()> {
    for button in line.find_all("button").await? {
        if browser.text(&button).await? == says(key, &[]) {
            return browser.click(&button).await;
        }
    }
    anyhow::bail!("no button says {:?}", says(key, &[]))
}

#[test]
fn a_comment_that_insults_is_one_line_that_opens_and_only_where_the_person_wants_it() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        for talk in &TALKS {
            let (url, talked) = (talk.url(), talk.page());
            web.page(talk.host, talk.path, talked);
            web.page(talk.host, "/youtubei/v1/next", Response::json(&next()));
            store(&browser, json!({})).await?;
            browser.goto(&url).await?;
            wait_for("the content script", SOON, || async {
                Ok(found(&browser, &url).await?.is_some_and(|found| found.items == talk.items))
            })
            .await?;
            ensure!(looks(&browser).await? == [PLAIN; 4], "{url}: {:?} and nobody wants it", looks(&browser).await?);

            store(&browser, json!({ "comments": true })).await?;
            comes_to(&browser, [PLAIN, FOLDED, PLAIN, PLAIN], &url).await?;
            let counted = found(&browser, &url).await?.context("it answers")?;
            ensure!(
                (counted.items, counted.kind("heated")) == (talk.items, 0),
                "{url}: comments are counted: {counted:?}"
            );
            ensure!(counted.active == (talk.items > 0), "{url}: comments alone are called a feed");

            let line = browser.shadow("div:has(+ #body-1)").await?;
            let what = browser.text(&line.find(".what").await?).await?;
            ensure!(what == says("markComment", &[]), "{url}: the line says {what:?}");
            press(&browser, &line, "markWhyShort").await?;
            wait_for("the receipt", SOON, || async { Ok(receipt(&browser).await?.is_some()) }).await?;
            let told = receipt(&browser).await?.context("it is open")?;
            let quote = browser.text(&told.find("q").await?).await?;
            ensure!(!quote.is_empty() && INSULT.contains(&quote), "{url}: it quotes {quote:?}");
            press(&browser, &told, "receiptClose").await?;
            press(&browser, &line, "markShow").await?;
            comes_to(&browser, [PLAIN, OPENED, PLAIN, PLAIN], &url).await?;

            // A list that uses its nodes again shows other comments in them.
            let again = "const [id, to, text] = arguments;
                const body = document.querySelector(`#body-${id}`);
                const own = body.closest('.own') ?? body.querySelector('.own');
                for (const name of ['href', 'thingid', 'data-fullname']) {
                    const before = own.getAttribute(name);
                    if (before) own.setAttribute(name, before.slice(0, before.length - 1) + to);
                }
                document.querySelector(`#text-${id}`).firstChild.nodeValue = text;";
            browser.eval::<serde_json::Value>(again, vec![json!(1), json!("7"), json!(CALM)]).await?;
            browser.eval::<serde_json::Value>(again, vec![json!(2), json!("8"), json!(INSULT)]).await?;
            comes_to(&browser, [PLAIN, PLAIN, FOLDED, PLAIN], &format!("{url}, used again,")).await?;

            store(&browser, json!({})).await?;
            comes_to(&browser, [PLAIN; 4], &format!("{url}, off again,")).await?;
        }
        browser.quit().await
    })
}

/// As YouTube tells its page whose a comment is.
fn next() -> serde_json::Value {
    let comment = |id: &str, own: bool| json!({ "payload": { "commentEntityPayload": { "properties": { "commentId": id }, "author": { "isCurrentUser": own } } } });
    let all = [comment("1", false), comment("2", false), comment("3", true)];
    json!({ "frameworkUpdates": { "entityBatchUpdate": { "mutations": all } } })
}
