//! Asesmen: guided social-work assessments in the browser, kept offline, sealed, and verifiable by any portal.
//!
//! A case is a folder of documents. A document is the answer to an instrument. Sealing a document signs it.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

pub mod app;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod domain;
#[cfg(target_arch = "wasm32")]
pub mod element;
pub mod form;
pub mod json;
#[cfg(target_arch = "wasm32")]
mod platform;
pub mod seal;
#[cfg(target_arch = "wasm32")]
mod ui;
