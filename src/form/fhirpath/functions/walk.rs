//! Functions that walk a tree, read scores, or tell the time (FHIRPath N1, 5.8 and 5.10; FHIR R4, FHIRPath `extension`;
//! SDC `ordinal` and `weight`).

use super::Call;
use crate::form::fhirpath::datum::Datum;
use crate::form::fhirpath::evaluate::{Outcome, Run};
use crate::form::fhirpath::function::Walk;
use crate::form::fhirpath::member;
use crate::form::fhirpath::moment::{Moment, MomentKind};

impl<'a> Run<'_, 'a> {
    /// Calls a function that walks or tells the time.
    pub fn walk(&self, function: Walk, call: &Call<'_, 'a>) -> Outcome<'a> {
        let response = self.env.response;
        let moment = |kind| Ok(Moment::at(self.env.now).to_kind(kind).map(Datum::Moment).into_iter().collect());
        match function {
            Walk::Today => return moment(MomentKind::Date),
            Walk::Now => return moment(MomentKind::DateTime),
            Walk::TimeOfDay => return moment(MomentKind::Time),
            Walk::Descendants => return self.descendants(&call.input),
            Walk::Children | Walk::Extension | Walk::Ordinal => {}
        }
        let url = call.argument(0)?.and_then(Datum::as_str);
        let mut found = Vec::new();
        for datum in &call.input {
            match (function, url) {
                (Walk::Children, _) => member::children(response, datum, &mut found),
                (Walk::Extension, Some(url)) => member::extension(response, datum, url, &mut found),
                (Walk::Ordinal, _) => found.extend(member::score(response, datum).map(Datum::Decimal)),
                _ => {}
            }
        }
        Ok(found)
    }

    fn descendants(&self, input: &[Datum<'a>]) -> Outcome<'a> {
        let (mut all, mut open) = (Vec::new(), input.to_vec());
        while !open.is_empty() {
            let mut found = Vec::new();
            for datum in &open {
                member::children(self.env.response, datum, &mut found);
            }
            self.spend(found.len())?;
            all.extend(found.iter().cloned());
            open = found;
        }
        Ok(all)
    }
}
