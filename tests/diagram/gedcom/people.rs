//! Individual records: names, sexes, births and deaths.

use super::{file, file7, import, kinds, person};
use asesmen::diagram::gedcom::{Note, NoteKind};
use asesmen::diagram::{Life, Person, Sex};
use asesmen::domain::Qualifier;

fn one(lines: &str) -> (Person, Vec<NoteKind>) {
    let imported = import(&file(&format!("0 @I1@ INDI\n{lines}")));
    (imported.genogram.people[0].clone(), kinds(&imported))
}

#[test]
fn names_are_shown_without_the_slashes_around_the_surname() {
    let table = [
        ("1 NAME Siti /Aminah/", "Siti Aminah"),
        ("1 NAME Siti//", "Siti"),
        ("1 NAME /Aminah/", "Aminah"),
        ("1 NAME Siti/Aminah/binti Umar", "Siti Aminah binti Umar"),
        ("1 NAME   Siti   Nur  ", "Siti Nur"),
        ("1 NAME Siti\u{7}\t/Aminah", "Siti Aminah"),
        ("1 NAME //", ""),
        ("1 NAME", ""),
        ("1 NAME\n2 GIVN Siti\n2 SURN Aminah\n2 NPFX Hj.", "Hj. Siti Aminah"),
        ("1 NAME Siti /Aminah/\n2 GIVN Siti\n2 SURN Aminah", "Siti Aminah"),
        ("1 NAME\n2 NICK Iti", "Iti"),
        ("1 NAME <b>Siti</b> & \"x\" <script>", "<b>Siti< b> & \"x\" <script>"),
        ("1 NAME أمينة 愛", "أمينة 愛"),
    ];
    for (lines, name) in table {
        let (person, notes) = one(lines);
        assert_eq!((person.name.as_str(), notes), (name, Vec::new()), "{lines}");
    }
}

#[test]
fn of_several_names_the_first_is_shown() {
    let (person, notes) = one("1 NAME Siti /Aminah/\n2 TYPE birth\n1 NAME Ny. /Umar/\n2 TYPE married");
    assert_eq!(person.name, "Siti Aminah");
    let left_out = NoteKind::LeftOut { tag: "TYPE".to_owned() };
    assert_eq!(notes, [left_out, NoteKind::FurtherName { name: "Ny. Umar".to_owned() }]);
}

#[test]
fn every_sex_of_either_version_is_known() {
    let table = [
        ("M", Sex::Male),
        ("f", Sex::Female),
        ("X", Sex::Other),
        ("U", Sex::Unknown),
        ("N", Sex::Unknown),
        ("Male", Sex::Male),
        ("", Sex::Unknown),
    ];
    for (code, sex) in table {
        let (person, notes) = one(&format!("1 SEX {code}"));
        assert_eq!((person.sex, notes), (sex, Vec::new()), "{code}");
    }
    let (person, notes) = one("1 SEX Q");
    assert_eq!((person.sex, notes), (Sex::Unknown, vec![NoteKind::SexUnknown { text: "Q".to_owned() }]));
}

#[test]
fn a_death_in_any_form_makes_dead_and_its_denial_living() {
    let table = [
        ("1 DEAT", Life::Dead),
        ("1 DEAT Y", Life::Dead),
        ("1 DEAT\n2 DATE 1990", Life::Dead),
        ("1 BURI Y", Life::Dead),
        ("1 CREM", Life::Dead),
        ("1 NO DEAT", Life::Living),
        ("1 DEAT N", Life::Living),
        ("1 _LIVING Y", Life::Living),
        ("1 NO MARR", Life::Unknown),
        ("1 SEX F", Life::Unknown),
    ];
    for (lines, life) in table {
        assert_eq!(one(lines).0.life, life, "{lines}");
    }
}

#[test]
fn a_christening_or_a_burial_tells_before_when() {
    let (person, notes) = one("1 NAME Siti\n1 CHR\n2 DATE 3 MAY 1980\n1 BURI\n2 DATE 4 MAY 1990");
    let dates = [person.birth, person.death].map(|date| date.expect("a date"));
    assert_eq!(dates.each_ref().map(|date| date.qualifier), [Qualifier::Before; 2]);
    assert_eq!(dates.map(|date| date.calendar.expect("a day").to_string()), ["1980-05-03", "1990-05-04"]);
    let told = |tag| NoteKind::DateInferred { tag, who: "Siti".to_owned() };
    assert_eq!(notes, [told("CHR"), told("BURI")]);
}

#[test]
fn of_several_births_the_first_that_is_dated_counts() {
    let (person, notes) = one("1 NAME Siti\n1 BIRT\n1 BIRT\n2 DATE 1980\n1 BIRT\n2 DATE 1981");
    assert_eq!(person.birth.and_then(|date| date.calendar).expect("a year").to_string(), "1980");
    assert_eq!(notes, [NoteKind::FurtherDate { tag: "BIRT", who: "Siti".to_owned() }]);
}

#[test]
fn ages_at_death_are_years() {
    let told = |text: &str| vec![NoteKind::AgeChanged { text: text.to_owned() }];
    let table = [
        ("67y", Some(67), vec![]),
        ("67", Some(67), vec![]),
        ("67y 3m 2d", Some(67), vec![]),
        ("8m", Some(0), vec![]),
        ("3w 2d", Some(0), vec![]),
        ("> 67y", Some(67), told("> 67y")),
        ("<1y", Some(0), told("<1y")),
        ("< 8y", None, told("< 8y")),
        ("INFANT", Some(0), told("INFANT")),
        ("CHILD", None, told("CHILD")),
        ("STILLBORN", Some(0), vec![]),
        ("99999y", None, told("99999y")),
        ("", None, vec![]),
    ];
    for (written, age, notes) in table {
        let (person, found) = one(&format!("1 DEAT\n2 AGE {written}"));
        assert_eq!((person.age, found), (age, notes), "{written}");
    }
}

#[test]
fn nobody_is_the_index_person_unless_our_own_tag_says_so() {
    let plain = import(&file("0 @I1@ INDI\n1 NAME Siti"));
    assert!(!plain.genogram.people[0].is_index && !plain.genogram.people[0].in_household);
    let marked = import(&file7("0 @I1@ INDI\n1 _INDEX Y\n1 _HOUSEHOLD Y\n0 @I2@ INDI\n1 NAME Budi\n1 _INDEX Y"));
    assert!(person(&marked.genogram, "I1").is_index && person(&marked.genogram, "I1").in_household);
    assert!(!person(&marked.genogram, "I2").is_index);
    let note = Note { line: 7, times: 1, kind: NoteKind::FurtherIndex { who: "Budi".to_owned() } };
    assert_eq!(marked.notes, [note]);
}

#[test]
fn an_identifier_that_is_taken_is_given_up_and_nobody_is_lost() {
    let imported = import(&file(
        "0 @I1@ INDI\n1 NAME Siti\n0 @I1@ INDI\n1 NAME Budi\n0 INDI\n1 NAME Tanpa\n0 @F1@ FAM\n1 HUSB @I1@\n1 CHIL @I2@\n\
         0 @I2@ INDI\n1 NAME Adi\n1 FAMC @F1@",
    ));
    let names: Vec<&str> = imported.genogram.people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["Siti", "Budi", "Tanpa", "Adi"]);
    assert!(kinds(&imported).contains(&NoteKind::DuplicateId { id: "I1".to_owned() }));
    assert_eq!(super::ties(&imported.genogram, "I2")[0].0, "only I1");
}
