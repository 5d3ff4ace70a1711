//! Instants as the tablet claims them.
//!
//! The tablet's clock is only a claim (a receiver judges by its own time), so a time always carries the offset it was
//! written with: a court can then read the local hour as the worker saw it.

use crate::json::Value;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeZone, Timelike};

/// An instant to the millisecond with the UTC offset of the tablet that wrote it; RFC 3339 in text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime<FixedOffset>);

/// A text or number that is no instant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not an RFC 3339 time with an offset")]
pub struct TimeRefusal(pub String);

impl Timestamp {
    /// Makes an instant from milliseconds since 1970 (UTC) and minutes east of UTC.
    ///
    /// # Errors
    /// Refuses offsets beyond ±23:59 and instants outside the calendar.
    pub fn from_millis(millis: i64, minutes_east: i32) -> Result<Self, TimeRefusal> {
        let refusal = || TimeRefusal(format!("{millis} ms, {minutes_east} min"));
        let offset = FixedOffset::east_opt(minutes_east.saturating_mul(60)).ok_or_else(refusal)?;
        let utc = DateTime::from_timestamp_millis(millis).ok_or_else(refusal)?;
        Ok(Self(utc.with_timezone(&offset)))
    }

    /// Reads RFC 3339 text, offset required.
    ///
    /// # Errors
    /// Refuses anything else, with the text in the refusal.
    pub fn parse(text: &str) -> Result<Self, TimeRefusal> {
        read(text).map(Self).ok_or_else(|| TimeRefusal(text.to_owned()))
    }

    /// Reads a JSON string that is such a text.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        Self::parse(value.as_str()?).ok()
    }

    /// Milliseconds since 1970 (UTC).
    #[must_use]
    pub fn millis(self) -> i64 {
        self.0.timestamp_millis()
    }

    /// Minutes east of UTC.
    #[must_use]
    pub fn minutes_east(self) -> i32 {
        self.0.offset().local_minus_utc() / 60
    }

    /// The local calendar date.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        self.0.date_naive()
    }

    /// The local calendar year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The local hour and minute.
    #[must_use]
    pub fn hour_minute(self) -> (u32, u32) {
        (self.0.hour(), self.0.minute())
    }
}

/// RFC 3339 with milliseconds and numeric offset.
impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let minutes = self.minutes_east();
        let (hour, minute) = self.hour_minute();
        let (sign, away) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
        write!(
            f,
            "{}T{hour:02}:{minute:02}:{:02}.{:03}{sign}{:02}:{:02}",
            self.date(),
            self.0.second(),
            self.0.timestamp_subsec_millis(),
            away / 60,
            away % 60
        )
    }
}

impl From<Timestamp> for Value {
    fn from(time: Timestamp) -> Self {
        time.to_string().into()
    }
}

/// Reads `YYYY-MM-DDTHH:MM:SS`, an optional fraction, and `Z` or `±HH:MM`. Digits beyond the millisecond are dropped, as
/// no tablet's clock means them.
fn read(text: &str) -> Option<DateTime<FixedOffset>> {
    let number = |range: std::ops::Range<usize>| -> Option<u32> {
        let digits = text.get(range)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if !marks.iter().all(|(at, mark)| text.as_bytes().get(*at) == Some(mark)) {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(i32::try_from(number(0..4)?).ok()?, number(5..7)?, number(8..10)?)?;
    let mut rest = text.get(19..)?;
    let mut millis = 0;
    if let Some(fraction) = rest.strip_prefix('.') {
        let count = fraction.bytes().take_while(u8::is_ascii_digit).count();
        let padded = format!("{:0<3}", fraction.get(..count)?);
        millis = if count > 0 { padded.get(..3)?.parse().ok()? } else { return None };
        rest = fraction.get(count..)?;
    }
    let time = NaiveTime::from_hms_milli_opt(number(11..13)?, number(14..16)?, number(17..19)?, millis)?;
    offset(rest)?.from_local_datetime(&date.and_time(time)).single()
}

fn offset(text: &str) -> Option<FixedOffset> {
    if text == "Z" {
        return FixedOffset::east_opt(0);
    }
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let part = |digits: &str| {
        let two = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        two.then(|| digits.parse::<i32>().ok())?
    };
    let seconds = (part(hours)? * 60 + part(minutes).filter(|minutes| *minutes < 60)?) * 60;
    match text.as_bytes().first()? {
        b'+' => FixedOffset::east_opt(seconds),
        b'-' => FixedOffset::west_opt(seconds),
        _ => None,
    }
}
