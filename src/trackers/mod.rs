//! Requests: whose they are, which rule speaks, and what is to become of them.

use serde::{Deserialize, Serialize};

/// What a request is for, in the browsers' words (`webRequest.ResourceType`), folded to what filter lists know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResourceType {
    /// The page itself.
    Document,
    /// A frame in the page.
    Subdocument,
    /// A style sheet.
    Stylesheet,
    /// A script.
    Script,
    /// An image.
    Image,
    /// A font.
    Font,
    /// A plug-in's object.
    Object,
    /// `XMLHttpRequest` or `fetch`.
    #[serde(rename = "xmlhttprequest")]
    Xhr,
    /// `sendBeacon` or a hyperlink ping.
    Ping,
    /// Sound or video.
    Media,
    /// A web socket.
    Websocket,
    /// Anything else.
    Other,
}

/// What the rules say of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// It is not to be made.
    Stop,
    /// It is made, but changed (redirected, or without some parameters).
    Change,
    /// It is made.
    Pass,
}
