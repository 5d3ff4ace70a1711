//! What all requests share.

use super::gate::Gate;
use super::identity::Identity;
use super::linger::PLACES;
use super::memory::Memory;
use super::meter::Meter;
use super::place::Place;
use super::problem::Problem;
use crate::seal::{Timestamp, Trust};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

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
    /// How long a client may bring nothing while it sends.
    pub silence: Duration,
    /// The memory that bodies and answers may use.
    pub memory: Arc<Memory>,
    /// Turns of those who read from the store, so that they leave it to those who send.
    pub turns: Semaphore,
    /// Places for connections that linger.
    pub lingering: Arc<Semaphore>,
}

/// How many turns readers have at once.
pub const TURNS: usize = 32;
/// How long a reader waits for a turn.
const PATIENCE: Duration = Duration::from_secs(10);

impl Receiver {
    /// The time by the receiver's clock, the only one that counts.
    ///
    /// # Errors
    /// Answers 500 when the clock is outside the calendar.
    pub fn now(&self) -> Result<Timestamp, Problem> {
        crate::cli::verify::now().ok_or_else(Problem::failed)
    }

    /// Waits for so many turns of readers.
    ///
    /// # Errors
    /// Answers 503 when others read all the time.
    pub async fn turn(&self, turns: u32) -> Result<SemaphorePermit<'_>, Problem> {
        match tokio::time::timeout(PATIENCE, self.turns.acquire_many(turns)).await {
            Ok(Ok(turn)) => Ok(turn),
            _ => Err(Problem::busy().after(1)),
        }
    }

    /// What is counted, and how full it is.
    #[must_use]
    pub fn counts(&self) -> String {
        let lingering = PLACES - self.lingering.available_permits();
        self.meter.text(&self.memory.levels(), TURNS - self.turns.available_permits(), lingering)
    }
}
