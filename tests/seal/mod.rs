//! The seal: signing, checking, and every way a file can be wrong.

mod content;
pub mod sealed;
mod trust;
mod verify;
