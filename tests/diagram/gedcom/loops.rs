//! People who would be their own ancestors are imported without the tie that makes them so, and are named.

use super::{file, import, kinds, ties};
use asesmen::diagram::gedcom::NoteKind;
use asesmen::wording::{Language, gedcom_note};

fn parent_and_child(family: &str, parent: &str, child: &str) -> String {
    format!("0 @{family}@ FAM\n1 HUSB @{parent}@\n1 CHIL @{child}@\n")
}

fn ring(size: usize) -> String {
    let people: String = (0..size).map(|at| format!("0 @I{at}@ INDI\n1 NAME Orang {at}\n")).collect();
    let families =
        (0..size).map(|at| parent_and_child(&format!("F{at}"), &format!("I{}", (at + 1) % size), &format!("I{at}")));
    file(&(people + &families.collect::<String>()))
}

fn loops(kinds: Vec<NoteKind>) -> Vec<Vec<String>> {
    let people = |kind| match kind {
        NoteKind::OwnAncestor { people } => Some(people),
        _ => None,
    };
    kinds.into_iter().filter_map(people).collect()
}

#[test]
fn a_child_of_themselves_is_nobodys_child() {
    let imported = import(&ring(1));
    assert_eq!(loops(kinds(&imported)), [["Orang 0"]]);
    assert_eq!(imported.genogram.children, []);
}

#[test]
fn of_a_ring_one_tie_is_left_out_and_all_are_named() {
    let imported = import(&ring(3));
    assert_eq!(loops(kinds(&imported)), [["Orang 2", "Orang 0", "Orang 1"]]);
    assert_eq!(imported.genogram.children.len(), 2);
    assert_eq!(ties(&imported.genogram, "I2"), []);
    let note = imported.notes.iter().find(|note| matches!(note.kind, NoteKind::OwnAncestor { .. })).expect("told");
    assert_eq!(
        gedcom_note(Language::En, note),
        format!(
            "line {}: their own ancestor: Orang 2, child of Orang 0, child of Orang 1; the first tie was left out",
            note.line
        )
    );
    assert_eq!(ring(3).lines().nth(note.line as usize - 1), Some("1 CHIL @I2@"));
}

#[test]
fn of_a_long_ring_a_few_are_named() {
    let imported = import(&ring(20_000));
    assert_eq!(loops(kinds(&imported))[0].len(), 8);
    assert_eq!(imported.genogram.children.len(), 19_999);
}

#[test]
fn a_child_among_the_partners_of_its_parents_is_cut_off() {
    let imported = import(&file(
        "0 @A@ INDI\n1 NAME Adi\n1 FAMS @F@\n0 @B@ INDI\n1 NAME Bunga\n1 FAMS @F@\n1 FAMC @F@\n\
         0 @F@ FAM\n1 HUSB @A@\n1 WIFE @B@\n1 MARR\n1 CHIL @B@",
    ));
    assert_eq!(loops(kinds(&imported)), [["Bunga"]]);
    assert_eq!(imported.genogram.children, []);
}

#[test]
fn cousins_who_marry_are_no_loop() {
    let people: String = ["G", "P", "Q", "X", "Y", "Z"].iter().map(|id| format!("0 @{id}@ INDI\n")).collect();
    let families = [
        "0 @F1@ FAM\n1 HUSB @G@\n1 CHIL @P@\n1 CHIL @Q@\n",
        "0 @F2@ FAM\n1 HUSB @P@\n1 CHIL @X@\n",
        "0 @F3@ FAM\n1 WIFE @Q@\n1 CHIL @Y@\n",
        "0 @F4@ FAM\n1 HUSB @X@\n1 WIFE @Y@\n1 MARR\n1 CHIL @Z@\n",
    ];
    let imported = import(&file(&(people + &families.concat())));
    assert_eq!(loops(kinds(&imported)), Vec::<Vec<String>>::new());
    assert_eq!(imported.genogram.children.len(), 5);
}
