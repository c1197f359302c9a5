//! The wire: reads facts from the JSON that a platform sends to its own page.
//!
//! The page's data says with type names and ids what the page itself says, if at all, with words that change by the
//! week. What is kept of an answer is one [`Record`] an item: ids, facts and who wrote it, and the words only as long as
//! the page shows them, never on disk. Answers are foreign text: what cannot be read is refused and the rest is used.

pub mod order;
pub mod path;
pub mod scan;
mod sent;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::labels::Labels;
use super::site::{Field, Site, Take, Votes, WireRule, family, path_fits};
use crate::verdict::Refusal;
use order::{Order, Piece};
use path::Path;
pub use sent::Sent;

/// No answer of a feed is known to be half as large; what is larger passes unread. In bytes.
pub const LARGEST: usize = 8 << 20;
/// How many items are remembered: a session of scrolling, some hundred bytes each.
const MOST: usize = 4_000;

/// What the wire said of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Every id that the page may show it by, its own first.
    pub ids: Vec<String>,
    /// The values found, with the path that each was found at.
    pub fields: BTreeMap<Field, (String, String)>,
}

/// The compiled wire rules of a site and what they have found so far.
#[derive(Debug, Default)]
pub struct Wire {
    rules: Vec<Rule>,
    records: VecDeque<Record>,
    /// How many records have been forgotten; the index counts from the first ever.
    forgotten: usize,
    index: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Rule {
    paths: Vec<String>,
    names: Vec<String>,
    begins: String,
    items: Vec<Path>,
    votes: Votes,
    order: Option<Order>,
    fields: Vec<(Field, Vec<(Path, Take)>)>,
}

/// What a body of data said.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// The ids that it speaks of.
    pub ids: Vec<String>,
    /// What could not be used.
    pub refusals: Vec<Refusal>,
    /// The order in which the page is to get it; empty if it is to get it as it is.
    pub pieces: Vec<Piece>,
}

/// The items of a body: where each stands in it, and what it says.
type Told = Vec<(Range<usize>, Record)>;

impl Rule {
    fn new(rule: &WireRule) -> Rule {
        // Paths were checked when the pack was made; one that still cannot be read finds nothing.
        let path = |text: &String| Path::parse(text).unwrap_or_default();
        Rule {
            paths: rule.paths.clone(),
            names: rule.names.clone(),
            begins: rule.begins.clone(),
            votes: rule.votes.clone(),
            order: rule.order.as_ref().map(Order::new),
            items: rule.items.iter().map(path).collect(),
            fields: rule
                .fields
                .iter()
                .map(|(field, takes)| (*field, takes.iter().map(|take| (path(&take.at), take.clone())).collect()))
                .collect(),
        }
    }

    fn speaks_of(&self, from: &Sent, number: usize) -> bool {
        match from {
            Sent::Answer { path, name } => {
                let is_named = if self.names.is_empty() { name.is_empty() } else { self.names.contains(name) };
                is_named && self.paths.iter().any(|fit| path_fits(fit, path))
            }
            Sent::Inline { rule } => *rule == number,
        }
    }

    /// What a path leads to: in all of the data, or in each value that stands behind what it begins with inline.
    fn found(&self, from: &Sent, body: &str, path: &Path) -> (Vec<Range<usize>>, Option<scan::Cut>) {
        if self.begins.is_empty() || matches!(from, Sent::Answer { .. }) {
            return scan::items(body, path);
        }
        let (mut found, mut cut) = (Vec::new(), None);
        for (at, begins) in body.match_indices(&self.begins) {
            let start = at + begins.len();
            let (items, own) = scan::items_of_first(&body[start..], path);
            found.extend(items.into_iter().map(|item| start + item.start..start + item.end));
            cut = cut.or(own.map(|scan::Cut(at)| scan::Cut(start + at)));
        }
        (found, cut)
    }

    /// All items of a body; `refuse` is told the line and reason of what cannot be used.
    fn told(&self, labels: Labels<'_>, from: &Sent, body: &str, refuse: &mut impl FnMut(usize, String)) -> Told {
        let mut told = Told::new();
        let name = match from {
            Sent::Answer { name, .. } => name.as_str(),
            Sent::Inline { .. } => "",
        };
        for items in &self.items {
            let (found, cut) = self.found(from, body, items);
            if let Some(scan::Cut(at)) = cut {
                refuse(0, format!("cut off at byte {at}"));
            }
            for at in found {
                match serde_json::from_str(body.get(at.clone()).unwrap_or_default()) {
                    Ok(item) => told.extend(self.record(labels, name, &item).map(|record| (at, record))),
                    Err(error) => refuse(error.line(), error.to_string()),
                }
            }
        }
        told
    }

    /// What the rule finds in one item of an answer to a request that gave this name.
    fn record(&self, labels: Labels<'_>, name: &str, item: &Value) -> Option<Record> {
        let mut record = Record::default();
        for (field, takes) in &self.fields {
            let found = takes.iter().enumerate().flat_map(|(way, (path, take))| {
                let raw = if take.named { vec![name.to_owned()] } else { path.values(item) };
                let values = raw.into_iter().filter_map(|value| cut(labels, take, &value));
                values.map(move |value| (way, take, value))
            });
            if *field == Field::Id {
                // An item may be shown by the id of what it repeats: all ways count, its own first.
                found.for_each(|(_, _, id)| {
                    if !record.ids.contains(&id) {
                        record.ids.push(id);
                    }
                });
            } else if let Some((_, take, value)) = agreed(&self.votes, *field, found) {
                let place = if take.named { "the request" } else { &take.at };
                record.fields.insert(*field, (value, place.to_owned()));
            }
        }
        (!record.ids.is_empty()).then_some(record)
    }
}

/// The first of these values, if as many families as the field needs have found one.
pub fn agreed<'a, T>(
    votes: &Votes,
    field: Field,
    found: impl Iterator<Item = (usize, &'a Take, T)>,
) -> Option<(usize, &'a Take, T)> {
    let needed = votes.get(&field).copied().unwrap_or(1);
    let mut families = Vec::new();
    let mut first = None;
    for (way, take, value) in found {
        let own = family(take, way);
        if !families.contains(&own) {
            families.push(own);
        }
        first.get_or_insert((way, take, value));
        if families.len() >= needed {
            return first;
        }
    }
    None
}

impl Wire {
    /// The reader of a site's wire.
    pub fn new(site: &Site) -> Wire {
        Wire { rules: site.wire.iter().map(Rule::new).collect(), ..Wire::default() }
    }

    /// Reads a body of data. Its items change places only if it is an answer, for what stands in a page is drawn already,
    /// and if it is said which of them are to be lower than the others.
    pub fn read(
        &mut self,
        site: &Site,
        labels: Labels<'_>,
        from: &Sent,
        body: &str,
        is_lower: Option<&dyn Fn(&Record) -> bool>,
    ) -> Heard {
        let Heard { mut ids, mut refusals, mut pieces } = Heard::default();
        let file = || match from {
            Sent::Answer { path, .. } => format!("{}: {}", site.id, path.split('?').next().unwrap_or_default()),
            Sent::Inline { rule } => format!("{}: inline, rule {rule}", site.id),
        };
        if body.len() > LARGEST {
            refusals.push(Refusal::new(file(), 0, format!("{} bytes are too many to be a feed", body.len())));
            return Heard { ids, refusals, pieces };
        }
        let is_lower = is_lower.filter(|_| matches!(from, Sent::Answer { .. }));
        let mut records = Vec::new();
        // Every path to items comes to the same cut; it is told once.
        let mut refuse = |line, reason| {
            let refusal = Refusal::new(file(), line, reason);
            refusals.extend((line > 0 || !refusals.contains(&refusal)).then_some(refusal));
        };
        for (_, rule) in self.rules.iter().enumerate().filter(|(number, rule)| rule.speaks_of(from, *number)) {
            let told = rule.told(labels, from, body, &mut refuse);
            if let (Some(order), Some(is_lower), true) = (&rule.order, is_lower, pieces.is_empty()) {
                // What is paid for keeps its place: the platform's accounts rest on where it stood.
                let movable = told.iter().filter(|(_, record)| !record.fields.contains_key(&Field::Sponsored));
                let movable: Vec<_> = movable.map(|(at, record)| (at.clone(), is_lower(record))).collect();
                pieces = order.pieces(body, &movable);
            }
            records.extend(told.into_iter().map(|(_, record)| record));
        }
        for record in records {
            ids.extend(record.ids.iter().cloned());
            self.keep(record);
        }
        Heard { ids, refusals, pieces }
    }

    /// What the wire said under this id; more than one where a post stands twice, as itself and as an advertisement.
    pub fn records_of<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Record> {
        let numbers = self.index.get(id).map(Vec::as_slice).unwrap_or_default();
        numbers.iter().filter_map(|number| self.records.get(number.checked_sub(self.forgotten)?))
    }

    /// All records that are remembered, the oldest first.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.iter()
    }

    fn keep(&mut self, record: Record) {
        let first = record.ids.first().map(String::as_str).unwrap_or_default();
        if self.records_of(first).any(|known| *known == record) {
            return;
        }
        if self.records.len() == MOST
            && let Some(oldest) = self.records.pop_front()
        {
            for id in &oldest.ids {
                let numbers = self.index.entry(id.clone()).or_default();
                numbers.retain(|number| *number != self.forgotten);
                if numbers.is_empty() {
                    self.index.remove(id);
                }
            }
            self.forgotten += 1;
        }
        let number = self.forgotten + self.records.len();
        for id in &record.ids {
            self.index.entry(id.clone()).or_default().push(number);
        }
        self.records.push_back(record);
    }
}

/// What is left of a raw value after a take's conditions and cuts; none if it does not fit or nothing is left.
pub fn cut(labels: Labels<'_>, take: &Take, raw: &str) -> Option<String> {
    if !raw.starts_with(&take.starts) || !raw.ends_with(&take.ends) {
        return None;
    }
    let value = if take.after.is_empty() { raw } else { raw.split_once(&take.after)?.1 };
    let value = if take.until.is_empty() { value } else { value.split(|c| take.until.contains(c)).next()? }.trim();
    let is_one = take.is.is_empty() || take.is.iter().any(|wanted| wanted == value);
    let is_long = take.least == 0 || value.chars().nth(take.least - 1).is_some();
    let is_label = || take.label.is_none_or(|label| labels.find(value).has(label));
    (!value.is_empty() && is_one && is_long && is_label()).then(|| value.to_string())
}

#[cfg(test)]
mod tests;
