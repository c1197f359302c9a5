//! What must hold of a diary, whatever file a person chooses and whatever became of the values on disk.
//!
//! What these laws deliberately do not do: say what is counted; they say that reading does no harm and that what was read
//! is written as it was.

use plainsight::ledger::{packed, text};

/// Any bytes are a file, or none, and a value of the store, or none: what could be read is written and read the same.
pub(crate) fn diary(data: &[u8]) {
    if let Ok(value) = packed::unpack(data) {
        let sheet = value.sheet();
        assert_eq!(packed::unpack(&packed::pack(&sheet)).map(|again| again.sheet()), Ok(sheet));
    }
    let Ok(file) = text::read(&String::from_utf8_lossy(data)) else { return };
    assert_eq!(text::read(&text::write(&file.sheets, file.choices.clone())).as_ref(), Ok(&file));
    for sheet in file.sheets.values() {
        assert_eq!(packed::unpack(&packed::pack(sheet)).map(|again| again.sheet()).as_ref(), Ok(sheet));
    }
}
