//! The form engine: HL7 FHIR R4 `Questionnaire` with Structured Data Capture, filled one answer at a time.
//!
//! A [`Questionnaire`] is compiled once and never changes. A [`Response`] is the state of one filling; it changes only by
//! [`Operation`]s, which are what storage keeps, so replaying them gives the same state. Each change names the nodes it
//! touched and no others: the cost of an answer does not grow with the form.
//!
//! Invariant: no clock, no randomness, no words for the user; texts come from the form itself.

mod answer;
mod answer_option;
mod audience;
mod basis;
mod bounds;
mod change;
mod check_response;
mod compile;
mod context;
mod control;
mod data_absent_reason;
mod edit;
mod element;
mod enable_when;
mod entry;
mod evaluation;
mod extension;
pub mod fhirpath;
mod graph;
mod inquiry;
mod item;
mod kept;
mod load;
mod operation;
mod population;
mod questionnaire;
mod questionnaire_response;
mod read_response;
mod regex;
mod response;
mod rules;
pub mod signature;
mod text;
mod validation;
mod value_set;

pub use answer::{Answer, Attachment, Coding, Quantity};
pub use answer_option::AnswerOption;
pub use audience::{Audience, CopyKind, Picture, Shown};
pub use basis::Basis;
pub use bounds::Bounds;
pub use check_response::Finding;
pub use context::Context;
pub use control::{Control, DisplayCategory, Guidance, Orientation};
pub use data_absent_reason::DataAbsentReason;
pub use edit::{DateParts, Edit, age_of, other_of, typed_parts, unit_of};
pub use entry::{EntryRefusal, decimal, integer};
pub use inquiry::{Inquiry, Over};
pub use item::{Item, ItemIx, Kind, Sensitivity};
pub use load::LoadRefusal;
pub use operation::{Content, Operation, OperationRefusal, Place};
pub use population::{Proposal, Proposed};
pub use questionnaire::{Questionnaire, Section};
pub use questionnaire_response::{About, Detail, as_given, questionnaire_response, said_items};
pub use read_response::{Misfit, MisfitAt, ReadRefusal, Reading};
pub use regex::{Pattern, PatternRefusal};
pub use response::{Changed, Node, NodeIx, Response};
pub use rules::{CaseDocuments, Constraint};
pub use text::Text;
pub use validation::{Issue, Problem, Severity, form_problems, issues, problems};
