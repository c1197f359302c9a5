//! Holds `data/sites` to its laws: canonical, checked, and each with its proof beside it.
//!
//! A site's proof is `NAME.proof.json` for its wire (an answer of ours, true to a captured one) and what each item in it
//! must be found to be, and `NAME.proof.html` for its page, which the browser suite opens.

use plainsight::feed::site;

/// The one place where the suite touches the API: reads, checks and formats one file.
fn read(path: &std::path::Path) -> (String, site::Site) {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"));
    let (site, refusals) = site::parse(&name, &text);
    assert!(refusals.is_empty(), "{}", refusals[0]);
    (text, site.unwrap_or_else(|| panic!("{name} cannot be read")))
}

fn files() -> Vec<std::path::PathBuf> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sites");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("data/sites is there")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "data/sites holds no site");
    files
}

#[test]
fn every_site_is_canonical_and_sound() {
    for path in files() {
        let (text, site) = read(&path);
        let refusals = site::check(&path.display().to_string(), &site);
        assert!(refusals.is_empty(), "{refusals:#?}");
        let canonical = site::format(&site);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &canonical).expect("the file can be written");
        } else if let Some((at, (is, wanted))) =
            text.lines().zip(canonical.lines()).enumerate().find(|(_, (is, wanted))| is != wanted)
        {
            panic!("{}:{}: is not canonical: found {is:?}, wanted {wanted:?}", path.display(), at + 1);
        } else {
            assert_eq!(text, canonical, "{}: is not canonical at its end", path.display());
        }
    }
}

#[test]
fn what_is_wrong_in_a_site_is_refused_with_its_line() {
    let check = |text: &str, line: u32, reason: &str| {
        let (site, refusals) = site::parse("data/sites/x.toml", text);
        assert!(site.is_none());
        assert_eq!((refusals[0].line, refusals[0].reason.contains(reason)), (line, true), "{}", refusals[0]);
    };
    check("id = 1", 1, "expected a string");
    check("id = \"x\"\nselector = \"a\"", 2, "unknown field");
    check("id = \"x\"\nname = \"X", 2, "");
    check("", 1, "missing field");
}

#[test]
fn no_site_reads_private_messages() {
    for path in files() {
        let (_, site) = read(&path);
        for private in
            ["/messages", "/messages/1-2", "/i/chat", "/chat", "/message/inbox", "/direct/inbox", "/settings", "/mail"]
        {
            assert!(!site.has_feed(private), "{}: {private} is out of bounds", site.id);
        }
    }
}
