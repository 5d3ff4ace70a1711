//! From the events of a family record to how its couple is or was together.
//!
//! GEDCOM 5.5.1, FAMILY_EVENT_STRUCTURE; 7, 3 (Family events, NO). Neither says that the partners of a family are married;
//! where nothing is said at all, they are taken as married, and that is told.

use super::dates::date_of;
use super::notes::{NoteKind, Notes};
use super::tree::Structure;
use super::words::{union_in, union_of};
use crate::diagram::CoupleKind;
use crate::domain::PartialDate;
use std::cmp::Ordering;

/// How a couple is or was together.
#[derive(Default)]
pub(super) struct Union {
    /// How.
    pub kind: CoupleKind,
    /// Since when.
    pub from: Option<PartialDate>,
    /// Until when.
    pub to: Option<PartialDate>,
    /// Whether the record says anything of it.
    pub is_told: bool,
}

/// An event, with its place among the others.
struct Event {
    at: usize,
    date: Option<PartialDate>,
}

#[derive(Default)]
struct Events {
    /// What our own tag says.
    code: Option<CoupleKind>,
    since: Option<PartialDate>,
    until: Option<PartialDate>,
    marriages: Vec<Event>,
    /// What the marriages say of themselves; `None` for one that says nothing, or nothing known.
    types: Vec<Option<CoupleKind>>,
    ends: Vec<Event>,
    separated: Option<Event>,
    is_engaged: bool,
    /// What is told besides marriages and their ends.
    other: Option<(CoupleKind, Option<PartialDate>)>,
}

/// Reads the events of a family record.
pub(super) fn union(family: Structure<'_>, who: &str, notes: &mut Notes) -> Union {
    let mut events = Events::default();
    for line in family.children() {
        events.add(line, notes);
    }
    events.note_further(family, who, notes);
    events.concluded(family.line(), notes)
}

impl Events {
    fn add(&mut self, line: Structure<'_>, notes: &mut Notes) {
        let event = |notes: &mut Notes| Event { at: line.at(), date: date_of(line.take(), notes) };
        match () {
            () if line.is("_UNION") => {
                self.code = union_of(&line.word());
                self.since = event(notes).date;
            }
            () if line.is("_UNTIL") => self.until = event(notes).date,
            () if line.is("MARR") && line.word() == "n" => self.add_other(CoupleKind::Cohabiting, event(notes)),
            () if line.is("MARR") => {
                self.types.push(line.first("TYPE").and_then(|kind| union_in(&kind.word())));
                self.marriages.push(event(notes));
            }
            // "Never divorced" says no more than that there is no divorce.
            () if (line.is("DIV") || line.is("ANUL")) && line.word() == "n" => drop(event(notes)),
            () if line.is("DIV") => self.ends.push(event(notes)),
            () if line.is("ANUL") => {
                notes.count(line.line(), NoteKind::UnionTaken { tag: "ANUL" });
                self.ends.push(event(notes));
            }
            () if line.is("_SEPR") => self.separated = Some(event(notes)),
            () if line.is("ENGA") => {
                self.is_engaged = true;
                self.add_other(CoupleKind::Dating, event(notes));
            }
            () if line.is("_COML") => self.add_other(CoupleKind::Cohabiting, event(notes)),
            () if line.is("NO") && line.word() == "marr" => self.add_other(CoupleKind::Cohabiting, event(notes)),
            () => self.add_worded(line, notes),
        }
    }

    /// An event or a status that says what it is in words.
    fn add_worded(&mut self, line: Structure<'_>, notes: &mut Notes) {
        let word = match () {
            () if line.is("EVEN") || line.is("FACT") => line.children().find(|child| child.is("TYPE")),
            () if line.is("_MSTAT") || line.is("_STAT") || line.is("_TYPE") => Some(line),
            () => None,
        };
        let Some((word, kind)) = word.and_then(|word| Some((word, union_in(&word.word())?))) else { return };
        word.take();
        let event = Event { at: line.at(), date: date_of(line.take(), notes) };
        match kind {
            CoupleKind::Divorced => self.ends.push(event),
            CoupleKind::Separated => self.separated = Some(event),
            kind => self.add_other(kind, event),
        }
    }

    /// The first of them tells the kind; but an engagement tells less than anything else.
    fn add_other(&mut self, kind: CoupleKind, event: Event) {
        let tells_more = self.other.as_ref().is_none_or(|(known, _)| *known == CoupleKind::Dating);
        if tells_more {
            self.other = Some((kind, event.date));
        }
    }

    fn note_further(&self, family: Structure<'_>, who: &str, notes: &mut Notes) {
        for (tag, events) in [("MARR", &self.marriages), ("DIV", &self.ends)] {
            for _ in events.iter().skip(1).filter(|event| event.date.is_some()) {
                notes.add(family.line(), NoteKind::FurtherDate { tag, who: who.to_owned() });
            }
        }
    }

    /// Whether a marriage follows the last divorce: by their dates, or else by their places in the file.
    fn is_married_again(&self) -> bool {
        let Some(end) = self.ends.last() else { return false };
        self.marriages.iter().any(|marriage| match order(marriage, end) {
            Some(order) => order == Ordering::Greater,
            None => marriage.at > end.at && self.marriages.len() > 1,
        })
    }

    fn concluded(mut self, line: u32, notes: &mut Notes) -> Union {
        let again = self.code.is_none() && self.is_married_again();
        if again {
            notes.add(line, NoteKind::Remarried);
        }
        let known = |event: Event| event.date;
        let married_since = self.marriages.drain(..).find_map(known);
        let is_married = !self.types.is_empty();
        let ended = !self.ends.is_empty() && !again;
        let until_end = self.ends.drain(..).rev().find_map(known).filter(|_| ended);
        let separated = self.separated.filter(|_| !again);
        let is_separated = separated.is_some();
        let (other_kind, other_since) = self.other.map_or((None, None), |(kind, since)| (Some(kind), since));
        let is_told = is_married || ended || is_separated || other_kind.is_some() || self.code.is_some();
        let by_type = if self.types.contains(&None) { None } else { self.types.iter().flatten().next().copied() };
        let of_marriage = match other_kind {
            Some(kind @ (CoupleKind::Simultaneous | CoupleKind::Widowed | CoupleKind::Unregistered)) => kind,
            _ => by_type.unwrap_or_default(),
        };
        let told = match () {
            () if ended => CoupleKind::Divorced,
            () if is_separated => CoupleKind::Separated,
            () if is_married => of_marriage,
            () => other_kind.unwrap_or_default(),
        };
        if self.is_engaged && told == CoupleKind::Dating && self.code.is_none() {
            notes.count(line, NoteKind::UnionTaken { tag: "ENGA" });
        }
        let separated_on = separated.and_then(known);
        Union {
            kind: self.code.unwrap_or(told),
            from: self.since.or(married_since).or(other_since.filter(|_| !is_married)),
            to: self.until.or(until_end).or(separated_on),
            is_told,
        }
    }
}

fn order(one: &Event, other: &Event) -> Option<Ordering> {
    one.date.as_ref()?.calendar?.compare(other.date.as_ref()?.calendar?)
}
