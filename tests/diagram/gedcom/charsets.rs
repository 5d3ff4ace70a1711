//! Bytes of any encoding and line end become the same text, whatever is declared.

use super::kinds;
use asesmen::diagram::gedcom::{Charset, NoteKind, read};

/// A file with one person of this name, as bytes.
fn bytes(declared: &str, name: &[u8]) -> Vec<u8> {
    let declared = if declared.is_empty() { String::new() } else { format!("1 CHAR {declared}\n") };
    let head = format!("0 HEAD\n1 GEDC\n2 VERS 5.5\n{declared}0 @I1@ INDI\n1 NAME ");
    [head.as_bytes(), name, b"\n0 TRLR\n"].concat()
}

fn name_of(bytes: &[u8]) -> (String, Vec<NoteKind>) {
    let imported = read(bytes).expect("a family");
    (imported.genogram.people[0].name.clone(), kinds(&imported))
}

/// Declared encoding, bytes of the name, the name, and what is told if the declaration is not followed.
const TABLE: [(&str, &[u8], &str, Option<Charset>); 24] = [
    ("UTF-8", "Åsa Ñandú".as_bytes(), "Åsa Ñandú", None),
    ("", "Åsa".as_bytes(), "Åsa", None),
    ("ASCII", b"Asa", "Asa", None),
    ("ASCII", "Åsa".as_bytes(), "Åsa", Some(Charset::Utf8)),
    ("ASCII", b"\xC5sa", "Åsa", Some(Charset::Windows1252)),
    ("ANSEL", b"Jos\xE2e M\xE8uller", "José Müller", None),
    ("ANSEL", b"\xA1ukasz \xB2rsted", "Łukasz ørsted", None),
    ("ANSEL", b"Ti\xE2\xE3en, Vi\xE3\xF2et", "Tiến, Việt", None),
    ("ANSEL", b"Ti\xE3\xE2en", "Tiến", None),
    ("ANSEL", b"\xF0cedilla \xEAa\xE1e\xE3i\xE4n", "çedilla åèîñ", None),
    ("ANSEL", "Åsa".as_bytes(), "Åsa", Some(Charset::Utf8)),
    ("ANSEL", b"Ren\xE9 J\xFCrgen", "René Jürgen", Some(Charset::Windows1252)),
    ("", b"Jos\xE2e", "José", Some(Charset::Ansel)),
    ("", b"Ren\xE9 J\xFCrgen", "René Jürgen", Some(Charset::Windows1252)),
    ("ANSI", b"Ren\xE9 \x8Cuvre", "René Œuvre", None),
    ("ANSI", "René".as_bytes(), "René", Some(Charset::Utf8)),
    ("IBM WINDOWS", b"Ren\xE9", "René", None),
    ("WINDOWS-1252", b"Ren\xE9", "René", None),
    ("IBMPC", b"Ren\x82 \x9Drsted", "René Ørsted", None),
    ("CP850", b"Ren\x82", "René", None),
    ("IBMPC", "René".as_bytes(), "René", Some(Charset::Utf8)),
    ("MACINTOSH", b"Ren\x8E \x81sa", "René Åsa", None),
    ("UTF-8", b"Ren\xE9", "René", Some(Charset::Windows1252)),
    ("UNICODE", "Åsa".as_bytes(), "Åsa", None),
];

#[test]
fn names_are_read_in_every_encoding_and_by_their_content_where_it_contradicts() {
    for (declared, written, expected, used) in TABLE {
        let (name, notes) = name_of(&bytes(declared, written));
        assert_eq!(name, expected, "{declared} {written:02X?}");
        let told = used.map(|used| NoteKind::Charset { declared: declared.to_owned(), used });
        assert_eq!(notes, Vec::from_iter(told), "{declared} {written:02X?}");
    }
}

#[test]
fn a_mark_without_a_letter_of_its_own_stays_a_mark() {
    let (name, _) = name_of(&bytes("ANSEL", b"\xE2e\xE2e\xE2e q\xF3x"));
    assert_eq!(name, "ééé qx\u{324}");
}

#[test]
fn stray_bytes_in_utf_8_do_not_spoil_the_rest() {
    let name = ["Åsa Ñandú Ren".as_bytes(), b"\xE9"].concat();
    let (name, notes) = name_of(&bytes("UTF-8", &name));
    assert_eq!((name.as_str(), notes), ("Åsa Ñandú René", vec![NoteKind::UnreadableBytes]));
}

#[test]
fn utf_16_is_read_either_way_round_with_and_without_its_mark() {
    let text = "0 HEAD\r\n1 CHAR UNICODE\r\n0 @I1@ INDI\r\n1 NAME Åsa 𝔸\r\n0 TRLR\r\n";
    for mark in ["", "\u{feff}"] {
        let units: Vec<u16> = format!("{mark}{text}").encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for bytes in [little, big] {
            assert_eq!(name_of(&bytes), ("Åsa 𝔸".to_owned(), Vec::new()));
        }
    }
}

#[test]
fn half_a_character_of_utf_16_is_told() {
    let units = "0 HEAD\n0 @I1@ INDI\n1 NAME A".encode_utf16().chain([0xD800]).chain("\n0 TRLR".encode_utf16());
    let bytes: Vec<u8> = [0xFEFF].into_iter().chain(units).flat_map(u16::to_le_bytes).collect();
    assert_eq!(name_of(&bytes), ("A\u{fffd}".to_owned(), vec![NoteKind::UnreadableBytes]));
}

#[test]
fn the_byte_order_mark_of_utf_8_is_no_part_of_the_file() {
    let bytes = ["\u{feff}0 HEAD\n1 CHAR ANSEL\n0 @I1@ INDI\n1 NAME Åsa\n0 TRLR".as_bytes()].concat();
    assert_eq!(name_of(&bytes), ("Åsa".to_owned(), Vec::new()));
}
