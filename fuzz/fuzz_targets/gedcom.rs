//! Any bytes as GEDCOM: read or refused; what is read is written again, and comes in as it went out.

#![no_main]

use asesmen::diagram::gedcom::{read, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(imported) = read(bytes) else { return };
    for note in &imported.notes {
        assert!(!note.to_string().is_empty());
    }
    let text = write(&imported.genogram);
    let again = read(text.as_bytes()).expect("our own file");
    // Child ties are told family by family, so the second time is the first one in their order.
    assert_eq!(write(&again.genogram), text, "what was written is read as it was");
    assert_eq!(again.genogram.people, imported.genogram.people);
    assert!(again.notes.is_empty(), "our own file needs no notes: {:?}", again.notes);
});
