//! Functions on numbers (FHIRPath N1, 5.7 and 7): those that are exact.

use super::Call;
use crate::form::fhirpath::datum::Datum;
use crate::form::fhirpath::decimal::Decimal;
use crate::form::fhirpath::evaluate::Run;
use crate::form::fhirpath::expression::Operator;
use crate::form::fhirpath::function::Reckon;
use std::cmp::Ordering;

impl<'a> Run<'_, 'a> {
    /// Calls a function on numbers.
    pub fn reckon(&self, function: Reckon, call: &Call<'_, 'a>) -> Option<Datum<'a>> {
        match function {
            Reckon::Sum => return self.sum(call),
            Reckon::Avg => {
                let count = i64::try_from(call.input.len()).ok()?;
                return self.reckoned(Operator::Over, &self.sum(call)?, &Datum::Integer(count));
            }
            Reckon::Min => return self.extreme(call, Ordering::Less),
            Reckon::Max => return self.extreme(call, Ordering::Greater),
            _ => {}
        }
        let subject = self.single(&call.input, call.name)?;
        if let (Reckon::Abs, Datum::Quantity(measure)) = (function, subject) {
            return Some(measure.with(absolute(measure.value)));
        }
        let value = subject.as_decimal().or_else(|| self.mismatch(call.name))?;
        let [floor, truncated, ceiling] = value.wholes();
        let whole = match function {
            Reckon::Floor => floor,
            Reckon::Ceiling => ceiling,
            Reckon::Truncate => truncated,
            Reckon::Round => {
                let places = call.values.first().map_or(Some(0), |places| self.integer(places, call.name))?;
                let places = u32::try_from(places).ok().or_else(|| self.mismatch(call.name))?;
                return Some(Datum::Decimal(value.rounded(places)));
            }
            Reckon::Power => {
                let exponent = self.integer(call.argument(0), call.name)?;
                let raised = power(value, exponent)?;
                if exponent < 0 || !matches!(subject, Datum::Integer(_)) {
                    return Some(Datum::Decimal(raised));
                }
                raised
            }
            _ if matches!(subject, Datum::Decimal(_)) => return Some(Datum::Decimal(absolute(value))),
            _ => absolute(value),
        };
        whole.to_i64().map(Datum::Integer)
    }

    /// The sum of all values; none of none, as a missing answer is not a zero.
    fn sum(&self, call: &Call<'_, 'a>) -> Option<Datum<'a>> {
        let mut total: Option<Datum<'a>> = None;
        for datum in &call.input {
            if datum.as_decimal().is_none() && datum.as_measure().is_none() {
                return self.mismatch(call.name);
            }
            total = Some(match total {
                None => datum.clone(),
                Some(total) => self.reckoned(Operator::Plus, &total, datum)?,
            });
        }
        total
    }

    fn extreme(&self, call: &Call<'_, 'a>, wanted: Ordering) -> Option<Datum<'a>> {
        let (mut best, rest) = call.input.split_first()?;
        for datum in rest {
            if self.compared(datum, best, [wanted; 2], call.name)? {
                best = datum;
            }
        }
        Some(best.clone())
    }
}

fn absolute(value: Decimal) -> Decimal {
    if value.compare(Decimal::integer(0)).is_lt() { value.negated() } else { value }
}

/// A power with a whole exponent, by repeated squaring.
fn power(base: Decimal, exponent: i64) -> Option<Decimal> {
    let (mut result, mut square, mut left) = (Decimal::integer(1), Some(base), exponent.unsigned_abs());
    while left > 0 {
        let factor = square?;
        if left % 2 == 1 {
            result = result.times(factor)?;
        }
        left /= 2;
        square = factor.times(factor);
    }
    if exponent < 0 { Decimal::integer(1).over(result) } else { Some(result) }
}
