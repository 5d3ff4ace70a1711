//! From bytes to text, whatever the encoding, and whatever the file says about it.
//!
//! GEDCOM 5.5.1 (chapter 3) allows ANSEL, ASCII, UTF-8 and UTF-16; files in code pages of Windows, DOS and Macintosh are as
//! common, and many declare what they are not. GEDCOM 7 (1, Characters) is always UTF-8.
//!
//! Invariant: what the bytes can only be goes before what is declared, and a contradiction is told.

use super::tables::{ANSEL_MARKS, ANSEL_SIGNS, COMPOSED, CP850, MACINTOSH, WINDOWS_1252};
use std::borrow::Cow;
use std::fmt;

/// How many bytes are searched for the declared encoding.
const HEADER: usize = 65_536;

/// An encoding that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Charset {
    /// UTF-8, with or without byte-order mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// ANSEL (ANSI/NISO Z39.47).
    Ansel,
    /// Windows code page 1252, "ANSI".
    Windows1252,
    /// IBM code page 850, "IBMPC".
    Cp850,
    /// Mac OS Roman.
    Macintosh,
}

impl fmt::Display for Charset {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Ansel => "ANSEL",
            Self::Windows1252 => "Windows-1252",
            Self::Cp850 => "code page 850",
            Self::Macintosh => "Macintosh",
        })
    }
}

/// A file as text.
pub(super) struct Decoded<'a> {
    /// The text, without byte-order mark.
    pub text: Cow<'a, str>,
    /// What it was read as.
    pub used: Charset,
    /// What it says it is; empty where it says nothing.
    pub declared: String,
    /// Whether the two contradict each other.
    pub contradicted: bool,
    /// How many bytes are no character.
    pub unreadable: u32,
}

/// Reads bytes as text.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => by_content(rest, true),
        [0xFF, 0xFE, rest @ ..] => wide(rest, Charset::Utf16Le),
        [0xFE, 0xFF, rest @ ..] => wide(rest, Charset::Utf16Be),
        [first, 0, ..] if *first != 0 => wide(bytes, Charset::Utf16Le),
        [0, second, ..] if *second != 0 => wide(bytes, Charset::Utf16Be),
        _ => by_content(bytes, false),
    }
}

fn wide(bytes: &[u8], used: Charset) -> Decoded<'static> {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| match used {
        Charset::Utf16Le => u16::from_le_bytes(*pair),
        _ => u16::from_be_bytes(*pair),
    });
    let mut unreadable = 0;
    let mut text = String::with_capacity(bytes.len() / 2);
    for unit in char::decode_utf16(units) {
        unreadable += u32::from(unit.is_err());
        text.push(unit.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    Decoded { text: Cow::Owned(text), used, declared: String::new(), contradicted: false, unreadable }
}

/// Bytes of an encoding that has ASCII in it.
fn by_content(bytes: &[u8], marked: bool) -> Decoded<'_> {
    let declared = declared(bytes);
    let named = named(&declared);
    if let Ok(text) = str::from_utf8(bytes) {
        let contradicted = !text.is_ascii() && !marked && !matches!(named, None | Some(Charset::Utf8));
        // Nothing declared means ASCII or, in version 7, UTF-8; both are as they say.
        let contradicted = contradicted || (!text.is_ascii() && declared.eq_ignore_ascii_case("ASCII"));
        return Decoded { text: Cow::Borrowed(text), used: Charset::Utf8, declared, contradicted, unreadable: 0 };
    }
    let used = match named {
        Some(Charset::Ansel) if ansel_is_plausible(bytes, 0) => Charset::Ansel,
        None if ansel_is_plausible(bytes, 1) => Charset::Ansel,
        Some(Charset::Ansel) => Charset::Windows1252,
        Some(Charset::Utf8) | None if marked || is_mostly_utf8(bytes) => Charset::Utf8,
        Some(Charset::Utf8) | None => Charset::Windows1252,
        Some(other) => other,
    };
    let (text, unreadable) = match used {
        Charset::Ansel => ansel(bytes),
        Charset::Cp850 => by_table(bytes, CP850),
        Charset::Macintosh => by_table(bytes, MACINTOSH),
        Charset::Utf8 => mended(bytes),
        _ => by_table(bytes, WINDOWS_1252),
    };
    Decoded { text: Cow::Owned(text), used, contradicted: named != Some(used), declared, unreadable }
}

/// The value of `HEAD.CHAR`.
fn declared(bytes: &[u8]) -> String {
    let head = bytes.get(..HEADER).unwrap_or(bytes);
    let mut records = 0;
    for line in head.split(|byte| matches!(byte, b'\r' | b'\n')) {
        let line = String::from_utf8_lossy(line.get(..100).unwrap_or(line));
        let mut words = line.split_whitespace();
        match (words.next(), words.next()) {
            (Some("0"), _) => records += 1,
            (Some("1"), Some(tag)) if tag.eq_ignore_ascii_case("CHAR") => return words.collect::<Vec<_>>().join(" "),
            _ => {}
        }
        if records > 1 {
            break;
        }
    }
    String::new()
}

/// The encodings by the names that programs give them.
fn named(declared: &str) -> Option<Charset> {
    let name: String = declared.chars().filter(char::is_ascii_alphanumeric).collect();
    Some(match name.to_ascii_uppercase().as_str() {
        "UTF8" | "UNICODE" | "UTF16" => Charset::Utf8,
        "ANSEL" => Charset::Ansel,
        "ANSI" | "WINDOWS1252" | "CP1252" | "WINDOWS" | "IBMWINDOWS" | "LATIN1" | "ISO88591" | "ISO885915" => {
            Charset::Windows1252
        }
        "IBMPC" | "IBM" | "IBMDOS" | "CP850" | "850" | "OEM" | "MSDOS" | "DOS" | "PC8" => Charset::Cp850,
        "MACINTOSH" | "MAC" | "MACROMAN" => Charset::Macintosh,
        _ => return None,
    })
}

/// Whether more characters than not are as UTF-8 has them.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

/// UTF-8 with stray bytes of another encoding, which is nearly always that of Windows.
fn mended(bytes: &[u8]) -> (String, u32) {
    let (mut text, mut unreadable) = (String::with_capacity(bytes.len()), 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push_str(&by_table(chunk.invalid(), WINDOWS_1252).0);
            unreadable += 1;
        }
    }
    (text, unreadable)
}

fn by_table(bytes: &[u8], upper: &str) -> (String, u32) {
    let upper: Vec<char> = upper.chars().collect();
    let (mut text, mut unreadable) = (String::with_capacity(bytes.len()), 0);
    for byte in bytes {
        let found = match byte.checked_sub(0x80) {
            None => char::from(*byte),
            Some(at) => upper.get(usize::from(at)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
        };
        unreadable += u32::from(found == char::REPLACEMENT_CHARACTER);
        text.push(found);
    }
    (text, unreadable)
}

/// What a byte is in ANSEL.
enum Sign {
    Letter(char),
    Mark(char),
    Nothing,
}

struct Ansel {
    signs: Vec<char>,
    marks: Vec<char>,
}

impl Ansel {
    fn new() -> Self {
        Self { signs: ANSEL_SIGNS.chars().collect(), marks: ANSEL_MARKS.chars().collect() }
    }

    fn sign(&self, byte: u8) -> Sign {
        let at = |table: &[char], from: u8| table.get(usize::from(byte - from)).copied();
        let found = match byte {
            0..=0x7F => return Sign::Letter(char::from(byte)),
            0xE0..=0xFE => at(&self.marks, 0xE0).filter(|c| *c != char::REPLACEMENT_CHARACTER).map(Sign::Mark),
            0xA1..=0xCF => at(&self.signs, 0xA1).filter(|c| *c != char::REPLACEMENT_CHARACTER).map(Sign::Letter),
            _ => None,
        };
        found.unwrap_or(Sign::Nothing)
    }
}

/// Whether marks stand before letters that can bear them more often than not, by so many at least.
fn ansel_is_plausible(bytes: &[u8], by: usize) -> bool {
    let ansel = Ansel::new();
    let (mut good, mut bad) = (0usize, 0usize);
    let mut marks = Vec::new();
    for byte in bytes {
        match ansel.sign(*byte) {
            Sign::Mark(mark) => marks.push(mark),
            Sign::Letter(letter) if !marks.is_empty() => {
                let count = marks.len();
                let left = composed(letter, &marks).1.len();
                (good, bad) = (good + count - left, bad + left);
                marks.clear();
            }
            Sign::Letter(_) => {}
            Sign::Nothing => bad += 1,
        }
    }
    good >= bad + marks.len() + by
}

fn ansel(bytes: &[u8]) -> (String, u32) {
    let ansel = Ansel::new();
    let (mut text, mut unreadable) = (String::with_capacity(bytes.len()), 0);
    let mut marks = Vec::new();
    for byte in bytes {
        let letter = match ansel.sign(*byte) {
            Sign::Mark(mark) => {
                marks.push(mark);
                continue;
            }
            Sign::Letter(letter) => letter,
            Sign::Nothing => {
                unreadable += 1;
                char::REPLACEMENT_CHARACTER
            }
        };
        if marks.is_empty() {
            text.push(letter);
        } else if letter.is_control() {
            // A mark without a letter has nothing to stand on.
            unreadable += 1;
            text.push(letter);
        } else {
            let (letter, rest) = composed(letter, &marks);
            text.push(letter);
            text.extend(rest);
        }
        marks.clear();
    }
    (text, unreadable)
}

/// A letter with its marks as one character, and the marks for which there is none. Marks come in either order.
fn composed(letter: char, marks: &[char]) -> (char, Vec<char>) {
    let forward = compose(letter, marks.iter());
    if forward.1.is_empty() {
        return forward;
    }
    let backward = compose(letter, marks.iter().rev());
    if backward.1.len() < forward.1.len() { backward } else { forward }
}

fn compose<'a>(letter: char, marks: impl Iterator<Item = &'a char>) -> (char, Vec<char>) {
    let mut rest = Vec::new();
    let mut letter = letter;
    for mark in marks {
        match with_mark(letter, *mark) {
            Some(form) => letter = form,
            None => rest.push(*mark),
        }
    }
    (letter, rest)
}

fn with_mark(letter: char, mark: char) -> Option<char> {
    let (_, forms) = COMPOSED.iter().find(|(of, _)| *of == mark)?;
    let mut forms = forms.chars();
    while let (Some(base), Some(form)) = (forms.next(), forms.next()) {
        if base == letter {
            return Some(form);
        }
    }
    None
}
