//! Files of others, read where they lie beside the repository; nothing of them is in it.

use super::sound;
use super::trip::told;
use asesmen::diagram::gedcom::{read, write};
use std::fs;
use std::path::Path;

#[test]
fn files_of_others_come_in_and_go_out() {
    let parents = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1).take(2);
    for folder in parents.map(|parent| parent.join("shared/data/gedcom")).filter(|folder| folder.is_dir()) {
        for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let bytes = fs::read(&entry).expect("a file");
            let text = String::from_utf8_lossy(&bytes);
            let people = text.lines().filter(|line| line.trim_end().ends_with(" INDI")).count();
            let imported = read(&bytes).expect("a family");
            sound(&imported.genogram);
            assert_eq!(imported.genogram.people.len(), people);
            let again = read(write(&imported.genogram).as_bytes()).expect("our own file");
            assert_eq!(again.notes, []);
            assert!(told(&again.genogram) == told(&imported.genogram), "{}", entry.display());
        }
    }
}
