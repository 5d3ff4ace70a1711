//! What an event is given by the world.

use super::Timestamp;

/// What the world gives to one event: the time, and random bytes for the identifiers that the event may need.
#[derive(Clone, Copy, Debug)]
pub struct Stamp {
    /// The tablet's time when the event happened.
    pub now: Timestamp,
    /// Fresh random bytes; each is used for one identifier at most.
    pub entropy: [u8; 32],
}
