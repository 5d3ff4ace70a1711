//! Dates as people know them: a day, a month, a year, an age, "about 2010", "after the flood".

use super::Timestamp;
use crate::json::{Object, Value};
use chrono::{Datelike, NaiveDate};
use std::cmp::Ordering;

/// The calendar part of a partial date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Calendar {
    /// Year only.
    Year(i32),
    /// Year and month 1–12.
    Month(i32, u32),
    /// A full date.
    Day(NaiveDate),
}

/// How sure the date is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// As given.
    #[default]
    Exact,
    /// "Kira-kira": around the given date.
    About,
    /// Before the given date or event.
    Before,
    /// After the given date or event.
    After,
}

impl Qualifier {
    /// Every qualifier, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Exact, Self::About, Self::Before, Self::After];

    /// The code used in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::Before => "before",
            Self::After => "after",
        }
    }

    /// Reads the code used in files.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|qualifier| qualifier.code() == code)
    }
}

/// A date with as much precision as the person has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PartialDate {
    /// The calendar part; absent when only an event is known.
    pub calendar: Option<Calendar>,
    /// How sure it is.
    pub qualifier: Qualifier,
    /// The known event it is told by ("setelah banjir besar").
    pub event: Option<String>,
    /// The age in years that was told, when the calendar part was reckoned from an age.
    pub told_age: Option<u16>,
}

/// Why typed parts make no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartialDateRefusal {
    /// Nothing was given.
    #[error("neither a date nor an event")]
    Empty,
    /// A part is not a number.
    #[error("a part of the date is not a number")]
    NotANumber,
    /// The year lies outside 1850–2200.
    #[error("the year is not between 1850 and 2200")]
    Year,
    /// The month is not 1–12.
    #[error("the month is not between 1 and 12")]
    Month,
    /// That month has no such day.
    #[error("that month has no such day")]
    Day,
    /// A month without a year, or a day without a month.
    #[error("a day needs its month and a month its year")]
    Gap,
    /// An age outside 0–130.
    #[error("the age is not between 0 and 130")]
    Age,
}

impl Calendar {
    /// Makes the calendar part from typed parts; empty parts are unknown.
    ///
    /// # Errors
    /// Refuses impossible parts; `Ok(None)` when all are empty.
    pub fn from_parts(day: &str, month: &str, year: &str) -> Result<Option<Self>, PartialDateRefusal> {
        let number = |text: &str| match text.trim() {
            "" => Ok(None),
            digits => digits.parse::<u32>().map(Some).map_err(|_| PartialDateRefusal::NotANumber),
        };
        match (number(day)?, number(month)?, number(year)?) {
            (None, None, None) => Ok(None),
            (None, None, Some(year)) => Self::year(year).map(Some),
            (None, Some(month), Some(year)) => Self::month(year, month).map(Some),
            (Some(day), Some(month), Some(year)) => Self::day(year, month, day).map(Some),
            _ => Err(PartialDateRefusal::Gap),
        }
    }

    fn checked_year(year: u32) -> Result<i32, PartialDateRefusal> {
        i32::try_from(year).ok().filter(|y| (1850..=2200).contains(y)).ok_or(PartialDateRefusal::Year)
    }

    fn year(year: u32) -> Result<Self, PartialDateRefusal> {
        Self::checked_year(year).map(Self::Year)
    }

    fn month(year: u32, month: u32) -> Result<Self, PartialDateRefusal> {
        let year = Self::checked_year(year)?;
        if !(1..=12).contains(&month) {
            return Err(PartialDateRefusal::Month);
        }
        Ok(Self::Month(year, month))
    }

    fn day(year: u32, month: u32, day: u32) -> Result<Self, PartialDateRefusal> {
        Self::month(year, month)?;
        let year = Self::checked_year(year)?;
        NaiveDate::from_ymd_opt(year, month, day).map(Self::Day).ok_or(PartialDateRefusal::Day)
    }

    /// Reads a FHIR `date`: `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (FHIR R4, datatypes, date).
    #[must_use]
    pub fn parse_fhir(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next(), parts.next());
        let shaped = parts.next().is_none()
            && year.len() == 4
            && [month, day].iter().flatten().all(|part| part.len() == 2)
            && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        if !shaped {
            return None;
        }
        let year = year.parse().ok()?;
        let Some(month) = month else { return Some(Self::Year(year)) };
        let month = month.parse().ok().filter(|m| (1..=12).contains(m))?;
        let Some(day) = day else { return Some(Self::Month(year, month)) };
        NaiveDate::from_ymd_opt(year, month, day.parse().ok()?).map(Self::Day)
    }

    /// Orders two dates as far as both are known; `None` when they agree only as far as the less exact one goes
    /// (FHIRPath, comparison of partial dates).
    #[must_use]
    pub fn compare(self, other: Self) -> Option<Ordering> {
        let ((y1, m1, d1), (y2, m2, d2)) = (self.parts(), other.parts());
        let mut ordering = y1.cmp(&y2);
        for pair in [(m1, m2), (d1, d2)] {
            if ordering.is_ne() {
                break;
            }
            ordering = match pair {
                (Some(one), Some(two)) => one.cmp(&two),
                (None, None) => Ordering::Equal,
                _ => return None,
            };
        }
        Some(ordering)
    }

    /// Year, month and day as far as known.
    #[must_use]
    pub fn parts(self) -> (i32, Option<u32>, Option<u32>) {
        match self {
            Self::Year(year) => (year, None, None),
            Self::Month(year, month) => (year, Some(month), None),
            Self::Day(date) => (date.year(), Some(date.month()), Some(date.day())),
        }
    }
}

/// The FHIR `date` text.
impl std::fmt::Display for Calendar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(date) => write!(f, "{date}"),
        }
    }
}

impl PartialDate {
    /// A date from a calendar part and how sure it is, or from an event alone.
    ///
    /// # Errors
    /// Refuses when there is neither.
    pub fn new(calendar: Option<Calendar>, qualifier: Qualifier, event: &str) -> Result<Self, PartialDateRefusal> {
        let event = Some(event.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
        if calendar.is_none() && event.is_none() {
            return Err(PartialDateRefusal::Empty);
        }
        Ok(Self { calendar, qualifier, event, told_age: None })
    }

    /// A year of birth reckoned from an age in years told at `now`.
    ///
    /// # Errors
    /// Refuses ages outside 0–130.
    pub fn from_age(age: &str, now: Timestamp) -> Result<Self, PartialDateRefusal> {
        let age: u16 = age.trim().parse().map_err(|_| PartialDateRefusal::NotANumber)?;
        if age > 130 {
            return Err(PartialDateRefusal::Age);
        }
        Ok(Self {
            calendar: Some(Calendar::Year(now.year() - i32::from(age))),
            qualifier: Qualifier::About,
            event: None,
            told_age: Some(age),
        })
    }

    /// The record: `calendar` (FHIR date), `qualifier`, `event`, `toldAge`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = Object::default();
        object.set_some("calendar", self.calendar.map(|calendar| calendar.to_string()));
        object.set("qualifier", self.qualifier.code());
        object.set_some("event", self.event.as_deref());
        object.set_some("toldAge", self.told_age.map(u32::from));
        object.into()
    }

    /// Reads the record; a part that is there but unreadable makes the whole record unreadable.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        Some(Self {
            calendar: object.optional("calendar", |text| Calendar::parse_fhir(text.as_str()?))?,
            qualifier: Qualifier::from_code(object.text("qualifier")?)?,
            event: object.optional_text("event")?,
            told_age: object.optional("toldAge", |age| age.as_u64()?.try_into().ok())?,
        })
    }
}
