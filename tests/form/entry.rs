//! Numbers as Indonesian workers type them: exact, or refused rather than guessed.

use asesmen::form::{EntryRefusal, decimal, integer};
use proptest::prelude::*;

#[test]
fn decimals_are_read_with_comma_or_point() {
    let cases = [
        ("52,5", "52.5"),
        ("52.5", "52.5"),
        (" 7 ", "7"),
        ("36,50", "36.50"),
        ("0,125", "0.125"),
        ("0.001", "0.001"),
        ("1234,567", "1234.567"),
        ("1,2345", "1.2345"),
        ("007", "7"),
        ("000", "0"),
        ("-3,5", "-3.5"),
        ("−3,5", "-3.5"),
        ("+3", "3"),
        ("12345678901234,5", "12345678901234.5"),
    ];
    for (typed, number) in cases {
        assert_eq!(decimal(typed).map(|number| number.lexeme().to_owned()), Ok(number.to_owned()), "{typed}");
    }
}

#[test]
fn what_may_mean_thousands_or_decimals_is_refused_as_ambiguous() {
    for typed in ["1.000", "1,000", "12.345", "123,456", "-1.000"] {
        assert_eq!(decimal(typed), Err(EntryRefusal::Ambiguous), "{typed}");
        assert_eq!(integer(typed), Err(EntryRefusal::Ambiguous), "{typed}");
    }
}

#[test]
fn more_digits_than_every_reader_keeps_are_refused() {
    for typed in ["123456789012345,6", "1234567890123456", "0,1234567890123456"] {
        assert_eq!(decimal(typed), Err(EntryRefusal::TooLong), "{typed}");
    }
}

#[test]
fn what_is_no_number_is_refused() {
    let cases = [
        "",
        " ",
        "-",
        "+",
        ",",
        ",5",
        "5,",
        "1.234,5",
        "1.000.000",
        "1 000",
        "12kg",
        "1e3",
        "0x10",
        "--1",
        "٣",
        "½",
        "NaN",
    ];
    for typed in cases {
        assert_eq!(decimal(typed), Err(EntryRefusal::NotANumber), "{typed:?}");
        assert_eq!(integer(typed), Err(EntryRefusal::NotANumber), "{typed:?}");
    }
}

#[test]
fn whole_numbers_are_whole_and_fit() {
    let cases = [
        ("120", Ok(120)),
        ("-4", Ok(-4)),
        ("12,0", Ok(12)),
        ("-0", Ok(0)),
        ("2147483647", Ok(i32::MAX)),
        ("-2147483648", Ok(i32::MIN)),
        ("2147483648", Err(EntryRefusal::TooLong)),
        ("99999999999999999999", Err(EntryRefusal::TooLong)),
        ("1,5", Err(EntryRefusal::NotWhole)),
    ];
    for (typed, read) in cases {
        assert_eq!(integer(typed), read, "{typed}");
    }
}

proptest! {
    /// Every whole number that fits is read back as itself.
    #[test]
    fn whole_numbers_survive(number in any::<i32>()) {
        prop_assert_eq!(integer(&number.to_string()), Ok(number));
    }

    /// A number read is the number typed, digit for digit, with the comma as a point.
    #[test]
    fn no_digit_is_lost(whole in "[1-9][0-9]{3,9}", fraction in "[0-9]{1,5}") {
        let read = decimal(&format!("{whole},{fraction}"));
        prop_assert_eq!(read.map(|number| number.lexeme().to_owned()), Ok(format!("{whole}.{fraction}")));
    }

    /// No typed text makes it panic.
    #[test]
    fn any_text_is_read_or_refused(typed in "\\PC{0,20}") {
        let _ = (decimal(&typed), integer(&typed));
    }
}
