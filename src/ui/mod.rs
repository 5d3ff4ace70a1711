//! What the worker sees and touches: screens, fields, words. A thin shell over [`crate::app`].
//!
//! Invariant: reads the model, sends events, keeps no record of its own. Only what is purely visual (an open help text, a
//! revealed answer) lives here.

mod chart;
mod diagrams;
mod dispatch;
mod dom;
mod fields;
mod focus;
mod frame;
mod hosted;
mod i18n;
mod icon;
mod later;
mod leaving;
mod panel;
mod paper;
mod parts;
mod picture;
mod reactive;
mod root;
mod saving;
mod screens;
mod sheet;
mod told;

pub use crate::platform::{note_part, offer_parts};
pub use dispatch::{Handle, mount};
pub use hosted::HostedForm;
