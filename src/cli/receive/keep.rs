//! Storing a submission exactly once.
//!
//! | Object | Holds |
//! | --- | --- |
//! | `submissions/{sealId}.{SHA-256}.json` | the bytes as received |
//! | `index/{day}/{hour}/{minute-second}_{sealId}` | nothing; its name says when it was received |
//! | `receipts/{sealId}.json` | the sealed receipt, which names the digest |
//!
//! Invariant: a submission is there exactly when its receipt is, and the receipt is written last and once. The names of the
//! other two contain what they stand for, so writing them again changes nothing, and what a crash or a lost race leaves of
//! them is never shown. Of two submissions under one seal the one whose receipt came first is kept.

use super::claim::{Claim, ClaimError, removed};
use super::index;
use super::place::{Guard, Place};
use crate::json::parse;
use crate::seal::{Receipt, SealId, Timestamp};
use axum::body::Bytes;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutMode, PutPayload};
use std::time::{Duration, Instant};

/// A verified file on its way into the store.
#[derive(Clone, Debug)]
pub struct Submission {
    /// Its seal.
    pub seal: SealId,
    /// The digest of its bytes, as receipts name it.
    pub digest: String,
    /// The bytes as received.
    pub bytes: Bytes,
    /// When they were received.
    pub received: Timestamp,
    /// The same by a clock that nobody sets.
    pub begun: Instant,
    /// The receipt to be given if it is new.
    pub receipt: Bytes,
}

/// What became of a submission; with the receipt that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It was stored.
    New(Bytes),
    /// The same bytes had been stored before.
    Known(Bytes),
    /// Other bytes had been stored before under the same seal.
    Conflict,
}

/// Why nothing can be said about a submission.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// No claim was to be had.
    #[error(transparent)]
    Claim(#[from] ClaimError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] object_store::Error),
    /// The store was so slow that others may have taken this receiver for dead.
    #[error("the store took too long")]
    Late,
    /// A stored receipt cannot be read.
    #[error("the stored receipt of {0} cannot be read")]
    Damaged(SealId),
}

/// How long after a file was received the writing of its receipt may still begin. The store's client gives it up within half a minute
/// (`place.rs`), so it is over before others take this receiver for dead or the list for settled.
const LATEST: Duration = Duration::from_secs(30);

/// Stores a submission, or says what is stored in its place.
///
/// # Errors
/// Fails when the store does. What was written then is not shown, and the same submission may simply come again.
pub async fn keep(place: &Place, submission: &Submission) -> Result<Kept, KeepError> {
    if let Some(kept) = decided(place, submission).await? {
        return Ok(kept);
    }
    if place.guard == Guard::Create {
        return store(place, submission, PutMode::Create, submission.begun).await;
    }
    let mut claim = Claim::new(place, submission.seal)?;
    let kept = alone(place, submission, &mut claim).await;
    claim.release().await;
    kept
}

/// Stores under a claim, unless another receiver does so first.
async fn alone(place: &Place, submission: &Submission, claim: &mut Claim<'_>) -> Result<Kept, KeepError> {
    loop {
        let holds = claim.holds().await?;
        // Looked up after the claim holds, since it may have been decided before.
        match decided(place, submission).await? {
            Some(kept) => return Ok(kept),
            None if holds => {
                return store(place, submission, PutMode::Overwrite, submission.begun.min(claim.begun())).await;
            }
            None => {}
        }
    }
}

/// Writes what is new, the receipt last, unless too much time has passed since the beginning.
async fn store(place: &Place, submission: &Submission, mode: PutMode, begun: Instant) -> Result<Kept, KeepError> {
    let Submission { seal, digest, bytes, received, receipt, .. } = submission;
    let objects = place.objects.as_ref();
    let (file, entry) = (submission_path(*seal, digest), index::path(*received, *seal));
    let writes = (objects.put(&file, bytes.clone().into()), objects.put(&entry, PutPayload::new()));
    futures_util::try_join!(writes.0, writes.1)?;
    if begun.elapsed() > LATEST {
        return Err(KeepError::Late);
    }
    match objects.put_opts(&receipt_path(*seal), receipt.clone().into(), mode.into()).await {
        Ok(_) => Ok(Kept::New(receipt.clone())),
        Err(object_store::Error::AlreadyExists { .. }) => {
            let (first, stored) = receipt_of(place, *seal).await?.ok_or(KeepError::Damaged(*seal))?;
            if first.received != *received {
                removed(objects, &entry).await?;
            }
            compared(place, submission, &first, stored).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What was decided about a seal before, if anything was.
async fn decided(place: &Place, submission: &Submission) -> Result<Option<Kept>, KeepError> {
    match receipt_of(place, submission.seal).await? {
        Some((first, stored)) => compared(place, submission, &first, stored).await.map(Some),
        None => Ok(None),
    }
}

async fn compared(place: &Place, submission: &Submission, first: &Receipt, stored: Bytes) -> Result<Kept, KeepError> {
    if first.digest == submission.digest {
        return Ok(Kept::Known(stored));
    }
    // The receipt names other bytes for ever, so nobody needs these.
    removed(place.objects.as_ref(), &submission_path(submission.seal, &submission.digest)).await?;
    Ok(Kept::Conflict)
}

/// The stored receipt of a seal: what it says, and its bytes.
///
/// # Errors
/// Fails when the store does, or when what is stored is no receipt.
pub async fn receipt_of(place: &Place, seal: SealId) -> Result<Option<(Receipt, Bytes)>, KeepError> {
    let stored = match place.objects.get(&receipt_path(seal)).await {
        Ok(found) => found.bytes().await?,
        Err(object_store::Error::NotFound { .. }) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let read = parse(&stored).ok().and_then(|file| Receipt::from_json(file.at(&["document", "receipt"])?));
    read.map(|receipt| Some((receipt, stored))).ok_or(KeepError::Damaged(seal))
}

/// The stored bytes that a receipt names.
///
/// # Errors
/// Fails when the store does.
pub async fn bytes_of(place: &Place, receipt: &Receipt) -> Result<Bytes, KeepError> {
    Ok(place.objects.get(&submission_path(receipt.seal_id, &receipt.digest)).await?.bytes().await?)
}

fn submission_path(seal: SealId, digest: &str) -> Path {
    Path::from(format!("submissions/{seal}.{}.json", digest.rsplit(':').next().unwrap_or_default()))
}

fn receipt_path(seal: SealId) -> Path {
    Path::from(format!("receipts/{seal}.json"))
}
