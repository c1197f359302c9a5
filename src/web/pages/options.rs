//! The page of all choices: protections, what is done with kinds of posts, updates, the person's own rules, and lists that
//! they add by address.
//!
//! A list is fetched when the person says so and at no other time. What became of the rules is told line by line, with
//! reasons; what an order came to is told at once, and one that failed has changed nothing. How rules become packs is
//! not known here.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;

use super::browser::{self, Browser, Place, number, words, words_of, words_with};
use super::choices::{Groups, Levels};
use super::diary_choices::diary;
use super::learning::Unlisted;
use super::protection::Switches;
use super::tabbed;
use super::tongue::tongue;
use super::topics::topics_of_ones_own;
use super::updates::Updates;
use super::wishes::Wishes;
use crate::api::lists::anew::Account;
use crate::api::protection::Protection;
use crate::api::settings::Settings;

/// What the background says of the person's own rules and lists; see `OwnReport` in `extension/types.d.ts`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Own {
    rules: String,
    lists: Vec<OwnList>,
    accounts: Vec<Account>,
    trouble: String,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct OwnList {
    id: String,
    url: String,
}

/// What the person orders.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
enum Order {
    /// Says how things are.
    Own,
    /// These are my own rules.
    KeepRules { text: String },
    /// Add the list at this address.
    AddList { url: String },
    /// Take a list away.
    ForgetList { id: String },
    /// Fetch all lists anew.
    FetchLists,
}

/// What is shown of it.
#[derive(Clone, Copy)]
struct Shown {
    own: RwSignal<Own>,
    /// Whether an order is being carried out.
    is_busy: RwSignal<bool>,
    /// Where the person writes their rules.
    field: NodeRef<leptos::html::Textarea>,
}

impl Shown {
    fn order(self, order: Order) {
        self.is_busy.set(true);
        spawn_local(async move {
            match browser::ask::<Own>(&order).await {
                Some(own) => self.own.set(own),
                None => self.own.update(|own| own.trouble = words("popupBackgroundFailed")),
            }
            self.is_busy.set(false);
        });
    }

    /// A rule was added to theirs elsewhere on the page. What they have written and not saved yet stays, above it.
    fn added(self, rule: &str) {
        let written = self.field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let rules = self.own.with_untracked(|own| own.rules.clone());
        let unsaved = (written != rules).then(|| format!("{}\n{rule}", written.trim_end_matches('\n')));
        spawn_local(async move {
            if let Some(own) = browser::ask::<Own>(&Order::Own).await {
                let rules = unsaved.unwrap_or_else(|| own.rules.clone());
                self.own.set(Own { rules, ..own });
            }
        });
    }

    fn account(self, id: &str) -> Option<Account> {
        self.own.with(|own| own.accounts.iter().find(|account| account.id == id).cloned())
    }
}

/// Draws the page into its body.
pub fn options(lent: Browser) {
    browser::keep(lent);
    spawn_local(async {
        let protection = browser::protection().await;
        let settings = browser::settings().await;
        mount_to_body(move || view! { <Options protection settings /> });
        tabbed::lead();
    });
}

/// The whole page.
#[component]
fn Options(protection: Protection, settings: Settings) -> impl IntoView {
    let protection = RwSignal::new(protection);
    browser::on_stored(Place::Protection, move || {
        spawn_local(async move { protection.set(browser::protection().await) });
    });
    let settings = RwSignal::new(settings);
    browser::on_stored(Place::Settings, move || {
        spawn_local(async move { settings.set(browser::settings().await) });
    });
    let shown = Shown { own: RwSignal::default(), is_busy: RwSignal::new(false), field: NodeRef::new() };
    shown.order(Order::Own);
    let trouble = move || shown.own.with(|own| own.trouble.clone());
    let failed = move || words_with("ownFailed", &trouble());
    view! {
        <header>
            <img src="../icons/48.png" alt="" />
            <h1>{words("optionsTitle")}</h1>
            <nav aria-label=words("pagesNav")>
                <a href="dashboard.html">{words("dashboardTitle")}</a>
                <a href="lessons.html">{words("lessonsOpen")}</a>
                <a href="selftest.html">{words("selftestOpen")}</a>
            </nav>
        </header>
        <main>
            <section aria-labelledby="protections">
                <h2 id="protections">{words("popupEverywhere")}</h2>
                <Switches protection is_changed=RwSignal::new(false) />
            </section>
            <section aria-labelledby="kinds">
                <h2 id="kinds">{words("popupKinds")}</h2>
                <Levels settings />
                <Groups settings />
            </section>
            <Updates />
            <Unlisted on_rule=move |rule: String| shown.added(&rule) />
            <div role="status">
                <Show when=move || shown.is_busy.get()><p class="quiet hint">{words("ownBusy")}</p></Show>
                <Show when=move || !trouble().is_empty()><p class="notice">{failed}</p></Show>
            </div>
            <Wishes settings />
            {topics_of_ones_own(settings)}
            <Rules shown />
            <Lists shown />
            {diary()}
            {tongue()}
        </main>
    }
}

/// The person's own rules.
#[component]
fn Rules(shown: Shown) -> impl IntoView {
    let save = move |_| {
        let text = shown.field.get().map(|field| field.value()).unwrap_or_default();
        shown.order(Order::KeepRules { text });
    };
    view! {
        <section aria-labelledby="rules">
            <h2 id="rules">{words("ownTitle")}</h2>
            <p class="quiet hint" id="rules-hint">{words("ownRulesHint")}</p>
            <textarea
                node_ref=shown.field
                spellcheck="false"
                dir="ltr"
                aria-labelledby="rules"
                aria-describedby="rules-hint"
                // What is written while the background answers would be lost to its answer.
                readonly=move || shown.is_busy.get()
                prop:value=move || shown.own.with(|own| own.rules.clone())
            ></textarea>
            <button type="button" on:click=save disabled=move || shown.is_busy.get()>{words("ownSave")}</button>
            {move || shown.account("own").map(|account| told(&account))}
        </section>
    }
}

/// Lists that the person added.
#[component]
fn Lists(shown: Shown) -> impl IntoView {
    let field = NodeRef::<leptos::html::Input>::new();
    let add = move |_| {
        if let Some(field) = field.get() {
            shown.order(Order::AddList { url: field.value() });
            field.set_value("");
        }
    };
    let rows = move || {
        let lists = shown.own.with(|own| own.lists.clone());
        let row = |OwnList { id, url }: OwnList| {
            let account = shown.account(&id);
            let title = account.as_ref().map_or_else(|| url.clone(), |account| account.title.clone());
            let forget = move |_| shown.order(Order::ForgetList { id: id.clone() });
            view! {
                <li>
                    <h3>{title}</h3>
                    <code dir="ltr">{url}</code>
                    {account.map(|account| told(&account))}
                    <button type="button" on:click=forget disabled=move || shown.is_busy.get()>
                        {words("ownForget")}
                    </button>
                </li>
            }
        };
        lists.into_iter().map(row).collect_view()
    };
    view! {
        <section aria-labelledby="lists">
            <h2 id="lists">{words("ownLists")}</h2>
            <p class="quiet hint">{words("ownListsHint")}</p>
            <ul class="lists">{rows}</ul>
            <div class="answers">
                <input type="url" node_ref=field dir="ltr" aria-label=words("ownAddress") placeholder="https://" />
                <button type="button" on:click=add disabled=move || shown.is_busy.get()>{words("ownAdd")}</button>
                <button
                    type="button"
                    on:click=move |_| shown.order(Order::FetchLists)
                    disabled=move || shown.is_busy.get() || shown.own.with(|own| own.lists.is_empty())
                >
                    {words("ownFetch")}
                </button>
            </div>
        </section>
    }
}

/// How many rules a list has, and what could not be used of it, line by line.
fn told(account: &Account) -> impl IntoView + use<> {
    let count = |n: usize| number(u32::try_from(n).unwrap_or(u32::MAX));
    let rows: Vec<_> = account
        .refusals
        .iter()
        // A line is a place, not an amount.
        .map(|refusal| words_of("ownRefusal", &[&refusal.line.to_string(), &refusal.reason]))
        .map(|row| view! { <li><code>{row}</code></li> })
        .collect();
    let refused = (account.refused > 0).then(|| {
        let summary = words_with("ownRefused", &count(account.refused));
        view! { <details class="refused"><summary>{summary}</summary><ul>{rows}</ul></details> }
    });
    view! { <p class="quiet">{words_with("ownCount", &count(account.rules))}</p> {refused} }
}
