//! The form engine: HL7 FHIR R4 `Questionnaire` with Structured Data Capture, filled one answer at a time.
//!
//! A [`Questionnaire`] is compiled once and never changes. A [`Response`] is the state of one filling; it changes only by
//! [`Operation`]s, which are what storage keeps, so replaying them gives the same state. Each change names the nodes it
//! touched and no others: the cost of an answer does not grow with the form.
//!
//! Invariant: no clock, no randomness, no words for the user; texts come from the form itself, those of
//! FHIR's own value sets from [`fhir_value_set`].

mod answer;
mod answer_option;
mod audience;
mod basis;
mod bounds;
mod carry;
mod change;
mod check_response;
mod comparison;
mod compile;
mod context;
mod control;
mod data_absent_reason;
mod edit;
mod element;
mod enable_when;
mod entry;
mod evaluation;
mod expressions;
mod extension;
mod fhir_value_set;
pub mod fhirpath;
mod fit;
mod graph;
mod grow;
mod inquiry;
mod item;
mod kept;
mod load;
mod naming;
mod operation;
mod other_versions;
mod population;
mod questionnaire;
mod questionnaire_response;
mod questionnaire_shape;
mod ranking;
mod read_response;
mod regex;
mod response;
mod response_shape;
mod rich;
mod rules;
pub mod signature;
mod strangers;
mod successor;
mod text;
mod validation;
mod value_set;
mod version;

pub use answer::{Answer, Attachment, Coding, Quantity};
pub use answer_option::AnswerOption;
pub use audience::{Audience, CopyKind, Picture, Shown};
pub use basis::Basis;
pub use bounds::Bounds;
pub use carry::{Carried, Left, carry};
pub use check_response::Finding;
pub use comparison::{Change, Stretch, change, number, words};
pub use context::Context;
pub use control::{Control, DisplayCategory, EntryMode, Guidance, Orientation};
pub use data_absent_reason::DataAbsentReason;
pub use edit::{DateParts, Edit, age_of, other_of, typed_parts, unit_of};
pub use entry::{EntryRefusal, decimal, integer};
pub use fit::Unfit;
pub use inquiry::{Inquiry, Over};
pub use item::{Item, ItemIx, Kind, Sensitivity};
pub use load::{Limit, LoadRefusal};
pub use operation::{Content, Operation, OperationRefusal, Place};
pub use population::{Proposal, Proposed};
pub use questionnaire::{Questionnaire, Section};
pub use questionnaire_response::{About, Detail, as_given, questionnaire_response, said_items};
pub use questionnaire_shape::unknown_members;
pub use ranking::Ranking;
pub use read_response::{Misfit, MisfitAt, ReadRefusal, Reading};
pub use regex::{Pattern, PatternRefusal};
pub use response::{Changed, Node, NodeIx, Response};
pub use rich::{Piece, Shape};
pub use rules::{CaseDocuments, Constraint, may_be_unusual, may_have_rules};
pub use strangers::Stranger;
pub use text::Text;
pub use validation::{Issue, Problem, Severity, form_problems, issues, problems};
pub use version::{Comparison, Difference, Note, Part, compare};
