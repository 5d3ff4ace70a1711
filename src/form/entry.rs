//! What a worker types, read as an exact value.

use crate::json::Number;

/// Why typed text is not yet a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryRefusal {
    /// Not a number.
    #[error("this is not a number")]
    NotANumber,
    /// A whole number was asked for.
    #[error("a whole number is needed")]
    NotWhole,
    /// A group of exactly three digits behind a point or comma: thousands to one reader, decimals to the other.
    #[error("the separator may mean thousands or decimals")]
    Ambiguous,
    /// More digits than can be kept exactly.
    #[error("the number has too many digits")]
    TooLong,
}

/// Every reader of JSON keeps so many decimal digits exactly (IEEE 754 binary64); more would be rounded on the way.
const MOST_DIGITS: usize = 15;

/// Reads a decimal with comma or point as the decimal separator, no thousands separators.
///
/// # Errors
/// Refuses other text; "1.000" is refused as ambiguous rather than read as either one or a thousand.
pub fn decimal(text: &str) -> Result<Number, EntryRefusal> {
    let text = text.trim();
    let unsigned = text.strip_prefix(['-', '−', '+']).unwrap_or(text);
    let negative = text.starts_with(['-', '−']);
    let mut parts = unsigned.split(['.', ',']);
    let (whole, fraction) = (parts.next().unwrap_or_default(), parts.next());
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if parts.next().is_some() || !digits(whole) || !fraction.is_none_or(digits) {
        return Err(EntryRefusal::NotANumber);
    }
    if fraction.is_some_and(|part| part.len() == 3) && (1..=3).contains(&whole.len()) && whole != "0" {
        return Err(EntryRefusal::Ambiguous);
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    if whole.len() + fraction.map_or(0, str::len) > MOST_DIGITS {
        return Err(EntryRefusal::TooLong);
    }
    let sign = if negative { "-" } else { "" };
    let point = if fraction.is_some() { "." } else { "" };
    Number::parse(&format!("{sign}{whole}{point}{}", fraction.unwrap_or_default())).ok_or(EntryRefusal::NotANumber)
}

/// Reads a whole number.
///
/// # Errors
/// Refuses other text and numbers outside 32 bits, the range of FHIR `integer`.
pub fn integer(text: &str) -> Result<i32, EntryRefusal> {
    let number = decimal(text)?;
    if number.decimal_places() > 0 {
        return Err(EntryRefusal::NotWhole);
    }
    number.to_i32().ok_or(EntryRefusal::TooLong)
}
