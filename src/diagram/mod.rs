//! Genogram and ecomap: from lists of people and ties to a drawing.
//!
//! The lists are the record; a drawing is derived from them and never stored. Steps: model → check → layout → scene → SVG
//! text.
//!
//! Invariant: no clock, no browser, no randomness, and no words for people except those the model itself holds. The same
//! lists, in whatever order they come, give the same drawing.

pub mod gedcom;
mod genogram;

pub use genogram::{
    ChildKind, ChildTie, Couple, CoupleId, CoupleKind, Feeling, FeelingTie, Genogram, Life, Parents, Person, PersonId,
    Sex, Twins,
};
