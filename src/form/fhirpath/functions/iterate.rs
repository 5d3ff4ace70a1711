//! Functions that evaluate their arguments for each value, or only when needed (FHIRPath N1, 5.1, 5.2, 5.9, 7).

use crate::form::fhirpath::datum::{Collection, Datum};
use crate::form::fhirpath::evaluate::{Run, Scope, is_item_path, maybe};
use crate::form::fhirpath::expression::Term;
use crate::form::fhirpath::function::Iterate;
use crate::form::fhirpath::member;

impl<'a> Run<'_, 'a> {
    /// Calls a function that evaluates its arguments itself.
    pub fn iterate(
        &self,
        function: Iterate,
        input: Collection<'a>,
        arguments: &[Term],
        scope: &Scope<'_, 'a>,
    ) -> Collection<'a> {
        let count = input.len();
        let Some(first) = arguments.first() else { return maybe(Some(Datum::Boolean(count > 0))) };
        let found = match function {
            Iterate::Where => return self.each(input, first, scope, true),
            Iterate::Select => return self.each(input, first, scope, false),
            Iterate::Exists => !self.each(input, first, scope, true).is_empty(),
            Iterate::All => self.each(input, first, scope, true).len() == count,
            Iterate::Repeat => return self.repeat(input, first, scope),
            Iterate::Aggregate => return self.aggregate(&input, first, arguments.get(1), scope),
            Iterate::Iif => {
                let inside = Scope { this: &input, ..*scope };
                let branch = if self.truth(&self.term(first, &inside), "iif") == Some(true) { 1 } else { 2 };
                return arguments.get(branch).map_or_else(Vec::new, |branch| self.term(branch, &inside));
            }
            Iterate::Coalesce => {
                let values = arguments.iter().map(|argument| self.term(argument, scope));
                return values.into_iter().find(|value| !value.is_empty()).unwrap_or_default();
            }
        };
        maybe(Some(Datum::Boolean(found)))
    }

    /// A part evaluated for each value: the values for which it is true, or all that it yields.
    fn each(&self, input: Collection<'a>, term: &Term, scope: &Scope<'_, 'a>, filters: bool) -> Collection<'a> {
        let mut all = Vec::new();
        for (index, datum) in (0..).zip(input) {
            let mut found = self.term(term, &Scope { this: std::slice::from_ref(&datum), index, total: scope.total });
            if !filters {
                self.spend(found.len());
                all.append(&mut found);
            } else if self.truth(&found, "where") == Some(true) {
                all.push(datum);
            }
        }
        all
    }

    fn repeat(&self, input: Collection<'a>, projection: &Term, scope: &Scope<'_, 'a>) -> Collection<'a> {
        let (mut all, mut open) = (Vec::new(), input);
        // Items of items are distinct already, so none has to be looked for among the others.
        let distinct = is_item_path(projection) && open.iter().all(|datum| member::place(datum).is_some());
        while !open.is_empty() {
            let found = self.each(open, projection, scope, false);
            let begin = all.len();
            for new in found {
                if distinct || !self.holds(&all, &new) {
                    all.push(new);
                }
            }
            open = if self.spend(0) { all[begin..].to_vec() } else { Vec::new() };
        }
        all
    }

    fn aggregate(
        &self,
        input: &[Datum<'a>],
        aggregator: &Term,
        initial: Option<&Term>,
        scope: &Scope<'_, 'a>,
    ) -> Collection<'a> {
        let mut total = initial.map_or_else(Vec::new, |initial| self.term(initial, scope));
        for (index, datum) in (0..).zip(input) {
            let next = self.term(aggregator, &Scope { this: std::slice::from_ref(datum), index, total: &total });
            total = next;
        }
        total
    }
}
