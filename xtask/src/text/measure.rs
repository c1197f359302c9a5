//! The measures: how well scores part two classes, how near grades are met, and what a level flags.
//!
//! Each is the plain one of the literature, written out where that is a few lines.

/// The chance that a text of the class scores higher than another one (AUC); ties count half.
pub fn auc(scored: &[(f32, bool)]) -> f64 {
    let mut sorted = scored.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut ranks, mut from) = (0.0, 0);
    while from < sorted.len() {
        let to = from + sorted[from..].partition_point(|it| it.0 <= sorted[from].0);
        let rank = (from + to + 1) as f64 / 2.0;
        ranks += rank * sorted[from..to].iter().filter(|it| it.1).count() as f64;
        from = to;
    }
    let is = scored.iter().filter(|it| it.1).count() as f64;
    (ranks - is * (is + 1.0) / 2.0) / (is * (scored.len() as f64 - is))
}

/// The mean of squared differences.
pub fn mse(graded: &[(f32, f32)]) -> f64 {
    let squares = graded.iter().map(|(said, grade)| f64::from(said - grade).powi(2));
    squares.sum::<f64>() / graded.len() as f64
}

/// What a level flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flagged {
    /// Flagged, and of the class.
    pub rightly: usize,
    /// Flagged, and not of the class.
    pub wrongly: usize,
    /// Of the class, and not flagged.
    pub missed: usize,
    /// Neither.
    pub left: usize,
}

impl Flagged {
    /// Counts (flagged, of the class).
    pub fn count(texts: impl Iterator<Item = (bool, bool)>) -> Flagged {
        let mut flagged = Flagged::default();
        for text in texts {
            let place = match text {
                (true, true) => &mut flagged.rightly,
                (true, false) => &mut flagged.wrongly,
                (false, true) => &mut flagged.missed,
                (false, false) => &mut flagged.left,
            };
            *place += 1;
        }
        flagged
    }

    /// How many are flagged.
    pub fn all(self) -> usize {
        self.rightly + self.wrongly
    }

    /// Of what is flagged, this part is of the class.
    pub fn precision(self) -> f64 {
        self.rightly as f64 / self.all() as f64
    }

    /// Of the class, this part is flagged.
    pub fn recall(self) -> f64 {
        self.rightly as f64 / (self.rightly + self.missed) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_of_a_few_texts_are_those_one_counts_by_hand() {
        let close = |is: f64, ought: f64| assert!((is - ought).abs() < 1e-9, "{is} is not {ought}");
        close(auc(&[(0.1, false), (0.4, true), (0.3, false), (0.9, true)]), 1.0);
        close(auc(&[(0.5, false), (0.5, true)]), 0.5);
        close(auc(&[(0.2, true), (0.4, false), (0.6, true), (0.8, false)]), 0.25);
        close(mse(&[(0.5, 1.0), (0.0, 0.0)]), 0.125);
        let flagged = Flagged::count([(true, true), (true, false), (false, true), (false, true)].into_iter());
        close(flagged.precision(), 0.5);
        close(flagged.recall(), 1.0 / 3.0);
    }
}
