//! From which score on a head flags: so that of every source of ordinary posts only a few are flagged.
//!
//! Ordinary posts are not labelled, and some of them are what the head looks for: the rates are upper bounds.

/// Of ordinary posts, so many may be flagged on each level, the gentlest first.
pub const RATES: [f32; 3] = [0.001, 0.005, 0.01];
/// One source may have so many times the rate, if others have less.
const UNEVEN: f32 = 1.5;

/// The lowest score from which on no more than this part of the sources' texts are flagged, on their mean, nor many more
/// of one. A text of which nothing was said has no score and counts.
pub fn limit(sources: &[Vec<Option<f32>>], rate: f32) -> f32 {
    let mut sorted: Vec<Vec<f32>> = sources.iter().map(|scores| scores.iter().copied().flatten().collect()).collect();
    sorted.iter_mut().for_each(|scores| scores.sort_by(|a, b| b.total_cmp(a)));
    let mut places: Vec<f32> = sorted.iter().flatten().copied().collect();
    places.sort_by(|a, b| b.total_cmp(a));
    let is_fine = |from: f32| {
        let flagged = sorted.iter().map(|scores| scores.partition_point(|score| *score >= from) as f32);
        let rates: Vec<f32> = flagged.zip(sources).map(|(n, all)| n / all.len().max(1) as f32).collect();
        rates.iter().sum::<f32>() <= rate * rates.len() as f32 && rates.iter().all(|own| *own <= rate * UNEVEN)
    };
    // What is fine for a score is fine for every higher one.
    let fine = places.partition_point(|place| is_fine(*place));
    fine.checked_sub(1).and_then(|at| places.get(at)).copied().unwrap_or(f32::INFINITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_source_is_flagged_more_than_allowed() {
        let even: Vec<Option<f32>> = (0..1000).map(|n| Some(n as f32)).collect();
        let calm: Vec<Option<f32>> = (0..1000).map(|n| (n % 2 == 0).then_some(n as f32 / 10.0)).collect();
        assert_eq!(limit(std::slice::from_ref(&even), 0.005), 995.0);
        // The calm one makes room for the other, but for no more than half as much again.
        assert_eq!(limit(&[even, calm], 0.01), 985.0);
        assert_eq!(limit(&[], 0.01), f32::INFINITY);
    }
}
