//! The plot of calibration: of texts with about the same probability, how they were graded on the mean.
//!
//! What it deliberately does not do: judge the fit; a line on the diagonal is a head that means what it says.

use std::path::Path;

use anyhow::{Result, anyhow};
use plainsight::api::authoring::{Head, Model};
use plotters::prelude::*;

use super::reading::read;
use crate::text::sets::Texts;

/// What is drawn: a head on a set, the language of that, and a colour.
const LINES: [(Head, &str, &str, RGBColor); 4] = [
    (Head::Clickbait, "webis-posts", "en", RGBColor(0, 90, 160)),
    (Head::Heated, "davidson", "en", RGBColor(180, 60, 0)),
    (Head::Heated, "civil", "en", RGBColor(220, 140, 60)),
    (Head::ClickbaitEs, "ta1c", "es", RGBColor(40, 120, 40)),
];
/// Into so many groups of the same size the texts of a line are cut.
const GROUPS: usize = 10;

pub(super) fn calibration(to: &Path, model: &Model<'_>, texts: &Texts) -> Result<()> {
    let failed = |error: &dyn std::fmt::Display| anyhow!("the plot cannot be drawn: {error}");
    let area = SVGBackend::new(to, (640, 480)).into_drawing_area();
    area.fill(&WHITE).map_err(|e| failed(&e))?;
    let mut chart = ChartBuilder::on(&area)
        .caption("Calibration on what was held out", ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(50)
        .build_cartesian_2d(0f32..1f32, 0f32..1f32)
        .map_err(|e| failed(&e))?;
    chart.configure_mesh().x_desc("probability").y_desc("mean grade").draw().map_err(|e| failed(&e))?;
    chart.draw_series(LineSeries::new([(0.0, 0.0), (1.0, 1.0)], BLACK.mix(0.3))).map_err(|e| failed(&e))?;
    for (head, set, language, colour) in LINES {
        let texts = read(model, texts, set, head, Some(language));
        let mut said: Vec<(f32, f32)> =
            texts.iter().filter_map(|read| Some((read.score?.probability, read.text.grade))).collect();
        said.sort_by(|a, b| a.0.total_cmp(&b.0));
        let means = said.chunks(said.len().div_ceil(GROUPS).max(1)).map(|group| {
            let n = group.len() as f32;
            (group.iter().map(|it| it.0).sum::<f32>() / n, group.iter().map(|it| it.1).sum::<f32>() / n)
        });
        let drawn = chart.draw_series(LineSeries::new(means, colour.stroke_width(2))).map_err(|e| failed(&e))?;
        let legend = move |(x, y)| PathElement::new([(x, y), (x + 16, y)], colour.stroke_width(2));
        drawn.label(format!("{}, {set}", head.name())).legend(legend);
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE.mix(0.8))
        .draw()
        .map_err(|e| failed(&e))?;
    area.present().map_err(|e| failed(&e))
}
