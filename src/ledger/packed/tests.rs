//! The stored form: what is written comes out again, and of what is damaged only what is whole.
//!
//! Nothing here knows what the counts mean.

use proptest::prelude::*;

use super::super::sheet::tests::any_sheet;
use super::*;

#[test]
fn a_later_form_is_told_from_damage() {
    assert_eq!(unpack(&[WITH_OPENED + 1, 7, 7]), Err(Unreadable::Newer));
    for bytes in [&[][..], &[0], &[VERSION], &[VERSION, 9, 0, 0]] {
        assert_eq!(unpack(bytes), Err(Unreadable::Damaged), "{bytes:?}");
    }
}

proptest! {
    #[test]
    fn what_is_packed_comes_out_again(sheet in any_sheet()) {
        let bytes = pack(&sheet);
        let value = unpack(&bytes).expect("our own form is readable");
        prop_assert!(!value.is_damaged);
        prop_assert_eq!(value.sheet(), sheet);
    }

    /// Whatever was done to it, what is read of a value stood in it, and what is lost is told.
    #[test]
    fn of_a_damaged_value_only_what_is_whole_is_read(sheet in any_sheet(), at in any::<usize>(), to in any::<u8>()) {
        let mut bytes = pack(&sheet);
        let at = at % bytes.len();
        let is_same = bytes[at] == to;
        bytes[at] = to;
        if let Ok(value) = unpack(&bytes) {
            // The form alone may be another one, and say the same.
            let is_told = value.is_damaged || value.sheet() == sheet;
            prop_assert!(is_told && !(is_same && value.is_damaged));
            for (site, row) in value.sheet().sites {
                let alone = unpack_site(&bytes, &site).expect("the names are whole").sheet();
                prop_assert_eq!(alone.sites.into_iter().collect::<Vec<_>>(), [(site.clone(), row.clone())]);
                prop_assert_eq!(Some(&row), sheet.sites.get(&site));
            }
        }
    }

    #[test]
    fn a_cut_value_or_any_bytes_are_no_harm(sheet in any_sheet(), len in any::<usize>(), any in any::<Vec<u8>>()) {
        let bytes = pack(&sheet);
        let _ = unpack(&bytes[..len % bytes.len()]).map(|value| value.sheet());
        let _ = unpack(&any).map(|value| value.sheet());
    }
}
