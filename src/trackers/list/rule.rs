//! One parsed line of a list: what it matches, under which conditions, and what it does.
//!
//! A [`Rule`] is owned and comparable: it lives while a list is compiled, on the build machine or on the person's, and
//! never while a request is asked about (that is the shield's binary index). Two rules that say the same are equal but
//! for their line, which is how `badfilter` finds its rule.

use super::super::ResourceType;

/// A set of resource types, and of the things that lists name beside them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Types(pub u16);

impl Types {
    /// Windows that a page opens: no request asks about them, so rules for them alone are kept but never speak.
    pub const POPUP: Types = Types(1 << 12);
    /// Scripts and fonts inside the page's own text, which only a policy header can stop.
    pub const INLINE: Types = Types(1 << 13);
    /// All that a request can be.
    pub const REQUESTS: Types = Types((1 << 12) - 1);
    /// What a rule without any type covers: every request but the page itself.
    pub const DEFAULT: Types = Types(Types::REQUESTS.0 & !1);

    /// Requests whose answer tells the page where it came from (`Response.url`, `StyleSheet.href`): a stand-in would show
    /// our address, which in Firefox is another in every profile, so they are stopped instead.
    pub const TELLING: Types =
        Types(1 << ResourceType::Xhr as u16 | 1 << ResourceType::Stylesheet as u16 | 1 << ResourceType::Other as u16);

    /// The set of this one type.
    pub fn of(kind: ResourceType) -> Types {
        Types(1 << kind as u16)
    }

    /// Both sets.
    #[must_use]
    pub fn and(self, other: Types) -> Types {
        Types(self.0 | other.0)
    }

    /// This set without the other.
    #[must_use]
    pub fn without(self, other: Types) -> Types {
        Types(self.0 & !other.0)
    }

    /// Returns true if and only if the sets share something.
    pub fn meets(self, other: Types) -> bool {
        self.0 & other.0 != 0
    }

    /// The resource types of this set, in the order of the enum.
    pub fn iter(self) -> impl Iterator<Item = ResourceType> {
        ResourceType::ALL.into_iter().filter(move |t| self.meets(Types::of(*t)))
    }
}

/// Whose requests a rule speaks of. All false: anybody's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Party {
    /// Only requests to the page's own registered domain.
    pub first: bool,
    /// Only requests to another.
    pub third: bool,
    /// Only requests to exactly the page's host.
    pub strict_first: bool,
    /// Only requests to any other host.
    pub strict_third: bool,
}

/// Names that an option lists, and those it lists with `~`. An entry `example.*` stands for every public suffix.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hosts {
    /// One of these, if there are any …
    pub only: Vec<String>,
    /// … and none of these.
    pub not: Vec<String>,
}

impl Hosts {
    /// Returns true if and only if nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.only.is_empty() && self.not.is_empty()
    }
}

/// Where a pattern is tied to the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Start {
    /// Anywhere.
    #[default]
    Free,
    /// `|`: at the first byte.
    Address,
    /// `||`: where a label of the host begins.
    Label,
}

/// What of an address a rule matches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pattern {
    /// Every address.
    Any,
    /// `||host^`: this host and all under it. The form of most rules.
    Host(String),
    /// Text with `*` (anything) and `^` (a separator, or the end). Lower case, unless the rule minds the case.
    Text {
        /// Where it begins.
        start: Start,
        /// True if and only if it must reach the end of the address.
        end: bool,
        /// The text, without the anchors; it neither begins nor ends with `*`.
        body: String,
    },
    /// A regular expression, as it stood between its slashes.
    Regex(String),
}

impl Pattern {
    /// Returns true if and only if the pattern says `|ws://` or `|wss://` and nothing more: an address of a web socket.
    pub(super) fn is_socket(&self) -> bool {
        let is_scheme = |body: &str| matches!(body, "ws://" | "wss://");
        matches!(self, Pattern::Text { start: Start::Address, end: false, body } if is_scheme(body))
    }
}

/// What a rule does with a request that it matches. With `@@` it takes the same back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Stops it.
    Block,
    /// Answers it with a harmless stand-in of that name.
    Redirect {
        /// The stand-in's name, without the priority that some lists put behind it.
        to: String,
        /// True if and only if another rule must stop the request first (`redirect-rule`).
        only_if_stopped: bool,
    },
    /// Takes a parameter of that name out of the address; the empty name means the whole query.
    RemoveParam(String),
    /// Adds a header to a page's answer: `content-security-policy` or `permissions-policy`.
    Policy {
        /// The header's name.
        header: &'static str,
        /// What it is to say.
        value: String,
    },
    /// Something that is not about a request being made (headers of the answer, cookies, hiding, texts): understood
    /// and kept, but neither the shield nor declarativeNetRequest is given it.
    Carried {
        /// The option's name.
        option: &'static str,
        /// Its value, as it stood.
        value: String,
    },
}

/// One parsed line of a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    /// The line it stood in, counted from 1.
    pub line: u32,
    /// True if and only if it began with `@@`.
    pub exception: bool,
    /// It stands above exceptions.
    pub important: bool,
    /// It takes back the rule that says the same without this option.
    pub badfilter: bool,
    /// The pattern minds upper and lower case.
    pub match_case: bool,
    /// What of the address it matches.
    pub pattern: Pattern,
    /// Which types of request.
    pub types: Types,
    /// Whose requests.
    pub party: Party,
    /// Which methods, as bits in the order of [`METHODS`]; none means any.
    pub methods: u16,
    /// `domain=`: on which sites.
    pub sites: Hosts,
    /// `to=`: to which hosts.
    pub to: Hosts,
    /// `denyallow=`: but not to these.
    pub denyallow: Vec<String>,
    /// What it does.
    pub effect: Effect,
}

/// The methods a rule can name, as declarativeNetRequest writes them.
pub const METHODS: [&str; 9] = ["connect", "delete", "get", "head", "options", "patch", "post", "put", "other"];

impl Rule {
    /// Returns true if and only if the rule is `||host^` with no condition but types, party and importance: the form
    /// that is looked up, never searched.
    pub fn is_plain_host(&self) -> bool {
        matches!(self.pattern, Pattern::Host(_))
            && self.sites.is_empty()
            && self.to.is_empty()
            && self.denyallow.is_empty()
            && self.effect == Effect::Block
    }

    /// The form a report counts it under.
    pub fn form(&self) -> &'static str {
        match (&self.effect, &self.pattern) {
            (Effect::Carried { .. }, _) => "carried, not about a request",
            (Effect::Policy { .. }, _) => "policy header",
            (Effect::RemoveParam(_), _) => "takes out a parameter",
            (Effect::Redirect { .. }, _) => "answers with a stand-in",
            (Effect::Block, _) if self.badfilter => "takes back a rule",
            (Effect::Block, _) if !self.types.meets(Types::REQUESTS) => "carried, windows alone",
            (Effect::Block, Pattern::Host(_)) if self.is_plain_host() => "host",
            (Effect::Block, Pattern::Host(_)) => "host, on some sites",
            (Effect::Block, Pattern::Any) => "any address",
            (Effect::Block, Pattern::Text { start: Start::Label, .. }) => "host and path",
            (Effect::Block, Pattern::Text { .. }) => "pattern",
            (Effect::Block, Pattern::Regex(_)) => "regular expression",
        }
    }
}
