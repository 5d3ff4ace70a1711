//! Any bytes as GEDCOM: read or refused; what is read is written again, and comes in as it went out.

#![no_main]

use asesmen::diagram::Genogram;
use asesmen::diagram::gedcom::{read, write};
use asesmen::wording::{Language, gedcom_note};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(imported) = read(bytes) else { return };
    for note in &imported.notes {
        assert!(!gedcom_note(Language::En, note).is_empty());
    }
    let again = read(write(&imported.genogram).as_bytes()).expect("our own file");
    assert_eq!(sorted(again.genogram), sorted(imported.genogram), "what was written is read as it was");
    assert!(again.notes.is_empty(), "our own file needs no notes: {:?}", again.notes);
});

/// A file tells child ties family by family, so they may come in another order, and the places of children by their order
/// alone.
fn sorted(genogram: Genogram) -> Genogram {
    let mut genogram = genogram;
    genogram.children.iter_mut().for_each(|tie| tie.order = None);
    genogram.children.sort_by_key(|tie| (tie.child.clone(), tie.parents.clone()));
    genogram
}
