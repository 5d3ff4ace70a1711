//! The seal: signing, checking, and every way a file can be wrong.

pub mod sealed;
mod verify;
