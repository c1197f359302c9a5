//! A plot: bars over time, each a stack of what was counted, with a legend in words.
//!
//! Scales, axes and their labels are plotters'; see `surface` for what becomes of them. To who does not see it the plot is one
//! picture with a sentence; the numbers themselves stand in the table that whoever shows a plot puts beside it. Colours are
//! told apart by any eyes, and no bar is told by its colour alone: pointed at, it says what it is.
//!
//! Time runs from left to right in every language, as on printed calendars of most of them; words do not.

mod surface;

use leptos::ev;
use leptos::prelude::*;
use leptos::svg;
use plotters::prelude::*;

use self::surface::{Ink, Mark, Surface};
use super::browser::{number, words_of};

/// How high a plot is, in CSS pixels.
const HEIGHT: u32 = 220;
/// No narrower than this, and no wider.
const WIDTHS: (f64, f64) = (240.0, 1080.0);
/// What a page keeps free at its sides.
const SIDES: f64 = 66.0;
/// The height of labels, and how much room one of the two axes takes.
const LABEL: f64 = 12.0;
const BELOW: u32 = 26;
/// A label below the axis takes so much room at least.
const APART: u32 = 64;

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stacks {
    /// What each bar is, in words: a day, a month.
    pub bars: Vec<String>,
    /// What is stacked, from below.
    pub series: Vec<Series>,
}

/// What one colour stands for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// In words.
    pub name: String,
    /// The number of its colour in the style sheet.
    pub color: u8,
    /// How much of it is in each bar.
    pub counts: Vec<u32>,
}

impl Stacks {
    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.series.iter().all(|it| it.counts.iter().all(|count| *count == 0))
    }

    fn highest(&self) -> u32 {
        let sum = |bar| self.series.iter().filter_map(|it| it.counts.get(bar)).copied().sum();
        (0..self.bars.len()).map(sum).max().unwrap_or_default()
    }

    /// Each piece of a bar that is not nothing: series, bar, and from where to where it reaches.
    fn pieces(&self) -> Vec<(usize, usize, u32, u32)> {
        let mut pieces = Vec::new();
        for bar in 0..self.bars.len() {
            let mut below = 0;
            for (series, it) in self.series.iter().enumerate() {
                let count = it.counts.get(bar).copied().unwrap_or_default();
                if count > 0 {
                    pieces.push((series, bar, below, below + count));
                }
                below += count;
            }
        }
        pieces
    }
}

/// The plot.
#[component]
pub fn Plot(
    /// What it shows, in a sentence.
    title: String,
    /// What is drawn.
    stacks: Stacks,
) -> impl IntoView {
    let width = RwSignal::new(room());
    let resized = window_event_listener(ev::resize, move |_| width.set(room()));
    on_cleanup(move || resized.remove());
    let legend =
        stacks.series.iter().map(|it| view! { <li class=Ink::Series(it.color).class()>{it.name.clone()}</li> });
    let legend = legend.collect_view();
    let drawn = move || {
        let size = (width.get(), HEIGHT);
        // Nothing that is drawn can fail; a plot that is not there leaves its table.
        let marks = draw(&stacks, size).unwrap_or_default();
        let said = stacks.pieces();
        // The sentence is asked for once, with signs that no word has in the places of its three values.
        let sentence = words_of("plotBar", &["\u{1}", "\u{2}", "\u{3}"]);
        let mut said = said.iter().map(|(series, bar, from, to)| {
            let said = sentence.replace('\u{1}', &stacks.series[*series].name).replace('\u{2}', &stacks.bars[*bar]);
            said.replace('\u{3}', &number(to - from))
        });
        let shapes = marks.into_iter().map(|mark| shape(mark, &mut said)).collect_view();
        view! { <svg width=size.0 height=size.1 role="img" aria-label=title.clone()>{shapes}</svg> }
    };
    view! {
        <figure class="plot">
            <ul class="legend">{legend}</ul>
            {drawn}
        </figure>
    }
}

fn room() -> u32 {
    let inner = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(WIDTHS.1);
    // `as` saturates, and a width has no fractions.
    (inner - SIDES).clamp(WIDTHS.0, WIDTHS.1) as u32
}

/// Has plotters draw it.
fn draw(stacks: &Stacks, size: (u32, u32)) -> Option<Vec<Mark>> {
    let (surface, marks) = Surface::new(size);
    let area = surface.into_drawing_area();
    let bars = i32::try_from(stacks.bars.len()).ok().filter(|bars| *bars > 0)?;
    let highest = stacks.highest().max(1);
    let beside = u32::try_from(number(highest).chars().count()).unwrap_or_default() * 8 + 14;
    let label = |ink: Ink| ("sans-serif", LABEL).into_font().color(&ink.color());
    let mut chart = ChartBuilder::on(&area)
        .margin_top(8)
        .margin_right(8)
        .x_label_area_size(BELOW)
        .y_label_area_size(beside)
        .build_cartesian_2d((0..bars - 1).into_segmented(), 0..highest + highest.div_ceil(20))
        .ok()?;
    let name = |value: &SegmentValue<i32>| match value {
        SegmentValue::CenterOf(bar) => usize::try_from(*bar).ok().and_then(|bar| stacks.bars.get(bar)).cloned(),
        _ => None,
    };
    chart
        .configure_mesh()
        .disable_x_mesh()
        .axis_style(Ink::Axis.color())
        .bold_line_style(Ink::Grid.color())
        .light_line_style(TRANSPARENT)
        .x_labels(usize::try_from(size.0 / APART).unwrap_or(1))
        .y_labels(5)
        .x_label_style(label(Ink::Label))
        .y_label_style(label(Ink::Label))
        .x_label_formatter(&|value| name(value).unwrap_or_default())
        .y_label_formatter(&|value| number(*value))
        .draw()
        .ok()?;
    let gap = if bars > 40 { 0 } else { 2 };
    let bar = |(series, bar, from, to): (usize, usize, u32, u32)| {
        let bar = i32::try_from(bar).unwrap_or_default();
        let corners = [(SegmentValue::Exact(bar), to), (SegmentValue::Exact(bar + 1), from)];
        let mut piece = Rectangle::new(corners, Ink::Series(stacks.series[series].color).color().filled());
        piece.set_margin(0, 0, gap, gap);
        piece
    };
    chart.draw_series(stacks.pieces().into_iter().map(bar)).ok()?;
    drop(chart);
    drop(area);
    Some(marks.take())
}

fn shape(mark: Mark, said: &mut impl Iterator<Item = String>) -> AnyView {
    match mark {
        Mark::Line { points, ink, is_filled } => {
            let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
            let class = format!("{}{}", ink.class(), if is_filled { " filled" } else { "" });
            view! { <polyline class=class points=points.join(" ") /> }.into_any()
        }
        Mark::Bar { at, size, ink } => {
            // Pieces are drawn in the order in which they are told.
            let told = said.next().unwrap_or_default();
            view! {
                <rect class=ink.class() x=at.0 y=at.1 width=size.0 height=size.1>
                    {svg::title().child(told)}
                </rect>
            }
            .into_any()
        }
        Mark::Words { text, at, anchor, baseline, ink } => view! {
            <text class=ink.class() x=at.0 y=at.1 text-anchor=anchor dominant-baseline=baseline>{text}</text>
        }
        .into_any(),
    }
}
