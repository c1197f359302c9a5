//! The diary as a file that a person takes away: one that can be read in again, and tables for a spreadsheet.
//!
//! The file says what it is and in which form. One of a later form, or one that is not whole, is refused as a whole: half
//! a diary read in would be a diary that is wrong. What is done with what was read is not said here; see `kept::merged`.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::kept::Key;
use super::period::{Period, date};
use super::sheet::Sheet;

/// The first word of a file.
const NAME: &str = "plainsight diary";
/// The first word of a file of what could not be read.
const DAMAGED: &str = "plainsight damaged parts";
/// The form of files that is written here.
const FORM: u32 = 1;

/// A file as it is read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// The diary.
    pub sheets: BTreeMap<Period, Sheet>,
    /// What the person chose, by the keys under which it is stored.
    pub choices: Map<String, Value>,
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is no diary.
    Foreign,
    /// A later release wrote it.
    Newer,
    /// It is a diary and damaged, here.
    Damaged(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Foreign => f.write_str("foreign"),
            Refused::Newer => f.write_str("newer"),
            Refused::Damaged(place) => write!(f, "damaged: {place}"),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Written {
    file: String,
    form: u32,
    #[serde(default)]
    choices: Map<String, Value>,
    #[serde(default)]
    sheets: BTreeMap<String, Sheet>,
}

/// Writes a file.
pub fn write(sheets: &BTreeMap<Period, Sheet>, choices: Map<String, Value>) -> String {
    let sheets = sheets.iter().map(|(period, sheet)| (period.to_string(), sheet.clone())).collect();
    let file = Written { file: NAME.to_owned(), form: FORM, choices, sheets };
    serde_json::to_string(&file).unwrap_or_default()
}

/// Writes values that could not be read, by their keys, for somebody who may mend them: their bytes as hexadecimal digits.
pub fn write_damaged(values: &BTreeMap<Key, Vec<u8>>) -> String {
    // Inserted one by one: to collect a map is to carry a sort.
    let mut all = Map::new();
    for (key, bytes) in values {
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        all.insert(key.to_string(), digits.into());
    }
    serde_json::json!({ "file": DAMAGED, "form": FORM, "values": all }).to_string()
}

/// Reads a file.
///
/// # Errors
/// If it is not one of ours, of a later form, or not whole.
pub fn read(text: &str) -> Result<File, Refused> {
    let damaged = |error: &dyn fmt::Display| Refused::Damaged(error.to_string());
    let value: Value = serde_json::from_str(text).map_err(|error| {
        if text.trim_start().starts_with('{') && text.contains(NAME) { damaged(&error) } else { Refused::Foreign }
    })?;
    if value.get("file").and_then(Value::as_str) != Some(NAME) {
        return Err(Refused::Foreign);
    }
    match value.get("form").and_then(Value::as_u64) {
        Some(form) if form > u64::from(FORM) => return Err(Refused::Newer),
        Some(form) if form == u64::from(FORM) => {}
        _ => return Err(Refused::Damaged("form".to_owned())),
    }
    let written: Written = serde_json::from_value(value).map_err(|error| damaged(&error))?;
    let mut file = File { choices: written.choices, ..File::default() };
    for (key, sheet) in written.sheets {
        let period = key.parse().map_err(|()| Refused::Damaged(key))?;
        file.sheets.insert(period, sheet);
    }
    Ok(file)
}

/// A table of the diary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Companies on sites.
    Sightings,
    /// What feeds were made of.
    Feeds,
    /// Pages opened and time.
    Sites,
}

impl Table {
    /// The table of this name.
    pub fn named(name: &str) -> Option<Table> {
        match name {
            "sightings" => Some(Table::Sightings),
            "feeds" => Some(Table::Feeds),
            "sites" => Some(Table::Sites),
            _ => None,
        }
    }
}

/// Writes a table as RFC 4180 says. Both days are in the period.
pub fn csv(sheets: &BTreeMap<Period, Sheet>, table: Table) -> String {
    let mut out = String::from(match table {
        Table::Sightings => "from,to,site,company,requests,stopped,stopped by others,let through,not seen\r\n",
        Table::Feeds => "from,to,site,platform,what,name,items\r\n",
        Table::Sites => "from,to,site,pages,seconds\r\n",
    });
    for (period, sheet) in sheets {
        let (from, to) = period.days();
        let days = [date(from), date(to.saturating_sub(1))];
        for (site, row) in &sheet.sites {
            let mut line = |cells: &[&dyn fmt::Display]| {
                let cells = cells.iter().map(|cell| quoted(&cell.to_string())).collect::<Vec<_>>().join(",");
                out.push_str(&format!("{},{},{},{cells}\r\n", days[0], days[1], quoted(site)));
            };
            match table {
                Table::Sites => line(&[&row.pages, &row.seconds]),
                Table::Sightings => {
                    for (company, it) in &row.companies {
                        line(&[company, &it.requests, &it.stopped, &it.others, &it.through, &it.not_seen()]);
                    }
                }
                Table::Feeds => {
                    for (platform, feed) in &row.feeds {
                        let places = [
                            ("sponsored", feed.sponsored),
                            ("suggested", feed.suggested),
                            ("followed", feed.followed),
                            ("unknown", feed.unknown),
                        ];
                        for (name, count) in places {
                            line(&[platform, &"place", &name, &count]);
                        }
                        for (what, tally) in ["source", "kind", "act", "undone"].into_iter().zip(feed.tallies()) {
                            for (name, count) in tally {
                                line(&[platform, &what, name, count]);
                            }
                        }
                    }
                }
            }
        }
    }
    out
}

/// A cell that a spreadsheet takes for text whatever it begins with: names of sources are a platform's.
fn quoted(cell: &str) -> String {
    let cell = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::super::sheet::{Feed, Row, tests::any_sheet};
    use super::super::sighting::Counts;
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn what_is_no_whole_diary_of_this_form_is_refused() {
        let whole = write(&[(Period::Day(1), Sheet::default())].into(), Map::new());
        assert!(read(&whole).is_ok());
        let refused = |text: &str| read(text).map_err(|error| error.to_string().split(':').next().map(str::to_owned));
        for (text, why) in [
            ("", "foreign"),
            ("{}", "foreign"),
            ("[1]", "foreign"),
            (&whole[..whole.len() - 3], "damaged"),
            (&whole.replace("\"form\":1", "\"form\":2"), "newer"),
            (&whole.replace("\"form\":1", "\"form\":\"x\""), "damaged"),
            (&whole.replace("d1", "y1"), "damaged"),
            (&whole.replace("\"d1\":{}", "\"d1\":{\"a\":{\"pages\":-1}}"), "damaged"),
        ] {
            assert_eq!(refused(text), Err(Some(why.to_owned())), "{text}");
        }
    }

    #[test]
    fn what_could_not_be_read_is_written_to_the_byte() {
        let file: Value =
            serde_json::from_str(&write_damaged(&[(Key::Aside("sheet d1".to_owned()), vec![0, 10, 255])].into()))
                .expect("JSON");
        assert_eq!(
            file,
            json!({ "file": "plainsight damaged parts", "form": 1, "values": { "aside sheet d1": "000aff" } })
        );
        assert_eq!(read(&file.to_string()), Err(Refused::Foreign));
    }

    #[test]
    fn tables_are_read_by_spreadsheets_as_text() {
        let counts = Counts { requests: 5, stopped: 2, others: 0, through: 1 };
        let feed = Feed { sponsored: 1, sources: [("=cmd()".to_owned(), 3)].into(), ..Feed::default() };
        let row = Row {
            companies: [("Loud, \"Inc\"".to_owned(), counts)].into(),
            feeds: [("x".to_owned(), feed)].into(),
            pages: 2,
            seconds: 60,
        };
        let sheets = [(Period::week_of(20_779), Sheet { sites: [("a.example".to_owned(), row)].into() })].into();
        let lines = |table| csv(&sheets, table).lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(lines(Table::Sightings), ["2026-11-16,2026-11-22,a.example,\"Loud, \"\"Inc\"\"\",5,2,0,1,2"]);
        assert_eq!(lines(Table::Sites), ["2026-11-16,2026-11-22,a.example,2,60"]);
        assert_eq!(lines(Table::Feeds)[0], "2026-11-16,2026-11-22,a.example,x,place,sponsored,1");
        assert_eq!(lines(Table::Feeds)[4], "2026-11-16,2026-11-22,a.example,x,source,'=cmd(),3");
    }

    proptest! {
        #[test]
        fn a_file_is_read_as_it_was_written(sheet in any_sheet(), day in 0u32..99_999) {
            let sheets: BTreeMap<Period, Sheet> = [(Period::Day(day), sheet)].into();
            let choices = json!({ "settings": { "lowers": true } }).as_object().cloned().unwrap_or_default();
            let file = read(&write(&sheets, choices.clone()));
            prop_assert_eq!(file, Ok(File { sheets, choices }));
        }
    }
}
