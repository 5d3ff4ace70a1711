//! Dates as GEDCOM writes them, and as people write them into GEDCOM.
//!
//! GEDCOM 5.5.1, chapter 2, DATE_VALUE and its parts; 7, 2 (Date). A range is narrowed to what both its ends share, or to
//! about its middle; what cannot be read keeps its words, with the year where exactly one number can be it.

use super::calendars::{french, gregorian, hebrew, julian, month};
use super::notes::{NoteKind, Notes};
use super::tree::Structure;
use crate::domain::{Calendar, PartialDate, Qualifier};

/// How many characters of a text are kept.
pub(super) const LONGEST_TEXT: usize = 500;

/// What a date became on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Nothing,
    Narrowed,
    Converted,
    AsWords,
}

struct Value {
    calendar: Option<Calendar>,
    qualifier: Qualifier,
    words: Option<String>,
    change: Change,
}

impl Value {
    fn certain(calendar: Calendar) -> Self {
        Self { calendar: Some(calendar), qualifier: Qualifier::Exact, words: None, change: Change::Nothing }
    }

    fn told(words: &str) -> Self {
        Self { calendar: None, qualifier: Qualifier::Exact, words: Some(words.to_owned()), change: Change::Nothing }
    }
}

/// A text of at most so many characters.
pub(super) fn shortened(text: &str, line: u32, notes: &mut Notes) -> String {
    match text.char_indices().nth(LONGEST_TEXT) {
        None => text.to_owned(),
        Some((end, _)) => {
            notes.add(line, NoteKind::TextCut);
            text.get(..end).unwrap_or_default().to_owned()
        }
    }
}

/// The date of an event, from its first DATE.
pub(super) fn date_of(event: Structure<'_>, notes: &mut Notes) -> Option<PartialDate> {
    let date = event.first("DATE")?;
    let text = date.text();
    let text = shortened(text.trim(), date.line(), notes);
    let value = read(&text);
    let note = match value.as_ref().map_or(Change::Nothing, |value| value.change) {
        Change::Nothing => None,
        Change::Narrowed => Some(NoteKind::DateNarrowed { text }),
        Change::Converted => Some(NoteKind::DateConverted { text }),
        Change::AsWords => Some(NoteKind::DateAsWords { text }),
    };
    note.into_iter().for_each(|note| notes.add(date.line(), note));
    let phrase = date.first("PHRASE").map(|phrase| shortened(phrase.text().trim(), phrase.line(), notes));
    let qualifier = date.first("_QUALIFIER").and_then(|code| Qualifier::from_code(&code.word()));
    let told_age = date.first("_TOLDAGE").and_then(|age| age.word().parse().ok());
    let value = value.unwrap_or_else(|| Value::told(""));
    let words = phrase.filter(|phrase| !phrase.is_empty()).or(value.words).unwrap_or_default();
    let read = PartialDate::new(value.calendar, qualifier.unwrap_or(value.qualifier), &words).ok()?;
    Some(PartialDate { told_age, ..read })
}

/// Reads a date; `None` where it says nothing.
fn read(text: &str) -> Option<Value> {
    if text.is_empty() {
        return None;
    }
    if let Some(phrase) = text.strip_prefix('(') {
        return Some(Value::told(phrase.strip_suffix(')').unwrap_or(phrase)));
    }
    let upper = text.to_ascii_uppercase();
    let words = words(&upper);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    Some(qualified(&words, text).unwrap_or_else(|| as_words(text)))
}

/// The words of a date. The calendar escapes of 5.5.1 (`@#DFRENCH R@`) become the words of 7 (`FRENCH_R`).
fn words(upper: &str) -> Vec<String> {
    let mut plain = String::with_capacity(upper.len());
    let mut rest = upper;
    while let Some((before, escape)) = rest.split_once("@#D") {
        let (calendar, after) = escape.split_once('@').unwrap_or((escape, ""));
        plain.extend([before, " ", &calendar.trim().replace(' ', "_"), " "]);
        rest = after;
    }
    plain.push_str(rest);
    let words = plain.split([' ', '\t', ',']).map(|word| word.trim_end_matches('.'));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A date with the word that says how sure it is.
fn qualified(words: &[&str], text: &str) -> Option<Value> {
    let (first, rest) = words.split_first()?;
    let with = |qualifier: Qualifier| {
        let value = plain(rest, text).or_else(|| range(rest, "/", text))?;
        // "About" says as much of a date that was converted as of any other.
        Some(Value { qualifier, ..value })
    };
    match *first {
        "ABT" | "ABOUT" | "CIRCA" | "CA" | "C" | "EST" | "CAL" | "SEKITAR" => with(Qualifier::About),
        "BEF" | "BEFORE" | "SEBELUM" | "TO" => with(Qualifier::Before),
        "AFT" | "AFTER" | "SETELAH" | "SESUDAH" => with(Qualifier::After),
        "BET" | "BTW" | "BETWEEN" => range(rest, "AND", text),
        "FROM" if rest.contains(&"TO") => range(rest, "TO", text),
        "FROM" => with(Qualifier::After),
        "INT" => {
            let (_, phrase) = text.split_once('(').unwrap_or((text, ""));
            let end = rest.iter().position(|word| word.starts_with('(')).unwrap_or(rest.len());
            let value = plain(rest.get(..end)?, text)?;
            let phrase = phrase.trim_end_matches(')').trim();
            let words = Some(phrase.to_owned()).filter(|phrase| !phrase.is_empty());
            Some(Value { qualifier: Qualifier::About, words, ..value })
        }
        _ => plain(words, text).or_else(|| range(words, "-", text)).or_else(|| range(words, "/", text)),
    }
}

/// What is known of a date between two others.
fn range(words: &[&str], between: &str, text: &str) -> Option<Value> {
    let split: Vec<&str> = match words {
        [years] if between.len() == 1 => years.split(between).collect(),
        _ => words.to_vec(),
    };
    let (from, to) = match split.iter().position(|word| *word == between) {
        Some(at) => (split.get(..at)?, split.get(at + 1..)?),
        None if split.len() == 2 && words.len() == 1 => (split.get(..1)?, split.get(1..)?),
        None => return None,
    };
    let (from, to) = (plain(from, text)?.calendar?, plain(to, text)?.calendar?);
    let ((y1, m1, _), (y2, m2, _)) = (from.parts(), to.parts());
    let (calendar, qualifier) = match (m1, m2) {
        _ if from == to => (from, Qualifier::Exact),
        (Some(one), Some(two)) if y1 == y2 && one == two => (Calendar::Month(y1, one), Qualifier::Exact),
        _ if y1 == y2 => (Calendar::Year(y1), Qualifier::Exact),
        _ => (Calendar::Year(y1.midpoint(y2)), Qualifier::About),
    };
    Some(Value { qualifier, change: Change::Narrowed, ..Value::certain(calendar) })
}

/// A date without any word before it but that of its calendar.
fn plain(words: &[&str], text: &str) -> Option<Value> {
    let (calendar, words) = match words.split_first()? {
        (word @ (&"GREGORIAN" | &"JULIAN" | &"FRENCH_R" | &"HEBREW"), rest) => (*word, rest),
        _ => ("GREGORIAN", words),
    };
    let (day, name, last) = match words {
        [year] => (None, None, *year),
        [name, year] => (None, Some(*name), *year),
        [day, name, year] if day.bytes().all(|byte| byte.is_ascii_digit()) => (Some(*day), Some(*name), *year),
        [name, day, year] => (Some(*day), Some(*name), *year),
        _ => return None,
    };
    if let (None, Some(date)) = (name, Calendar::parse_fhir(last).filter(|_| last.len() > 4)) {
        return gregorian_again(date).map(Value::certain);
    }
    let day = day.map(str::parse).transpose().ok()?;
    let (number, dual) = year(last)?;
    if dual && name.is_none() && last.len() > 7 {
        // "1951/1952" without a month is one of two years, not one year by two calendars.
        return None;
    }
    let convert = |calendar| Value { change: Change::Converted, ..Value::certain(calendar) };
    let roughly = |calendar| Value { qualifier: Qualifier::About, words: Some(text.to_owned()), ..convert(calendar) };
    match calendar {
        "FRENCH_R" => french(name, number).map(roughly),
        "HEBREW" => hebrew(name, number).map(roughly),
        "JULIAN" => julian(day, name.map(month).unwrap_or(None), number).filter(|_| known(name)).map(convert),
        _ => {
            let read = gregorian(day, name.and_then(month), number).filter(|_| known(name))?;
            Some(if dual { convert(read) } else { Value::certain(read) })
        }
    }
}

/// Whether the name of a month, where there is one, is one.
fn known(name: Option<&str>) -> bool {
    name.is_none_or(|name| month(name).is_some())
}

/// A date as GEDCOM 7's neighbours write it, within the years that are told.
fn gregorian_again(date: Calendar) -> Option<Calendar> {
    let (year, month, day) = date.parts();
    gregorian(day, month, year)
}

/// A year, and whether it was written for two calendars: `1699/00` is 1700 (5.5.1, YEAR_GREG).
fn year(text: &str) -> Option<(i32, bool)> {
    let (old, new) = text.split_once('/').map_or((text, None), |(old, new)| (old, Some(new)));
    let is_number = |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let number: i32 = Some(old).filter(|old| is_number(old))?.parse().ok()?;
    let Some(new) = new else { return Some((number, false)) };
    let follows = is_number(new) && (number + 1).to_string().ends_with(new);
    follows.then_some((number + 1, true))
}

/// A date that cannot be read: its words, and about the year if exactly one number can be it.
fn as_words(text: &str) -> Value {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    let mut years = numbers.filter_map(|digits| digits.parse().ok()).filter(|year| (1000..2200).contains(year));
    let year = years.next().filter(|_| years.next().is_none() && !is_before_christ(text));
    let qualifier = if year.is_some() { Qualifier::About } else { Qualifier::Exact };
    let words = Some(text.to_owned());
    Value { calendar: year.map(Calendar::Year), qualifier, words, change: Change::AsWords }
}

fn is_before_christ(text: &str) -> bool {
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    ["BC", "BCE", "SM"].iter().any(|era| letters.to_ascii_uppercase().ends_with(era))
}
