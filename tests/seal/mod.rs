//! The seal: signing, checking, and every way a file can be wrong.

mod content;
mod cosign;
pub mod sealed;
mod trust;
mod verify;
