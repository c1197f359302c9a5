//! The questions of those who write the data files: are they sound, and what do they become in a pack?
//!
//! Only the build and the checks ask them; a browser never carries this. Files come in as names and texts, for the core
//! has no disk.

mod played;

use std::collections::BTreeMap;

use serde::Serialize;

pub use self::played::{Outcome, Played, suffixes};
use super::background::spared::{SPARED, Spared};
pub use super::lists::anew;
use super::lists::home::HOMES;
pub use super::lists::home::{Home, Part};
pub use super::lists::{Account, DnrRule, ListText, Lists, Rules, Section, Sizes, Tally};
use super::offer::Offer;
use super::protection::sets::{SETS, Sets};
pub use super::wrapped::{section as wrapped_section, target_of};
pub use crate::feed::campaign::File as CampaignFile;
pub use crate::feed::labels::{File as LabelFile, Label, Labels, Words};
pub use crate::feed::languages::Languages;
pub use crate::feed::level::Level;
pub use crate::feed::model::{
    Head, HeadRow, Model, POINTS, Score, Trained, is_headline, is_readable, pieces, write as write_model,
};
pub use crate::feed::notice::MODEL_COMES_WITH;
pub use crate::feed::site::Site;
use crate::feed::site::WireRule;
pub use crate::feed::topics::{Topics, TrainedTopics, write as write_topics};
use crate::feed::{campaign, labels, languages, model, signals, site, topics, wire};
pub use crate::pack::PackError;
use crate::pack::{self, Pack};
pub use crate::text::Folded;
use crate::trackers::company::make;
pub use crate::trackers::company::make::Entry as CompanyEntry;
use crate::trackers::{self, dnr, shield, source};
use crate::url::Suffixes;
pub use crate::verdict::Refusal;

/// A pack of these sections, opened once as a core would: what is wrong with it is cheaper heard of here.
///
/// # Errors
/// Says what the core would say in the browser.
pub fn pack(sections: &[Section]) -> Result<Vec<u8>, PackError> {
    let bytes = pack::write(sections);
    let opened = Pack::open(&bytes)?;
    for (name, _) in sections {
        opened.section(name)?;
    }
    Ok(bytes)
}

/// Reads and checks all site files (name, text). A file with any refusal is left out.
pub fn sites(files: &[(String, String)]) -> (Vec<Site>, Vec<Refusal>) {
    let mut sites = Vec::new();
    let mut refusals = Vec::new();
    for (name, text) in files {
        let (site, mut found) = site::parse(name, text);
        found.extend(site.iter().flat_map(|site| site::check(name, site)));
        if found.is_empty() {
            sites.extend(site);
        }
        refusals.extend(found);
    }
    (sites, refusals)
}

/// Reads and checks all files of labels (name, text), each and together. A file that cannot be read is left out.
pub fn labels(files: &[(String, String)]) -> (Vec<LabelFile>, Vec<Refusal>) {
    let (mut read, mut refusals) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let (file, found) = labels::parse(name, text);
        read.extend(file.map(|file| (name.clone(), file)));
        refusals.extend(found);
    }
    refusals.extend(labels::check(&read));
    (read.into_iter().map(|(_, file)| file).collect(), refusals)
}

/// Reads and checks the file of campaigns (its name, its text).
pub fn campaigns(name: &str, text: &str) -> (Option<CampaignFile>, Vec<Refusal>) {
    campaign::parse(name, text)
}

/// Reads and checks our own company files (name, text), each and together.
pub fn companies(files: &[(String, String)]) -> (Vec<CompanyEntry>, Vec<Refusal>) {
    let (mut entries, mut refusals) = (Vec::new(), Vec::new());
    for (name, text) in files {
        match make::read(name, text) {
            Ok(entry) => entries.push((name.as_str(), entry)),
            Err(refusal) => refusals.push(refusal),
        }
    }
    let pairs: Vec<_> = entries.iter().map(|(name, entry)| (*name, entry)).collect();
    refusals.extend(make::together(&pairs));
    (entries.into_iter().map(|(_, entry)| entry).collect(), refusals)
}

/// The declarative rules that take cookies from companies that watch; `spared` are hosts that keep them. Refused is what
/// of third-party-web's JSON (`base`) has not the form we know.
pub fn cookies(suffixes: &str, base: &str, own: &[CompanyEntry], spared: &[String]) -> (Vec<DnrRule>, Vec<Refusal>) {
    let (companies, refusals) = make::entries(base, own);
    let suffixes = Suffixes::write(suffixes);
    let suffixes = Suffixes::open(&suffixes).unwrap_or(Suffixes::none());
    (dnr::cookies(&companies, spared, &suffixes), refusals)
}

/// The background's section that names the stand-ins the extension ships.
pub fn stand_in_section(names: &[String]) -> Section {
    (anew::STAND_INS, names.join("\n").into_bytes())
}

impl Lists {
    /// The sections that [`crate::api::requests::Requests::open`] looks for; refused is what of third-party-web's JSON
    /// (`base`) has not the form we know. `stand_in` says whether the extension ships a file of that name.
    pub fn request_sections(
        &self,
        suffixes: &str,
        base: &str,
        own: &[CompanyEntry],
        stand_in: impl Fn(&str) -> bool,
    ) -> (Vec<Section>, Vec<Refusal>) {
        let (made, refusals) = make::write(base, own);
        let sources = source::write(&self.lists, |name| made.sections.get(name).copied());
        let sections = vec![
            (trackers::SUFFIXES, Suffixes::write(suffixes)),
            (trackers::SHIELD, shield::build(&self.lists, stand_in).0),
            (trackers::COMPANIES, made.bytes),
            (trackers::SOURCES, sources),
        ];
        (sections, refusals)
    }
}

/// The pack's section of these sites: its name and bytes.
pub fn site_section(sites: &[Site]) -> Section {
    (site::SECTION, site::pack(sites))
}

/// The background's section that says which lists belong to which set.
pub fn set_section<'n>(sets: impl IntoIterator<Item = (&'n str, Vec<&'n str>)>) -> Section {
    (SETS, Sets::write(sets))
}

/// The background's section that says which cookies tell nothing of a person, by name (`AWSALB*` is all that begin so),
/// and which hosts' cookies people need.
pub fn spared_section(cookies: &[String], hosts: &[String]) -> Section {
    (SPARED, Spared::write(cookies, hosts))
}

/// The background's section that says where newer texts of the lists come from.
pub fn home_section(homes: &[Home]) -> Section {
    (HOMES, Home::write(homes))
}

/// The language whose phrases lie in the page's own pack: bait is written in it among posts of any language.
pub const AT_HAND: &str = "en";

/// What the page core knows of texts: what it loads at once, and what it is brought when it meets a language.
#[derive(Debug, Default)]
pub struct Texts {
    /// Sections of the page's own pack.
    pub at_hand: Vec<Section>,
    /// Each other language's code, and the section of its pack.
    pub others: Vec<(String, Section)>,
}

/// The sections of these signal files and of these files of languages (name, text), and what could not be used of them.
pub fn text_sections(signals: &[(String, String)], languages: &[(String, String)]) -> (Texts, Vec<Refusal>) {
    let (sections, mut refusals) = signals::compile(&bare(signals));
    let phrases: Vec<String> = sections.iter().map(|(language, _)| language.clone()).collect();
    let (told, refused) = languages::compile(&bare(languages), &phrases);
    refusals.extend(refused);
    let (mut first, mut others) = (Vec::new(), Vec::new());
    for (language, bytes) in sections {
        if language == AT_HAND {
            first = bytes;
        } else {
            others.push((language, (signals::SECTION, bytes)));
        }
    }
    (Texts { at_hand: vec![(languages::SECTION, told), (signals::SECTION, first)], others }, refusals)
}

/// What the section `languages` of a pack says of a text: one language, two, or none.
pub fn languages_of<'l>(languages: &'l Languages, text: &str) -> Vec<&'l str> {
    languages.codes(languages.of(&Folded::of(text))).collect()
}

/// The languages that these sections can tell.
///
/// # Errors
/// If there are none.
pub fn open_languages(sections: &[Section]) -> Result<Languages, PackError> {
    let section = sections.iter().find(|(name, _)| *name == languages::SECTION);
    Languages::open(&section.ok_or(PackError::Missing(languages::SECTION))?.1)
}

/// Every post that these signal files (name, text) give as an example, with its language.
pub fn examples(signals: &[(String, String)]) -> Vec<(String, String)> {
    let mut examples = Vec::new();
    for (name, text) in bare(signals) {
        let file = signals::parse(name, text).0;
        let lines = file.part(signals::Part::Flags).chain(file.part(signals::Part::Spares));
        examples.extend(lines.map(|line| (file.language.clone(), line.text.replace("\\n", "\n"))));
    }
    examples
}

/// Such a file is known by its bare name, which says what it is about.
fn bare(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.rsplit('/').next().unwrap_or_default(), text.as_str())).collect()
}

/// The page's section of the learned model, as training wrote it.
///
/// # Errors
/// If the core could not open it.
pub fn model_section(bytes: Vec<u8>) -> Result<Section, PackError> {
    Model::open(&bytes)?;
    Ok((model::SECTION, bytes))
}

/// The section of the topics, as training wrote it.
///
/// # Errors
/// If the core could not open it.
pub fn topic_section(bytes: Vec<u8>) -> Result<Section, PackError> {
    Topics::open(&bytes)?;
    Ok((topics::SECTION, bytes))
}

/// The page's section of what is known of campaigns.
pub fn campaign_section(file: &CampaignFile) -> Section {
    (campaign::SECTION, campaign::pack(file))
}

/// The pack's section of these labels.
pub fn label_section(files: &[LabelFile]) -> Section {
    (labels::SECTION, labels::pack(files))
}

/// What the popup must know of sites that may be read on any host, as JSON: platforms before ways of writing pages.
pub fn offers(sites: &[Site]) -> String {
    let mut offers: Vec<Offer> = sites.iter().filter_map(Offer::of).collect();
    offers.sort_by_key(|offer| offer.name.is_none());
    // Lists of texts and numbers can always be written.
    serde_json::to_string(&offers).unwrap_or_default()
}

/// What the wire reader must know of one host.
#[derive(Serialize)]
struct WireHere<'a> {
    rules: Vec<RuleHere<'a>>,
    largest: usize,
}

/// Which requests' answers one rule reads.
#[derive(Serialize)]
struct RuleHere<'a> {
    paths: &'a [String],
    hosts: &'a [String],
    names: &'a [String],
    /// Whether such answers may be put in another order.
    orders: bool,
}

/// The table of all hosts that the wire reader carries, as JSON: it runs in the page's world and can ask nobody.
pub fn wire_table(sites: &[Site]) -> String {
    let mut table = BTreeMap::new();
    for site in sites.iter().filter(|site| !site.wire.is_empty()) {
        for host in &site.hosts {
            let answers = site.wire.iter().filter(|rule| !rule.paths.is_empty());
            let rules = answers.map(|WireRule { paths, hosts, names, order, .. }| RuleHere {
                paths,
                hosts,
                names,
                orders: order.is_some(),
            });
            let rules = rules.collect();
            table.insert(host, WireHere { rules, largest: wire::LARGEST });
        }
    }
    // Maps of texts and numbers can always be written.
    serde_json::to_string(&table).unwrap_or_default()
}
