//! Conversions (FHIRPath N1, 5.5).

use super::Call;
use crate::form::fhirpath::datum::{Datum, Measure};
use crate::form::fhirpath::decimal::Decimal;
use crate::form::fhirpath::evaluate::Run;
use crate::form::fhirpath::function::Target;
use crate::form::fhirpath::letters;
use crate::form::fhirpath::moment::{Moment, MomentKind, calendar_unit};
use crate::form::fhirpath::units::UCUM;
use std::borrow::Cow;

impl<'a> Run<'_, 'a> {
    /// The value as another type; none where it cannot be one.
    pub fn convert(&self, target: Target, call: &Call<'_, 'a>) -> Option<Datum<'a>> {
        let datum = self.single(&call.input, call.name)?;
        let kind = match target {
            Target::Boolean => return boolean(datum).map(Datum::Boolean),
            Target::Integer => return integer(datum).map(Datum::Integer),
            Target::Decimal => return decimal(datum).map(Datum::Decimal),
            Target::String => return datum.to_text().map(Datum::String),
            Target::Quantity => {
                let unit = self.text(call.argument(0), call.name);
                let fits = |measure: &Measure<'a>| unit.is_none_or(|unit| measure.code == unit);
                return quantity(datum).filter(fits).map(Datum::Quantity);
            }
            Target::Date => MomentKind::Date,
            Target::DateTime => MomentKind::DateTime,
            Target::Time => MomentKind::Time,
        };
        let moment = datum.as_str().map_or_else(|| datum.as_moment(), Moment::parse);
        moment?.to_kind(kind).map(Datum::Moment)
    }
}

fn boolean(datum: &Datum<'_>) -> Option<bool> {
    if let Datum::Boolean(value) = datum {
        return Some(*value);
    }
    let number = datum.as_decimal().map(|number| number.trimmed().to_string());
    let text = number.or_else(|| datum.as_str().map(|text| letters::cased(text, false)))?;
    let named = |words: &[&str]| words.contains(&text.as_str());
    match (named(&["true", "t", "yes", "y", "1", "1.0"]), named(&["false", "f", "no", "n", "0", "0.0"])) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

fn integer(datum: &Datum<'_>) -> Option<i64> {
    match datum {
        Datum::Integer(value) => Some(*value),
        Datum::Boolean(value) => Some((*value).into()),
        _ => datum.as_str()?.parse().ok(),
    }
}

fn decimal(datum: &Datum<'_>) -> Option<Decimal> {
    match datum {
        Datum::Boolean(value) => Some(Decimal::integer((*value).into())),
        _ => match datum.as_str() {
            Some(text) => Decimal::parse(text).filter(|_| !text.contains(['e', 'E'])),
            None => datum.as_decimal(),
        },
    }
}

/// A quantity from one, from a number, or from a text such as `4 days` or `4.5 'kg'`.
fn quantity<'a>(datum: &Datum<'a>) -> Option<Measure<'a>> {
    if let Some(measure) = datum.as_measure() {
        return Some(measure);
    }
    let text = datum.as_str().unwrap_or_default();
    let Some((number, unit)) = text.trim().split_once(' ') else {
        return decimal(datum).map(Measure::bare);
    };
    let (unit, value) = (unit.trim(), Decimal::parse(number)?);
    if let Some(word) = calendar_unit(unit) {
        return Some(Measure { value, code: word.into(), system: None, unit: None });
    }
    let code = unit.strip_prefix('\'')?.strip_suffix('\'')?;
    Some(Measure { value, code: Cow::Owned(code.to_owned()), system: Some(UCUM), unit: None })
}
