//! Genogram and ecomap: from lists of people and ties to a drawing.
//!
//! The lists are the record; a drawing is derived from them and never stored. Steps: model → check → layout → scene → SVG
//! text; `layout.rs` names those of the layout, `docs/genogram.md` describes file and drawing.
//!
//! Invariant: no clock, no browser, no randomness, and no words for people except those the model itself holds. The same
//! lists, in whatever order they come, give the same drawing.

mod around;
mod boxes;
mod cells;
mod chains;
mod check;
pub mod codes;
mod compose;
pub mod ecomap;
mod family;
mod feelings;
pub mod gedcom;
mod generations;
mod genogram;
mod hops;
mod household;
pub mod kin;
mod lanes;
mod layout;
mod legend;
mod measures;
mod order;
mod pools;
mod positions;
mod record;
mod rounded;
mod rows;
mod scene;
mod strokes;
mod svg;
mod symbols;
mod terms;
mod ties;
mod ways;

pub use around::around;
pub use boxes::{Area, PersonBox, SystemBox};
pub use check::{GenogramRefusal, MOST, check};
pub use genogram::{
    ChildKind, ChildTie, Couple, CoupleId, CoupleKind, Feeling, FeelingTie, Genogram, Life, Parents, Person, PersonId,
    Sex, Twins,
};
pub use positions::{FURTHEST, STEP};
pub use record::RecordRefusal;
pub use scene::{Anchor, Dash, Fill, Mark, Of, Path, Scene, Shape, Step, Text, scene};
pub use svg::{path_data, svg, titled};
pub use terms::Term;
