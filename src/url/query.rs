//! An address without some of its parameters: what follows a person is taken out, and the rest stays as it was written.
//!
//! What it deliberately does not do: decode. A name is compared as it stands, as both browsers do.

/// The address without the parameters of these names; the empty name is the whole query. Everything else stays as it is
/// written, a fragment too, and where no parameter is left the question mark goes.
pub fn without(url: &str, names: &[&str]) -> String {
    let (rest, fragment) = url.find('#').map_or((url, ""), |at| url.split_at(at));
    let Some((before, query)) = rest.split_once('?') else { return url.to_owned() };
    let goes = |pair: &&str| names.iter().any(|name| name.is_empty() || pair.split('=').next() == Some(*name));
    let kept: Vec<&str> = query.split('&').filter(|pair| !goes(pair)).collect();
    match kept.is_empty() {
        true => format!("{before}{fragment}"),
        false => format!("{before}?{}{fragment}", kept.join("&")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_go_and_all_else_stays() {
        let check =
            |url: &str, names: &[&str], wanted: &str| assert_eq!(without(url, names), wanted, "{url} {names:?}");
        check("https://a.example/?x=1&utm=2&y#z?utm=3", &["utm"], "https://a.example/?x=1&y#z?utm=3");
        check("https://a.example/?utm=2&utm=3", &["utm"], "https://a.example/");
        check("https://a.example/?utm#z", &["utm", "no"], "https://a.example/#z");
        check("https://a.example/p?x=1&y=2", &[""], "https://a.example/p");
        check("https://a.example/p?UTM=1&&y=%2", &["utm"], "https://a.example/p?UTM=1&&y=%2");
        check("https://a.example/p#?utm=1", &["utm"], "https://a.example/p#?utm=1");
    }
}
