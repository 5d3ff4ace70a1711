//! When two values are equal, equivalent, and which comes first (FHIRPath N1, 6.1 and 6.2).

use super::datum::{Datum, LETTERS_PER_STEP, Measure};
use super::decimal::Decimal;
use super::letters;
use super::units;
use crate::json::Value;
use std::cmp::Ordering;

/// The quantity of a value; a bare number is one of the unit `1`.
fn measure<'a>(datum: &Datum<'a>) -> Option<Measure<'a>> {
    datum.as_measure().or_else(|| datum.as_decimal().map(Measure::bare))
}

/// What kind of order two values have.
pub enum Order {
    /// One comes first, or they are equal.
    Known(Ordering),
    /// They are of one kind, but it cannot be told: a year and a day within it, units that do not compare.
    Undecidable,
    /// They have no order.
    Foreign,
}

impl From<Option<Ordering>> for Order {
    fn from(ordering: Option<Ordering>) -> Self {
        ordering.map_or(Self::Undecidable, Self::Known)
    }
}

/// Orders two values; `local` is the offset in minutes of times that have none.
pub fn order(one: &Datum<'_>, two: &Datum<'_>, local: i32) -> Order {
    if let (Some(a), Some(b)) = (one.as_decimal(), two.as_decimal()) {
        return Order::Known(a.compare(b));
    }
    if let (Some(a), Some(b)) = (one.as_moment(), two.as_moment()) {
        // Times of day and dates have no order among each other.
        return if a.is_comparable(b) { a.compare(b, local).into() } else { Order::Foreign };
    }
    if let (Some(a), Some(b)) = (one.as_str(), two.as_str()) {
        return Order::Known(a.cmp(b));
    }
    match (measure(one), measure(two)) {
        (Some(a), Some(b)) => a.compare(&b).into(),
        _ => Order::Foreign,
    }
}

/// Whether two values are equal, `None` when it cannot be told; and how many steps it took beyond one.
pub fn equal(one: &Datum<'_>, two: &Datum<'_>, local: i32) -> (Option<bool>, usize) {
    if let (Datum::Json(a), Datum::Json(b)) = (one, two)
        && one.as_measure().is_none()
    {
        let mut looked_at = 0;
        let same = same_json(a, b, &mut looked_at);
        return (Some(same), looked_at / 8);
    }
    let letters = one.as_str().filter(|text| two.as_str().is_some_and(|other| other.len() == text.len()));
    (equal_at_once(one, two, local), letters.map_or(0, str::len) / LETTERS_PER_STEP)
}

/// Whether two parts of resources are the same, members in any order.
fn same_json(one: &Value, two: &Value, looked_at: &mut usize) -> bool {
    *looked_at += 1;
    match (one, two) {
        _ if std::ptr::eq(one, two) => true,
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_json(a, b, looked_at))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter().zip(b.iter()).all(|((name, value), (other_name, other))| {
                    *looked_at += if name == other_name { 0 } else { b.len() };
                    let other = if name == other_name { Some(other) } else { b.get(name) };
                    other.is_some_and(|other| same_json(value, other, looked_at))
                })
        }
        _ => one == two,
    }
}

fn equal_at_once(one: &Datum<'_>, two: &Datum<'_>, local: i32) -> Option<bool> {
    if let (Some(a), Some(b)) = (one.as_str(), two.as_str())
        && a == b
    {
        return Some(true);
    }
    match order(one, two, local) {
        Order::Known(ordering) => return Some(ordering.is_eq()),
        Order::Undecidable => return None,
        Order::Foreign => {}
    }
    Some(match (one, two) {
        (Datum::Boolean(a), Datum::Boolean(b)) => a == b,
        (Datum::Resource, Datum::Resource) => true,
        (Datum::Item(a), Datum::Item(b)) => a == b,
        (Datum::Answer(a, first), Datum::Answer(b, second)) => a == b && first == second,
        (Datum::Attachment(a), Datum::Attachment(b)) => a == b,
        // One of them is a quantity and the other is not.
        (Datum::Json(_), Datum::Json(_)) => false,
        _ => one.as_coding().is_some_and(|coding| two.as_coding() == Some(coding)),
    })
}

/// Whether two values are equivalent: texts by their letters, decimals as exact as the less exact one, codings by system
/// and code.
pub fn equivalent(one: &Datum<'_>, two: &Datum<'_>, local: i32) -> bool {
    let as_exact_as_both = |a: Decimal, b: Decimal| {
        let places = a.trimmed().places().min(b.trimmed().places());
        a.rounded(places).compare(b.rounded(places)).is_eq()
    };
    if let (Some(a), Some(b)) = (one.as_decimal(), two.as_decimal()) {
        return as_exact_as_both(a, b);
    }
    if let (Some(a), Some(b)) = (one.as_measure(), two.as_measure()) {
        return units::in_larger(&a, &b).is_some_and(|(a, b)| as_exact_as_both(a, b));
    }
    if let (Some((system, code, _)), Some((other_system, other_code, _))) = (one.as_coding(), two.as_coding()) {
        // As everywhere in a form, a system counts only where both sides name one.
        return code == other_code && system.zip(other_system).is_none_or(|(one, two)| one == two);
    }
    if let (Some(a), Some(b)) = (one.as_str(), two.as_str()) {
        return letters::folded(a) == letters::folded(b);
    }
    equal(one, two, local).0 == Some(true)
}
