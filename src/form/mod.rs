//! The form engine: HL7 FHIR R4 `Questionnaire` with Structured Data Capture, filled one answer at a time.
//!
//! A [`Questionnaire`] is compiled once and never changes. A [`Response`] is the state of one filling; it changes only by
//! [`Operation`]s, which are what storage keeps, so replaying them gives the same state. Each change names the nodes it
//! touched and no others: the cost of an answer does not grow with the form.
//!
//! Invariant: no clock, no randomness, no words for the user; texts come from the form itself.

mod answer;
mod answer_option;
mod basis;
mod data_absent_reason;
mod edit;
mod element;
mod enable_when;
mod entry;
mod extension;
pub mod fhirpath;
mod graph;
mod item;
mod load;
mod operation;
mod questionnaire;
mod questionnaire_response;
mod regex;
mod response;
mod text;
mod validation;

pub use answer::{Answer, Attachment, Coding, Quantity};
pub use answer_option::AnswerOption;
pub use basis::Basis;
pub use data_absent_reason::DataAbsentReason;
pub use edit::{DateParts, Edit, age_of, other_of};
pub use entry::{EntryRefusal, decimal, integer};
pub use item::{Bounds, Control, Guidance, Item, ItemIx, Kind, Orientation, Sensitivity};
pub use load::LoadRefusal;
pub use operation::{Content, Operation, OperationRefusal, Place};
pub use questionnaire::{Questionnaire, Section};
pub use questionnaire_response::{About, questionnaire_response};
pub use regex::{Pattern, PatternRefusal};
pub use response::{Changed, Node, NodeIx, Response};
pub use text::Text;
pub use validation::{Issue, Problem, issues, problems};
