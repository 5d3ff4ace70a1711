//! From an individual record to a person.
//!
//! GEDCOM 5.5.1, INDIVIDUAL_RECORD, PERSONAL_NAME_STRUCTURE and INDIVIDUAL_EVENT_STRUCTURE; 7, 3 (Individual). Of several
//! names, births or deaths the first is the preferred one.

use super::dates::{date_of, shortened};
use super::notes::{NoteKind, Notes};
use super::tree::Structure;
use super::words::{loss_in, sex};
use crate::diagram::{ChildKind, Life, Person, PersonId, Sex};
use crate::domain::{PartialDate, Qualifier};

/// A person, with what of the record belongs to ties.
pub(super) struct Read {
    /// The person.
    pub person: Person,
    /// What a birth was that was none.
    pub loss: Option<ChildKind>,
}

/// Reads an individual record.
pub(super) fn person(record: Structure<'_>, id: PersonId, notes: &mut Notes) -> Read {
    let name = name(record, notes);
    let who = if name.is_empty() { id.to_string() } else { name.clone() };
    let death_event = record.first("DEAT");
    let (age, lost_by_age) = age(record, death_event, notes);
    let loss = lost_by_age.or_else(|| loss(record));
    let life = life(record, death_event);
    let birth = dated(record, "BIRT", &["CHR", "BAPM"], &who, notes);
    let death = if life == Life::Living { None } else { dated(record, "DEAT", &["BURI", "CREM"], &who, notes) };
    let is = |tag: &str| record.first(tag).is_some_and(|mark| mark.word() != "n");
    let (is_index, in_household) = (is("_INDEX"), is("_HOUSEHOLD"));
    // A hint that cannot be read moves nobody.
    let nudge = record.first("_NUDGE").and_then(|steps| steps.word().parse().ok()).unwrap_or_default();
    let sex = read_sex(record, notes);
    Read { person: Person { id, name, sex, is_index, birth, death, age, life, in_household, nudge }, loss }
}

fn read_sex(record: Structure<'_>, notes: &mut Notes) -> Sex {
    let Some(line) = record.first("SEX") else { return Sex::Unknown };
    sex(&line.word()).unwrap_or_else(|| {
        notes.add(line.line(), NoteKind::SexUnknown { text: line.text() });
        Sex::Unknown
    })
}

/// The name as it is shown.
fn name(record: Structure<'_>, notes: &mut Notes) -> String {
    let mut names = record.all("NAME");
    let Some(line) = names.next() else { return String::new() };
    if let Some(shown) = line.first("_SHOWN") {
        return shortened(&shown.text(), shown.line(), notes);
    }
    for further in names {
        notes.add(further.line(), NoteKind::FurtherName { name: plain(&further.text()) });
        further.take_whole();
    }
    // The parts say again what the name says; they are needed only where it says nothing.
    let parts = ["NPFX", "GIVN", "SPFX", "SURN", "NSFX"].map(|tag| line.first(tag).map(Structure::text));
    let mut name = plain(&line.text());
    if name.is_empty() {
        name = plain(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    if name.is_empty() {
        name = line.first("NICK").map(|nick| plain(&nick.text())).unwrap_or_default();
    }
    shortened(&name, line.line(), notes)
}

/// A name without the slashes around the surname (5.5.1, NAME_PERSONAL; 7, 2, Personal Name) and without what no name has.
pub(super) fn plain(name: &str) -> String {
    let spaced = name.replace(|c: char| c == '/' || c.is_control(), " ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether somebody lives: a death, a burial or a cremation says no, `NO DEAT` (7, Non-event structure) says yes.
fn life(record: Structure<'_>, death: Option<Structure<'_>>) -> Life {
    let denied = record.all("NO").any(|no| no.word() == "deat") || death.is_some_and(|death| death.word() == "n");
    let living = record.first("_LIVING").is_some_and(|living| living.word().starts_with('y'));
    if denied || living && death.is_none() {
        return Life::Living;
    }
    let dead = death.is_some() || ["BURI", "CREM"].iter().any(|tag| record.first(tag).is_some());
    if dead { Life::Dead } else { Life::Unknown }
}

/// When an event was. Where nobody wrote it down, a later event that is dated says that it was before.
fn dated(
    record: Structure<'_>,
    event: &'static str,
    later: &[&'static str],
    who: &str,
    notes: &mut Notes,
) -> Option<PartialDate> {
    let mut found = None;
    let events: Vec<Structure<'_>> = record.children().filter(|child| child.is(event)).collect();
    for event_line in events {
        let date = date_of(event_line.take(), notes);
        if found.is_some() && date.is_some() {
            notes.add(event_line.line(), NoteKind::FurtherDate { tag: event, who: who.to_owned() });
        }
        found = found.or(date);
    }
    found.or_else(|| {
        let (tag, line) = later.iter().find_map(|tag| Some((*tag, record.first(tag)?)))?;
        let date = date_of(line, notes)?;
        notes.add(line.line(), NoteKind::DateInferred { tag, who: who.to_owned() });
        let qualifier = if date.qualifier == Qualifier::Exact { Qualifier::Before } else { date.qualifier };
        Some(PartialDate { qualifier, ..date })
    })
}

/// The age in years, from our own tag or from the death, and whether it says that the child was born dead.
fn age(record: Structure<'_>, death: Option<Structure<'_>>, notes: &mut Notes) -> (Option<u16>, Option<ChildKind>) {
    let Some(line) = record.first("_AGE").or_else(|| death?.first("AGE")) else { return (None, None) };
    let word = line.word();
    let phrase = line.first("PHRASE").map(Structure::word).unwrap_or_default();
    let loss = loss_in(&word).or_else(|| loss_in(&phrase));
    let age = years(&word).or(loss.map(|_| 0));
    let is_bound = word.starts_with(['<', '>']) || word.starts_with(|c: char| c.is_ascii_alphabetic());
    if loss.is_none() && !word.is_empty() && (is_bound || age.is_none()) {
        notes.add(line.line(), NoteKind::AgeChanged { text: line.text() });
    }
    (age, loss)
}

/// Years of an age (5.5.1, AGE_AT_EVENT; 7, 2, Age). Months, weeks and days alone are less than a year; so is an infant.
fn years(word: &str) -> Option<u16> {
    let (below, text) = word.strip_prefix('<').map_or((false, word), |rest| (true, rest));
    let text = text.trim_start_matches('>').trim();
    if text == "infant" {
        return Some(0);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at_checked(digits)?;
    let number: u16 = number.parse().ok()?;
    match (unit.trim_start().chars().next(), below) {
        (None | Some('y'), false) => Some(number),
        (None | Some('y'), true) => (number == 1).then_some(0),
        (Some('m' | 'w' | 'd'), _) => Some(0),
        _ => None,
    }
}

/// What birth, death or another event says of a birth that was none (5.5.1, EVENT_OR_FACT_CLASSIFICATION; 7, TYPE).
fn loss(record: Structure<'_>) -> Option<ChildKind> {
    record.children().find_map(|event| {
        let is_event = event.is("BIRT") || event.is("DEAT") || event.is("EVEN");
        let word = |tag: &str| {
            let line = event.children().find(|child| child.is(tag))?;
            loss_in(&line.word()).inspect(|_| {
                event.take();
                line.take();
            })
        };
        is_event.then(|| word("TYPE").or_else(|| word("KIND")))?
    })
}
