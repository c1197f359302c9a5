//! A request, as the shield is asked about it.
//!
//! It borrows everything: making one costs the finding of two hosts. The page is the frame that asks (what browsers call
//! initiator or document), because that is what list authors mean by a site and what declarativeNetRequest compares
//! with. A request of the page itself has no frame that asks; it is then its own.
//!
//! What it deliberately does not do: refuse. An address without a host (`data:`, `about:blank`) is nobody's, and no rule
//! by host speaks of it.

use super::ResourceType;
use super::list::METHODS;
use crate::url::Url;

/// One request of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// The address, as the browser writes it.
    pub url: &'a str,
    /// Where the host stands in it (from, to; without a final dot).
    pub(super) host: (usize, usize),
    /// The host of the frame that asks; empty if it has none.
    pub site: &'a str,
    /// The address of the page at the top, which may switch all rules off; the frame's, unless said otherwise.
    pub(super) page: &'a str,
    /// What the request is for.
    pub kind: ResourceType,
    /// Which of the methods, as a bit; GET unless said otherwise.
    pub(super) method: u16,
    /// Which lists speak, a bit each (see [`super::RuleRef::bit`]); all unless said otherwise.
    pub(super) lists: u64,
}

impl<'a> Request<'a> {
    /// A request for `url` by the frame at `frame`, of a type as `webRequest` (or a list) names it.
    pub fn new(url: &'a str, frame: &'a str, kind: &str) -> Request<'a> {
        let host = host_range(url);
        let kind = ResourceType::named(kind);
        let site = Url::parse(frame).map_or("", |it| it.host());
        let site = if kind == ResourceType::Document && site.is_empty() { &url[host.0..host.1] } else { site };
        Request { url, host, site, page: frame, kind, method: 1 << 2, lists: u64::MAX }
    }

    /// The same request on a page whose top has another address than the frame that asks.
    #[must_use]
    pub fn on_page(self, page: &'a str) -> Request<'a> {
        Request { page, ..self }
    }

    /// The same request with another method than GET.
    #[must_use]
    pub fn with_method(self, method: &str) -> Request<'a> {
        let at = METHODS.iter().position(|m| m.eq_ignore_ascii_case(method)).unwrap_or(METHODS.len() - 1);
        Request { method: 1 << at, ..self }
    }

    /// Its method, as declarative rules write it.
    pub fn method_name(&self) -> &'static str {
        METHODS.into_iter().enumerate().find(|(i, _)| self.method >> i & 1 != 0).map_or("other", |(_, name)| name)
    }

    /// The same request to some of the lists alone: bit n is the list whose rules say `list: n` ([`super::RuleRef::bit`]). The
    /// others' rules, exceptions, stand-ins and parameters are as if not there.
    #[must_use]
    pub fn with_lists(self, lists: u64) -> Request<'a> {
        Request { lists, ..self }
    }

    /// The host that is asked.
    pub fn host(&self) -> &'a str {
        &self.url[self.host.0..self.host.1]
    }
}

/// Where the host of an address begins and ends, without a final dot.
pub(super) fn host_range(url: &str) -> (usize, usize) {
    Url::parse(url).map_or((0, 0), |it| (it.host_range().0, it.host_range().0 + it.host().len()))
}
