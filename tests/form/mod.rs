//! The form engine: what it refuses, what it asks, what it keeps and what it exports.

mod edit;
mod enable_when;
mod entry;
mod export;
mod fhirpath;
mod hostile;
mod load;
mod options;
mod reading;
mod regex;
mod repeats;
pub mod replay;
mod scope;
pub mod sheet;
mod text;
mod validation;
