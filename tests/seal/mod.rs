//! The seal: signing, checking, and every way a file can be wrong.

pub mod attachments;
mod content;
pub mod corpus;
mod cosign;
mod ecdsa;
mod examples;
pub mod formats;
mod jwe;
pub mod package;
mod schema;
pub mod sealed;
mod trust;
mod verify;
