//! Numbers as ECMAScript writes them (ECMA-262, Number::toString; RFC 8785, 3.2.2.3).
//!
//! A decimal stands for the nearest IEEE 754 double, and the double is written with the fewest digits that name it.
//! Digits of up to 15 digits always name themselves, so nearly every number is only brought into shape; the others are
//! converted with exact whole numbers, each by a few multiplications and divisions, so that no file of odd numbers is slow
//! to read. No tables and no floating point: the same bytes on every machine, and ten kilobytes less to load than the usual
//! tables of powers.

use super::natural::Natural;
use super::number::Digits;
use std::cmp::Ordering;

/// The ECMAScript form of a JSON number; `None` if it is too large for a double.
pub fn ecmascript(lexeme: &str) -> Option<String> {
    /// DBL_DIG of IEEE 754 binary64: decimals of so many digits all differ as doubles.
    const SELF_NAMING: usize = 15;
    let negative = lexeme.starts_with('-');
    let written = shortened(Digits::read(lexeme.strip_prefix('-').unwrap_or(lexeme)));
    let shortest = match written.point {
        _ if written.digits.is_empty() => return Some("0".to_owned()),
        311.. => return None,
        ..-330 => return Some("0".to_owned()),
        // Far from the ends of the range, where doubles lose precision or end.
        -290..=300 if written.digits.len() <= SELF_NAMING => written,
        _ => match nearest_double(&written)? {
            (0, _) => return Some("0".to_owned()),
            (mantissa, exponent) => shortest(mantissa, exponent),
        },
    };
    let form = shape(&shortest);
    Some(if negative { format!("-{form}") } else { form })
}

/// No boundary between two doubles has more than 767 digits, so beyond 800 it only matters that something follows.
fn shortened(mut number: Digits) -> Digits {
    const ENOUGH: usize = 800;
    if number.digits.len() > ENOUGH {
        number.digits.truncate(ENOUGH);
        number.digits.push(b'1');
    }
    number
}

const HIDDEN_BIT: u64 = 1 << 52;
const SMALLEST_EXPONENT: i64 = -1074;
const LARGEST_EXPONENT: i64 = 971;

/// The double nearest to a decimal, ties to even, as `mantissa × 2^exponent`; `None` if it is too large.
fn nearest_double(decimal: &Digits) -> Option<(u64, i64)> {
    let power = decimal.point - decimal.digits.len() as i64;
    let (mut above, mut below) = (Natural::from_digits(&decimal.digits), Natural::new(1));
    if power > 0 {
        above.multiply_by_ten_to(power);
    } else {
        below.multiply_by_ten_to(-power);
    }
    let mut exponent = (above.bits() - below.bits() - 53).max(SMALLEST_EXPONENT);
    below = below.shifted(exponent.max(0));
    let full = below.lacking_bits();
    (above, below) = (above.shifted((-exponent).max(0) + full), below.shifted(full));
    let mut mantissa = above.divide(&below);
    // What is left of `above` over `below` is the fraction behind the mantissa.
    let mut half = above.shifted(1).cmp(&below);
    if mantissa >= HIDDEN_BIT << 1 {
        half = match (mantissa & 1, above.is_zero()) {
            (0, _) => Ordering::Less,
            (_, true) => Ordering::Equal,
            _ => Ordering::Greater,
        };
        mantissa >>= 1;
        exponent += 1;
    }
    if half.is_gt() || (half.is_eq() && mantissa & 1 == 1) {
        mantissa += 1;
    }
    if mantissa == HIDDEN_BIT << 1 {
        mantissa >>= 1;
        exponent += 1;
    }
    (exponent <= LARGEST_EXPONENT).then_some((mantissa, exponent))
}

/// The shortest decimal that names a double, and of those the nearest to it; of two as near the even one.
///
/// What names a double lies between the middles to its neighbours. All three are brought to whole numbers of 18 or 19
/// digits, between which a shortest decimal is one with the most zeros at its end; whole numbers leave nothing out, as
/// seventeen digits always suffice.
fn shortest(mantissa: u64, exponent: i64) -> Digits {
    let places = 17 - ((64 - i64::from(mantissa.leading_zeros()) + exponent - 1) * 30_103).div_euclid(100_000);
    // A quarter of the gap to the neighbour above. Below a power of two the gap downwards is half as wide.
    let narrow = mantissa == HIDDEN_BIT && exponent > SMALLEST_EXPONENT;
    let (mut quarter, mut unit) = (Natural::new(1), Natural::new(1));
    quarter.multiply_by_ten_to(places);
    unit.multiply_by_ten_to(-places);
    unit = unit.shifted((2 - exponent).max(0));
    let full = unit.lacking_bits();
    (quarter, unit) = (quarter.shifted((exponent - 2).max(0) + full), unit.shifted(full));
    let exact = quarter.times(4 * mantissa);
    let half = quarter.plus(&quarter);
    let mut low = exact.clone();
    low.subtract(if narrow { &quarter } else { &half });
    let [(low, below), (value, fraction), (high, above)] = [low, exact.clone(), exact.plus(&half)].map(|mut number| {
        let whole = number.divide(&unit);
        (whole, !number.is_zero())
    });
    // Ties go to even, so an even mantissa owns the ends of its interval.
    let even = mantissa & 1 == 0;
    let first = if below || !even { low + 1 } else { low };
    let last = if above || even { high } else { high - 1 };
    let mut step = 1;
    while last / (step * 10) * (step * 10) >= first {
        step *= 10;
    }
    let (down, rest) = (value / step * step, value % step);
    let up = down + step;
    let nearer_above = match (rest * 2).cmp(&step) {
        Ordering::Equal if !fraction => down / step % 2 == 1,
        order => order.is_ge(),
    };
    let chosen = if down < first || (up <= last && nearer_above) { up } else { down };
    let digits = chosen.to_string().into_bytes();
    let point = digits.len() as i64 - places;
    let kept = digits.iter().rposition(|digit| *digit != b'0').map_or(0, |last| last + 1);
    Digits { digits: digits[..kept].to_vec(), point }
}

/// ECMA-262, Number::toString, steps 6 to 12.
fn shape(decimal: &Digits) -> String {
    let digits: String = decimal.digits.iter().map(|digit| char::from(*digit)).collect();
    let (count, point) = (digits.len() as i64, decimal.point);
    let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or(0));
    let at = usize::try_from(point).unwrap_or(0);
    match point {
        1..=21 if count <= point => format!("{digits}{}", zeros(point - count)),
        1..=21 => format!("{}.{}", &digits[..at], &digits[at..]),
        -5..=0 => format!("0.{}{digits}", zeros(-point)),
        _ => {
            let (first, others) = digits.split_at(1);
            let dot = if others.is_empty() { "" } else { "." };
            let sign = if point > 0 { "+" } else { "-" };
            format!("{first}{dot}{others}e{sign}{}", (point - 1).abs())
        }
    }
}
