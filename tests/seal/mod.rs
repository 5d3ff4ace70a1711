//! The seal: signing, checking, and every way a file can be wrong.

mod sealed;
mod verify;
