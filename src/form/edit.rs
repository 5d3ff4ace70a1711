//! What a hand does to a question, turned into its new content. The one place where typing becomes an answer.

use super::answer::{Answer, Attachment, Quantity};
use super::answer_option::AnswerOption;
use super::basis::Basis;
use super::data_absent_reason::DataAbsentReason;
use super::entry;
use super::item::{Item, Kind};
use super::operation::Content;
use crate::domain::{Calendar, PartialDate, PartialDateRefusal, Qualifier, Timestamp};
use crate::json::Number;

/// A partial date as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateParts {
    /// Day of the month.
    pub day: String,
    /// Month, 1–12.
    pub month: String,
    /// Year.
    pub year: String,
    /// How sure it is.
    pub qualifier: Qualifier,
    /// The event it is told by.
    pub event: String,
}

/// One act of a hand on a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A field holds this text now.
    Typed(String),
    /// A yes or no was chosen.
    Decided(bool),
    /// An option, by position, was chosen or unchosen.
    Option {
        /// Position among the item's options.
        position: usize,
        /// Chosen or unchosen.
        chosen: bool,
    },
    /// The text of "Lainnya"; none takes it away.
    Other(Option<String>),
    /// A partial date's fields hold this now.
    Date(DateParts),
    /// An age in years was typed in place of a date.
    Age(String),
    /// A field for a number holds this text, and the unit beside it is the one at this position among the item's.
    Measured(String, usize),
    /// A slider stands at this number, as browsers write it: what it means is never in doubt.
    Slid(String),
    /// A file was chosen.
    File(Attachment),
    /// The answer was taken away.
    Cleared,
    /// The answer is missing for this reason, or no longer missing.
    Missing(Option<DataAbsentReason>),
    /// More about why it is missing.
    MissingNote(String),
    /// The answer rests on this.
    Basis(Basis),
}

impl Edit {
    /// The content of a question after this edit. Text that cannot be read as a value is kept as typed; validation
    /// names it.
    #[must_use]
    pub fn applied(self, item: &Item, before: &Content, now: Timestamp) -> Content {
        let kept = Content { basis: before.basis, ..Content::default() };
        let answered = |answers| Content { answers, ..kept.clone() };
        match self {
            Self::Typed(text) => typed(item, &text, now, kept),
            Self::Decided(value) => answered(vec![Answer::Boolean(value)]),
            Self::Option { position, chosen } => answered(with_option(item, &before.answers, position, chosen)),
            Self::Other(text) => answered(with_other(item, &before.answers, text)),
            Self::Date(parts) => dated(&parts, kept),
            Self::Age(age) => match PartialDate::from_age(&age, now) {
                Ok(date) => answered(vec![Answer::Date(date)]),
                Err(_) if age.trim().is_empty() => kept,
                Err(_) => Content { typed: Some(format!("{AGE_MARK}{age}")), ..kept },
            },
            Self::Measured(text, unit) => measured(item, &text, unit, kept),
            Self::Slid(number) => match slid(item, &number) {
                Some(answer) => answered(vec![answer]),
                None => typed(item, &number, now, kept),
            },
            Self::File(file) => answered(vec![Answer::Attachment(file)]),
            Self::Cleared => kept,
            Self::Missing(reason) => Content { absent: reason, absent_note: None, ..kept },
            Self::MissingNote(note) => {
                Content { absent_note: Some(note).filter(|note| !note.trim().is_empty()), ..before.clone() }
            }
            Self::Basis(basis) => Content { basis: Some(basis).filter(|basis| *basis != item.basis), ..before.clone() },
        }
    }
}

pub(super) const AGE_MARK: &str = "age:";

/// Stands between the typed parts of a date: the unit separator, which no field of one line can hold.
const BETWEEN_PARTS: char = '\u{1f}';

fn typed(item: &Item, text: &str, now: Timestamp, kept: Content) -> Content {
    if text.trim().is_empty() {
        return kept;
    }
    match read(item, text, now) {
        Some(answer) => Content { answers: vec![answer], ..kept },
        None => Content { typed: Some(text.to_owned()), ..kept },
    }
}

/// Reads typed text as a value of the item's type.
fn read(item: &Item, text: &str, now: Timestamp) -> Option<Answer> {
    match item.kind {
        Kind::Integer => entry::integer(text).ok().map(Answer::Integer),
        Kind::Decimal => entry::decimal(text).ok().map(Answer::Decimal),
        Kind::Quantity => {
            let unit = item.unit.clone().unwrap_or_default();
            entry::decimal(text).ok().map(|value| Answer::Quantity(Quantity { value, unit }))
        }
        Kind::Date => Calendar::parse_fhir(text.trim())
            .map(|calendar| Answer::Date(PartialDate { calendar: Some(calendar), ..PartialDate::default() })),
        Kind::DateTime => local_date_time(text.trim(), now).map(|time| Answer::DateTime(time.to_string())),
        Kind::Time => time_of_day(text.trim()).map(Answer::Time),
        Kind::Url => Some(Answer::Uri(text.trim().to_owned())),
        _ => Some(Answer::String(text.to_owned())),
    }
}

fn slid(item: &Item, number: &str) -> Option<Answer> {
    let number = Number::parse(number)?;
    match item.kind {
        Kind::Integer => number.to_i32().map(Answer::Integer),
        Kind::Decimal => Some(Answer::Decimal(number)),
        Kind::Quantity => {
            let unit = item.unit.clone().unwrap_or_default();
            Some(Answer::Quantity(Quantity { value: number, unit }))
        }
        _ => None,
    }
}

/// A number with the unit chosen for it. While the text is no number yet, the choice is kept beside it.
fn measured(item: &Item, text: &str, unit: usize, kept: Content) -> Content {
    let text = text.trim();
    let Some(chosen) = item.units.get(unit).filter(|_| !text.is_empty()) else { return kept };
    match entry::decimal(text) {
        Ok(value) => {
            let quantity = Quantity { value, unit: chosen.clone() };
            Content { answers: vec![Answer::Quantity(quantity)], ..kept }
        }
        Err(_) => Content { typed: Some(format!("{text}{BETWEEN_PARTS}{unit}")), ..kept },
    }
}

/// The position of the unit that a question's content names among those of its item; the first until one was chosen.
#[must_use]
pub fn unit_of(item: &Item, content: &Content) -> usize {
    if let Some((_, unit)) = content.typed.as_deref().and_then(|typed| typed.split_once(BETWEEN_PARTS)) {
        return unit.parse().unwrap_or_default();
    }
    match content.answers.first() {
        Some(Answer::Quantity(quantity)) => item.units.iter().position(|unit| unit.same(&quantity.unit)),
        _ => None,
    }
    .unwrap_or_default()
}

/// The parts of text that is no value yet, as they stand in their fields.
pub fn typed_parts(typed: &str) -> impl Iterator<Item = &str> {
    typed.split(BETWEEN_PARTS)
}

/// A local date and time as browsers give it (`YYYY-MM-DDTHH:MM`), at the tablet's offset.
fn local_date_time(text: &str, now: Timestamp) -> Option<Timestamp> {
    let seconds = if text.len() == 16 { ":00" } else { "" };
    let minutes = now.minutes_east();
    let (sign, minutes) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
    Timestamp::parse(&format!("{text}{seconds}{sign}{:02}:{:02}", minutes / 60, minutes % 60)).ok()
}

fn time_of_day(text: &str) -> Option<String> {
    let full = if text.len() == 5 { format!("{text}:00") } else { text.to_owned() };
    // A time of day is one that makes a date and time complete.
    Timestamp::parse(&format!("2000-01-01T{full}Z")).ok().map(|_| full)
}

fn dated(parts: &DateParts, kept: Content) -> Content {
    match parts.read() {
        Ok(Some(date)) => Content { answers: vec![Answer::Date(date)], ..kept },
        Ok(None) => kept,
        Err(_) => Content { typed: Some(parts.join()), ..kept },
    }
}

impl DateParts {
    /// One text for all parts, kept while they make no date.
    fn join(&self) -> String {
        [&self.day, &self.month, &self.year, self.qualifier.code(), &self.event].join(&BETWEEN_PARTS.to_string())
    }

    /// The parts of such a text.
    pub(super) fn split(typed: &str) -> Self {
        let mut parts = typed.splitn(5, BETWEEN_PARTS).map(str::to_owned);
        let mut next = || parts.next().unwrap_or_default();
        let (day, month, year) = (next(), next(), next());
        let qualifier = Qualifier::from_code(&next()).unwrap_or_default();
        Self { day, month, year, qualifier, event: next() }
    }

    /// The parts that a question's content shows: of its date, or as typed.
    #[must_use]
    pub fn of(content: &Content) -> Self {
        if let Some(typed) = &content.typed {
            return Self::split(typed);
        }
        match content.answers.first() {
            Some(Answer::Date(date)) => Self::of_date(date),
            _ => Self::default(),
        }
    }

    /// The parts that show a date.
    #[must_use]
    pub fn of_date(date: &PartialDate) -> Self {
        let parts = date.calendar.map(Calendar::parts);
        let text = |part: Option<u32>| part.map(|number| number.to_string()).unwrap_or_default();
        Self {
            day: text(parts.and_then(|(_, _, day)| day)),
            month: text(parts.and_then(|(_, month, _)| month)),
            year: parts.map(|(year, _, _)| year.to_string()).unwrap_or_default(),
            qualifier: date.qualifier,
            event: date.event.clone().unwrap_or_default(),
        }
    }

    /// The date they make; none when all are empty.
    ///
    /// # Errors
    /// Refuses impossible parts.
    pub fn read(&self) -> Result<Option<PartialDate>, PartialDateRefusal> {
        let calendar = Calendar::from_parts(&self.day, &self.month, &self.year)?;
        match PartialDate::new(calendar, self.qualifier, &self.event) {
            Err(PartialDateRefusal::Empty) if self.qualifier == Qualifier::Exact => Ok(None),
            made => made.map(Some),
        }
    }
}

/// The age that a question's content shows: as told, or as typed.
#[must_use]
pub fn age_of(content: &Content) -> Option<String> {
    if let Some(typed) = &content.typed {
        return typed.strip_prefix(AGE_MARK).map(str::to_owned);
    }
    match content.answers.first() {
        Some(Answer::Date(date)) => date.told_age.map(|age| age.to_string()),
        _ => None,
    }
}

fn is_of(option: &AnswerOption, answers: &[Answer]) -> bool {
    answers.iter().any(|answer| option.matches(answer))
}

fn is_option(item: &Item, answer: &Answer) -> bool {
    item.options.iter().any(|option| option.matches(answer))
}

/// Whether several answers stand at one question, as with check boxes; in a list each stands for itself.
const fn takes_several(item: &Item) -> bool {
    item.repeats && !item.is_list
}

fn with_option(item: &Item, before: &[Answer], position: usize, chosen: bool) -> Vec<Answer> {
    let Some(picked) = item.options.get(position) else { return before.to_vec() };
    if !chosen {
        return before.iter().filter(|answer| !picked.matches(answer)).cloned().collect();
    }
    if !takes_several(item) || picked.exclusive {
        return vec![picked.answer.clone()];
    }
    // Kept in the order of the form, so that the same choices always make the same record.
    let stays = |option: &&AnswerOption| !option.exclusive && (is_of(option, before) || *option == picked);
    let options = item.options.iter().filter(stays).map(|option| option.answer.clone());
    options.chain(before.iter().filter(|answer| !is_option(item, answer)).cloned()).collect()
}

fn with_other(item: &Item, before: &[Answer], text: Option<String>) -> Vec<Answer> {
    let exclusive = |answer: &Answer| item.options.iter().any(|option| option.exclusive && option.matches(answer));
    let stays =
        |answer: &&Answer| is_option(item, answer) && (text.is_none() || takes_several(item) && !exclusive(answer));
    let options = before.iter().filter(stays).cloned();
    options.chain(text.clone().map(Answer::String)).collect()
}

/// The text of "Lainnya", where it is chosen.
#[must_use]
pub fn other_of<'a>(item: &Item, content: &'a Content) -> Option<&'a str> {
    content.answers.iter().find_map(|answer| match answer {
        Answer::String(text) if !is_option(item, answer) => Some(text.as_str()),
        _ => None,
    })
}
