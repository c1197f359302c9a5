//! Knowledge comes with its proof: every file of `data` shows why it may be believed.
//!
//! That the files are canonical and sound is held by `tests/sites.rs`, `tests/signals.rs`, `tests/reasons.rs`, `tests/interests.rs` and `tests/labels.rs`; here
//! only that nothing stands without a proof, that no file lies where nobody reads it, and that what may be read on any
//! host keeps away from what is private there.

use plainsight::api::authoring;
use plainsight::feed::labels;
use plainsight::trackers::company::make;

use crate::tree::{Text, paths, texts_in};
use crate::{Fault, hold, refuses};

/// What may lie in `data`, and nothing else.
const KINDS: &[(&str, &[&str])] = &[
    ("data/sites/", &["toml", "proof.html", "proof.json"]),
    ("data/interests/", &["toml"]),
    ("data/languages/", &["txt"]),
    ("data/signals/", &["txt"]),
    ("data/companies/", &["toml", "md"]),
    ("data/labels/", &["toml"]),
    ("data/lists/", &["txt"]),
    ("data/model/", &["bin", "md", "svg", "toml"]),
    ("data/reasons/", &["toml"]),
    ("data/techniques/", &["toml"]),
    ("data/widgets/", &["toml", "md", "proof.html"]),
];

fn place(path: &str) -> Option<Fault> {
    let is_ours = match KINDS.iter().find(|(folder, _)| path.starts_with(folder)) {
        Some((folder, endings)) => !path[folder.len()..].contains('/') && crate::tree::ends(path, endings),
        None => !path.strip_prefix("data/")?.contains('/'),
    };
    (!is_ours).then(|| Fault::new(path, 0, "nobody reads this file here: see KINDS in tests/tidy/data.rs"))
}

fn site(path: &str, all: &[String]) -> Option<Fault> {
    let stem = path.strip_suffix(".toml")?;
    let has_proof = ["html", "json"].iter().any(|ending| all.contains(&format!("{stem}.proof.{ending}")));
    (!has_proof).then(|| Fault::new(path, 0, format!("has no proof: write {stem}.proof.html or {stem}.proof.json")))
}

/// A signal that flags must also spare; a file of guards only has something to spare.
fn signal(file: &Text) -> Vec<Fault> {
    let examples = |part: &str| {
        let lines = file.text.lines().skip_while(|line| *line != part).skip(1);
        lines.take_while(|line| !line.is_empty()).count()
    };
    let has_phrases = file.text.lines().any(|line| line == "phrases:");
    let needed: &[&str] = if has_phrases { &["flags:", "spares:"] } else { &["spares:"] };
    let missing = needed.iter().filter(|part| examples(part) == 0);
    missing
        .map(|part| Fault::new(&file.path, 0, format!("has no examples under `{part}`: it proves nothing")))
        .collect()
}

fn company(file: &Text) -> Option<Fault> {
    let refusal = make::read(&file.path, &file.text).err()?;
    Some(Fault::new(&file.path, refusal.line as usize, refusal.reason))
}

/// A language's labels say of each where it comes from: seen in a source that is named, or known and no more.
fn language(file: &Text) -> Vec<Fault> {
    let (read, refusals) = labels::parse(&file.path, &file.text);
    let fault = |line: u32, reason: &str| Fault::new(&file.path, line as usize, reason);
    let mut faults: Vec<_> = refusals.iter().map(|it| fault(it.line, &it.reason)).collect();
    let Some(read) = read else { return faults };
    let is_captured = read.labels.values().any(|words| !words.captured.is_empty());
    let is_known = read.labels.values().any(|words| !words.known.is_empty());
    if read.sources.len() < usize::from(is_captured) + usize::from(is_known) {
        faults.push(fault(0, "has labels of which no source speaks: say where they come from"));
    }
    faults
}

#[test]
fn everything_known_has_its_proof() {
    let all = paths();
    let mut faults: Vec<_> = all.iter().filter_map(|path| place(path)).collect();
    let sites = texts_in("data/sites/", &["toml"]);
    let signals = texts_in("data/signals/", &["txt"]);
    let companies = texts_in("data/companies/", &["toml"]);
    assert!(!sites.is_empty() && !signals.is_empty() && !companies.is_empty(), "data is not where it was");
    let widgets = texts_in("data/widgets/", &["toml"]);
    assert!(!widgets.is_empty(), "data/widgets is not where it was");
    faults.extend(sites.iter().chain(&widgets).filter_map(|file| site(&file.path, &all)));
    faults.extend(signals.iter().flat_map(signal));
    faults.extend(companies.iter().filter_map(company));
    let languages = texts_in("data/labels/", &["toml"]);
    assert!(!languages.is_empty(), "data/labels is not where it was");
    faults.extend(languages.iter().flat_map(language));
    hold(faults);
}

#[test]
fn where_any_host_may_be_read_its_private_parts_are_told_by_their_names() {
    let files: Vec<_> = texts_in("data/sites/", &["toml"]).into_iter().map(|it| (it.path, it.text)).collect();
    let sites = authoring::sites(&files).0.into_iter().filter(|site| site.hosts.is_empty()).collect::<Vec<_>>();
    assert!(!sites.is_empty(), "no file is for any host");
    for site in sites {
        for private in "
            /Login /users/sign_in/ /sign-in /u/ana/messages /u/ana/Messages/12 /members/ben/messages/inbox /mail/u/0
            /en/checkout/step-2 /de/cart /shop/orders/17 /t/inbox /direct_messages /groups/4/chat /my/account/edit
            /forum/private.php /pm /talk/12 /@ana/settings/profile /notifications/all /payment
        "
        .split_whitespace()
        {
            assert!(!site.has_feed(private), "{}: {private} is out of bounds", site.id);
        }
        for open in ["/", "/latest", "/t/mail-order-plants/12", "/tag/inboxes", "/@ana", "/2026/11/chatting"] {
            assert!(site.has_feed(open), "{}: {open} may show a feed", site.id);
        }
    }
}

#[test]
fn knowledge_without_proof_is_refused() {
    refuses(&Vec::from_iter(place("data/sites/x.yaml")), 0, "nobody reads");
    refuses(&Vec::from_iter(place("data/extra/x.toml")), 0, "nobody reads");
    assert_eq!(place("data/lists.toml").or(place("data/sites/x.proof.json")).or(place("src/lib.rs")), None);
    refuses(&Vec::from_iter(site("data/sites/x.toml", &[])), 0, "x.proof.html");
    assert_eq!(site("data/sites/x.toml", &["data/sites/x.proof.json".into()]), None);
    refuses(&signal(&Text::new("a", "phrases:\ntag\n\nflags:\ntag\n\nspares:\n")), 0, "`spares:`");
    refuses(&signal(&Text::new("a", "guards: x\n\nspares:\n\n")), 0, "`spares:`");
    let text =
        "language = \"xx\"\nchecked = \"2026-11-22\"\nsources = [\"a list\"]\n\n[labels.ai]\ncaptured = [\"Made\"]\n";
    assert_eq!(language(&Text::new("xx.toml", text)), []);
    let text = format!("{text}known = [\"Made so\"]\n");
    refuses(&language(&Text::new("xx.toml", &text)), 0, "no source speaks");
    refuses(&language(&Text::new("xx.toml", "language = 1\n")), 1, "expected a string");
    let text =
        "name = \"A\"\ndomains = [\"b.example\", \"a.example\"]\npurpose = \"ads\"\nsays = \"Sells what it counts.\"\n";
    refuses(&Vec::from_iter(company(&Text::new("a.toml", text))), 0, "source");
    let text = format!("{text}source = \"https://a.example/\"\n");
    refuses(&Vec::from_iter(company(&Text::new("a.toml", &text))), 0, "sorted");
}
