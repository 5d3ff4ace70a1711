//! Dates and times as far as they are known (FHIRPath N1, 4.1.5 to 4.1.7), and reckoning with them.

use super::decimal::Decimal;
use crate::domain::{Calendar, Timestamp};
use chrono::{Datelike, NaiveDate};
use std::cmp::Ordering;

/// Which type a moment has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MomentKind {
    /// `Date`: a calendar date or the beginning of one.
    Date,
    /// `DateTime`: a date with a time of day or the beginning of one.
    DateTime,
    /// `Time`: a time of day.
    Time,
}

/// Year, month, day, hour, minute, and milliseconds within the minute.
const PARTS: usize = 6;
const HOUR: usize = 3;
const MILLISECOND: usize = 5;
const DAY_MILLIS: i64 = 86_400_000;

/// A date, a date with time, or a time of day. Parts beyond those known hold the smallest value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Its type.
    pub kind: MomentKind,
    parts: [i32; PARTS],
    /// The position behind the last known part.
    known: usize,
    /// Milliseconds are written out.
    fraction: bool,
    /// Minutes east of UTC, where it says so.
    offset: Option<i32>,
}

/// Reads parts of a text from its beginning.
struct Scan<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    /// So many digits, behind a mark if one is given.
    fn digits(&mut self, mark: Option<u8>, count: usize) -> Option<i32> {
        let begin = self.at + usize::from(mark.is_some());
        if mark.is_some_and(|mark| self.text.get(self.at) != Some(&mark)) {
            return None;
        }
        let digits = self.text.get(begin..begin + count)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        self.at = begin + count;
        Some(digits.iter().fold(0, |number, digit| number * 10 + i32::from(digit - b'0')))
    }

    fn date(&mut self, moment: &mut Moment) -> Option<()> {
        moment.parts[0] = self.digits(None, 4)?;
        moment.known = 1;
        while moment.known < HOUR {
            let Some(part) = self.digits(Some(b'-'), 2) else { break };
            moment.parts[moment.known] = part;
            moment.known += 1;
        }
        let [year, month, day, ..] = moment.parts;
        NaiveDate::from_ymd_opt(year, month.unsigned_abs(), day.unsigned_abs()).filter(|_| year > 0).map(|_| ())
    }

    /// A time of day, from its hour on. Digits beyond the millisecond are dropped.
    fn time(&mut self, moment: &mut Moment) -> Option<()> {
        moment.parts[HOUR] = self.digits(None, 2).filter(|hour| *hour < 24)?;
        moment.known = HOUR + 1;
        let Some(minute) = self.digits(Some(b':'), 2) else { return Some(()) };
        moment.parts[HOUR + 1] = Some(minute).filter(|minute| *minute < 60)?;
        moment.known = HOUR + 2;
        let Some(second) = self.digits(Some(b':'), 2) else { return Some(()) };
        moment.parts[MILLISECOND] = Some(second).filter(|second| *second < 60)? * 1000;
        moment.known = PARTS;
        let point = self.at;
        let mut unit = 100;
        while let Some(digit) = self.digits((self.at == point).then_some(b'.'), 1) {
            moment.parts[MILLISECOND] += digit * unit;
            unit /= 10;
        }
        moment.fraction = self.at > point;
        Some(())
    }

    fn offset(&mut self) -> Option<i32> {
        let sign = match self.text.get(self.at)? {
            b'Z' => 0,
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let begin = self.at;
        self.at += 1;
        if sign == 0 {
            return Some(0);
        }
        let (hours, minutes) = (self.digits(None, 2), self.digits(Some(b':'), 2));
        let offset = hours.zip(minutes).filter(|(hours, minutes)| *hours <= 14 && *minutes < 60);
        if offset.is_none() {
            self.at = begin;
        }
        offset.map(|(hours, minutes)| sign * (hours * 60 + minutes))
    }
}

impl Moment {
    fn new(kind: MomentKind) -> Self {
        Self { kind, parts: [1, 1, 1, 0, 0, 0], known: 0, fraction: false, offset: None }
    }

    /// Reads a date, or a date with time, from the beginning of a text; gives its length too.
    pub(super) fn scan(text: &str) -> Option<(Self, usize)> {
        let mut scan = Scan { text: text.as_bytes(), at: 0 };
        let mut moment = Self::new(MomentKind::Date);
        scan.date(&mut moment)?;
        if scan.text.get(scan.at) == Some(&b'T') {
            scan.at += 1;
            moment.kind = MomentKind::DateTime;
            if moment.known == HOUR && scan.text.get(scan.at).is_some_and(u8::is_ascii_digit) {
                scan.time(&mut moment)?;
                moment.offset = scan.offset();
            }
        }
        Some((moment, scan.at))
    }

    /// Reads a time of day from the beginning of a text; gives its length too.
    pub(super) fn scan_time(text: &str) -> Option<(Self, usize)> {
        let mut scan = Scan { text: text.as_bytes(), at: 0 };
        let mut moment = Self::new(MomentKind::Time);
        scan.time(&mut moment)?;
        Some((moment, scan.at))
    }

    /// Reads a whole text that is a FHIR or FHIRPath date, date with time or time of day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bare = text.strip_prefix('T').unwrap_or(text);
        let is_time = bare.as_bytes().get(2).is_none_or(|byte| *byte == b':');
        let (moment, length) = if is_time { Self::scan_time(bare)? } else { Self::scan(text)? };
        (length == if is_time { bare.len() } else { text.len() }).then_some(moment)
    }

    /// A FHIR date.
    #[must_use]
    pub fn of(calendar: Calendar) -> Self {
        let (year, month, day) = calendar.parts();
        let mut moment = Self::new(MomentKind::Date);
        let part = |part: Option<u32>| part.and_then(|part| i32::try_from(part).ok()).unwrap_or(1);
        moment.parts = [year, part(month), part(day), 0, 0, 0];
        moment.known = 1 + usize::from(month.is_some()) + usize::from(day.is_some());
        moment
    }

    /// An instant.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self::parse(&now.to_string()).unwrap_or_else(|| Self::of(Calendar::Day(now.date())))
    }

    /// The same as another type: its date, its time of day, or a date as one with time. `None` where it holds no such.
    #[must_use]
    pub fn to_kind(mut self, kind: MomentKind) -> Option<Self> {
        match (self.kind, kind) {
            (one, two) if one == two => {}
            (MomentKind::DateTime, MomentKind::Date) => {
                self = Self { known: self.known.min(HOUR), offset: None, fraction: false, ..self };
                self.parts[HOUR..].fill(0);
            }
            (MomentKind::DateTime, MomentKind::Time) if self.known > HOUR => {
                self.parts[..HOUR].fill(1);
                self.offset = None;
            }
            (MomentKind::Date, MomentKind::DateTime) => {}
            _ => return None,
        }
        Some(Self { kind, ..self })
    }

    const fn is_time(self) -> bool {
        matches!(self.kind, MomentKind::Time)
    }

    /// Whether the two can be compared at all.
    #[must_use]
    pub const fn is_comparable(self, other: Self) -> bool {
        self.is_time() == other.is_time()
    }

    /// Orders two moments as far as both are known; `None` when they agree only as far as the less exact one goes. A time
    /// without offset is taken as one of the tablet's offset, `local`.
    #[must_use]
    pub fn compare(self, other: Self, local: i32) -> Option<Ordering> {
        let (one, two) = (self.localised(local), other.localised(local));
        for part in 0..PARTS {
            let known = (part < one.known, part < two.known);
            match (one.parts[part].cmp(&two.parts[part]), known) {
                (_, (false, false)) => break,
                (ordering, (true, true)) if ordering.is_ne() => return Some(ordering),
                (_, (true, true)) => {}
                _ => return None,
            }
        }
        Some(Ordering::Equal)
    }

    fn localised(self, local: i32) -> Self {
        match self.offset {
            Some(offset) if offset != local => self.moved_by_millis(i64::from(local - offset) * 60_000).unwrap_or(self),
            _ => self,
        }
    }

    /// Later by a duration in one of the units of [`duration`], rounded down to what is known; `None` beyond the years 1 to
    /// 9999, and where a time of day would be moved by months.
    #[must_use]
    pub fn plus(self, amount: Decimal, unit: Duration) -> Option<Self> {
        let whole = amount.wholes()[1].to_i64()?;
        let (months, millis) = match unit {
            Duration::Months(months) => (whole.checked_mul(months)?, 0),
            Duration::Millis(1000) => (0, amount.times(Decimal::integer(1000))?.wholes()[1].to_i64()?),
            Duration::Millis(millis) => (0, whole.checked_mul(millis)?),
        };
        let days = millis / DAY_MILLIS;
        match (self.kind, self.known) {
            (MomentKind::Time, _) if months != 0 => None,
            (MomentKind::Time, _) => self.moved_by_millis(self.whole_units(millis)),
            (_, 1) => self.moved_by_months((months / 12).checked_add(days / 365)?.checked_mul(12)?),
            (_, 2) => self.moved_by_months(months.checked_add(days / 30)?),
            (_, 3) => self.moved_by_months(months)?.moved_by_millis(days * DAY_MILLIS),
            _ => self.moved_by_months(months)?.moved_by_millis(self.whole_units(millis)),
        }
    }

    /// As many milliseconds as are whole units of the last known part.
    const fn whole_units(self, millis: i64) -> i64 {
        match self.known {
            4 => millis / 3_600_000 * 3_600_000,
            5 => millis / 60_000 * 60_000,
            _ => millis,
        }
    }

    fn moved_by_months(mut self, months: i64) -> Option<Self> {
        let month = (i64::from(self.parts[0]) * 12 + i64::from(self.parts[1]) - 1).checked_add(months)?;
        self.parts[0] = i32::try_from(month.div_euclid(12)).ok().filter(|year| (1..=9999).contains(year))?;
        self.parts[1] = i32::try_from(month.rem_euclid(12)).ok()? + 1;
        // The last day of a shorter month stands for the days it lacks (N1, 6.6.7).
        while self.date().is_none() {
            self.parts[2] -= 1;
        }
        Some(self)
    }

    fn date(self) -> Option<NaiveDate> {
        let [year, month, day, ..] = self.parts;
        NaiveDate::from_ymd_opt(year, month.unsigned_abs(), day.unsigned_abs())
    }

    fn moved_by_millis(mut self, millis: i64) -> Option<Self> {
        let [.., hour, minute, within] = self.parts;
        let of_day = i64::from(hour * 60 + minute) * 60_000 + i64::from(within);
        let moved = of_day.checked_add(millis)?;
        if !self.is_time() {
            let days =
                i32::try_from(moved.div_euclid(DAY_MILLIS)).ok()?.checked_add(self.date()?.num_days_from_ce())?;
            let date = NaiveDate::from_num_days_from_ce_opt(days).filter(|date| (1..=9999).contains(&date.year()))?;
            let part = |part: u32| i32::try_from(part).unwrap_or(1);
            self.parts[..HOUR].copy_from_slice(&[date.year(), part(date.month()), part(date.day())]);
        }
        let of_day = i32::try_from(moved.rem_euclid(DAY_MILLIS)).ok()?;
        self.parts[HOUR..].copy_from_slice(&[of_day / 3_600_000, of_day / 60_000 % 60, of_day % 60_000]);
        self.fraction |= of_day % 1000 != 0;
        Some(self)
    }
}

/// The FHIRPath text without `@`; a time of day without `T`.
impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [year, month, day, hour, minute, within] = self.parts;
        let first = if self.is_time() { HOUR } else { 0 };
        for part in first..self.known {
            match part {
                0 => write!(f, "{year:04}")?,
                1 => write!(f, "-{month:02}")?,
                2 => write!(f, "-{day:02}")?,
                3 => write!(f, "{}{hour:02}", if self.is_time() { "" } else { "T" })?,
                4 => write!(f, ":{minute:02}")?,
                _ => write!(f, ":{:02}", within / 1000)?,
            }
        }
        if self.fraction {
            write!(f, ".{:03}", within % 1000)?;
        }
        match self.offset {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(offset) => {
                let sign = if offset < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)
            }
        }
    }
}

/// A unit of time: months, whose length varies, or milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duration {
    /// So many months.
    Months(i64),
    /// So many milliseconds.
    Millis(i64),
}

/// The calendar units (N1, 4.1.8), singular; the plural is the same with an "s".
pub const CALENDAR_UNITS: [(&str, Duration); 8] = [
    ("year", Duration::Months(12)),
    ("month", Duration::Months(1)),
    ("week", Duration::Millis(7 * DAY_MILLIS)),
    ("day", Duration::Millis(DAY_MILLIS)),
    ("hour", Duration::Millis(3_600_000)),
    ("minute", Duration::Millis(60_000)),
    ("second", Duration::Millis(1000)),
    ("millisecond", Duration::Millis(1)),
];

/// The singular name of a calendar unit, if a word is one.
#[must_use]
pub fn calendar_unit(word: &str) -> Option<&'static str> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    CALENDAR_UNITS.iter().find(|(name, _)| *name == singular).map(|(name, _)| *name)
}

/// The length of a calendar unit, or of a UCUM unit of time whose length does not vary.
#[must_use]
pub fn duration(unit: &str) -> Option<Duration> {
    let calendar = match unit {
        "wk" => "week",
        "d" => "day",
        "h" => "hour",
        "min" => "minute",
        "s" => "second",
        "ms" => "millisecond",
        other => other,
    };
    CALENDAR_UNITS.iter().find(|(name, _)| *name == calendar).map(|(_, duration)| *duration)
}
