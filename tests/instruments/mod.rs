//! The built-in instruments: what every one of them has to hold, and what the physical assessment must ask.

mod agreement;
mod diagrams;
mod fisik;
mod flow;
mod house;
mod rules;
