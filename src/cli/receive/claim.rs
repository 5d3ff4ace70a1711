//! Keeping receivers out of one another's way on a store without conditional writes.
//!
//! Who wants to store something under a seal puts a claim of its own beside those of others and then lists them all. Alone,
//! it may go on. Since everybody puts before listing, of two at least one sees the other, so no two are ever alone. Who is
//! not alone takes the claim back and tries later, except the one whose claim sorts first: it waits, so that somebody
//! always gets on. The store has to list what was put before, as S3 promises.
//!
//! A claim whose receiver died is removed once it is a minute older than one's own by the store's clock. That a live
//! holder is never so slow is ensured where the claim is used: what takes longer is given up (`keep.rs`).

use super::chance;
use super::place::Place;
use crate::seal::SealId;
use futures_util::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt, PutPayload};
use std::time::{Duration, Instant};

/// How old a claim has to be, beside one's own, for its receiver to be dead.
const DEAD: chrono::TimeDelta = chrono::TimeDelta::seconds(60);
/// How long to try.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why no claim could be held.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    /// Others were at it all the time.
    #[error("another receiver is storing this submission at the moment")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] object_store::Error),
}

/// A claim on a seal, about to be held or held.
pub struct Claim<'a> {
    place: &'a Place,
    folder: Path,
    path: Path,
    begun: Instant,
    put: bool,
}

impl<'a> Claim<'a> {
    /// A claim that is not put yet.
    ///
    /// # Errors
    /// Fails where the system has no random bytes for its name.
    pub fn new(place: &'a Place, seal: SealId) -> Result<Self, ClaimError> {
        let folder = Path::from(format!("claims/{seal}"));
        let path = folder.clone().join(chance::word().map_err(object_store::Error::from)?);
        Ok(Self { place, folder, path, begun: Instant::now(), put: false })
    }

    /// When it was first wanted, which is not after it was put.
    #[must_use]
    pub const fn begun(&self) -> Instant {
        self.begun
    }

    /// Whether nobody else has a claim on the seal, so that this one holds. Where somebody has, it waits a moment; then what
    /// was wanted may have been done, and it may be tried again.
    ///
    /// # Errors
    /// Gives up after ten seconds, or when the store fails.
    pub async fn holds(&mut self) -> Result<bool, ClaimError> {
        let objects = self.place.objects.as_ref();
        if self.begun.elapsed() > PATIENCE {
            return Err(ClaimError::Busy);
        }
        if !self.put {
            // It may be there from the moment on at which putting it was tried.
            self.put = true;
            objects.put(&self.path, PutPayload::from_static(b"claim")).await?;
        }
        let claims: Vec<ObjectMeta> = objects.list(Some(&self.folder)).try_collect().await?;
        let Some(own) = claims.iter().find(|claim| claim.location == self.path) else {
            // Somebody took this receiver for dead.
            self.put = false;
            return Ok(false);
        };
        let others = claims.iter().filter(|claim| claim.location != self.path);
        let (dead, alive): (Vec<_>, Vec<_>) = others.partition(|claim| own.last_modified - claim.last_modified > DEAD);
        for claim in dead {
            removed(objects, &claim.location).await?;
        }
        if alive.iter().any(|claim| claim.location < self.path) {
            removed(objects, &self.path).await?;
            self.put = false;
        }
        if !alive.is_empty() {
            tokio::time::sleep(pause().map_err(object_store::Error::from)?).await;
        }
        Ok(alive.is_empty())
    }

    /// Lets others go on. A claim that could not be taken back counts as that of a dead receiver after a minute.
    pub async fn release(self) {
        if self.put {
            let _ = removed(self.place.objects.as_ref(), &self.path).await;
        }
    }
}

/// Between 10 and 74 milliseconds, so that two who collided do not collide again.
fn pause() -> Result<Duration, chance::NoChance> {
    let [byte] = chance::bytes()?;
    Ok(Duration::from_millis(10 + u64::from(byte) / 4))
}

/// Removes an object that may be gone already.
///
/// # Errors
/// Fails when the store does.
pub async fn removed(objects: &dyn ObjectStore, path: &Path) -> object_store::Result<()> {
    match objects.delete(path).await {
        Err(object_store::Error::NotFound { .. }) => Ok(()),
        outcome => outcome,
    }
}
