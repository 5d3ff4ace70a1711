//! The order in which systems stand around the middle: by kind, and within a kind by identifier.
//!
//! Nothing else decides, so a system that is added or renamed moves no other's order, and the order of the list never does.

use super::model::{Ecomap, EcomapRefusal, MOST, System};
use crate::diagram::family::natural;

/// The systems in order; those of no kind stand last.
pub(super) fn ordered(ecomap: &Ecomap) -> Result<Vec<&System>, EcomapRefusal> {
    if ecomap.systems.len() > MOST {
        return Err(EcomapRefusal::TooMany);
    }
    let mut systems: Vec<&System> = ecomap.systems.iter().collect();
    systems.sort_unstable_by(|one, two| natural(&one.id.0, &two.id.0));
    if let Some(pair) = systems.windows(2).find(|pair| pair[0].id == pair[1].id) {
        return Err(EcomapRefusal::Twice(pair[0].id.clone()));
    }
    systems.sort_by(|one, two| (one.kind.is_none(), &one.kind).cmp(&(two.kind.is_none(), &two.kind)));
    Ok(systems)
}
