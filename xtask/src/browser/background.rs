//! The extension's background, which the browser ends whenever it likes: here it is ended on purpose, and watched.
//!
//! Chromium's is a service worker, a target of the devtools protocol; Firefox's is an event page, which privileged
//! script can put to sleep. What this deliberately does not do: wake it. That is the browser's affair, at the next
//! event the extension listens for.

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::page::{unwrap_async, wrap_async};
use super::raw::Raw;
use super::{Browser, LIMIT, Which, wait_for, within};

impl Browser {
    /// Ends the background as the browser does after half a minute of quiet: its memory is lost.
    ///
    /// # Errors
    /// If it was not running, or does not end.
    pub async fn kill_background(&self) -> Result<()> {
        match self.which {
            Which::Chromium => {
                let Some(target) = self.service_worker().await? else {
                    bail!("the service worker is not running, so it cannot be ended");
                };
                self.devtools("Target.closeTarget", json!({ "targetId": target })).await?;
                // The next event may have started another by now: what has to be gone is this one.
                wait_for("the background to end", LIMIT, || async {
                    Ok(self.service_worker().await?.is_none_or(|now| now != target))
                })
                .await
            }
            Which::Firefox => {
                // A background with work under way is left alone by the browser, and by us is not: it may also crash. Here,
                // too, the next event may have started another by now.
                let script = "const { extension } = WebExtensionPolicy.getByID(arguments[0]);
                              const running = () => [...extension.views].find((view) => view.isBackgroundContext);
                              const before = running();
                              await extension.terminateBackground(
                                { ignoreDevToolsAttached: true, disableResetIdleForTest: true });
                              return before === undefined || running() !== before;";
                if !self.privileged::<bool>(script, vec![self.extension_id()?.into()]).await? {
                    bail!("the background was told to end and goes on");
                }
                Ok(())
            }
        }
    }

    /// True if and only if the background is running now.
    ///
    /// # Errors
    /// If the browser cannot be asked.
    pub async fn background_alive(&self) -> Result<bool> {
        match self.which {
            Which::Chromium => Ok(self.service_worker().await?.is_some()),
            Which::Firefox => {
                let script = "return WebExtensionPolicy.getByID(arguments[0]).extension.backgroundState;";
                let state: Option<String> = self.privileged(script, vec![self.extension_id()?.into()]).await?;
                Ok(state.is_some_and(|state| state == "running"))
            }
        }
    }

    /// Runs the body of an async function with Firefox's own rights, outside of any page.
    ///
    /// # Errors
    /// If this is not Firefox, or the script fails.
    pub async fn privileged<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> Result<T> {
        if self.which != Which::Firefox {
            bail!("only Firefox runs privileged script");
        }
        self.context("chrome").await?;
        let what = format!("running as Firefox itself: {script}");
        let wrapped = wrap_async(script);
        let answer = within(&what, self.driver()?.execute_async(wrapped.as_str(), arguments)).await;
        // Back to pages also when the script failed, or the next call would puzzle whoever makes it.
        self.context("content").await?;
        unwrap_async(answer?.json().clone()).context(what)
    }

    /// A call of Chromium's devtools protocol to the browser as a whole; for a call to the tab in front there is
    /// `driver()?.cdp()`.
    ///
    /// # Errors
    /// If this is not Chromium, or the call fails.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Result<Value> {
        let call = json!({ "method": method, "params": parameters });
        let bidi = self.bidi().await?;
        let mut answer = within(&format!("devtools {method}"), bidi.send_raw("goog:cdp.sendCommand", call)).await?;
        Ok(answer["result"].take())
    }

    async fn service_worker(&self) -> Result<Option<String>> {
        let base = self.extension_url("")?;
        let answer = self.devtools("Target.getTargets", json!({})).await?;
        let targets = answer["targetInfos"].as_array().context("Target.getTargets gave no list")?;
        let ours = targets.iter().find(|target| {
            target["type"] == "service_worker" && target["url"].as_str().is_some_and(|url| url.starts_with(&base))
        });
        Ok(ours.and_then(|target| target["targetId"].as_str()).map(str::to_owned))
    }

    async fn context(&self, name: &str) -> Result<()> {
        let request = Raw::post("moz/context", json!({ "context": name }));
        within("changing Firefox's context", self.driver()?.handle().cmd(request)).await?;
        Ok(())
    }
}
