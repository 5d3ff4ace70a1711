//! Dates as people know them: every form, every refusal, leap days, ages.

use asesmen::domain::{Calendar, PartialDate, PartialDateRefusal, Qualifier, Timestamp};
use asesmen::json::parse;
use proptest::prelude::*;
use std::cmp::Ordering;

fn fhir(text: &str) -> Calendar {
    Calendar::parse_fhir(text).expect("a FHIR date")
}

#[test]
fn typed_parts_make_the_date_they_say() {
    let cases = [
        (["", "", "1987"], "1987"),
        (["", "02", "1988"], "1988-02"),
        (["29", "2", "1988"], "1988-02-29"),
        (["29", "2", "2000"], "2000-02-29"),
        ([" 1 ", " 1 ", " 1850 "], "1850-01-01"),
        (["31", "12", "2200"], "2200-12-31"),
    ];
    for ([day, month, year], text) in cases {
        assert_eq!(Calendar::from_parts(day, month, year), Ok(Some(fhir(text))), "{text}");
        assert_eq!(fhir(text).to_string(), text);
    }
    assert_eq!(Calendar::from_parts("", " ", ""), Ok(None));
}

#[test]
fn parts_that_make_no_date_are_refused_by_name() {
    use PartialDateRefusal::{Day, Gap, Month, NotANumber, Year};
    let cases = [
        (["", "", "1849"], Year),
        (["", "", "2201"], Year),
        (["", "", "87"], Year),
        (["", "", "4294967296"], NotANumber),
        (["", "", "-5"], NotANumber),
        (["", "13", "2000"], Month),
        (["", "0", "2000"], Month),
        (["", "Mei", "2000"], NotANumber),
        (["29", "2", "1900"], Day),
        (["29", "2", "2025"], Day),
        (["31", "4", "2025"], Day),
        (["0", "4", "2025"], Day),
        (["1", "", "2025"], Gap),
        (["1", "4", ""], Gap),
        (["1", "", ""], Gap),
        (["", "4", ""], Gap),
    ];
    for ([day, month, year], refusal) in cases {
        assert_eq!(Calendar::from_parts(day, month, year), Err(refusal), "{day}/{month}/{year}");
    }
}

#[test]
fn only_fhir_dates_are_read_from_records() {
    for text in [
        "",
        "87",
        "1987-2",
        "1987-13",
        "1987-00",
        "1987-02-30",
        "1987-02-",
        "1987-02-01-",
        "19870201",
        "198a",
        "1987/02",
        "+987",
    ] {
        assert_eq!(Calendar::parse_fhir(text), None, "{text}");
    }
}

#[test]
fn dates_are_ordered_only_as_far_as_both_are_known() {
    use Ordering::{Equal, Greater, Less};
    let cases = [
        ("2015", "2016", Some(Less)),
        ("2015", "2015", Some(Equal)),
        ("2015", "2015-03", None),
        ("2015-03-01", "2015-03", None),
        ("2015-03-01", "2015-02", Some(Greater)),
        ("2015-03-01", "2014", Some(Greater)),
        ("2015-03-01", "2015-03-02", Some(Less)),
    ];
    for (one, two, ordering) in cases {
        assert_eq!(fhir(one).compare(fhir(two)), ordering, "{one} {two}");
        assert_eq!(fhir(two).compare(fhir(one)), ordering.map(Ordering::reverse), "{two} {one}");
    }
}

#[test]
fn a_date_needs_a_calendar_part_or_an_event() {
    for qualifier in Qualifier::ALL {
        assert_eq!(PartialDate::new(None, qualifier, "  "), Err(PartialDateRefusal::Empty));
        let flood = PartialDate::new(None, qualifier, " banjir ").expect("an event");
        assert_eq!((flood.event.as_deref(), flood.qualifier, flood.calendar), (Some("banjir"), qualifier, None));
        assert_eq!(Qualifier::from_code(qualifier.code()), Some(qualifier));
    }
    assert_eq!(Qualifier::from_code("maybe"), None);
}

#[test]
fn an_age_counts_from_the_year_in_which_it_was_told() {
    let now = Timestamp::parse("2026-12-31T23:30:00+07:00").expect("a time");
    for (age, year) in [("0", 2026), (" 30 ", 1996), ("130", 1896)] {
        let date = PartialDate::from_age(age, now).expect("an age");
        assert_eq!((date.calendar, date.qualifier), (Some(Calendar::Year(year)), Qualifier::About));
        assert_eq!(date.told_age, age.trim().parse().ok());
    }
    let east = Timestamp::from_millis(now.millis(), 540).expect("a time");
    assert_eq!(PartialDate::from_age("0", east).expect("an age").calendar, Some(Calendar::Year(2027)), "local year");
    use PartialDateRefusal::{Age, NotANumber};
    for (age, refusal) in
        [("131", Age), ("65535", Age), ("65536", NotANumber), ("-1", NotANumber), ("", NotANumber), ("3,5", NotANumber)]
    {
        assert_eq!(PartialDate::from_age(age, now), Err(refusal), "{age}");
    }
}

fn read(text: &str) -> Option<PartialDate> {
    PartialDate::from_json(&parse(text.as_bytes()).expect("JSON"))
}

#[test]
fn a_record_that_is_only_partly_understood_is_not_read() {
    assert!(read(r#"{"qualifier":"exact"}"#).is_some());
    let broken = [
        "{}",
        "[]",
        r#"{"qualifier":"maybe"}"#,
        r#"{"calendar":"2015-13","qualifier":"exact"}"#,
        r#"{"calendar":2015,"qualifier":"exact"}"#,
        r#"{"calendar":null,"qualifier":"exact"}"#,
        r#"{"event":5,"qualifier":"exact"}"#,
        r#"{"toldAge":"30","qualifier":"exact"}"#,
        r#"{"toldAge":70000,"qualifier":"exact"}"#,
    ];
    for text in broken {
        assert_eq!(read(text), None, "{text}");
    }
}

fn dates() -> impl Strategy<Value = PartialDate> {
    let day = (0_u32..130_000).prop_map(chrono_day);
    let calendar = prop_oneof![
        (1850..2201_i32).prop_map(Calendar::Year),
        ((1850..2201_i32), (1..13_u32)).prop_map(|(year, month)| Calendar::Month(year, month)),
        day,
    ];
    let parts = (
        proptest::option::of(calendar),
        0..4_usize,
        proptest::option::of("[a-z \"\\\\]{1,9}"),
        proptest::option::of(0..131_u16),
    );
    parts.prop_map(|(calendar, qualifier, event, told_age)| PartialDate {
        calendar,
        qualifier: Qualifier::ALL[qualifier],
        event,
        told_age,
    })
}

fn chrono_day(days: u32) -> Calendar {
    let first = chrono::NaiveDate::from_ymd_opt(1850, 1, 1).expect("a day");
    Calendar::Day(first + chrono::Days::new(u64::from(days)))
}

proptest! {
    /// Every date survives its record.
    #[test]
    fn dates_survive_their_record(date in dates()) {
        prop_assert_eq!(read(&date.to_json().to_string()), Some(date));
    }

    /// Whatever is typed, a date that comes out says what was typed.
    #[test]
    fn no_part_is_changed(day in 0..40_u32, month in 0..15_u32, year in 1800..2300_u32) {
        if let Ok(Some(calendar)) = Calendar::from_parts(&day.to_string(), &month.to_string(), &year.to_string()) {
            prop_assert_eq!(calendar.parts(), (i32::try_from(year).expect("small"), Some(month), Some(day)));
        }
    }
}
