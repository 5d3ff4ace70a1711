//! Any bytes are read or refused, in time that grows with their number.

use super::trip::told;
use super::{file, import, kinds, sound};
use asesmen::diagram::gedcom::{NoteKind, read, write};
use proptest::prelude::*;

/// Lines that mean something, in any order: the way to states that no program writes.
fn line() -> impl Strategy<Value = String> {
    let level = prop_oneof![Just("0"), Just("1"), Just("1"), Just("2"), Just("2"), Just("3"), Just("9")];
    let tag = prop::sample::select(vec![
        "INDI", "INDI", "INDI", "FAM", "FAM", "HUSB", "WIFE", "CHIL", "FAMS", "FAMC", "NAME", "SEX", "BIRT", "DEAT",
        "CHR", "DATE", "AGE", "PHRASE", "MARR", "DIV", "ENGA", "TYPE", "PEDI", "ADOP", "STAT", "ASSO", "RELA", "ROLE",
        "EXID", "NO", "EVEN", "CONT", "CONC", "_UNION", "_UNTIL", "_CHILD", "_TWINS", "_FEELING", "_INDEX", "_FREL",
        "_MREL", "_SHOWN", "TRLR", "HEAD", "VERS",
    ]);
    let value = prop_oneof![
        prop::sample::select(vec!["@A@", "@B@", "@C@", "@D@", "@VOID@", "", "Y", "N"]),
        prop::sample::select(vec![
            "1980",
            "BET 1980 AND 1990",
            "@#DJULIAN@ 1 JAN 1700",
            "STILLBORN",
            "twin",
            "DATING",
            "Natural"
        ]),
    ];
    let xref = prop_oneof![Just(""), Just("@A@ "), Just("@B@ "), Just("@C@ "), Just("@D@ ")];
    (level, xref, tag, value).prop_map(|(level, xref, tag, value)| {
        let xref = if level == "0" { xref } else { "" };
        format!("{level} {xref}{tag} {value}\n")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 256 } else { 2048 }))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(imported) = read(&bytes) {
            sound(&imported.genogram);
        }
    }

    #[test]
    fn any_bytes_behind_a_header_are_read(declared in "(ANSEL|UTF-8|ANSI|IBMPC|MACINTOSH|UNICODE|)", bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let head = format!("0 HEAD\n1 CHAR {declared}\n0 @I1@ INDI\n1 NAME ");
        let imported = read(&[head.as_bytes(), &bytes].concat()).expect("a header");
        sound(&imported.genogram);
    }

    #[test]
    fn any_lines_come_out_sound_and_come_out_again(lines in prop::collection::vec(line(), 0..60)) {
        let imported = import(&file(&lines.concat()));
        let again = read(write(&imported.genogram).as_bytes()).expect("our own file");
        prop_assert_eq!(&again.notes, &[]);
        prop_assert_eq!(told(&again.genogram), told(&imported.genogram));
    }

    #[test]
    fn any_date_is_read(date in "(ABT |BET |@#D|FROM |INT |)[0-9A-Z/() .@-]{0,20}") {
        let imported = import(&file(&format!("0 @I1@ INDI\n1 BIRT\n2 DATE {date}")));
        prop_assert_eq!(imported.genogram.people.len(), 1);
    }
}

#[test]
fn ten_thousand_people_and_more_are_read() {
    let people = 12_000;
    let records: String = (0..people)
        .map(|at| {
            format!("0 @I{at}@ INDI\n1 NAME Orang {at}\n1 SEX M\n1 FAMS @F{at}@\n1 FAMC @F{}@\n", (at + people - 1) / 2)
        })
        .collect();
    let families: String = (0..people).map(|at| format!("0 @F{at}@ FAM\n1 HUSB @I{at}@\n")).collect();
    let imported = read(file(&(records + &families)).as_bytes()).expect("a family");
    assert_eq!(imported.genogram.people.len(), people);
}

/// What takes time that grows with the square of the lines would take very long here.
#[test]
fn no_shape_of_a_file_takes_longer_than_its_length() {
    let many = 20_000;
    let people = |line: &str| -> String { (0..many).map(|at| format!("0 @I{at}@ INDI\n{line}\n")).collect() };
    let children: String = (0..many).map(|at| format!("1 CHIL @I{at}@\n")).collect();
    let shapes = [
        people("1 FAMC @F@") + "0 @F@ FAM\n1 HUSB @I0@\n" + &children,
        people("1 FAMS @F@") + "0 @F@ FAM\n1 MARR\n",
        people("1 ASSO @I0@\n2 RELA twin"),
        format!("0 @I0@ INDI\n{}", "1 NAME x\n".repeat(many)),
        format!("0 @I0@ INDI\n{}", "1 FAMS @F@\n".repeat(many) + "0 @F@ FAM\n"),
        format!("0 @F@ FAM\n{}", "1 _COML\n".repeat(many) + &"1 ENGA\n".repeat(many)),
        format!("0 @F@ FAM\n{}", "1 MARR\n1 DIV\n".repeat(many)),
        "0 INDI\n".repeat(many),
        "0 @I1@ INDI\n".repeat(many),
        "0 @F1@ FAM\n1 MARR\n".repeat(many),
        format!("0 @I0@ INDI\n1 NAME x\n{}", "2 CONC y\n".repeat(many)),
        (0..many).map(|at| format!("0 @I0@ INDI\n1 TAG{at} x\n")).collect(),
    ];
    for shape in shapes {
        let imported = import(&file(&shape));
        assert!(imported.notes.len() < 6_000);
        let _ = write(&imported.genogram);
    }
}

#[test]
fn more_notes_than_anybody_reads_are_counted() {
    let records: String = (0..20_000).map(|at| format!("0 @I{at}@ INDI\n1 SEX Q{at}\n")).collect();
    let imported = import(&file(&records));
    let last = imported.notes.last().expect("notes");
    assert_eq!((last.kind.clone(), last.times), (NoteKind::More, 15_000));
    assert_eq!(kinds(&imported).len(), 5_001);
}
