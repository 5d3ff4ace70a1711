//! Instants keep the offset they were written with, and nothing that is no instant is read as one.

use asesmen::domain::Timestamp;
use proptest::prelude::*;

#[test]
fn a_time_is_written_with_milliseconds_and_offset() {
    let cases = [
        ("2026-11-22T10:32:05.123+07:00", "2026-11-22T10:32:05.123+07:00"),
        ("2026-11-22T10:32:05+08:00", "2026-11-22T10:32:05.000+08:00"),
        ("2026-11-22T10:32:05Z", "2026-11-22T10:32:05.000+00:00"),
        ("2026-11-22T10:32:05.1-03:30", "2026-11-22T10:32:05.100-03:30"),
        ("2026-11-22T10:32:05.123999+07:00", "2026-11-22T10:32:05.123+07:00"),
        ("2024-02-29T00:00:00.000+09:00", "2024-02-29T00:00:00.000+09:00"),
    ];
    for (text, written) in cases {
        assert_eq!(Timestamp::parse(text).map(|time| time.to_string()), Ok(written.to_owned()));
    }
}

#[test]
fn what_is_no_time_is_refused() {
    let cases = [
        "",
        "2026-11-22",
        "2026-11-22T10:32:05",
        "2026-11-22 10:32:05Z",
        "2026-11-22t10:32:05z",
        "2026-11-22T10:32Z",
        "2026-11-22T10:32:05.Z",
        "2026-11-22T10:32:05,1Z",
        "2025-02-29T10:32:05Z",
        "2026-13-01T10:32:05Z",
        "2026-11-31T10:32:05Z",
        "2026-11-22T24:00:00Z",
        "2026-11-22T10:60:00Z",
        "2026-11-22T10:32:61Z",
        "2026-11-22T10:32:05+0700",
        "2026-11-22T10:32:05+7:00",
        "2026-11-22T10:32:05+07:60",
        "2026-11-22T10:32:05+24:00",
        "2026-11-22T10:32:05+-7:00",
        "2026-11-22T10:32:05--7:00",
        "2026-11-22T10:32:05++7:00",
        "2026-11-22T10:32:05+07:-1",
        "2026-11-22T10:32:05é07:00",
        "+026-11-22T10:32:05Z",
        "2026-11-22T10:32:05Z ",
        "२०२६-11-22T10:32:05Z",
    ];
    for text in cases {
        assert_eq!(Timestamp::parse(text).map_err(|refusal| refusal.0), Err(text.to_owned()));
    }
}

#[test]
fn the_local_date_and_hour_are_those_of_the_tablet() {
    let jakarta = Timestamp::parse("2026-12-31T23:30:00+07:00").expect("a time");
    let jayapura = Timestamp::from_millis(jakarta.millis(), 540).expect("a time");
    assert_eq!((jakarta.year(), jakarta.hour_minute(), jakarta.minutes_east()), (2026, (23, 30), 420));
    assert_eq!(
        (jayapura.year(), jayapura.hour_minute(), jayapura.date().to_string()),
        (2027, (1, 30), "2027-01-01".to_owned())
    );
    assert_eq!(jakarta, jayapura, "the same instant");
    assert!(jakarta < Timestamp::parse("2026-12-31T23:30:00+06:00").expect("a time"), "ordered by the instant");
}

#[test]
fn clocks_outside_the_calendar_are_refused() {
    assert!(Timestamp::from_millis(0, 1440).is_err() && Timestamp::from_millis(0, -1440).is_err());
    assert!(Timestamp::from_millis(0, i32::MAX).is_err());
    assert!(Timestamp::from_millis(i64::MAX, 0).is_err() && Timestamp::from_millis(i64::MIN, 420).is_err());
    assert_eq!(
        Timestamp::from_millis(0, -210).map(|time| time.to_string()),
        Ok("1969-12-31T20:30:00.000-03:30".to_owned())
    );
}

proptest! {
    /// What is written is read back, instant and offset alike.
    #[test]
    fn times_survive_their_text(millis in -62_000_000_000_000_i64..253_000_000_000_000, minutes in -1439..1440_i32) {
        let time = Timestamp::from_millis(millis, minutes).expect("inside the calendar");
        let read = Timestamp::parse(&time.to_string()).expect("RFC 3339");
        prop_assert_eq!((read.millis(), read.minutes_east()), (millis, minutes));
    }

    /// No text makes the reader panic.
    #[test]
    fn any_text_is_read_or_refused(text in "[0-9TZ:.+é -]{0,32}") {
        let _ = Timestamp::parse(&text);
    }
}
