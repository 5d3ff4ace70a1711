//! Calendars that GEDCOM dates may be written in, besides our own.
//!
//! GEDCOM 5.5.1, chapter 2, DATE_CALENDAR and DATE_CALENDAR_ESCAPE; 7, appendix A. Julian dates are converted to the day. Of
//! French Republican and Hebrew dates the year is told, which is what a genogram shows.

use crate::domain::Calendar;
use chrono::NaiveDate;

/// The years that are told; FHIR dates, in which they are kept, have four digits.
pub(super) fn year(number: i32) -> Option<i32> {
    (1..=9999).contains(&number).then_some(number)
}

const ENGLISH: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// Indonesian names, where the first three letters differ from the English ones.
const INDONESIAN: [(&str, u32); 5] = [("MEI", 5), ("AGU", 8), ("AGT", 8), ("OKT", 10), ("DES", 12)];

/// A month by its English or Indonesian name, in full or by three letters.
pub(super) fn month(name: &str) -> Option<u32> {
    let start = name.get(..3).filter(|_| name.bytes().all(|byte| byte.is_ascii_alphabetic()))?;
    let english = (1..).zip(ENGLISH).find(|(_, known)| *known == start).map(|(number, _)| number);
    english.or_else(|| INDONESIAN.iter().find(|(known, _)| *known == start).map(|(_, number)| *number))
}

/// The name of a month as GEDCOM writes it.
pub(super) fn month_name(number: u32) -> &'static str {
    usize::try_from(number).ok().and_then(|number| ENGLISH.get(number.checked_sub(1)?)).copied().unwrap_or("JAN")
}

/// A date of our calendar, as far as it is given.
pub(super) fn gregorian(day: Option<u32>, month: Option<u32>, number: i32) -> Option<Calendar> {
    let number = year(number)?;
    Some(match (day, month) {
        (None, None) => Calendar::Year(number),
        (None, Some(month)) => Calendar::Month(number, month),
        (Some(day), Some(month)) => Calendar::Day(NaiveDate::from_ymd_opt(number, month, day)?),
        (Some(_), None) => return None,
    })
}

/// A Julian date in our calendar. A month or a year alone stays what it is: most of its days are in that one of ours.
pub(super) fn julian(day: Option<u32>, month: Option<u32>, number: i32) -> Option<Calendar> {
    let (Some(day), Some(of_year)) = (day, month) else { return gregorian(day, month, number) };
    let number = year(number)?;
    let last = match of_year {
        2 => 28 + u32::from(number % 4 == 0),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if !(1..=last).contains(&day) {
        return None;
    }
    // Days are counted from March of a year long ago, so that the day of a leap year comes last (E. G. Richards, in the
    // Explanatory Supplement to the Astronomical Almanac, third edition, 15.11).
    let (day, of_year) = (i32::try_from(day).ok()?, i32::try_from(of_year).ok()?);
    let before_march = (14 - of_year) / 12;
    let years = number + 4800 - before_march;
    let months = of_year + 12 * before_march - 3;
    let julian_day = day + (153 * months + 2) / 5 + 365 * years + years / 4 - 32_083;
    let date = NaiveDate::from_num_days_from_ce_opt(julian_day - 1_721_425)?;
    year(chrono::Datelike::year(&date)).map(|_| Calendar::Day(date))
}

const FRENCH: [&str; 13] =
    ["VEND", "BRUM", "FRIM", "NIVO", "PLUV", "VENT", "GERM", "FLOR", "PRAI", "MESS", "THER", "FRUC", "COMP"];

/// The year of ours in which a date of the French Republic lies: its years began on about 22 September, the first in 1792.
pub(super) fn french(month: Option<&str>, number: i32) -> Option<Calendar> {
    let month = month.map(|name| FRENCH.iter().position(|known| *known == name)).unwrap_or(Some(12))?;
    (1..=14).contains(&number).then(|| Calendar::Year(number + 1791 + i32::from(month > 2)))
}

const HEBREW: [&str; 13] = ["TSH", "CSH", "KSL", "TVT", "SHV", "ADR", "ADS", "NSN", "IYR", "SVN", "TMZ", "AAV", "ELL"];

/// The year of ours in which a Hebrew date lies, or most of it: its years begin in September or October.
pub(super) fn hebrew(month: Option<&str>, number: i32) -> Option<Calendar> {
    let month = month.map(|name| HEBREW.iter().position(|known| *known == name)).unwrap_or(Some(12))?;
    year(number - 3761 + i32::from(month > 2)).map(Calendar::Year)
}
