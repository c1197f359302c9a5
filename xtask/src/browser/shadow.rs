//! Inside a closed shadow root, where a page cannot look, but a person's eye and hand can.
//!
//! WebDriver's own call gives the root also when it is closed, in both browsers; thirtyfour's asks the page's
//! JavaScript, which never sees a closed one. Hence three calls of our own. What this deliberately does not do: run
//! script inside the root.

use std::sync::Arc;

use anyhow::Result;
use serde_json::{Value, json};
use thirtyfour::WebElement;
use thirtyfour::common::types::ElementRef;
use thirtyfour::session::handle::SessionHandle;

use super::raw::Raw;
use super::within;

/// A shadow root, open or closed.
#[derive(Debug, Clone)]
pub struct Shadow {
    id: String,
    handle: Arc<SessionHandle>,
}

impl Shadow {
    /// The shadow root of an element.
    ///
    /// # Errors
    /// If it has none.
    pub async fn of(host: &WebElement) -> Result<Shadow> {
        let request = Raw::get(format!("element/{}/shadow", host.element_id()));
        let answer = within("looking for a shadow root", host.handle().cmd(request)).await?;
        let found: ElementRef = answer.value()?;
        Ok(Shadow { id: found.id().to_owned(), handle: host.handle().clone() })
    }

    /// The first element in it that this selector (CSS) matches.
    ///
    /// # Errors
    /// If there is none.
    pub async fn find(&self, css: &str) -> Result<WebElement> {
        let request = Raw::post(format!("shadow/{}/element", self.id), selector(css));
        let answer = within(&format!("looking for {css} in a shadow root"), self.handle.cmd(request)).await?;
        Ok(answer.element(self.handle.clone())?)
    }

    /// All elements in it that this selector (CSS) matches.
    ///
    /// # Errors
    /// If the driver fails; to find nothing is no error.
    pub async fn find_all(&self, css: &str) -> Result<Vec<WebElement>> {
        let request = Raw::post(format!("shadow/{}/elements", self.id), selector(css));
        let answer = within(&format!("looking for all {css} in a shadow root"), self.handle.cmd(request)).await?;
        Ok(answer.elements(self.handle.clone())?)
    }
}

fn selector(css: &str) -> Value {
    json!({ "using": "css selector", "value": css })
}
