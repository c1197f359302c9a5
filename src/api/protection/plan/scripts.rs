//! Which scripts run on pages besides those of the manifest, as a browser registers them.
//!
//! What runs everywhere costs something everywhere, so a script is wanted only while its switch is on, and not where the
//! protections rest. The platforms whose feeds we read have our look already, so embeds are left alone there; and where
//! the person lets a company of embeds through on a site, none wait there at all.
//!
//! On front pages that the person chose to have lead to what they follow runs the script that leads, and on no others.
//!
//! The reader of feeds is declared for the hosts of `data/sites`; where the person has another host read, it is
//! registered for that host, whatever is switched.
//!
//! What it deliberately does not know: what a script does, or what the browser has registered before.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::{Protection, Switch};
use crate::api::offer::can_be_named;
use crate::api::settings::SiteChoice;

/// What the build knows of the places where scripts run; addresses are match patterns.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Places {
    /// Where links lead over a counter.
    pub links: Vec<String>,
    /// The companies whose embeds wait for a click.
    pub embedders: Vec<String>,
    /// The platforms whose feeds we read.
    pub feeds: Vec<String>,
    /// The scripts that read a feed, in their order.
    pub reader: Vec<String>,
    /// The front pages that may lead to what the person follows.
    pub fronts: Vec<Front>,
    /// The hosts that the person has read besides; not the build's knowledge but theirs.
    #[serde(skip)]
    pub also: Vec<String>,
    /// The front pages that lead, because the person chose that; theirs, too.
    #[serde(skip)]
    pub leading: Vec<String>,
}

/// A front page that may lead to what the person follows there.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Front {
    /// The id of its site.
    pub site: String,
    /// Its addresses.
    pub from: Vec<String>,
}

impl Places {
    /// Takes in on which sites the person wants the front page to lead, of what they chose for feeds as it is stored. No
    /// more of it is read: all that feeds know of settings would be a twentieth of the background's core.
    pub fn choose_fronts(&mut self, stored: &Value) {
        let chosen = self.fronts.iter().filter(|front| {
            let choice = stored.get("sites").and_then(|sites| sites.get(&front.site));
            choice.is_some_and(|choice| SiteChoice::from(choice.clone()).following)
        });
        self.leading = chosen.flat_map(|front| front.from.iter().cloned()).collect();
    }
}

/// What the reader is called where it is registered.
const READER: &str = "reader";
/// What the script is called that leads.
const LEADER: &str = "following";

/// A script, under the names that browsers have for these things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Script {
    id: &'static str,
    js: Vec<String>,
    matches: Vec<String>,
    exclude_matches: Vec<String>,
    all_frames: bool,
    world: &'static str,
    run_at: &'static str,
    persist_across_sessions: bool,
}

impl Script {
    fn new(switch: Switch, js: &[&str], matches: Vec<String>, but: Vec<String>) -> Script {
        Script {
            id: switch.name(),
            js: js.iter().map(|file| (*file).to_owned()).collect(),
            matches,
            exclude_matches: but,
            all_frames: true,
            world: "ISOLATED",
            run_at: "document_start",
            persist_across_sessions: true,
        }
    }

    /// One of pages alone that no switch speaks of.
    fn chosen(id: &'static str, js: Vec<String>, matches: Vec<String>) -> Script {
        Script {
            id,
            js,
            matches,
            exclude_matches: Vec::new(),
            all_frames: false,
            world: "ISOLATED",
            run_at: "document_start",
            persist_across_sessions: true,
        }
    }
}

/// The scripts that are wanted at a moment.
pub(super) fn scripts(protection: &Protection, now: u64, places: &Places) -> Vec<Script> {
    let everywhere = || vec!["<all_urls>".to_owned()];
    let sites = || protection.sites().map(|(site, _)| site);
    let resting: Vec<String> = sites().filter(|site| protection.rests(site, now).is_some()).filter_map(under).collect();
    let named = places.also.iter().filter(|host| can_be_named(host));
    let also: Vec<String> = named.map(|host| format!("https://{host}/*")).collect();
    let mut scripts = Vec::new();
    if protection.is_on(Switch::Gpc) {
        let script = Script::new(Switch::Gpc, &["extension/everywhere/gpc.js"], everywhere(), resting.clone());
        scripts.push(Script { world: "MAIN", ..script });
    }
    if protection.is_on(Switch::Unwrap) {
        let script = Script::new(Switch::Unwrap, &["build/unwrap.js"], places.links.clone(), resting.clone());
        scripts.push(Script { all_frames: false, ..script });
    }
    if protection.is_on(Switch::Widgets) {
        let is_through = |site: &&str| places.embedders.iter().any(|company| protection.lets_through(site, company));
        let mut but = resting;
        but.extend(sites().filter(is_through).filter_map(under));
        but.extend(places.feeds.iter().cloned());
        but.extend(also.iter().cloned());
        but.sort();
        but.dedup();
        let js = &["extension/content/look.js", "build/widgets.js"];
        scripts.push(Script::new(Switch::Widgets, js, everywhere(), but));
    }
    if !also.is_empty() {
        scripts.push(Script::chosen(READER, places.reader.clone(), also));
    }
    if !places.leading.is_empty() {
        scripts.push(Script::chosen(LEADER, vec!["build/following.js".to_owned()], places.leading.clone()));
    }
    scripts
}

/// A site and all under it; none if no pattern can name it.
fn under(site: &str) -> Option<String> {
    can_be_named(site).then(|| format!("*://*.{site}/*"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::protection::Rest;
    use crate::api::settings::Settings;

    /// The scripts in a line each: `name frames world but …`.
    fn told(protection: &Protection) -> Vec<String> {
        told_with(protection, &[])
    }

    fn told_with(protection: &Protection, also: &[&str]) -> Vec<String> {
        told_of(protection, &Places { also: words(also), ..places() })
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn places() -> Places {
        let front = |site: &str, from: &[&str]| Front { site: site.to_owned(), from: words(from) };
        Places {
            links: words(&["*://*.links.example/*"]),
            embedders: words(&["Meta"]),
            feeds: words(&["https://feed.example/*"]),
            reader: words(&["read.js"]),
            fronts: vec![
                front("films", &["https://films.example/"]),
                front("talk", &["https://talk.example/", "https://talk.example/home"]),
            ],
            ..Places::default()
        }
    }

    fn told_of(protection: &Protection, places: &Places) -> Vec<String> {
        let line = |it: &Script| {
            let frames = if it.all_frames { "all" } else { "top" };
            format!("{} {} {frames} {} but {}", it.id, it.matches.join(" "), it.world, it.exclude_matches.join(" "))
        };
        scripts(protection, 5, places).iter().map(line).collect()
    }

    #[test]
    fn scripts_follow_the_switches() {
        let mut protection = Protection::default();
        let usual = ["gpc <all_urls> all MAIN but ", "unwrap *://*.links.example/* top ISOLATED but "];
        assert_eq!(told(&protection), usual);
        protection.choose(Switch::Gpc, false);
        protection.choose(Switch::Unwrap, false);
        assert_eq!(told(&protection), Vec::<String>::new());
        protection.choose(Switch::Widgets, true);
        assert_eq!(told(&protection), ["widgets <all_urls> all ISOLATED but https://feed.example/*"]);
    }

    #[test]
    fn the_reader_runs_where_the_person_wants_it_and_no_embeds_wait_there() {
        let mut protection = Protection::default();
        protection.choose(Switch::Gpc, false);
        protection.choose(Switch::Unwrap, false);
        let reader = "reader https://a.example/* https://b.example/* top ISOLATED but ".to_owned();
        let also = ["a.example", "b.example", "*", "[::1]"];
        assert_eq!(told_with(&protection, &also), std::slice::from_ref(&reader));
        // Nobody protects anything by it: where the protections rest, what the person asked for goes on.
        protection.rest("a.example", Some(Rest::Forever));
        assert_eq!(told_with(&protection, &also), std::slice::from_ref(&reader));
        protection.rest("a.example", None);
        protection.choose(Switch::Widgets, true);
        let embeds = "https://a.example/* https://b.example/* https://feed.example/*";
        assert_eq!(told_with(&protection, &also), [format!("widgets <all_urls> all ISOLATED but {embeds}"), reader]);
    }

    #[test]
    fn a_front_page_leads_where_the_person_chose_it_whatever_is_switched() {
        let mut protection = Protection::default();
        protection.choose(Switch::Gpc, false);
        protection.choose(Switch::Unwrap, false);
        let mut settings = Settings::default();
        let told = |settings: &Settings, protection: &Protection| {
            let mut places = places();
            places.choose_fronts(&serde_json::to_value(settings).unwrap_or_default());
            told_of(protection, &places)
        };
        assert_eq!(told(&settings, &protection), Vec::<String>::new());
        settings.choose_following("talk", true);
        let leads = ["following https://talk.example/ https://talk.example/home top ISOLATED but "];
        assert_eq!(told(&settings, &protection), leads);
        protection.rest("talk.example", Some(Rest::Forever));
        assert_eq!(told(&settings, &protection), leads);
        settings.choose_following("talk", false);
        assert_eq!(told(&settings, &protection), Vec::<String>::new());
    }

    #[test]
    fn where_the_protections_rest_none_runs() {
        let mut protection = Protection::default();
        protection.choose(Switch::Gpc, false);
        protection.rest("a.example", Some(Rest::Forever));
        protection.rest("over.example", Some(Rest::Until(5)));
        protection.rest("later.example", Some(Rest::Until(6)));
        // No pattern can name these, and the rules of the browser are what rests there.
        for odd in ["localhost", "[::1]", "a_b.example", "*.example"] {
            protection.rest(odd, Some(Rest::Forever));
        }
        let but = "*://*.a.example/* *://*.later.example/*";
        assert_eq!(told(&protection), [format!("unwrap *://*.links.example/* top ISOLATED but {but}")]);
    }

    #[test]
    fn embeds_do_not_wait_where_one_of_their_companies_is_let_through() {
        let mut protection = Protection::default();
        protection.choose(Switch::Gpc, false);
        protection.choose(Switch::Unwrap, false);
        protection.choose(Switch::Widgets, true);
        protection.let_through("a.example", "Meta", true);
        protection.rest("a.example", Some(Rest::Forever));
        protection.let_through("b.example", "Adobe", true);
        assert_eq!(told(&protection), ["widgets <all_urls> all ISOLATED but *://*.a.example/* https://feed.example/*"]);
    }
}
