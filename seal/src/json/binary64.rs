//! Numbers as ECMAScript writes them (ECMA-262, Number::toString; RFC 8785, 3.2.2.3).
//!
//! A decimal stands for the nearest IEEE 754 double, and the double is written with the fewest digits that name it.
//! Digitss of up to 15 digits always name themselves, so nearly every number is only brought into shape; the others are
//! converted with exact whole numbers. No tables and no floating point: the same bytes on every machine, and ten
//! kilobytes less to load than the usual tables of powers.

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
    if exponent > 0 {
        below = below.shifted(exponent);
    } else {
        above = above.shifted(-exponent);
    }
    let mut mantissa: u64 = 0;
    for bit in (0..55).rev() {
        let part = below.shifted(bit);
        if above >= part {
            above.subtract(&part);
            mantissa |= 1 << bit;
        }
    }
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

/// The shortest decimal that names a double, after Steele and White (1990) as refined by Burger and Dybvig (1996).
fn shortest(mantissa: u64, exponent: i64) -> Digits {
    // Value = rest / unit; half the gaps to the neighbours are up / unit and down / unit. Below a power of two the gap
    // downwards is half as wide.
    let narrow = mantissa == HIDDEN_BIT && exponent > SMALLEST_EXPONENT;
    let widen = i64::from(narrow);
    let mut rest = Natural::new(mantissa).shifted(exponent.max(0) + 1 + widen);
    let mut unit = Natural::new(1).shifted((-exponent).max(0) + 1 + widen);
    let mut up = Natural::new(1).shifted(exponent.max(0) + widen);
    let mut down = Natural::new(1).shifted(exponent.max(0));
    // Ties go to even, so an even mantissa owns the ends of its interval.
    let even = mantissa & 1 == 0;
    let reaches = |sum: &Natural, unit: &Natural| if even { sum >= unit } else { sum > unit };
    let mut point = 0;
    while reaches(&rest.plus(&up), &unit) {
        unit.multiply(10, 0);
        point += 1;
    }
    loop {
        let mut tenfold = rest.plus(&up);
        tenfold.multiply(10, 0);
        if reaches(&tenfold, &unit) {
            break;
        }
        for number in [&mut rest, &mut up, &mut down] {
            number.multiply(10, 0);
        }
        point -= 1;
    }
    let mut digits = Vec::new();
    loop {
        for number in [&mut rest, &mut up, &mut down] {
            number.multiply(10, 0);
        }
        let mut digit = 0;
        while rest >= unit {
            rest.subtract(&unit);
            digit += 1;
        }
        let low = if even { rest <= down } else { rest < down };
        let high = reaches(&rest.plus(&up), &unit);
        if !low && !high {
            digits.push(b'0' + digit);
            continue;
        }
        let nearer_above = match rest.shifted(1).cmp(&unit) {
            Ordering::Greater => true,
            Ordering::Equal => digit % 2 == 1,
            Ordering::Less => false,
        };
        let round_up = if low && high { nearer_above } else { high };
        digits.push(b'0' + digit + u8::from(round_up));
        return Digits { digits, point };
    }
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
