//! From a sum of weights to a probability: a curve of two numbers, drawn by texts that the table did not learn from.
//!
//! Platt's (1999), fitted to grades. A curve by steps (isotonic) was tried too: it fits no better on what is held out,
//! and has flats on which one cannot tell which of two texts is more so.

use plainsight::api::authoring::{POINTS, Trained};

/// Newton's method is there after a few rounds.
const ROUNDS: usize = 30;
/// Room beside the lowest and the highest sum that was seen, as a part of what lies between them.
const ROOM: f32 = 0.1;

/// Draws the curve of a table through sums and their grades.
pub fn draw(table: &mut Trained, graded: &[(f32, f32)]) {
    let (slope, start) = fit(graded);
    let low = graded.iter().map(|(sum, _)| *sum).fold(f32::INFINITY, f32::min);
    let high = graded.iter().map(|(sum, _)| *sum).fold(f32::NEG_INFINITY, f32::max);
    let room = (high - low) * ROOM;
    let width = (high - low + 2.0 * room) / (POINTS - 1) as f32;
    table.place = (low - room, width);
    for (at, point) in table.points.iter_mut().enumerate() {
        let sum = f64::from(low - room + width * at as f32);
        *point = (1.0 / (1.0 + (-(slope * sum + start)).exp())) as f32;
    }
}

/// The slope and start under which the grades are likeliest.
fn fit(graded: &[(f32, f32)]) -> (f64, f64) {
    let (mut slope, mut start) = (1.0, 0.0);
    for _ in 0..ROUNDS {
        let (mut by_slope, mut by_start, mut aa, mut ab, mut bb) = (0.0, 0.0, 1e-6, 0.0, 1e-6);
        for (sum, grade) in graded {
            let sum = f64::from(*sum);
            let is: f64 = 1.0 / (1.0 + (-(slope * sum + start)).exp());
            let (wrong, bend) = (is - f64::from(*grade), is * (1.0 - is));
            by_slope += wrong * sum;
            by_start += wrong;
            aa += bend * sum * sum;
            ab += bend * sum;
            bb += bend;
        }
        let whole = aa * bb - ab * ab;
        if whole.abs() < 1e-9 {
            break;
        }
        slope -= (bb * by_slope - ab * by_start) / whole;
        start -= (aa * by_start - ab * by_slope) / whole;
    }
    (slope, start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_comes_back_from_its_own_points() {
        let graded: Vec<(f32, f32)> =
            (-40..40).map(|n| n as f32 / 10.0).map(|x| (x, 1.0 / (1.0 + (1.0 - 2.0 * x).exp()))).collect();
        let (slope, start) = fit(&graded);
        assert!((slope - 2.0).abs() < 1e-3 && (start + 1.0).abs() < 1e-3, "{slope} {start}");
        let mut table = Trained::default();
        draw(&mut table, &graded);
        assert!(table.points.is_sorted() && table.points[0] < 0.01 && table.points[POINTS - 1] > 0.99);
    }
}
