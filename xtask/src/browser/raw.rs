//! WebDriver calls that thirtyfour has no name for: a method, a path below the session, a body.
//!
//! They are Firefox's and Chromium's own, beside the standard. What comes back is JSON, and is read by who asked.

use http::Method;
use serde_json::Value;
use thirtyfour::SessionId;
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::common::requestdata::RequestData;

/// One such call.
#[derive(Debug)]
pub(super) struct Raw {
    path: String,
    body: Option<Value>,
}

impl Raw {
    /// Asks for something.
    pub(super) fn get(path: String) -> Raw {
        Raw { path, body: None }
    }

    /// Has something done.
    pub(super) fn post(path: impl Into<String>, body: Value) -> Raw {
        Raw { path: path.into(), body: Some(body) }
    }
}

impl FormatRequestData for Raw {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let path = format!("session/{session}/{}", self.path);
        match &self.body {
            None => RequestData::new(Method::GET, path),
            Some(body) => RequestData::new(Method::POST, path).add_body(body.clone()),
        }
    }
}
