//! How often the person opened items of an author or a community, where they have that counted.
//!
//! Names are other people's, and none comes here: who counts brings a mark in a name's place, made with a key that is the
//! person's own and forgotten when they stop. So a receipt that holds the name can be answered, and nobody can read a list
//! of names off the diary. Making marks is no business of this file.

use super::packed::unpack;
use super::sheet::{Row, Sheet, Tally};

/// Adds to `sums`, one for each of `marks`, how often each was opened on a platform, as a stored value holds it; nothing if
/// it cannot be read.
pub fn add_packed(bytes: &[u8], platform: &str, marks: &[String], sums: &mut [u32]) {
    let Ok(value) = unpack(bytes) else { return };
    let Some(platform) = value.names.iter().position(|it| *it == platform) else { return };
    for (_, feed) in value.rows.iter().flat_map(|row| &row.feeds).filter(|(name, _)| *name == platform) {
        add(&feed.opened, marks, sums);
    }
}

/// The same of a row.
pub fn add_row(row: &Row, platform: &str, marks: &[String], sums: &mut [u32]) {
    if let Some(feed) = row.feeds.get(platform) {
        add(&feed.opened, marks, sums);
    }
}

fn add(opened: &Tally, marks: &[String], sums: &mut [u32]) {
    for (mark, sum) in marks.iter().zip(sums) {
        *sum = sum.saturating_add(opened.get(mark).copied().unwrap_or_default());
    }
}

/// Forgets all of it; whether there was any.
pub fn forget(sheet: &mut Sheet) -> bool {
    let mut any = false;
    for feed in sheet.sites.values_mut().flat_map(|row| row.feeds.values_mut()) {
        any |= !feed.opened.is_empty();
        feed.opened.clear();
    }
    any
}

#[cfg(test)]
mod tests {
    use super::super::packed::pack;
    use super::super::sheet::Feed;
    use super::*;

    fn row(feeds: &[(&str, &[(&str, u32)])]) -> Row {
        let feed = |opened: &[(&str, u32)]| Feed {
            suggested: 3,
            opened: opened.iter().map(|(mark, count)| ((*mark).to_owned(), *count)).collect(),
            ..Feed::default()
        };
        let feeds = feeds.iter().map(|(platform, opened)| ((*platform).to_owned(), feed(opened)));
        Row { feeds: feeds.collect(), ..Row::default() }
    }

    #[test]
    fn what_was_opened_is_summed_over_the_sites_of_a_platform_and_no_other() {
        let sites = [
            ("x.example", row(&[("x", &[("ana", 2), ("ben", 7)])])),
            ("old.example", row(&[("x", &[("ana", 1)]), ("y", &[("ana", 40)])])),
        ];
        let sheet = Sheet { sites: sites.clone().map(|(site, row)| (site.to_owned(), row)).into() };
        let marks = ["ana".to_owned(), "nobody".to_owned()];
        let mut sums = [0; 2];
        add_packed(&pack(&sheet), "x", &marks, &mut sums);
        assert_eq!(sums, [3, 0]);
        add_row(&sites[1].1, "x", &marks, &mut sums);
        assert_eq!(sums, [4, 0]);
        add_packed(&pack(&sheet)[1..], "x", &marks, &mut sums);
        add_packed(&pack(&sheet), "z", &marks, &mut sums);
        assert_eq!(sums, [4, 0]);
    }

    #[test]
    fn without_anything_opened_the_form_is_the_one_that_every_release_knows() {
        let form = |row: Row| pack(&Sheet { sites: [("x.example".to_owned(), row)].into() })[0];
        assert_eq!([form(row(&[("x", &[])])), form(row(&[("x", &[("ana", 2)])]))], [1, 2]);
    }

    #[test]
    fn what_is_forgotten_takes_nothing_else_with_it() {
        let mut sheet = Sheet { sites: [("x.example".to_owned(), row(&[("x", &[("ana", 2)])]))].into() };
        assert!(forget(&mut sheet));
        assert_eq!(sheet.sites["x.example"], row(&[("x", &[])]));
        assert!(!forget(&mut sheet));
    }
}
