//! The functions, by what they work on.

mod collect;
mod convert;
mod iterate;
mod reckon;
mod walk;
mod word;

use super::datum::{Collection, Datum};
use super::evaluate::{Run, Scope, maybe};
use super::expression::Term;
use super::function::Function;

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
    /// The values of an argument; none when there is no such argument.
    pub fn argument(&self, position: usize) -> &[Datum<'a>] {
        self.values.get(position).map_or(&[], Vec::as_slice)
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
    ) -> Collection<'a> {
        if let Function::Iterate(function) = function {
            return self.iterate(function, input, arguments, scope);
        }
        let values = arguments.iter().map(|argument| self.term(argument, scope)).collect();
        let call = Call { name: function.name(), input, values, terms: arguments };
        maybe(match function {
            Function::Collect(function) => return self.collect(function, call),
            Function::Walk(function) => return self.walk(function, &call),
            Function::Word(function) => return self.word(function, &call),
            Function::Reckon(function) => self.reckon(function, &call),
            Function::To(target) => self.convert(target, &call),
            Function::ConvertsTo(target) => {
                let converts = |_| Datum::Boolean(self.convert(target, &call).is_some());
                self.single(&call.input, call.name).map(converts)
            }
            Function::Iterate(_) => None,
        })
    }
}
