//! The application as a state machine: every event in, every effect out, no browser.

mod adding;
mod agreement;
mod beginning;
mod cards;
mod cases;
mod casework;
mod catalogue;
mod change;
mod family;
mod file;
mod hosted;
mod onward;
mod opening;
mod openings;
mod proposing;
mod ranking;
mod roles;
mod saving;
mod sealing;
mod settings;
mod signing;
pub mod story;
pub mod tablet;
mod verification;
mod versions;
mod view;
mod windows;
