//! Bars over time: which there are in a span, what each is called, and a table of them beside their plot.
//!
//! A day that nothing is kept of has its place on the axis, so that time is to scale, and no row in the table: nobody knows
//! what was on it.

use leptos::prelude::*;

use super::super::browser::{DayForm, day, day_as, words};
use super::super::plot::{Plot, Stacks};
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

/// Bars of a span with what is stacked on each, by series.
#[derive(Clone, Debug, Default)]
pub struct Bars {
    /// The days of each.
    pub bars: Vec<Span>,
    /// The name of each series, and its count in each bar.
    pub series: Vec<(String, Vec<u32>)>,
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
            series: self.series.iter().map(|(name, counts)| (name.clone(), of(counts))).collect(),
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
    let heads = bars.series.iter().map(|(name, _)| view! { <th scope="col" class="count">{name.clone()}</th> });
    let heads = heads.collect_view();
    let rows = bars
        .bars
        .iter()
        .enumerate()
        .map(|(at, bar)| {
            let cells = bars.series.iter().map(|(_, counts)| {
                let count = counts.get(at).copied().unwrap_or_default();
                view! { <td class="count">{super::super::browser::number(count)}</td> }
            });
            let cells = cells.collect_view();
            let (name, href) = (whole(*bar, grain), route.within(*bar).href());
            view! { <tr><th scope="row"><a href=href>{name}</a></th>{cells}</tr> }
        })
        .collect_view();
    // One bar is read at once; of many the plot tells first.
    let is_open = plot.is_none();
    view! {
        {plot}
        <details class="numbers" open=is_open>
            <summary>{words("dashboardNumbers")}</summary>
            <div class="scroll" tabindex="0" role="region" aria-label=title.clone()>
                <table>
                    <caption>{title.clone()}</caption>
                    <thead><tr><th scope="col">{words("dashboardWhen")}</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}
