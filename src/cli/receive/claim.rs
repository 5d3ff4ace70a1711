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
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt};
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

/// A claim that is held: nobody else stores anything under this seal.
pub struct Claim {
    path: Path,
}

impl Claim {
    /// Waits until nobody else has a claim on a seal.
    ///
    /// # Errors
    /// Gives up after ten seconds, or when the store fails.
    pub async fn hold(place: &Place, seal: SealId) -> Result<Self, ClaimError> {
        let objects = place.objects.as_ref();
        let folder = Path::from(format!("claims/{seal}"));
        let path = folder.clone().join(chance::word().map_err(object_store::Error::from)?);
        let begun = Instant::now();
        let mut put = false;
        while begun.elapsed() < PATIENCE {
            if !put {
                objects.put(&path, seal.to_string().into()).await?;
                put = true;
            }
            let claims: Vec<ObjectMeta> = objects.list(Some(&folder)).try_collect().await?;
            let Some(own) = claims.iter().find(|claim| claim.location == path) else {
                // Somebody took this receiver for dead.
                put = false;
                continue;
            };
            let (dead, alive): (Vec<&ObjectMeta>, Vec<&ObjectMeta>) = claims
                .iter()
                .filter(|claim| claim.location != path)
                .partition(|claim| own.last_modified - claim.last_modified > DEAD);
            for claim in dead {
                removed(objects, &claim.location).await?;
            }
            if alive.is_empty() {
                return Ok(Self { path });
            }
            if alive.iter().any(|claim| claim.location < path) {
                removed(objects, &path).await?;
                put = false;
            }
            tokio::time::sleep(pause().map_err(object_store::Error::from)?).await;
        }
        removed(objects, &path).await?;
        Err(ClaimError::Busy)
    }

    /// Lets others go on. A claim that could not be taken back counts as that of a dead receiver after a minute.
    pub async fn release(self, place: &Place) {
        let _ = removed(place.objects.as_ref(), &self.path).await;
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
