//! Drawings that are answers: pictures of lists, and the editors that change the lists by touch and by keyboard.
//!
//! Lists and picture are two views of one model: the picture is drawn anew from the lists, and what a hand does to the
//! picture becomes operations on them.

mod arrows;
mod bringing;
mod ecomap;
mod genogram;
mod handing;
mod legend;
mod linking;
mod panel;
mod people;
mod printing;
mod refused;
mod shapes;
mod stage;
mod still;
mod tools;
mod tree;
mod words;

pub use ecomap::ecomap;
pub use genogram::genogram;
pub use refused::refused;
pub use still::still;
