//! All tests in one binary, by topic; `cargo test --test suite seal` runs one topic.

#![allow(clippy::panic, reason = "tests speak by panicking")]

mod app;
mod browser;
mod cli;
mod diagram;
mod domain;
mod faults;
mod fhir;
mod form;
mod instruments;
mod json;
mod outside;
mod receive;
mod seal;
mod tidy;
