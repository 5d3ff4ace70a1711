//! Functions on whole collections (FHIRPath N1, 5.1, 5.3, 5.4).

use super::Call;
use crate::form::fhirpath::datum::{Collection, Datum};
use crate::form::fhirpath::evaluate::{Run, maybe};
use crate::form::fhirpath::function::Collect;

impl<'a> Run<'_, 'a> {
    /// Calls a function on a whole collection.
    pub fn collect(&self, function: Collect, mut call: Call<'_, 'a>) -> Collection<'a> {
        let mut other = call.values.pop().unwrap_or_default();
        let (name, mut input) = (call.name, call.input);
        let length = input.len();
        let end = usize::MAX;
        let found = match function {
            Collect::Empty => length == 0,
            Collect::HasValue => length == 1 && input.iter().all(|datum| datum.to_text().is_some()),
            Collect::AllTrue => self.all_are(&input, true, name),
            Collect::AnyTrue => !self.all_are(&input, false, name),
            Collect::AllFalse => self.all_are(&input, false, name),
            Collect::AnyFalse => !self.all_are(&input, true, name),
            Collect::IsDistinct => self.distinct(input).len() == length,
            Collect::SubsetOf => self.among(input, &other, false).is_empty(),
            Collect::SupersetOf => self.among(other, &input, false).is_empty(),
            Collect::Count => return maybe(i64::try_from(length).ok().map(Datum::Integer)),
            Collect::Not => return maybe(self.truth(&input, name).map(|value| Datum::Boolean(!value))),
            Collect::Distinct => return self.distinct(input),
            Collect::Single => return maybe(self.single(&input, name).cloned()),
            Collect::First => return part(input, 0, 1),
            Collect::Last => return part(input, length.saturating_sub(1), end),
            Collect::Tail => return part(input, 1, end),
            Collect::Skip => return part(input, self.count(&other, name), end),
            Collect::Take => return part(input, 0, self.count(&other, name)),
            Collect::Intersect => return self.distinct(self.among(input, &other, true)),
            Collect::Exclude => return self.among(input, &other, false),
            Collect::Union | Collect::Combine => {
                input.append(&mut other);
                return if function == Collect::Union { self.distinct(input) } else { input };
            }
        };
        maybe(Some(Datum::Boolean(found)))
    }

    /// The values that are, or are not, among others.
    fn among(&self, input: Collection<'a>, others: &[Datum<'a>], wanted: bool) -> Collection<'a> {
        input.into_iter().filter(|datum| self.holds(others, datum) == wanted).collect()
    }

    fn all_are(&self, input: &[Datum<'a>], wanted: bool, name: &'static str) -> bool {
        input.iter().all(|datum| match datum {
            Datum::Boolean(value) => *value == wanted,
            _ => self.mismatch::<bool>(name).is_some(),
        })
    }

    /// How many values to skip or take; less than none is none.
    fn count(&self, values: &[Datum<'a>], name: &'static str) -> usize {
        usize::try_from(self.integer(values, name).unwrap_or(0)).unwrap_or(0)
    }
}

/// The values from one position up to another.
fn part<'a>(mut input: Collection<'a>, from: usize, to: usize) -> Collection<'a> {
    input.truncate(to);
    input.drain(..from.min(input.len()));
    input
}
