//! Ecomaps: who and what is around a client or a household, and how they relate.
//!
//! Steps: model → order → layout → scene; [`svg`](super::svg()) and its shapes are those of genograms. `docs/ecomap.md` describes
//! file and drawing.
//!
//! The notation is that of A. Hartman, "Diagrammatic Assessment of Family Relationships", Social Casework 59 (1978) 465–476,
//! called "the standard" below: the household in a circle in the middle, a circle for each system around it, and lines whose
//! kind tells how they relate. There a line is strong, weak or stressful; here these are three marks that can stand on
//! one line together, since what is strong may be tense, too.
//!
//! Invariant: what stands in the middle is one [`Core`](core::Core) with a size, a circle with a name or one around a small
//! genogram of the household; the layout asks for nothing else of it.

mod circles;
pub mod codes;
mod core;
mod layout;
mod legend;
mod lines;
mod model;
mod order;
mod record;
mod sign;

pub(super) use codes::{centre_code, flow_code, importance_code, strength_code, tension_code, wish_code};
pub use model::{
    Centre, Ecomap, EcomapRefusal, Flow, Importance, Kind, MOST, Strength, System, SystemId, SystemKind, Tension, Wish,
};
pub use record::EcomapRecordRefusal;
pub use sign::Sign;

use super::scene::{Mark, Of, Scene};
use std::collections::BTreeSet;

/// Draws an ecomap: the lines, then what stands in the middle and around it; a legend of what occurs stands below.
///
/// # Errors
/// Refuses two systems with one identifier, more systems than a drawing helps with, and a household that is no family.
pub fn scene(ecomap: &Ecomap, words: &dyn Fn(Sign) -> String) -> Result<Scene, EcomapRefusal> {
    let systems = order::ordered(ecomap)?;
    let mut signs = BTreeSet::new();
    let core = core::core(ecomap, words, systems.len(), &mut signs)?;
    let layout = layout::Layout::of(core.radius, systems.len());
    let mut marks: Vec<Mark> = Vec::with_capacity(3 * systems.len() + 1);
    for (system, place) in systems.iter().zip(&layout.places) {
        let of = Of::Tie(system.id.clone(), system.strength, system.tension, system.flow);
        marks.push(Mark { of, shapes: lines::tie(system, place.line, &mut signs) });
    }
    marks.extend(core.at(layout.centre));
    for (system, place) in systems.iter().zip(&layout.places) {
        marks.extend(circles::circle(system, place, words, &mut signs));
    }
    let (entries, width, height) = legend::legend(&signs, words, layout.height, layout.width);
    marks.extend(entries);
    let drawing = (layout.width, layout.height);
    Ok(Scene { width, height, drawing, marks, across_generations: Vec::new() })
}
