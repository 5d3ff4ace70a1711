//! All tests in one binary, by topic; `cargo test seal` runs one topic.

mod app;
mod cli;
mod domain;
mod form;
mod instruments;
mod json;
mod seal;
mod tidy;
