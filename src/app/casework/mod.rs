//! Casework: what the documents of a case say about where it stands. The rules are data (`instruments/rules.json`); here
//! is only the mechanism that asks them of a case.
//!
//! Invariant: everything is derived from the heads of documents each time it is shown; nothing is stored.

mod facts;
mod file;
mod rulebook;
mod standing;

pub use facts::{case_value, facts};
pub use file::{FilePart, FileState, FileView, Letter, Source};
pub use rulebook::{DocumentState, Phase, Rule, Rulebook, RulebookRefusal, Strength};
pub use standing::{
    OpenRule, PhaseView, current_phase, document_state, first_due, gates, open_rules, phase_among, phases,
};
