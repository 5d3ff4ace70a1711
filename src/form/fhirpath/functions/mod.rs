//! The functions, by what they work on.

mod collect;
mod convert;
mod iterate;
mod reckon;
mod walk;
mod word;

use super::datum::{Collection, Datum};
use super::evaluate::{Outcome, Run, Scope, single};
use super::expression::Term;
use super::function::Function;
use super::refusal::EvaluationRefusal;

/// A call with its arguments evaluated.
pub struct Call<'d, 'a> {
    /// The name of the function, for refusals.
    pub name: &'static str,
    /// The collection it is called on.
    pub input: Collection<'a>,
    /// The values of its arguments.
    pub values: Vec<Collection<'a>>,
    /// The arguments as parsed, for compiled patterns.
    pub terms: &'d [Term],
}

impl<'a> Call<'_, 'a> {
    /// The one value it is called on.
    pub fn subject(&self) -> Result<Option<&Datum<'a>>, EvaluationRefusal> {
        single(&self.input, self.name)
    }

    /// The one value of an argument; none as well when there is no such argument.
    pub fn argument(&self, position: usize) -> Result<Option<&Datum<'a>>, EvaluationRefusal> {
        self.values.get(position).map_or(Ok(None), |values| single(values, self.name))
    }

    /// The refusal of a value of a wrong type.
    pub const fn mismatch(&self) -> EvaluationRefusal {
        EvaluationRefusal::Mismatch(self.name)
    }
}

impl<'a> Run<'_, 'a> {
    /// Calls a function.
    pub fn call(
        &self,
        function: Function,
        input: Collection<'a>,
        arguments: &[Term],
        scope: &Scope<'_, 'a>,
    ) -> Outcome<'a> {
        if let Function::Iterate(function) = function {
            return self.iterate(function, input, arguments, scope);
        }
        let values = arguments.iter().map(|argument| self.term(argument, scope)).collect::<Result<_, _>>()?;
        let call = Call { name: function.name(), input, values, terms: arguments };
        match function {
            Function::Collect(function) => self.collect(function, call),
            Function::Walk(function) => self.walk(function, &call),
            Function::Reckon(function) => self.reckon(function, &call),
            Function::Word(function) => self.word(function, &call),
            Function::To(target) => Ok(convert::convert(target, &call)?.into_iter().collect()),
            Function::ConvertsTo(target) => {
                let converts = |_| convert::convert(target, &call).map(|value| Datum::Boolean(value.is_some()));
                Ok(call.subject()?.map(converts).transpose()?.into_iter().collect())
            }
            Function::Iterate(_) => Ok(Vec::new()),
        }
    }
}
