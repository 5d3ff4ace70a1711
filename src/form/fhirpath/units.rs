//! Units of quantities: which can be compared with each other, and how.

use super::datum::Measure;
use super::decimal::Decimal;
use super::moment::calendar_unit;

/// The system of the Unified Code for Units of Measure.
pub const UCUM: &str = "http://unitsofmeasure.org";

/// UCUM units with what they measure and how many of the smallest they are.
const KNOWN: [(&str, char, i64); 22] = [
    ("ug", 'm', 1),
    ("mg", 'm', 1000),
    ("g", 'm', 1_000_000),
    ("kg", 'm', 1_000_000_000),
    ("t", 'm', 1_000_000_000_000),
    ("mm", 'l', 1),
    ("cm", 'l', 10),
    ("dm", 'l', 100),
    ("m", 'l', 1000),
    ("km", 'l', 1_000_000),
    ("uL", 'v', 1),
    ("mL", 'v', 1000),
    ("ml", 'v', 1000),
    ("dL", 'v', 100_000),
    ("L", 'v', 1_000_000),
    ("l", 'v', 1_000_000),
    ("ms", 't', 1),
    ("s", 't', 1000),
    ("min", 't', 60_000),
    ("h", 't', 3_600_000),
    ("d", 't', 86_400_000),
    ("wk", 't', 604_800_000),
];

/// Whether a unit is a calendar unit, such as "year".
#[must_use]
pub fn is_calendar(code: &str) -> bool {
    calendar_unit(code) == Some(code)
}

/// What a unit measures, and how many of the smallest of its kind it is. Calendar units up to the week are as
/// long as those of UCUM; months and years compare among themselves alone.
fn known(measure: &Measure<'_>) -> Option<(char, i64)> {
    if measure.system.is_some_and(|system| system != UCUM) {
        return None;
    }
    let calendar = match &*measure.code {
        "second" => ('t', 1000),
        "millisecond" => ('t', 1),
        "minute" => ('t', 60_000),
        "hour" => ('t', 3_600_000),
        "day" => ('t', 86_400_000),
        "week" => ('t', 604_800_000),
        "month" => ('y', 1),
        "year" => ('y', 12),
        code => return KNOWN.iter().find(|(name, ..)| *name == code).map(|(_, kind, size)| (*kind, *size)),
    };
    Some(calendar)
}

/// The numbers of two quantities in the larger of their units; `None` when their units cannot be compared.
#[must_use]
pub fn in_larger(one: &Measure<'_>, two: &Measure<'_>) -> Option<(Decimal, Decimal)> {
    let (a, b) = aligned(one, two)?;
    if one.code == two.code {
        return Some((a, b));
    }
    let larger = Decimal::integer(known(one)?.1.max(known(two)?.1));
    a.over(larger).zip(b.over(larger))
}

/// The numbers of two quantities in one unit; `None` when their units cannot be compared.
#[must_use]
pub fn aligned(one: &Measure<'_>, two: &Measure<'_>) -> Option<(Decimal, Decimal)> {
    let systems_agree = match (one.system, two.system) {
        (Some(one), Some(two)) => one == two,
        _ => true,
    };
    if one.code == two.code && systems_agree {
        return Some((one.value, two.value));
    }
    let ((kind, size), (other_kind, other_size)) = (known(one)?, known(two)?);
    let raised = |value: Decimal, size| value.times(Decimal::integer(size));
    (kind == other_kind).then(|| raised(one.value, size).zip(raised(two.value, other_size)))?
}
