//! Values and rules of the casework itself: who, when, which case, which document.
//!
//! Invariant: nothing here knows a form, a screen, a clock or a store. Identifiers and times are made from what the
//! caller passes in, so every rule can be tested natively and replayed.

mod case;
mod document;
mod id;
mod partial_date;
mod time;
mod worker;

pub use case::{Case, CaseRefusal, Initials};
pub use document::{Document, InstrumentPin, Seal};
pub use id::{CaseId, DocumentId, IdRefusal, OpeningId, SealId};
pub use partial_date::{Calendar, PartialDate, PartialDateRefusal, Qualifier};
pub use time::{Stamp, TimeRefusal, Timestamp};
pub use worker::{Role, Worker, WorkerRefusal};
