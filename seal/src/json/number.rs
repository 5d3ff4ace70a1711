//! Numbers as they were written.

use std::cmp::Ordering;
use std::fmt;

/// A number of RFC 8259, section 6, digit for digit.
///
/// Two numbers are equal when they are written alike: FHIR counts `1.50` and `1.5` as different precision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(String);

impl Number {
    /// Takes a text that is a JSON number as a whole.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let length = length(text.as_bytes())?;
        (length == text.len()).then(|| Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn lexeme(&self) -> &str {
        &self.0
    }

    /// Whether it was written without fraction and exponent.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        !self.0.contains(['.', 'e', 'E'])
    }
}

/// A number as `0.d₁d₂… × 10ⁿ` without leading or trailing zeros; no digits mean zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Digits {
    /// The digits, as ASCII.
    pub digits: Vec<u8>,
    /// The place of the decimal point.
    pub point: i64,
}

impl Digits {
    /// Reads an unsigned JSON number.
    pub fn read(lexeme: &str) -> Self {
        let (mantissa, exponent) = lexeme.split_once(['e', 'E']).unwrap_or((lexeme, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        // An exponent that does not fit lies far outside of every range that matters, either way.
        let far = if exponent.starts_with('-') { -1_000_000_000 } else { 1_000_000_000 };
        let exponent: i64 = exponent.strip_prefix('+').unwrap_or(exponent).parse().unwrap_or(far);
        let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        let leading = digits.iter().take_while(|digit| **digit == b'0').count();
        digits.drain(..leading);
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        let point = whole.len() as i64 - leading as i64 + exponent.clamp(-1_000_000_000, 1_000_000_000);
        Self { digits, point }
    }
}

impl Number {
    fn parts(&self) -> (bool, Digits) {
        let digits = Digits::read(self.0.strip_prefix('-').unwrap_or(&self.0));
        (self.0.starts_with('-') && !digits.digits.is_empty(), digits)
    }

    /// Orders two numbers by their exact value, however they are written.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        let ((less, one), (other_less, two)) = (self.parts(), other.parts());
        let sign = |negative: bool, digits: &Digits| match (digits.digits.is_empty(), negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let (first, second) = (sign(less, &one), sign(other_less, &two));
        if first != second || first == 0 {
            return first.cmp(&second);
        }
        let size = one.point.cmp(&two.point).then_with(|| one.digits.cmp(&two.digits));
        if less { size.reverse() } else { size }
    }

    /// How many digits stand behind the decimal point, trailing zeros not counted.
    #[must_use]
    pub fn decimal_places(&self) -> u64 {
        let (_, digits) = self.parts();
        u64::try_from(digits.digits.len() as i64 - digits.point).unwrap_or(0)
    }

    /// The number as a 64-bit integer of at most 18 digits, if it is one, however it is written.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        let (negative, Digits { mut digits, point }) = self.parts();
        if self.decimal_places() > 0 || point > 18 {
            return None;
        }
        digits.resize(usize::try_from(point.max(0)).ok()?, b'0');
        let size: i64 = if digits.is_empty() { 0 } else { std::str::from_utf8(&digits).ok()?.parse().ok()? };
        Some(if negative { -size } else { size })
    }

    /// The number as a 32-bit integer, if it is one, however it is written.
    #[must_use]
    pub fn to_i32(&self) -> Option<i32> {
        i32::try_from(self.to_i64()?).ok()
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(value.to_string())
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(value.to_string())
    }
}

/// The length of the number at the beginning of some bytes; `None` if there is none.
pub fn length(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(at);
    // No number begins with a zero that is followed by another digit.
    if whole == 0 || (whole > 1 && bytes[at] == b'0') {
        return None;
    }
    at += whole;
    if bytes.get(at) == Some(&b'.') {
        let fraction = digits(at + 1);
        if fraction == 0 {
            return None;
        }
        at += 1 + fraction;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at + 1 + sign);
        if exponent == 0 {
            return None;
        }
        at += 1 + sign + exponent;
    }
    Some(at)
}
