//! Private windows that the extension is let into, which neither browser's driver offers.
//!
//! What is to hold in them is asked where it matters; here they are only opened.

use anyhow::{Context, Result};
use serde_json::json;
use xtask::browser::{Browser, Fixtures, Options, Which, wait_for};

use super::ours::in_extension;
use super::{SOON, options};

/// The browser anew, with a profile that lets the extension into Chromium's private windows, as a person may choose, and
/// takes cookies of third parties, as people's profiles do. Firefox is told when the window is opened.
pub(crate) async fn let_in(browser: Browser, web: &Fixtures) -> Result<Browser> {
    let which = browser.which();
    let allowed = format!("extensions.settings.{}.incognito", browser.extension_id()?);
    browser.quit().await?;
    let prefs = vec![(allowed, json!(true)), ("profile.cookie_controls_mode".to_owned(), json!(0))];
    Browser::open(which, &Options { prefs, ..options(which, web) }).await
}

/// Lets the extension into Firefox's private windows and opens one.
async fn open_in_firefox(browser: &Browser) -> Result<()> {
    let script = "const { ExtensionPermissions } =
            ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
        const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
        const [id] = arguments;
        const allowed = { permissions: ['internal:privateBrowsingAllowed'], origins: [] };
        await ExtensionPermissions.add(id, allowed, WebExtensionPolicy.getByID(id).extension);
        await (await AddonManager.getAddonByID(id)).reload();
        const front = Services.wm.getMostRecentWindow('navigator:browser');
        const opened = front.OpenBrowserWindow({ private: true });
        // Only when it has started up does a window load its own first page, which would take the place of ours.
        await new Promise((done) => Services.obs.addObserver(function seen(subject, topic) {
            if (subject !== opened) return;
            Services.obs.removeObserver(seen, topic);
            done();
        }, 'browser-delayed-startup-finished'));
        const tab = opened.gBrowser.selectedBrowser;
        while (tab.currentURI.spec === 'about:blank' || tab.webProgress.isLoadingDocument)
            await new Promise((done) => opened.setTimeout(done, 20));";
    browser.privileged(script, vec![json!(browser.extension_id()?)]).await
}

/// The same in Chromium, where the profile already lets it in.
async fn open_in_chromium(browser: &Browser) -> Result<()> {
    let context = browser.devtools("Target.createBrowserContext", json!({})).await?;
    let target = json!({ "url": "about:blank", "browserContextId": context["browserContextId"] });
    browser.devtools("Target.createTarget", target).await?;
    Ok(())
}

/// Opens a private window that the extension is let into, which is then in front.
pub(crate) async fn open_private_window(browser: &Browser) -> Result<()> {
    let before = browser.tabs().await?;
    match browser.which() {
        Which::Chromium => open_in_chromium(browser).await?,
        Which::Firefox => open_in_firefox(browser).await?,
    }
    wait_for("the private window", SOON, || async { Ok(browser.tabs().await?.len() > before.len()) }).await?;
    let opened = browser.tabs().await?.into_iter().find(|tab| !before.contains(tab)).context("no window")?;
    browser.switch_to(&opened).await
}

/// The same, as people open it: of the tabs in the window of Chromium's driver nobody may ask the browser by their number.
pub(crate) async fn open_own_private_window(browser: &Browser) -> Result<()> {
    if browser.which() == Which::Firefox {
        return open_private_window(browser).await;
    }
    let before = browser.tabs().await?;
    let script = "await chrome.windows.create({ incognito: true, url: 'about:blank' })";
    in_extension::<()>(browser, script, vec![]).await?;
    wait_for("the private window", SOON, || async { Ok(browser.tabs().await?.len() > before.len()) }).await?;
    let opened = browser.tabs().await?.into_iter().find(|tab| !before.contains(tab)).context("no window")?;
    browser.switch_to(&opened).await
}
