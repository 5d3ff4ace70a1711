//! Values and rules of the casework itself: who, when, which case, which document.
//!
//! Invariant: nothing here knows a form, a screen, a clock or a store. Identifiers and times are made from what the
//! caller passes in, so every rule can be tested natively and replayed.

mod case;
mod document;
mod partial_date;
mod stamp;
mod worker;

pub use asesmen_seal::{CaseId, IdRefusal, InstrumentPin, SealId, TimeRefusal, Timestamp};
pub use case::{Case, CaseRefusal, Initials};
pub use document::{Awaited, Document, Seal};
pub use partial_date::{Calendar, PartialDate, PartialDateRefusal, Qualifier};
pub use stamp::Stamp;
pub use worker::{Role, Worker, WorkerRefusal};

asesmen_seal::identifier!("Names a document from its first draft on.", DocumentId);
asesmen_seal::identifier!("Names a note that a case's file was opened.", OpeningId);
asesmen_seal::identifier!("Names a note that a case passed from one tablet to another.", PassageId);
