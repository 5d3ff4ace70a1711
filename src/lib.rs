//! Asesmen: guided social-work assessments in the browser, kept offline, sealed, and verifiable by any portal.
//!
//! A case is a folder of documents. A document is the answer to an instrument. Sealing a document signs it.
//!
//! Invariants, held by the compiler and by `tests/tidy.rs`; `ARCHITECTURE.md` says more about each:
//!
//! - Dependencies point one way: `seal ← domain ← form, diagram ← app ← ui`. `platform` and `cli` only execute, `main` and
//!   `element` wire. The pure rooms (`seal` with `json`, `domain`, `diagram`, `form`, `app`) know no browser, no clock and no
//!   chance.
//! - State changes in one place, [`app::update`]. Events are past tense, effects imperative; results of effects come back
//!   as events.
//! - An answer wakes those who show it and nobody else.
//! - "Saved" is said only after storage has confirmed. What is sealed is what is kept, and nothing is kept behind a seal.
//! - Bad input is refused with a typed reason and changes nothing; words for people are made in `ui` alone, and
//!   those that the command line needs too in `wording`.

pub use asesmen_seal as seal;
pub use asesmen_seal::json;

pub mod app;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod diagram;
pub mod domain;
#[cfg(target_arch = "wasm32")]
pub mod element;
pub mod fhir;
pub mod form;
#[cfg(target_arch = "wasm32")]
mod platform;
#[cfg(target_arch = "wasm32")]
mod ui;
pub mod wording;
