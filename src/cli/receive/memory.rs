//! The memory for what comes and goes, and whose turn it is.
//!
//! Small bodies, large bodies and answers have memory of their own each, so that a few large files on slow networks keep no
//! document out, and readers keep no writer out. One client gets at most half of each, so that it alone keeps nobody out.
//!
//! Invariant: what is held is given back when its guard goes, however a request ends.

use super::gate::Client;
use super::problem::Problem;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The largest body that counts as small.
pub const SMALL: usize = 256 * 1024;
/// Memory for small bodies.
const FOR_SMALL: usize = 32 * 1024 * 1024;
/// Memory for large bodies, and as much for answers; but always for four of the largest.
const FOR_LARGE: usize = 96 * 1024 * 1024;
/// How long a request waits for memory that others use.
const PATIENCE: Duration = Duration::from_secs(10);
/// After how many seconds to come again when there was none.
const AGAIN: u64 = 5;
/// What memory is counted in.
const UNIT: usize = 1024;

/// All memory for bodies and answers. Reading a file takes several times as much beside it.
pub struct Memory {
    small: Arc<Pool>,
    large: Arc<Pool>,
    answers: Arc<Pool>,
}

impl Memory {
    /// Memory for bodies up to a largest.
    #[must_use]
    pub fn new(max_bytes: usize) -> Self {
        let large = FOR_LARGE.max(max_bytes.saturating_mul(4));
        let pool = |name, bytes: usize| Arc::new(Pool::new(name, bytes, max_bytes));
        Self { small: pool("small", FOR_SMALL), large: pool("large", large), answers: pool("answers", large) }
    }

    /// Takes memory for a body.
    ///
    /// # Errors
    /// Answers 503 when others hold it all for too long, or the client itself holds its share.
    pub async fn body(&self, client: Client, bytes: usize) -> Result<Hold, Problem> {
        let pool = if bytes <= SMALL { &self.small } else { &self.large };
        pool.hold(client, bytes).await
    }

    /// Takes memory for an answer.
    ///
    /// # Errors
    /// As for a body.
    pub async fn answer(&self, client: Client, bytes: usize) -> Result<Hold, Problem> {
        self.answers.hold(client, bytes).await
    }

    /// Waits until no body is held any more.
    pub async fn idle(&self) {
        for pool in [&self.small, &self.large] {
            let _ = pool.permits.acquire_many(pool.units).await;
        }
    }

    /// What is held and wanted, for whoever watches.
    #[must_use]
    pub fn levels(&self) -> [Level; 3] {
        [&self.small, &self.large, &self.answers].map(|pool| pool.level())
    }
}

/// How full a part of the memory is.
#[derive(Clone, Copy, Debug)]
pub struct Level {
    /// What it is for.
    pub name: &'static str,
    /// How many bytes are held.
    pub held: usize,
    /// How many there are.
    pub size: usize,
    /// How many requests wait for some.
    pub waiting: usize,
}

struct Pool {
    name: &'static str,
    permits: Arc<Semaphore>,
    units: u32,
    share: u32,
    waiting: AtomicUsize,
    wanted: AtomicUsize,
    clients: Mutex<HashMap<Client, Arc<Semaphore>>>,
}

impl Pool {
    fn new(name: &'static str, bytes: usize, max_bytes: usize) -> Self {
        let units = units(bytes);
        let share = (units / 2).max(units_of_one(max_bytes)).min(units);
        let (permits, clients) = (Arc::new(semaphore(units)), Mutex::default());
        Self { name, permits, units, share, waiting: AtomicUsize::new(0), wanted: AtomicUsize::new(0), clients }
    }

    async fn hold(self: &Arc<Self>, client: Client, bytes: usize) -> Result<Hold, Problem> {
        let units = units_of_one(bytes).min(self.share);
        let mut share = Share { pool: Arc::clone(self), client, permit: None };
        let own = self.share_of(client)?;
        let _waiting = Waiting::of(&self.waiting);
        let acquired = async {
            // Its own share first: who waits for that takes nothing from others, and hurries nobody.
            share.permit = Some(own.acquire_many_owned(units).await.ok()?);
            let _wanted = Waiting::of(&self.wanted);
            Arc::clone(&self.permits).acquire_many_owned(units).await.ok()
        };
        match tokio::time::timeout(PATIENCE, acquired).await {
            Ok(Some(permit)) => Ok(Hold { _permit: permit, share }),
            _ => Err(Problem::busy().after(AGAIN)),
        }
    }

    fn share_of(&self, client: Client) -> Result<Arc<Semaphore>, Problem> {
        let mut clients = self.clients.lock().map_err(|_| Problem::failed())?;
        let share = clients.entry(client).or_insert_with(|| Arc::new(semaphore(self.share)));
        Ok(Arc::clone(share))
    }

    fn level(&self) -> Level {
        let size = usize::try_from(self.units).unwrap_or(usize::MAX);
        let held = size.saturating_sub(self.permits.available_permits()) * UNIT;
        Level { name: self.name, held, size: size * UNIT, waiting: self.waiting.load(Relaxed) }
    }
}

/// Memory that is held.
pub struct Hold {
    _permit: OwnedSemaphorePermit,
    share: Share,
}

impl Hold {
    /// Whether somebody waits for it whose own share would allow it.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.share.pool.wanted.load(Relaxed) > 0
    }
}

/// A client's part in what it holds or waits for.
struct Share {
    pool: Arc<Pool>,
    client: Client,
    permit: Option<OwnedSemaphorePermit>,
}

impl Drop for Share {
    fn drop(&mut self) {
        drop(self.permit.take());
        let Ok(mut clients) = self.pool.clients.lock() else { return };
        // Nobody else of this client is here; who comes takes the lock first.
        if clients.get(&self.client).is_some_and(|share| Arc::strong_count(share) == 1) {
            clients.remove(&self.client);
        }
    }
}

struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn of(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Relaxed);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

fn semaphore(units: u32) -> Semaphore {
    Semaphore::new(usize::try_from(units).unwrap_or(Semaphore::MAX_PERMITS))
}

fn units(bytes: usize) -> u32 {
    u32::try_from(bytes / UNIT).unwrap_or(u32::MAX / 2)
}

fn units_of_one(bytes: usize) -> u32 {
    units(bytes).saturating_add(1)
}
