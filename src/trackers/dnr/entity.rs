//! `example.*` where a browser wants whole names: the endings under which most names are registered.
//!
//! A rule may name any number of hosts, so the name is written out for the commonest endings. Of 49,465 hosts that pages
//! on the web asked for (third-party-web's table of HTTP Archive, April 2025) 94 of 100 end in one of these; a rule for
//! `example.*` under any other speaks only in the shield, and the report says so. What it deliberately does not do: write
//! out an exclusion, for a rule that speaks where its author said it must not is worse than none.

/// The commonest endings first.
pub(super) const ENDINGS: [&str; 60] = [
    "com", "net", "io", "ru", "co", "org", "jp", "com.br", "de", "app", "ai", "pl", "it", "fr", "cz", "eu", "nl",
    "co.uk", "me", "cc", "cloud", "edu", "dev", "xyz", "pro", "in", "cn", "ca", "co.jp", "info", "tv", "hu", "com.au",
    "vn", "tech", "es", "se", "dk", "top", "co.kr", "us", "online", "biz", "be", "site", "com.tw", "live", "sk",
    "media", "vip", "no", "link", "by", "ch", "at", "ro", "fi", "co.il", "chat", "gr",
];

/// The names that `stem.*` is written out to.
pub(super) fn names(stem: &str) -> impl Iterator<Item = String> {
    ENDINGS.iter().map(move |ending| format!("{stem}.{ending}"))
}
