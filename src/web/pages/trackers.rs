//! The popup's list of who was asked for by this page, by company, and what became of it.
//!
//! Every count says in words which of the four states it is; the sums of all, and what must be said instead of them, are
//! shown by whoever opens with them (`glance`, `panel`). Hosts, the rule that spoke, and how far a company reaches, are
//! shown on demand. Companies keep their place in the page while numbers change under them, so that what the person has
//! opened stays open.

use leptos::prelude::*;
use serde::Serialize;
use wasm_bindgen_futures::spawn_local;

use super::browser::{self, Place, key, number, words, words_of, words_with};
use super::protection::Changed;
use super::reach::Reach;
use super::stored;
use super::switch::Switch;
use crate::api::background::{CompanyReport, CountsReport, HostReport, RuleReport, TabReport};
use crate::api::protection::Protection;

/// The trackers' part of the popup.
#[component]
pub fn Trackers(
    /// What is known of the page in the tab.
    known: Memo<TabReport>,
    /// The choices, as they are stored.
    protection: RwSignal<Protection>,
) -> impl IntoView {
    let names = move || known.with(|known| known.companies.iter().map(|c| c.name.clone()).collect::<Vec<_>>());
    let is_any = Memo::new(move |_| known.with(|known| !known.companies.is_empty()));
    view! {
        <Show when=move || is_any.get()>
            <section aria-labelledby="trackers">
                <h2 id="trackers">{words("popupTrackers")}</h2>
                <ul class="companies">
                    <For each=names key=Clone::clone children=move |name| view! { <Company known protection name /> } />
                </ul>
            </section>
        </Show>
    }
}

/// What must be said before any number, or instead of one.
pub(super) fn told(report: Option<&TabReport>, may: bool) -> AnyView {
    let (class, key) = match report {
        // Of requests that may not be read the browser does not tell, whatever was counted.
        _ if !may => ("notice", "popupNotCounted"),
        None => ("notice", "popupBackgroundFailed"),
        Some(report) if report.site.is_empty() => ("quiet", "popupNoPage"),
        Some(report) if report.not_seen => ("notice", "popupNotSeen"),
        Some(report) if report.companies.is_empty() => ("quiet", "popupNoTrackers"),
        Some(_) => return ().into_any(),
    };
    view! { <p class=class>{words(key)}</p> }.into_any()
}

/// One company, with its hosts on demand.
#[component]
fn Company(known: Memo<TabReport>, protection: RwSignal<Protection>, name: String) -> impl IntoView {
    let wanted = name.clone();
    let is_changed = RwSignal::new(false);
    let site = Memo::new(move |_| known.with(|known| known.site.clone()));
    let (asked, chosen) = (name.clone(), name.clone());
    let is_through = Signal::derive(move || protection.with(|it| it.lets_through(&site.get(), &asked)));
    let let_through = move |through| {
        let (site, company) = (site.get_untracked(), chosen.clone());
        let met = known.with_untracked(|known| known.hosts_of(&company));
        is_changed.set(true);
        stored::change(Place::Protection, protection, move |it| {
            it.let_through(&site, &company, through);
            it.met_as(&site, &company, met);
        });
    };
    let company = Memo::new(move |_| known.with(|known| known.companies.iter().find(|c| c.name == wanted).cloned()));
    let purpose = move || company.with(|c| c.as_ref().map(purpose).unwrap_or_default());
    let counts = move || company.with(|c| c.as_ref().map(|c| c.counts).unwrap_or_default());
    let hosts = move || company.with(|c| c.as_ref().map(|c| c.hosts.iter().map(host).collect_view()));
    let says = move || company.with(|c| c.as_ref().and_then(|c| sentence(&c.says)));
    let is_open = RwSignal::new(false);
    let reach = name.clone();
    view! {
        <li>
            <details on:toggle=move |_| is_open.set(true)>
                <summary>
                    <h3>{name}</h3>
                    <p class="quiet">{purpose}</p>
                    {move || tally(counts())}
                </summary>
                {says}
                <Show when=move || is_open.get()>
                    <Reach company=reach.clone() />
                </Show>
                <ul class="hosts">{hosts}</ul>
                <Show when=move || is_through.get() || counts().stopped != 0>
                    <Switch
                        label=Signal::derive(move || words_with("popupLetCompanyThrough", &site.get()))
                        on=is_through
                        choose=let_through.clone()
                    />
                </Show>
                <Changed is_changed />
            </details>
        </li>
    }
}

fn host(host: &HostReport) -> impl IntoView + use<> {
    let rule = host.rule.clone().map(|rule| view! { <Rule rule /> });
    let alias = host.alias.as_ref().map(|name| view! { <p class="quiet">{words_with("popupAlias", name)}</p> });
    let says = sentence(&host.says);
    view! { <li><code dir="ltr">{host.host.clone()}</code>{alias}{says}{tally(host.counts)}{rule}</li> }
}

/// What somebody does, where there is a sentence for it. So far they are written in English alone.
fn sentence(says: &str) -> Option<impl IntoView + use<>> {
    (!says.is_empty()).then(|| view! { <p class="says" lang="en">{says.to_owned()}</p> })
}

/// Where a rule stands, and on demand how it is written there.
#[component]
fn Rule(rule: RuleReport) -> impl IntoView {
    // A line is a place, not an amount: it is written without the signs that part thousands.
    let place = words_of("popupRule", &[&rule.title, &rule.line.to_string()]);
    let text = RwSignal::new(None::<String>);
    let show = move |_| {
        let rule = rule.clone();
        spawn_local(async move {
            let told = browser::ask(&RuleText { ask: "rule", list: rule.list, line: rule.line }).await;
            text.set(Some(told.unwrap_or_else(|| words("popupRuleGone"))));
        });
    };
    let shown = move || match text.get() {
        Some(text) => view! { <code dir="ltr">{text}</code> }.into_any(),
        None => view! { <button type="button" on:click=show.clone()>{words("popupShowRule")}</button> }.into_any(),
    };
    view! { <p class="quiet">{place}</p> {shown} }
}

/// Asks the background for a rule as it stands in its list.
#[derive(Serialize)]
struct RuleText {
    ask: &'static str,
    list: String,
    line: u32,
}

/// The purpose in words; a purpose that nobody has put into words yet is shown as unknown.
fn purpose(company: &CompanyReport) -> String {
    let told = match company.purpose.as_str() {
        "" => String::new(),
        purpose => words(&key("companyPurpose", purpose)),
    };
    if told.is_empty() { words("companyPurposeUnknown") } else { told }
}

/// The four states, each with its word; a state that nothing is in is left out.
fn tally(counts: CountsReport) -> Option<impl IntoView> {
    let rows = states(counts);
    (counts.requests > 0).then(|| view! { <ul class="tally">{rows}</ul> })
}

/// The same with all of them together first.
pub(super) fn sum(counts: CountsReport) -> Option<impl IntoView> {
    let rows = states(counts);
    (counts.requests > 0).then(|| {
        view! { <ul class="tally"><li class="seen">{words("glanceSeen")} " " <b>{number(counts.requests)}</b></li>{rows}</ul> }
    })
}

fn states(counts: CountsReport) -> impl IntoView {
    [
        ("stopped", "popupStopped", counts.stopped),
        ("others", "popupStoppedByOthers", counts.others),
        ("through", "popupLetThrough", counts.through),
        ("unknown", "popupNotKnown", counts.not_seen),
    ]
    .into_iter()
    .filter(|(_, _, count)| *count > 0)
    .map(|(class, key, count)| view! { <li class=class>{words(key)} " " <b>{number(count)}</b></li> })
    .collect_view()
}
