//! What one does with a page: go there, look, click, type, ask its JavaScript, take its picture.
//!
//! Every call is about the tab that is in front; [`Browser::open_tab`] and [`Browser::switch_to`] change which one that
//! is. What this deliberately does not do: wait for an element to appear. Whoever has to wait says for what, with
//! [`super::wait_for`] or [`Browser::wait_for_js`].

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{By, TypingData, WebElement, WindowHandle};

use super::{Browser, Shadow, wait_for, within};

/// A tab or window of the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab(WindowHandle);

impl Browser {
    /// Goes to an address and waits until it is loaded.
    ///
    /// # Errors
    /// If it cannot be loaded.
    pub async fn goto(&self, url: &str) -> Result<()> {
        within(&format!("going to {url}"), self.driver()?.goto(url)).await
    }

    /// Goes to one of the extension's own pages, such as `extension/pages/popup.html`.
    ///
    /// # Errors
    /// If it cannot be loaded, or there is no extension.
    pub async fn extension_page(&self, path: &str) -> Result<()> {
        self.goto(&self.extension_url(path)?).await
    }

    /// Runs the body of a function in the page; `arguments` are the values given, and what it returns comes back.
    ///
    /// # Errors
    /// If the script throws, or returns something of another type.
    pub async fn eval<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> Result<T> {
        let what = format!("running in the page: {script}");
        let answer = within(&what, self.driver()?.execute(script, arguments)).await?;
        serde_json::from_value(answer.json().clone()).context(what)
    }

    /// As [`Browser::eval`], but the body is that of an async function: it may `await`. On the extension's own pages
    /// it has the whole of the extension's API.
    ///
    /// # Errors
    /// If the script throws or its promise is rejected, or the value is of another type.
    pub async fn eval_async<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> Result<T> {
        let what = format!("running in the page: {script}");
        let wrapped = wrap_async(script);
        let answer = within(&what, self.driver()?.execute_async(wrapped.as_str(), arguments)).await?;
        unwrap_async(answer.json().clone()).context(what)
    }

    /// Waits until an expression of the page is true.
    ///
    /// # Errors
    /// If it is not within the limit, or throws.
    pub async fn wait_for_js(&self, expression: &str, limit: Duration) -> Result<()> {
        let script = format!("return Boolean({expression})");
        // Firefox answers with nothing where the page is left while it is asked: the next one is asked then.
        wait_for(expression, limit, || async { Ok(self.eval::<Option<bool>>(&script, vec![]).await? == Some(true)) })
            .await
    }

    /// The first element that this selector (CSS) matches.
    ///
    /// # Errors
    /// If there is none.
    pub async fn find(&self, css: &str) -> Result<WebElement> {
        within(&format!("looking for {css}"), self.driver()?.find(By::Css(css))).await
    }

    /// All elements that this selector (CSS) matches.
    ///
    /// # Errors
    /// If the driver fails; to find nothing is no error.
    pub async fn find_all(&self, css: &str) -> Result<Vec<WebElement>> {
        within(&format!("looking for all {css}"), self.driver()?.find_all(By::Css(css))).await
    }

    /// The shadow root, open or closed, of the first element that this selector (CSS) matches.
    ///
    /// # Errors
    /// If there is no such element, or it has no shadow root.
    pub async fn shadow(&self, css: &str) -> Result<Shadow> {
        Shadow::of(&self.find(css).await?).await
    }

    /// Clicks on the middle of an element as a person does; it is scrolled into view first.
    ///
    /// # Errors
    /// If something else lies over it.
    pub async fn click(&self, element: &WebElement) -> Result<()> {
        within("clicking", element.click()).await
    }

    /// The words that an element shows.
    ///
    /// # Errors
    /// If it is gone.
    pub async fn text(&self, element: &WebElement) -> Result<String> {
        within("reading an element's text", element.text()).await
    }

    /// Presses keys wherever the focus is; special ones are in [`super::Key`].
    ///
    /// # Errors
    /// If the driver fails.
    pub async fn press(&self, keys: impl Into<TypingData>) -> Result<()> {
        within("pressing keys", self.driver()?.action_chain().send_keys(keys).perform()).await
    }

    /// Loads the page anew.
    ///
    /// # Errors
    /// If it cannot be loaded.
    pub async fn reload(&self) -> Result<()> {
        within("loading the page anew", self.driver()?.refresh()).await
    }

    /// The page's own title.
    ///
    /// # Errors
    /// If the driver fails.
    pub async fn title(&self) -> Result<String> {
        within("reading the title", self.driver()?.title()).await
    }

    /// Gives the page exactly this room, whatever the window's frame takes.
    ///
    /// # Errors
    /// If the driver fails.
    pub async fn viewport(&self, width: u32, height: u32) -> Result<()> {
        self.set_viewport(json!({ "viewport": { "width": width, "height": height } })).await
    }

    /// As [`Browser::viewport`], with so many of the screen's pixels for each of the page's in both directions: a page in
    /// a window of 1280 pixels that a person has zoomed to 200 % has 640, and two for each.
    ///
    /// # Errors
    /// If the driver fails.
    pub async fn zoomed_viewport(&self, width: u32, height: u32, zoom: u32) -> Result<()> {
        let size = json!({ "width": width, "height": height });
        self.set_viewport(json!({ "viewport": size, "devicePixelRatio": f64::from(zoom) })).await
    }

    async fn set_viewport(&self, mut size: Value) -> Result<()> {
        size["context"] = self.tab().await?.0.to_string().into();
        let bidi = self.bidi().await?;
        within("setting the viewport", bidi.send_raw("browsingContext.setViewport", size)).await?;
        Ok(())
    }

    /// What is seen of the page, as PNG, into this file; its folder is made.
    ///
    /// # Errors
    /// If it cannot be taken or written.
    pub async fn screenshot(&self, file: &Path) -> Result<()> {
        let png = within("taking a screenshot", self.driver()?.screenshot_as_png()).await?;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, png).with_context(|| format!("cannot write {}", file.display()))
    }

    /// The tab in front.
    ///
    /// # Errors
    /// If it was closed.
    pub async fn tab(&self) -> Result<Tab> {
        Ok(Tab(within("asking which tab is in front", self.driver()?.window()).await?))
    }

    /// Every tab, in the browser's order.
    ///
    /// # Errors
    /// If the driver fails.
    pub async fn tabs(&self) -> Result<Vec<Tab>> {
        Ok(within("asking for the tabs", self.driver()?.windows()).await?.into_iter().map(Tab).collect())
    }

    /// Opens an empty tab and brings it to the front.
    ///
    /// # Errors
    /// If the driver fails.
    pub async fn open_tab(&self) -> Result<Tab> {
        let tab = Tab(within("opening a tab", self.driver()?.new_tab()).await?);
        self.switch_to(&tab).await?;
        Ok(tab)
    }

    /// Opens an empty window and brings it to the front.
    ///
    /// # Errors
    /// If the driver fails.
    pub async fn open_window(&self) -> Result<Tab> {
        let tab = Tab(within("opening a window", self.driver()?.new_window()).await?);
        self.switch_to(&tab).await?;
        Ok(tab)
    }

    /// Brings a tab to the front.
    ///
    /// # Errors
    /// If it is gone.
    pub async fn switch_to(&self, tab: &Tab) -> Result<()> {
        within("bringing a tab to the front", self.driver()?.switch_to_window(tab.0.clone())).await
    }

    /// Closes the tab in front and brings another there.
    ///
    /// # Errors
    /// If either is gone.
    pub async fn close_tab(&self, next: &Tab) -> Result<()> {
        within("closing a tab", self.driver()?.close_window()).await?;
        self.switch_to(next).await
    }

    /// Leads all further calls into a frame of the page, until [`Browser::leave_frames`].
    ///
    /// # Errors
    /// If the element is no frame.
    pub async fn enter_frame(&self, frame: &WebElement) -> Result<()> {
        within("entering a frame", frame.clone().enter_frame()).await
    }

    /// Back to the page itself.
    ///
    /// # Errors
    /// If the driver fails.
    pub async fn leave_frames(&self) -> Result<()> {
        within("leaving a frame", self.driver()?.enter_default_frame()).await
    }
}

/// WebDriver's asynchronous scripts end by a callback and know no errors; ours end as promises do.
pub(super) fn wrap_async(script: &str) -> String {
    format!(
        "const done = arguments[arguments.length - 1];
         (async function () {{ {script} }}).apply(null, Array.prototype.slice.call(arguments, 0, -1)).then(
           (value) => done({{ value: value === undefined ? null : value }}),
           (error) => done({{ error: String((error && error.stack) || error) + ' ' + String(error) }}),
         );"
    )
}

/// The value that such a script ended with.
pub(super) fn unwrap_async<T: DeserializeOwned>(mut answer: Value) -> Result<T> {
    if let Some(error) = answer["error"].as_str() {
        bail!("the script failed: {error}");
    }
    Ok(serde_json::from_value(answer["value"].take())?)
}
