//! Dates of every shape, and what is told of those that change.

use super::{file, file7, import, kinds};
use asesmen::diagram::gedcom::NoteKind;

/// A date as text: FHIR date, qualifier and words, as far as there are.
fn birth(date: &str, version: fn(&str) -> String) -> (String, Vec<NoteKind>) {
    let imported = import(&version(&format!("0 @I1@ INDI\n1 BIRT Y\n2 DATE {date}")));
    let read = imported.genogram.people[0].birth.as_ref().map(|date| {
        let parts = [
            date.calendar.map(|calendar| calendar.to_string()),
            Some(date.qualifier.code()).filter(|code| *code != "exact").map(str::to_owned),
            date.event.as_ref().map(|event| format!("“{event}”")),
            date.told_age.map(|age| format!("told {age}")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    (read.unwrap_or_default(), kinds(&imported))
}

fn check(table: &[(&str, &str)], told: fn(String) -> Option<NoteKind>) {
    for version in [file, file7] {
        for (written, expected) in table {
            let (read, notes) = birth(written, version);
            let text = written.split('\n').next().unwrap_or_default().trim().to_owned();
            assert_eq!((read.as_str(), notes), (*expected, Vec::from_iter(told(text))), "{written}");
        }
    }
}

#[test]
fn dates_that_say_what_we_can_say_are_read_as_they_are() {
    check(
        &[
            ("3 MAY 1980", "1980-05-03"),
            ("03 may 1980", "1980-05-03"),
            ("3 May, 1980", "1980-05-03"),
            ("May 3, 1980", "1980-05-03"),
            ("3 Mei 1980", "1980-05-03"),
            ("17 Agustus 1945", "1945-08-17"),
            ("1 DES 1999", "1999-12-01"),
            ("MAY 1980", "1980-05"),
            ("1980", "1980"),
            ("29 FEB 2000", "2000-02-29"),
            ("17 AUG 984", "0984-08-17"),
            ("1980-05-03", "1980-05-03"),
            ("1980-05", "1980-05"),
            ("@#DGREGORIAN@ 3 MAY 1980", "1980-05-03"),
            ("GREGORIAN 3 MAY 1980", "1980-05-03"),
            ("ABT 1980", "1980 about"),
            ("abt. MAY 1980", "1980-05 about"),
            ("EST 1980", "1980 about"),
            ("CAL 3 MAY 1980", "1980-05-03 about"),
            ("ca 1980", "1980 about"),
            ("BEF 1980", "1980 before"),
            ("AFT MAY 1980", "1980-05 after"),
            ("TO 1980", "1980 before"),
            ("FROM 1980", "1980 after"),
            ("(malam sebelum banjir)", "“malam sebelum banjir”"),
            ("INT 1980 (kata ibunya)", "1980 about “kata ibunya”"),
            ("\n3 PHRASE sesudah banjir", "“sesudah banjir”"),
            ("ABT 1980\n3 PHRASE sesudah banjir", "1980 about “sesudah banjir”"),
            ("\n3 PHRASE banjir\n3 _QUALIFIER after", "after “banjir”"),
            ("ABT 1980\n3 _TOLDAGE 44", "1980 about told 44"),
            ("", ""),
        ],
        |_| None,
    );
}

#[test]
fn ranges_are_narrowed_to_what_is_certain_or_to_about_their_middle() {
    check(
        &[
            ("BET 1980 AND 1990", "1985 about"),
            ("BET MAR 1980 AND 5 MAY 1980", "1980"),
            ("BET 3 MAY 1980 AND 9 MAY 1980", "1980-05"),
            ("BETWEEN 1980 AND 1980", "1980"),
            ("FROM 1980 TO 1982", "1981 about"),
            ("from 3 may 1980 to 9 may 1980", "1980-05"),
            ("1980-1984", "1982 about"),
            ("MAY 1980 - JUN 1980", "1980"),
            ("1951/1953", "1952 about"),
            ("1699/1700", "1699 about"),
            ("ABT 1103/1105", "1104 about"),
        ],
        |text| Some(NoteKind::DateNarrowed { text }),
    );
}

#[test]
fn other_calendars_are_converted_or_told_by_the_year() {
    check(
        &[
            ("@#DJULIAN@ 25 OCT 1917", "1917-11-07"),
            ("JULIAN 4 OCT 1582", "1582-10-14"),
            ("@#DJULIAN@ 29 FEB 1700", "1700-03-11"),
            ("@#DJULIAN@ 30 JAN 1648/49", "1649-02-09"),
            ("JULIAN OCT 1917", "1917-10"),
            ("JULIAN 1917", "1917"),
            ("ABT JULIAN 25 OCT 1917", "1917-11-07 about"),
            ("11 FEB 1699/00", "1700-02-11"),
            ("11 FEB 1699/1700", "1700-02-11"),
            ("1699/00", "1700"),
            ("1 JAN 1722/3", "1723-01-01"),
            ("@#DFRENCH R@ 9 THER 2", "1794 about “@#DFRENCH R@ 9 THER 2”"),
            ("FRENCH_R 18 BRUM 8", "1799 about “FRENCH_R 18 BRUM 8”"),
            ("HEBREW 2 TVT 5758", "1998 about “HEBREW 2 TVT 5758”"),
            ("@#DHEBREW@ TSH 5700", "1939 about “@#DHEBREW@ TSH 5700”"),
            ("@#DHEBREW@ 5700", "1940 about “@#DHEBREW@ 5700”"),
        ],
        |text| Some(NoteKind::DateConverted { text }),
    );
}

#[test]
fn what_cannot_be_read_keeps_its_words_and_the_year_if_there_is_one() {
    check(
        &[
            ("44 BC", "“44 BC”"),
            ("15 MAR 44 B.C.", "“15 MAR 44 B.C.”"),
            ("1500 BCE", "“1500 BCE”"),
            ("31 FEB 1980", "1980 about “31 FEB 1980”"),
            ("03/05/1980", "1980 about “03/05/1980”"),
            ("musim hujan 1980", "1980 about “musim hujan 1980”"),
            ("1980 atau 1981", "“1980 atau 1981”"),
            ("tidak tahu", "“tidak tahu”"),
            ("@#DROMAN@ IDUS MAR 700", "“@#DROMAN@ IDUS MAR 700”"),
            ("@#DHIJRI@ 1 MUH 1400", "1400 about “@#DHIJRI@ 1 MUH 1400”"),
            ("@#DFRENCH R@ 9 XXXX 2", "“@#DFRENCH R@ 9 XXXX 2”"),
            ("99999", "“99999”"),
            ("0", "“0”"),
            ("BET 1980", "1980 about “BET 1980”"),
            ("11 FEB 1699/05", "1699 about “11 FEB 1699/05”"),
            ("ABT", "“ABT”"),
            ("@#D", "“@#D”"),
            ("é1980é", "1980 about “é1980é”"),
        ],
        |text| Some(NoteKind::DateAsWords { text }),
    );
}
