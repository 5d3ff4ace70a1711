//! JSON, exactly: what was read is what is written, and what two readers could take differently is refused.
//!
//! Forms must survive a round trip with every digit and every unknown member; seals must not be read in two ways. Both
//! need numbers kept as written, members in their order, and no duplicates, and both run in a browser that has to load
//! this code over a poor network. That is why this room exists beside the libraries for JSON.
//!
//! Invariant: a [`Value`] holds only what RFC 8259 can write; nothing is rounded, normalised or dropped.

mod binary64;
mod canonical;
mod natural;
mod number;
mod read;
mod value;
mod write;

pub use canonical::{NotInteroperable, canonical, interoperable};
pub use number::Number;
pub use read::{JsonRefusal, Reason, parse};
pub use value::{Object, Value, array, object};
