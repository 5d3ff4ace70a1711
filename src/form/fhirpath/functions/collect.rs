//! Functions on whole collections (FHIRPath N1, 5.1, 5.3, 5.4).

use super::Call;
use crate::form::fhirpath::datum::{Collection, Datum};
use crate::form::fhirpath::evaluate::{Outcome, Run, integer, truth};
use crate::form::fhirpath::function::Collect;
use crate::form::fhirpath::refusal::EvaluationRefusal;

impl<'a> Run<'_, 'a> {
    /// Calls a function on a whole collection.
    pub fn collect(&self, function: Collect, mut call: Call<'_, 'a>) -> Outcome<'a> {
        let mut other = if call.values.is_empty() { Vec::new() } else { call.values.swap_remove(0) };
        let (name, input) = (call.name, call.input);
        let found = match function {
            Collect::Empty => input.is_empty(),
            Collect::HasValue => matches!(&*input, [datum] if datum.to_text().is_some()),
            Collect::AllTrue => all_are(&input, true, name)?,
            Collect::AnyTrue => !all_are(&input, false, name)?,
            Collect::AllFalse => all_are(&input, false, name)?,
            Collect::AnyFalse => !all_are(&input, true, name)?,
            Collect::IsDistinct => {
                let count = input.len();
                self.distinct(input)?.len() == count
            }
            Collect::SubsetOf => self.all_among(&input, &other)?,
            Collect::SupersetOf => self.all_among(&other, &input)?,
            Collect::Count => return Ok(vec![Datum::Integer(i64::try_from(input.len()).unwrap_or(i64::MAX))]),
            Collect::Not => {
                return Ok(truth(&input, name)?.map(|value| Datum::Boolean(!value)).into_iter().collect());
            }
            Collect::Distinct => return self.distinct(input),
            Collect::Single if input.len() > 1 => return Err(EvaluationRefusal::Several(name)),
            Collect::Single => return Ok(input),
            Collect::First => return Ok(part(input, 0, 1)),
            Collect::Last => {
                let before = input.len().saturating_sub(1);
                return Ok(part(input, before, usize::MAX));
            }
            Collect::Tail => return Ok(part(input, 1, usize::MAX)),
            Collect::Skip => return Ok(part(input, count(&other, name)?, usize::MAX)),
            Collect::Take => return Ok(part(input, 0, count(&other, name)?)),
            Collect::Intersect => return self.distinct(self.among(input, &other, true)?),
            Collect::Exclude => return self.among(input, &other, false),
            Collect::Union | Collect::Combine => {
                let mut all = input;
                all.append(&mut other);
                return if function == Collect::Union { self.distinct(all) } else { Ok(all) };
            }
        };
        Ok(vec![Datum::Boolean(found)])
    }

    fn all_among(&self, some: &[Datum<'a>], all: &[Datum<'a>]) -> Result<bool, EvaluationRefusal> {
        for datum in some {
            if !self.holds(all, datum)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The values that are, or are not, among others.
    fn among(&self, input: Collection<'a>, others: &[Datum<'a>], wanted: bool) -> Outcome<'a> {
        let mut kept = Vec::new();
        for datum in input {
            if self.holds(others, &datum)? == wanted {
                kept.push(datum);
            }
        }
        Ok(kept)
    }
}

/// The values from one position up to another.
fn part<'a>(mut input: Collection<'a>, from: usize, to: usize) -> Collection<'a> {
    input.truncate(to);
    input.drain(..from.min(input.len()));
    input
}

fn all_are(input: &[Datum<'_>], wanted: bool, name: &'static str) -> Result<bool, EvaluationRefusal> {
    let mut all = true;
    for datum in input {
        let Datum::Boolean(value) = datum else { return Err(EvaluationRefusal::Mismatch(name)) };
        all &= *value == wanted;
    }
    Ok(all)
}

/// How many values to skip or take; less than none is none.
fn count(values: &[Datum<'_>], name: &'static str) -> Result<usize, EvaluationRefusal> {
    let number = integer(values, name)?.unwrap_or(0);
    Ok(usize::try_from(number.max(0)).unwrap_or(usize::MAX))
}
