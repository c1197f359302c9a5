//! Bars over time: which there are in a span, what each is called, and a table of them beside their plot.
//!
//! A day that nothing is kept of has its place on the axis, so that time is to scale, and no row in the table: nobody knows
//! what was on it.

use leptos::prelude::*;

use super::super::browser::{DayForm, day, day_as, words};
use super::super::plot::{Plot, Series, Stacks};
use super::route::Route;
use crate::api::diary::{Grain, Period, Span};

/// The name of a bar: its day, or the month it lies in.
pub fn name(bar: Span, grain: Grain) -> String {
    let first = number(bar.from);
    match grain {
        Grain::Day => day_as(first, DayForm::Short),
        _ => day_as(number(bar.from + (bar.to - bar.from) / 2), DayForm::Month),
    }
}

/// The whole name.
fn whole(bar: Span, grain: Grain) -> String {
    match grain {
        Grain::Day if bar.to - bar.from == 1 => day(number(bar.from)),
        _ => name(bar, grain),
    }
}

fn number(day: u32) -> i32 {
    i32::try_from(day).unwrap_or_default()
}

/// Whole minutes.
pub fn minutes(seconds: u64) -> u32 {
    u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX)
}

/// Bars of a span with what is stacked on each, by series.
#[derive(Clone, Debug, Default)]
pub struct Bars {
    /// The days of each.
    pub bars: Vec<Span>,
    /// What is stacked on each.
    pub series: Vec<Series>,
}

impl Bars {
    /// What is drawn: the bars, and between them the places of those that nothing is kept of.
    fn stacks(&self, span: Span, grain: Grain) -> Stacks {
        let mut places = self.bars.clone();
        let mut at = span.from;
        while at < span.to {
            let place = grain.bar(Period::Day(at));
            if !self.bars.iter().any(|bar| bar.from < place.to && place.from < bar.to) {
                places.push(place);
            }
            at = place.to.max(at + 1);
        }
        places.sort_unstable();
        let of = |counts: &[u32]| {
            let count = |place: &Span| self.bars.binary_search(place).ok().and_then(|bar| counts.get(bar)).copied();
            places.iter().map(|place| count(place).unwrap_or_default()).collect()
        };
        Stacks {
            bars: places.iter().map(|place| name(*place, grain)).collect(),
            series: self.series.iter().map(|it| Series { counts: of(&it.counts), ..it.clone() }).collect(),
        }
    }
}

/// A plot and its table. What is of one bar alone needs no plot.
#[component]
pub fn Over(
    /// What it shows, in a sentence.
    title: String,
    /// What is shown.
    bars: Bars,
    /// Where one is.
    route: Route,
    /// The days of it.
    span: Span,
) -> impl IntoView {
    let grain = route.range.grain();
    let stacks = bars.stacks(span, grain);
    let plot = (stacks.bars.len() > 1 && !stacks.is_empty()).then(|| {
        let title = title.clone();
        view! { <Plot title stacks /> }
    });
    let table = move || {
        let heads = bars.series.iter().map(|it| view! { <th scope="col" class="count">{it.name.clone()}</th> });
        let heads = heads.collect_view();
        let row = |(at, bar): (usize, &Span)| {
            let cells = bars.series.iter().map(|it| {
                let count = it.counts.get(at).copied().unwrap_or_default();
                view! { <td class="count">{super::super::browser::number(count)}</td> }
            });
            let cells = cells.collect_view();
            let (name, href) = (whole(*bar, grain), route.within(*bar).href());
            view! { <tr><th scope="row"><a href=href>{name}</a></th>{cells}</tr> }
        };
        let rows = bars.bars.iter().enumerate().map(row).collect_view();
        view! {
            <div class="scroll" tabindex="0" role="group" aria-label=title.clone()>
                <table>
                    <caption>{title.clone()}</caption>
                    <thead><tr><th scope="col">{words("dashboardWhen")}</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    };
    // One bar is read at once; of many the plot tells first.
    let is_open = plot.is_none();
    view! {
        {plot}
        {unfolding("numbers", words("dashboardNumbers"), is_open, table)}
    }
}

/// What stands behind a line, made when it is opened first and not before: most of it is never looked at.
pub fn unfolding<V: IntoView + 'static>(
    class: &'static str,
    says: String,
    is_open: bool,
    made: impl Fn() -> V + Send + 'static,
) -> AnyView {
    let is_made = RwSignal::new(is_open);
    let made = move || is_made.get().then(&made);
    view! {
        <details class=class open=is_open on:toggle=move |_| is_made.set(true)><summary>{says}</summary>{made}</details>
    }
    .into_any()
}
