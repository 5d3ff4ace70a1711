//! Functions on numbers (FHIRPath N1, 5.7 and 7): those that are exact.

use super::Call;
use crate::form::fhirpath::datum::{Datum, Measure};
use crate::form::fhirpath::decimal::Decimal;
use crate::form::fhirpath::evaluate::{Outcome, Run};
use crate::form::fhirpath::expression::Operator;
use crate::form::fhirpath::function::Reckon;
use crate::form::fhirpath::refusal::EvaluationRefusal;
use std::cmp::Ordering;

impl<'a> Run<'_, 'a> {
    /// Calls a function on numbers.
    pub fn reckon(&self, function: Reckon, call: &Call<'_, 'a>) -> Outcome<'a> {
        let whole = |value: Decimal| value.to_i64().map(Datum::Integer);
        let found = match function {
            Reckon::Sum => self.sum(call)?,
            Reckon::Avg => {
                let count = Datum::Integer(i64::try_from(call.input.len()).unwrap_or(i64::MAX));
                let sum = self.sum(call)?;
                sum.map(|sum| self.reckoned(Operator::Over, &sum, &count)).transpose()?.flatten()
            }
            Reckon::Min => self.extreme(call, Ordering::Less)?,
            Reckon::Max => self.extreme(call, Ordering::Greater)?,
            _ => {
                let Some(subject) = call.subject()? else { return Ok(Vec::new()) };
                if let (Reckon::Abs, Datum::Quantity(measure)) = (function, subject) {
                    return Ok(vec![Datum::Quantity(Measure { value: absolute(measure.value), ..measure.clone() })]);
                }
                let value = subject.as_decimal().ok_or_else(|| call.mismatch())?;
                let [floor, truncated, ceiling] = value.wholes();
                match function {
                    Reckon::Floor => whole(floor),
                    Reckon::Ceiling => whole(ceiling),
                    Reckon::Truncate => whole(truncated),
                    Reckon::Power => power(subject, value, call)?,
                    Reckon::Round => {
                        let places = call.argument(0)?.map_or(Some(Decimal::integer(0)), Datum::as_decimal);
                        let places = places.and_then(Decimal::to_i64).and_then(|places| u32::try_from(places).ok());
                        Some(Datum::Decimal(value.rounded(places.ok_or_else(|| call.mismatch())?)))
                    }
                    _ => match subject {
                        Datum::Integer(value) => value.checked_abs().map(Datum::Integer),
                        _ => Some(Datum::Decimal(absolute(value))),
                    },
                }
            }
        };
        Ok(found.into_iter().collect())
    }

    /// The sum of all values; none of none, as a missing answer is not a zero.
    fn sum(&self, call: &Call<'_, 'a>) -> Result<Option<Datum<'a>>, EvaluationRefusal> {
        let mut total: Option<Datum<'a>> = None;
        for datum in &call.input {
            if datum.as_decimal().is_none() && datum.as_measure().is_none() {
                return Err(call.mismatch());
            }
            total = match total {
                None => Some(datum.clone()),
                Some(total) => match self.reckoned(Operator::Plus, &total, datum)? {
                    None => return Ok(None),
                    sum => sum,
                },
            };
        }
        Ok(total)
    }

    fn extreme(&self, call: &Call<'_, 'a>, wanted: Ordering) -> Result<Option<Datum<'a>>, EvaluationRefusal> {
        let Some((mut best, rest)) = call.input.split_first() else { return Ok(None) };
        for datum in rest {
            match self.compared(datum, best, [wanted; 2], call.name)? {
                Some(true) => best = datum,
                Some(false) => {}
                None => return Ok(None),
            }
        }
        Ok(Some(best.clone()))
    }
}

fn absolute(value: Decimal) -> Decimal {
    if value.compare(Decimal::integer(0)).is_lt() { value.negated() } else { value }
}

/// A power with a whole exponent, by repeated squaring.
fn power<'a>(subject: &Datum<'a>, base: Decimal, call: &Call<'_, 'a>) -> Result<Option<Datum<'a>>, EvaluationRefusal> {
    let Some(exponent) = call.argument(0)? else { return Ok(None) };
    let exponent = exponent.as_decimal().and_then(Decimal::to_i64).ok_or_else(|| call.mismatch())?;
    let (mut result, mut square, mut left) = (Decimal::integer(1), Some(base), exponent.unsigned_abs());
    while left > 0 {
        let Some(factor) = square else { return Ok(None) };
        if left % 2 == 1 {
            let Some(product) = result.times(factor) else { return Ok(None) };
            result = product;
        }
        left /= 2;
        square = factor.times(factor);
    }
    if exponent < 0 {
        return Ok(Decimal::integer(1).over(result).map(Datum::Decimal));
    }
    Ok(match subject {
        Datum::Integer(_) => result.to_i64().map(Datum::Integer),
        _ => Some(Datum::Decimal(result)),
    })
}
