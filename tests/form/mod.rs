//! The form engine: what it refuses, what it asks, what it keeps and what it exports.

mod audience;
mod constraints;
mod edit;
mod enable_when;
mod entry;
mod export;
mod fhirpath;
mod hostile;
mod lists;
mod load;
mod options;
mod population;
mod reading;
mod regex;
mod repeats;
pub mod replay;
mod rules;
mod scope;
mod sections;
pub mod sheet;
mod text;
mod validation;
mod value_sets;
