//! The judge: facts and signals of one item, by the person's settings, to a verdict with its evidence.
//!
//! The settings say what is to be done with each kind; what is not found is shown. Each kind speaks for itself, and the
//! strongest act of all wins. Facts are facts; signals may err, so a weak one alone is none, and there are reasons to be
//! lenient ([`leniency`]). The judge deliberately keeps nothing: what the person undid stands in their settings.

use super::item::{Item, Said};
use super::level::{Leniency, Level};
use super::notice::Notice;
use super::settings::Settings;
use crate::verdict::{Act, Evidence, Group, Kind, Verdict};

/// A signal that is less sure than this is weak: alone it is none, and beside others it only names the item. Half means
/// that whoever wrote the phrase, or the model, holds it as likely to be wrong as right; a phrase far inside a long text
/// comes to less than that.
const WEAK: f32 = 0.5;

/// What is to be done with an item of `site`, and why. Evidence for a kind that is to be shown stays in the verdict:
/// the receipt tells of it all the same.
pub fn judge(site: &str, item: &Item, notice: &Notice, settings: &Settings) -> Verdict {
    // What a person wrote stays as it is, whatever it says.
    if item.own {
        return Verdict::default();
    }
    let words = notice.fold(item);
    let alike = notice.alike(site, item, &words, &settings.own);
    weigh(site, item, notice.read(item, &words, settings.level), alike, settings)
}

/// What is to be done with a comment: one that insults is folded, where the person wants that, and nothing else is said of
/// any. The model is heard on its strict level and whatever it finds counts alone, for the person has asked for just that;
/// it is judged more gently for the same reasons as an item's words are.
pub fn judge_comment(site: &str, comment: &Item, notice: &Notice, settings: &Settings) -> Verdict {
    if comment.own || !settings.comments {
        return Verdict::default();
    }
    let mut because = notice.read(comment, &notice.fold(comment), Level::Strict);
    because.retain(|evidence| evidence.kind.group() == Some(Group::Heated));
    because.retain(|evidence| !settings.own.is_wrong(site, comment, evidence));
    let gently = |evidence: &Evidence| {
        Leniency { weak: false, ..leniency(site, comment, settings, evidence) }.soften(Act::Lower, false)
    };
    Verdict { act: because.iter().map(gently).max().unwrap_or_default(), because }
}

/// The verdict on an item in whose words this was noticed, and that is like these topics of the person's own.
fn weigh(site: &str, item: &Item, noticed: Vec<Evidence>, alike: (Act, Vec<Evidence>), settings: &Settings) -> Verdict {
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
    because.extend(noticed);
    because.retain(|evidence| !settings.own.is_wrong(site, item, evidence));
    let is_lone = because.iter().filter(|evidence| is_signal(evidence)).count() == 1;
    because.retain(|evidence| !(is_lone && is_weak(evidence)));
    let act_on = |evidence: &Evidence| settings.act_on(site, evidence.kind, leniency(site, item, settings, evidence));
    let mut act = because.iter().map(act_on).max().unwrap_or_default();
    if settings.wants_followed_only(site) && because.iter().any(|evidence| is_from_elsewhere(evidence.kind)) {
        act = Act::Hide;
    }
    let (wished, wishes) = settings.own.read(site, item);
    because.extend(wishes);
    because.extend(alike.1);
    Verdict { act: act.max(wished).max(alike.0), because: in_order(because) }
}

/// Why less is done with this evidence than the settings say; there is no reason where a fact is stated.
pub fn leniency(site: &str, item: &Item, settings: &Settings, evidence: &Evidence) -> Leniency {
    if !is_signal(evidence) {
        return Leniency::default();
    }
    let undone = settings.own.undone(site, item, evidence.kind);
    Leniency { followed: item.followed == Some(true), undone, weak: is_weak(evidence) }
}

fn is_signal(evidence: &Evidence) -> bool {
    matches!(evidence.kind, Kind::Noticed(_))
}

fn is_weak(evidence: &Evidence) -> bool {
    is_signal(evidence) && evidence.strength < WEAK
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::Origin;
    use serde_json::json;

    fn noticed(kind: &str, strength: f32) -> Evidence {
        Evidence {
            kind: Kind::named(kind).expect("there is such a kind"),
            strength,
            quote: format!("{kind} in words"),
            span: Some((0, 4)),
            origin: Origin::Text,
            rule: String::new(),
        }
    }

    /// What is done with an item of Mara's, and what for: the kinds in their order.
    fn check(followed: bool, settings: serde_json::Value, found: &[(&str, f32)]) -> (Act, Vec<&'static str>) {
        let item = Item { author: Some("mara".into()), followed: Some(followed), ..Item::default() };
        let evidence = found.iter().map(|(kind, strength)| noticed(kind, *strength)).collect();
        let verdict = weigh("x", &item, evidence, Default::default(), &Settings::from(settings));
        (verdict.act, verdict.because.iter().map(|evidence| evidence.kind.name()).collect())
    }

    #[test]
    fn one_weak_signal_is_none_and_two_name_the_item() {
        let on = json!({ "derank": true });
        assert_eq!(check(false, on.clone(), &[("tag-bait", 0.4)]), (Act::Show, vec![]));
        assert_eq!(check(false, on.clone(), &[("tag-bait", 0.5)]), (Act::Lower, vec!["tag-bait"]));
        let two = [("tag-bait", 0.3), ("urgency", 0.4)];
        assert_eq!(check(false, on.clone(), &two), (Act::Label, vec!["urgency", "tag-bait"]));
        // A weak one does not make more of what a strong one says.
        let strict = json!({ "derank": true, "level": "strict" });
        let beside = [("listicle", 0.9), ("tag-bait", 0.4)];
        assert_eq!(check(false, strict, &beside), (Act::Lower, vec!["listicle", "tag-bait"]));
    }

    #[test]
    fn who_is_followed_is_judged_one_step_more_gently_unless_the_person_chose() {
        let strong = [("tag-bait", 0.9)];
        let acts =
            |settings: serde_json::Value| [false, true].map(|followed| check(followed, settings.clone(), &strong).0);
        assert_eq!(acts(json!({ "derank": true })), [Act::Lower, Act::Dim]);
        assert_eq!(acts(json!({ "derank": true, "level": "strict" })), [Act::Hide, Act::Lower]);
        assert_eq!(acts(json!({ "derank": true, "level": "gentle" })), [Act::Label, Act::Label]);
        assert_eq!(acts(json!({ "derank": true, "acts": { "bait": "hide" } })), [Act::Hide, Act::Hide]);
        assert_eq!(acts(json!({})), [Act::Label, Act::Label]);
    }

    #[test]
    fn facts_know_no_leniency() {
        let said = Said { value: String::new(), field: String::new(), origin: Origin::Wire };
        let item = Item { sponsored: Some(said), followed: Some(true), ..Item::default() };
        let settings = Settings::from(json!({ "derank": true, "level": "strict" }));
        assert_eq!(weigh("x", &item, vec![], Default::default(), &settings).act, Act::Lower);
    }

    #[test]
    fn what_was_undone_counts_for_its_author_kind_and_site() {
        let undone = |kind: &str, site: &str, author: &str| json!({ "kind": kind, "of": "other words", "by": format!("{site}/{author}") });
        let act = |wrong: Vec<serde_json::Value>| {
            check(false, json!({ "derank": true, "own": { "wrong": wrong } }), &[("tag-bait", 0.9)]).0
        };
        let one = undone("tag-bait", "x", "Mara");
        assert_eq!(act(vec![one.clone()]), Act::Dim);
        assert_eq!(act(vec![one.clone(), one.clone()]), Act::Label);
        let others = [("vote-bait", "x", "mara"), ("tag-bait", "reddit", "mara"), ("tag-bait", "x", "tom")];
        assert_eq!(act(others.map(|(kind, site, author)| undone(kind, site, author)).to_vec()), Act::Lower);
        // As it was stored before authors were.
        assert_eq!(act(vec![json!({ "kind": "tag-bait", "of": "other words" })]), Act::Lower);
        assert_eq!(act(vec![json!({ "kind": "tag-bait", "of": "TAG-bait in words" })]), Act::Show);
    }
}
