//! All tests in one binary, by topic; `cargo test seal` runs one topic.

mod app;
mod form;
mod json;
mod seal;
mod tidy;
