//! The judge: facts and signals of one item, by the person's settings, to a verdict with its evidence.
//!
//! The settings say what is to be done with each kind; what is not found is shown. The judge deliberately
//! knows no weights and no history yet; each kind speaks for itself, and the strongest act of all wins.

use super::item::{Item, Said};
use super::settings::Settings;
use super::signals::Signals;
use crate::verdict::{Act, Evidence, Kind, Verdict};

/// What is to be done with an item of `site`, and why. Evidence for a kind that is to be shown stays in the verdict:
/// the receipt tells of it all the same.
pub fn judge(site: &str, item: &Item, signals: &Signals, settings: &Settings) -> Verdict {
    // What a person wrote stays as it is, whatever it says.
    if item.own {
        return Verdict::default();
    }
    let facts = [
        (Kind::Sponsored, &item.sponsored),
        (Kind::Partnership, &item.partnership),
        (Kind::Suggested, &item.suggested),
        (Kind::Activity, &item.activity),
        (Kind::Shelf, &item.shelf),
        (Kind::Ai, &item.ai),
    ];
    let mut because: Vec<Evidence> =
        facts.into_iter().filter_map(|(kind, said)| said.as_ref().map(|said| stated(kind, said))).collect();
    because.extend(signals.read(&item.text));
    because.retain(|evidence| !settings.own.is_wrong(item, evidence));
    let mut act = because.iter().map(|evidence| settings.act_on(site, evidence.kind)).max().unwrap_or_default();
    if settings.wants_followed_only(site) && because.iter().any(|evidence| is_from_elsewhere(evidence.kind)) {
        act = Act::Hide;
    }
    let (wished, wishes) = settings.own.read(site, item);
    because.extend(wishes);
    Verdict { act: act.max(wished), because: in_order(because) }
}

/// A platform's own statement comes before what we noticed, the surer before the less sure. Each is put in its place: of
/// a handful that is as quick as a sort, whose code is several kilobytes for every type that is sorted.
fn in_order(because: Vec<Evidence>) -> Vec<Evidence> {
    let mut ordered: Vec<Evidence> = Vec::with_capacity(because.len());
    for one in because {
        let stands_before = |other: &Evidence| {
            let by_strength = one.strength.total_cmp(&other.strength);
            by_strength.then(other.origin.cmp(&one.origin)).then(other.kind.cmp(&one.kind)).is_le()
        };
        ordered.insert(ordered.partition_point(stands_before), one);
    }
    ordered
}

/// Whether items of this kind come from others than those whom the person follows.
fn is_from_elsewhere(kind: Kind) -> bool {
    matches!(kind, Kind::Sponsored | Kind::Suggested | Kind::Activity | Kind::Shelf)
}

fn stated(kind: Kind, said: &Said) -> Evidence {
    Evidence {
        kind,
        strength: 1.0,
        quote: said.value.clone(),
        span: None,
        origin: said.origin,
        rule: said.field.clone(),
    }
}
