//! Dates, times, numbers and sizes as people of a language write them.

use super::Key;
use crate::app::Locale;
use crate::domain::{Calendar, PartialDate, Qualifier, Timestamp};
use crate::json::Number;
use crate::ui::dispatch::Ui;
use js_sys::{Date, Object, Reflect};

/// The hour and minute: 10.32 in Indonesian, 10:32 in English.
pub fn time(locale: Locale, at: Timestamp) -> String {
    let (hour, minute) = at.hour_minute();
    let separator = match locale {
        Locale::Id => '.',
        Locale::En => ':',
    };
    format!("{hour:02}{separator}{minute:02}")
}

/// A day with its month in words.
pub fn date(locale: Locale, at: Timestamp) -> String {
    calendar(locale, Calendar::Day(at.date()))
}

/// A day in figures, for where there is little room.
pub fn short_date(locale: Locale, at: Timestamp) -> String {
    let (year, month, day) = Calendar::Day(at.date()).parts();
    let part = |part: Option<u32>| part.map(|part| format!("{part:02}")).unwrap_or_default();
    let separator = match locale {
        Locale::Id => ".",
        Locale::En => "/",
    };
    [part(day), part(month), year.to_string()].join(separator)
}

/// A day with its month in words, and the time.
pub fn date_time(locale: Locale, at: Timestamp) -> String {
    format!("{}, {}", date(locale, at), time(locale, at))
}

/// A calendar date as far as it is known.
pub fn calendar(locale: Locale, date: Calendar) -> String {
    let (year, month, day) = date.parts();
    let Some(month) = month else { return year.to_string() };
    let mut parts = vec![("year", "numeric"), ("month", "long")];
    if day.is_some() {
        parts.push(("day", "numeric"));
    }
    localised(locale, year, month, day.unwrap_or(1), &parts)
}

/// The names of the months.
pub fn months(locale: Locale) -> Vec<String> {
    (1..=12).map(|month| localised(locale, 2001, month, 1, &[("month", "long")])).collect()
}

/// What `Intl.DateTimeFormat` makes of a date.
fn localised(locale: Locale, year: i32, month: u32, day: u32, parts: &[(&str, &str)]) -> String {
    let options = Object::new();
    for (part, form) in parts.iter().chain(&[("timeZone", "UTC")]) {
        // Setting a member of a plain object cannot fail.
        let _ = Reflect::set(&options, &(*part).into(), &(*form).into());
    }
    let noon = Date::new(&format!("{year:04}-{month:02}-{day:02}T12:00:00Z").into());
    noon.to_locale_date_string(tag(locale), &options).into()
}

const fn tag(locale: Locale) -> &'static str {
    match locale {
        Locale::Id => "id-ID",
        Locale::En => "en-GB",
    }
}

/// A partial date in words.
pub fn partial_date(ui: Ui, date: &PartialDate) -> String {
    if let Some(age) = date.told_age {
        return ui.tf(Key::ToldAge, &[&age.to_string()]);
    }
    let known = date.calendar.map(|date| calendar(ui.locale(), date));
    let words = match (known, &date.event) {
        (Some(known), Some(event)) => format!("{known} ({event})"),
        (Some(known), None) => known,
        (None, event) => event.clone().unwrap_or_default(),
    };
    match date.qualifier {
        Qualifier::Exact => words,
        Qualifier::About => ui.tf(Key::AboutDate, &[&words]),
        Qualifier::Before => ui.tf(Key::BeforeDate, &[&words]),
        Qualifier::After => ui.tf(Key::AfterDate, &[&words]),
    }
}

/// An exact decimal with the language's separator.
pub fn decimal(locale: Locale, number: &Number) -> String {
    let text = number.lexeme();
    match locale {
        Locale::Id => text.replace('.', ","),
        Locale::En => text.to_owned(),
    }
}

/// A size in bytes, in the unit that reads best.
pub fn bytes(ui: Ui, bytes: u64) -> String {
    let scaled = |unit: u64| {
        let tenths = bytes.saturating_mul(10) / unit;
        let text = if tenths.is_multiple_of(10) {
            format!("{}", tenths / 10)
        } else {
            format!("{}.{}", tenths / 10, tenths % 10)
        };
        match ui.locale() {
            Locale::Id => text.replace('.', ","),
            Locale::En => text,
        }
    };
    match bytes {
        0..1_000 => ui.tf(Key::Bytes, &[&bytes.to_string()]),
        1_000..1_000_000 => ui.tf(Key::Kilobytes, &[&scaled(1_000)]),
        1_000_000..1_000_000_000 => ui.tf(Key::Megabytes, &[&scaled(1_000_000)]),
        _ => ui.tf(Key::Gigabytes, &[&scaled(1_000_000_000)]),
    }
}
