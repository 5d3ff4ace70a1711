//! Lines as programs write them, and as people break them.

use super::{file, file7, import, kinds};
use asesmen::diagram::gedcom::{GedcomRefusal, NoteKind, read};
use asesmen::wording::{Language, gedcom_note};

const FAMILY: [&str; 11] = [
    "0 HEAD",
    "1 CHAR UTF-8",
    "0 @I1@ INDI",
    "1 NAME Siti /Aminah/",
    "1 SEX F",
    "1 BIRT",
    "2 DATE 3 MAY 1980",
    "0 @I2@ INDI",
    "1 NAME Budi",
    "1 SEX M",
    "0 TRLR",
];

#[test]
fn every_line_end_is_one() {
    let plain = read(FAMILY.join("\n").as_bytes()).expect("a family");
    assert_eq!(plain.genogram.people.len(), 2);
    for end in ["\r", "\r\n", "\n\r", "\n\n", "\r\n\r\n", "\n \t \n", "\n   ", "\n\t", "\r\n  \t"] {
        let imported = read(FAMILY.join(end).as_bytes()).expect("a family");
        assert_eq!(imported, plain, "{end:?}");
    }
}

#[test]
fn notes_count_a_line_end_of_two_characters_once() {
    for end in ["\r", "\n", "\r\n", "\n\r"] {
        let text = FAMILY.join(end).replace("1 SEX M", "1 OCCU guru");
        let imported = read(text.as_bytes()).expect("a family");
        let told: Vec<(u32, &NoteKind)> = imported.notes.iter().map(|note| (note.line, &note.kind)).collect();
        assert_eq!(told, [(10, &NoteKind::LeftOut { tag: "OCCU".to_owned() })], "{end:?}");
    }
}

#[test]
fn delimiters_may_be_many_and_tabs() {
    let imported = import("0  HEAD\n\t0   @I1@\tINDI\n 1\tNAME Siti\n1  SEX   F\n0 TRLR");
    assert_eq!((imported.genogram.people[0].name.as_str(), imported.notes.len()), ("Siti", 0));
}

#[test]
fn texts_go_on_over_lines_of_any_length() {
    let long = "a".repeat(300);
    let records =
        format!("0 @I1@ INDI\n1 NAME Siti Nur\n2 CONC baya \n2 CONC /Amin\n2 CONC ah/\n0 @I2@ INDI\n1 NAME {long}");
    let imported = import(&file(&records));
    assert_eq!(imported.genogram.people[0].name, "Siti Nurbaya Aminah");
    assert_eq!(imported.genogram.people[1].name, long);
    assert_eq!(kinds(&imported), []);
    let phrase = "0 @I1@ INDI\n1 BIRT\n2 DATE\n3 PHRASE sesudah\n4 CONT banjir\n4 CONT\n4 CONT   besar";
    let birth = import(&file7(phrase)).genogram.people[0].birth.clone().expect("a birth");
    assert_eq!(birth.event.as_deref(), Some("sesudah\nbanjir\n\n  besar"));
}

#[test]
fn what_is_longer_than_any_drawing_holds_is_cut_and_told() {
    let imported = import(&file(&format!("0 @I1@ INDI\n1 NAME {}", "é".repeat(100_000))));
    assert_eq!(imported.genogram.people[0].name.chars().count(), 500);
    assert_eq!(kinds(&imported), [NoteKind::TextCut]);
}

#[test]
fn at_signs_are_single_again_as_each_version_doubles_them() {
    let records = "0 @I1@ INDI\n1 NAME @@Siti@@rumah";
    assert_eq!(import(&file(records)).genogram.people[0].name, "@Siti@rumah");
    assert_eq!(import(&file7(records)).genogram.people[0].name, "@Siti@@rumah");
}

#[test]
fn a_level_that_jumps_belongs_to_the_line_before() {
    let imported = import(&file("0 @I1@ INDI\n1 NAME Siti\n1 BIRT\n3 DATE 1980\n5 PHRASE pagi"));
    let birth = imported.genogram.people[0].birth.clone().expect("a birth");
    assert_eq!(birth.event.as_deref(), Some("pagi"));
    let notes: Vec<_> = imported.notes.iter().map(|note| (note.line, note.times, &note.kind)).collect();
    assert_eq!(notes, [(9, 2, &NoteKind::LevelJump)]);
}

#[test]
fn lines_that_are_none_are_left_out_and_told() {
    for stray in
        ["bukan baris", "1", "-1 NAME Budi", "1NAME Budi", "1 @@ NAME", "99999999 NAME x", "1 NÄME x", "0 @I2 INDI"]
    {
        let imported = import(&file(&format!("0 @I1@ INDI\n1 NAME Siti\n{stray}\n1 SEX F")));
        assert_eq!(kinds(&imported), [NoteKind::StrayLine], "{stray}");
        assert_eq!(imported.notes[0].line, 8, "{stray}");
        assert_eq!(imported.genogram.people.len(), 1);
    }
}

#[test]
fn depth_costs_no_more_than_its_lines() {
    let deep: String = (1..60_000).map(|level| format!("{level} NOTE\n")).collect();
    let imported = import(&file(&format!("0 @I1@ INDI\n{deep}1 SEX F")));
    assert_eq!(kinds(&imported), [NoteKind::LeftOut { tag: "NOTE".to_owned() }]);
}

#[test]
fn what_is_no_gedcom_is_refused_by_name() {
    let too_many = format!("0 HEAD\n{}", "1 A\n".repeat(1_000_000));
    let too_large = vec![b' '; (32 << 20) + 1];
    let refused: [(&[u8], GedcomRefusal); 9] = [
        (b"", GedcomRefusal::NotGedcom),
        (b"\n\n", GedcomRefusal::NotGedcom),
        (b"{\"resourceType\":\"Bundle\"}", GedcomRefusal::NotGedcom),
        (b"1 NAME Siti\n2 GIVN Siti", GedcomRefusal::NotGedcom),
        (b"0 @F1@ FAM\n0 TRLR", GedcomRefusal::NotGedcom),
        (&[0, 0, 0, 0], GedcomRefusal::NotGedcom),
        (b"PK\x03\x04\x14\x00", GedcomRefusal::Gedzip),
        (too_many.as_bytes(), GedcomRefusal::TooManyLines { limit: 1_000_000 }),
        (&too_large, GedcomRefusal::TooLarge { bytes: (32 << 20) + 1, limit: 32 << 20 }),
    ];
    for (bytes, refusal) in refused {
        assert_eq!(read(bytes), Err(refusal), "{:?}", &bytes[..bytes.len().min(20)]);
        assert!(!refusal.to_string().is_empty());
    }
}

#[test]
fn a_file_without_header_or_trailer_is_read_and_told() {
    let imported = import("0 @I1@ INDI\n1 NAME Siti");
    assert_eq!(kinds(&imported), [NoteKind::NoHeader, NoteKind::NoTrailer]);
    assert_eq!(import("0 HEAD\n0 TRLR").genogram.people.len(), 0);
}

#[test]
fn what_has_no_place_is_counted_by_its_tag() {
    let records = "0 @I1@ INDI\n1 NAME Siti\n1 OCCU guru\n2 DATE 1999\n1 NOTE satu\n2 CONT dua\n1 BIRT\n2 PLAC Kota\n2 SOUR @S1@\n\
        0 @I2@ INDI\n1 NOTE tiga\n1 OBJE @O1@\n0 @S1@ SOUR\n1 TITL Buku\n0 @O1@ OBJE";
    let imported = import(&file(records));
    let told: Vec<String> = imported.notes.iter().map(|note| gedcom_note(Language::En, note)).collect();
    let expected = [
        "line 8: OCCU has no place in a genogram; left out",
        "line 10 and 1 more: NOTE has no place in a genogram; left out",
        "line 13: PLAC has no place in a genogram; left out",
        "line 14 and 1 more: SOUR has no place in a genogram; left out",
        "line 17 and 1 more: OBJE has no place in a genogram; left out",
    ];
    assert_eq!(told, expected);
}

#[test]
fn characters_that_no_drawing_can_hold_are_left_out() {
    let imported = import(&file7("0 @A\u{1}@ INDI\n1 NAME Si\u{7}ti\n1 BIRT\n2 DATE\n3 PHRASE ban\u{0}jir\u{9f}"));
    let siti = &imported.genogram.people[0];
    assert_eq!((&*siti.id.0, siti.name.as_str()), ("A", "Siti"));
    assert_eq!(siti.birth.as_ref().and_then(|birth| birth.event.as_deref()), Some("banjir"));
}
