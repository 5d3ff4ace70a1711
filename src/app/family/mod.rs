//! Genogram and ecomap as answers: what the lists of a form say, and what acts of the editors do to the lists.
//!
//! A group with the control `genogram` or `ecomap` holds lists with fixed linkIds (`instruments/README.md`). They are ordinary answers: the
//! engine keeps, seals and compares them like any others, and a form without the editor still shows them as lists. The
//! family is derived from them each time, and the drawing from the family; neither is stored.
//!
//! Invariant: an act changes the lists by operations alone, all of them or none, and never into a family of which no drawing
//! can be made.

mod acts;
mod ages;
mod bringing;
mod lists;
mod making;
mod reading;
mod removal;
mod surroundings;

pub use acts::{Acted, FamilyAct, operations};
pub use reading::{Family, Tie, TieKind, family};
pub use surroundings::{Surroundings, surroundings, system_added};
