//! What all requests share.

use super::gate::Gate;
use super::identity::Identity;
use super::meter::Meter;
use super::place::Place;
use super::problem::Problem;
use crate::seal::{Timestamp, Trust};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// A running receiver. It keeps nothing but counts: everything received is in the store.
pub struct Receiver {
    /// Where submissions are kept.
    pub place: Place,
    /// Who signs receipts.
    pub identity: Identity,
    /// Whose keys are believed.
    pub trust: Trust,
    /// Who may come in.
    pub gate: Gate,
    /// What is counted.
    pub meter: Meter,
    /// The largest submission.
    pub max_bytes: usize,
    /// The memory that bodies may use together, in permits of 1 KiB.
    pub memory: Arc<Semaphore>,
}

impl Receiver {
    /// The time by the receiver's clock, the only one that counts.
    ///
    /// # Errors
    /// Answers 500 when the clock is outside the calendar.
    pub fn now(&self) -> Result<Timestamp, Problem> {
        crate::cli::verify::now().ok_or_else(Problem::failed)
    }
}
