//! The seal: signing, checking, and every way a file can be wrong.

mod content;
mod jwe;
pub mod package;
pub mod sealed;
mod trust;
mod verify;
