//! Functions that walk a tree, read scores, or tell the time (FHIRPath N1, 5.8 and 5.10; FHIR R4, FHIRPath `extension`;
//! SDC `ordinal` and `weight`).

use super::Call;
use crate::form::fhirpath::datum::{Collection, Datum};
use crate::form::fhirpath::evaluate::{Run, maybe};
use crate::form::fhirpath::function::Walk;
use crate::form::fhirpath::member;
use crate::form::fhirpath::moment::{Moment, MomentKind};

impl<'a> Run<'_, 'a> {
    /// Calls a function that walks or tells the time.
    pub fn walk(&self, function: Walk, call: &Call<'_, 'a>) -> Collection<'a> {
        let response = self.env.response;
        let moment = |kind| maybe(Moment::at(self.env.now).to_kind(kind).map(Datum::Moment));
        match function {
            Walk::Today => return moment(MomentKind::Date),
            Walk::Now => return moment(MomentKind::DateTime),
            Walk::TimeOfDay => return moment(MomentKind::Time),
            Walk::Descendants => return self.descendants(&call.input),
            Walk::Children | Walk::Extension | Walk::Ordinal => {}
        }
        let url = self.text(call.argument(0), call.name);
        let mut found = Vec::new();
        for datum in &call.input {
            match (function, url) {
                _ if !self.looks_below(datum) => {}
                (Walk::Children, _) => member::children(response, datum, &mut found),
                (Walk::Extension, Some(url)) => member::extension(response, datum, url, &mut found),
                (Walk::Ordinal, _) => found.extend(member::score(response, datum).map(Datum::Decimal)),
                _ => {}
            }
        }
        found
    }

    fn descendants(&self, input: &[Datum<'a>]) -> Collection<'a> {
        let (mut all, mut open) = (Vec::new(), input.to_vec());
        while !open.is_empty() {
            let mut found = Vec::new();
            for datum in &open {
                if !self.looks_below(datum) {
                    return Vec::new();
                }
                member::children(self.env.response, datum, &mut found);
            }
            open = if self.spend(found.len()) { found.clone() } else { Vec::new() };
            all.append(&mut found);
        }
        all
    }
}
