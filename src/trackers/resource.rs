//! What a request is for: the twelve types that filter lists tell apart.
//!
//! Two browsers and four dialects of lists have their own words for them; all are read here, and here alone. What it
//! deliberately does not do: refuse. A word that nobody knows is `Other`, which few rules speak of.

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

impl ResourceType {
    /// All of them, in order: the n-th is the n-th bit of a rule's types.
    pub const ALL: [ResourceType; 12] = [
        ResourceType::Document,
        ResourceType::Subdocument,
        ResourceType::Stylesheet,
        ResourceType::Script,
        ResourceType::Image,
        ResourceType::Font,
        ResourceType::Object,
        ResourceType::Xhr,
        ResourceType::Ping,
        ResourceType::Media,
        ResourceType::Websocket,
        ResourceType::Other,
    ];

    /// The type of that name, as `webRequest`, declarativeNetRequest or a list writes it; what nobody knows is `Other`.
    pub fn named(name: &str) -> ResourceType {
        match name {
            "main_frame" | "document" | "doc" => ResourceType::Document,
            "sub_frame" | "subdocument" | "frame" => ResourceType::Subdocument,
            "stylesheet" | "css" => ResourceType::Stylesheet,
            "script" => ResourceType::Script,
            "image" | "imageset" | "img" => ResourceType::Image,
            "font" => ResourceType::Font,
            "object" | "object_subrequest" => ResourceType::Object,
            "xmlhttprequest" | "xhr" | "fetch" | "json" => ResourceType::Xhr,
            "ping" | "beacon" => ResourceType::Ping,
            "media" => ResourceType::Media,
            "websocket" => ResourceType::Websocket,
            _ => ResourceType::Other,
        }
    }
}
