//! All tests in one binary, by topic; `cargo test seal` runs one topic.

mod app;
mod domain;
mod form;
mod json;
mod seal;
mod tidy;
