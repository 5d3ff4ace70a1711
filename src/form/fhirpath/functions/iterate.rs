//! Functions that evaluate their arguments for each value, or only when needed (FHIRPath N1, 5.1, 5.2, 5.9, 7).

use crate::form::fhirpath::datum::{Collection, Datum};
use crate::form::fhirpath::evaluate::{Outcome, Run, Scope, is_item_path, truth};
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
    ) -> Outcome<'a> {
        let Some(first) = arguments.first() else {
            return Ok(vec![Datum::Boolean(!input.is_empty())]);
        };
        match function {
            Iterate::Where => self.filter(input, first, scope),
            Iterate::Exists => Ok(vec![Datum::Boolean(!self.filter(input, first, scope)?.is_empty())]),
            Iterate::All => {
                let count = input.len();
                Ok(vec![Datum::Boolean(self.filter(input, first, scope)?.len() == count)])
            }
            Iterate::Select => {
                let mut all = Vec::new();
                for (index, datum) in (0..).zip(&input) {
                    let projected = self.each(first, datum, index, scope)?;
                    self.spend(projected.len())?;
                    all.extend(projected);
                }
                Ok(all)
            }
            Iterate::Repeat => self.repeat(input, first, scope),
            Iterate::Aggregate => self.aggregate(&input, arguments, scope),
            Iterate::Iif => {
                let inside = Scope { this: &input, ..*scope };
                let branch = if truth(&self.term(first, &inside)?, "iif")? == Some(true) { 1 } else { 2 };
                arguments.get(branch).map_or(Ok(Vec::new()), |branch| self.term(branch, &inside))
            }
            Iterate::Coalesce => {
                for argument in arguments {
                    let value = self.term(argument, scope)?;
                    if !value.is_empty() {
                        return Ok(value);
                    }
                }
                Ok(Vec::new())
            }
        }
    }

    /// A part evaluated for one value of a collection.
    fn each(&self, term: &Term, datum: &Datum<'a>, index: i64, scope: &Scope<'_, 'a>) -> Outcome<'a> {
        self.term(term, &Scope { this: std::slice::from_ref(datum), index, total: scope.total })
    }

    fn filter(&self, input: Collection<'a>, criterion: &Term, scope: &Scope<'_, 'a>) -> Outcome<'a> {
        let mut kept = Vec::new();
        for (index, datum) in (0..).zip(input) {
            if truth(&self.each(criterion, &datum, index, scope)?, "where")? == Some(true) {
                kept.push(datum);
            }
        }
        Ok(kept)
    }

    fn repeat(&self, input: Collection<'a>, projection: &Term, scope: &Scope<'_, 'a>) -> Outcome<'a> {
        let (mut all, mut open) = (Vec::new(), input);
        // Items of items are distinct already, so none has to be looked for among the others.
        let distinct = is_item_path(projection) && open.iter().all(|datum| member::place(datum).is_some());
        while !open.is_empty() {
            let mut found = Vec::new();
            for (index, datum) in (0..).zip(&open) {
                for new in self.each(projection, datum, index, scope)? {
                    if distinct || !(self.holds(&all, &new)? || self.holds(&found, &new)?) {
                        found.push(new);
                    }
                }
            }
            self.spend(found.len())?;
            all.extend(found.iter().cloned());
            open = found;
        }
        Ok(all)
    }

    fn aggregate(&self, input: &[Datum<'a>], arguments: &[Term], scope: &Scope<'_, 'a>) -> Outcome<'a> {
        let (Some(aggregator), initial) = (arguments.first(), arguments.get(1)) else { return Ok(Vec::new()) };
        let mut total = initial.map_or(Ok(Vec::new()), |initial| self.term(initial, scope))?;
        for (index, datum) in (0..).zip(input) {
            let inside = Scope { this: std::slice::from_ref(datum), index, total: &total };
            let next = self.term(aggregator, &inside)?;
            total = next;
        }
        Ok(total)
    }
}
