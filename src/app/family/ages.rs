//! How old somebody is, as far as partial dates say.

use crate::domain::{Calendar, PartialDate, Qualifier};
use chrono::{Datelike, NaiveDate};

/// The age in whole years at a day, or at a death before it. With only a year known it is the one reached in that year.
/// None where a date says merely "before", "after" or an event, and for somebody not born yet.
pub(super) fn age(birth: Option<&PartialDate>, death: Option<&PartialDate>, today: NaiveDate) -> Option<u16> {
    let born = parts(birth?)?;
    let until = match death {
        Some(death) => parts(death)?,
        None => (today.year(), Some(today.month()), Some(today.day())),
    };
    let before_birthday = match (born, until) {
        ((_, Some(month), day), (_, Some(now), at)) if month == now => day.zip(at).is_some_and(|(day, at)| at < day),
        ((_, Some(month), _), (_, Some(now), _)) => now < month,
        _ => false,
    };
    u16::try_from(until.0 - born.0 - i32::from(before_birthday)).ok()
}

fn parts(date: &PartialDate) -> Option<(i32, Option<u32>, Option<u32>)> {
    let is_sure = matches!(date.qualifier, Qualifier::Exact | Qualifier::About);
    date.calendar.filter(|_| is_sure).map(Calendar::parts)
}
