//! `PUT /submissions/{sealId}`: from a body to a receipt.

use super::attachments;
use super::judge;
use super::keep::{self, KeepError, Kept, Submission};
use super::log::Note;
use super::meter::Phase;
use super::problem::Problem;
use super::receiver::Receiver;
use crate::seal::{Receipt, SealId, digest, sha256};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64ct::{Base64, Encoding};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::OwnedSemaphorePermit;

/// How long a body may take as a whole, but for a second for each kilobyte: bad networks bring no more.
const WHOLE: Duration = Duration::from_secs(600);
/// How long a body may bring nothing at all; it holds memory that others wait for.
const IDLE: Duration = Duration::from_secs(30);
/// How long a request waits for memory that others use.
const PATIENCE: Duration = Duration::from_secs(10);
/// After how many seconds to come again when the receiver or its store is in trouble.
const AGAIN: u64 = 5;

/// Takes a submission.
///
/// # Errors
/// Answers with why not. Nothing is kept then.
pub async fn submit(
    receiver: &Arc<Receiver>,
    seal: SealId,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let expected = expected(headers)?;
    let permit = memory(receiver, headers, None).await?;
    let begun = Instant::now();
    let bytes = read(receiver, body).await?;
    receiver.meter.took(Phase::Read, begun);
    let (received, begun) = (receiver.now()?, Instant::now());
    if expected.is_some_and(|expected| expected != sha256(&bytes)) {
        return Err(Problem::digest_mismatch());
    }
    // What was begun is finished, even when the client is gone: half-done work would only have to be done again.
    let (receiver, size) = (Arc::clone(receiver), bytes.len());
    let work = tokio::spawn(async move {
        let _permit = permit;
        let sealer = Arc::clone(&receiver);
        let judged = tokio::task::spawn_blocking(move || {
            let report = judge::judge(&bytes, seal, &sealer.trust, received, &sealer.meter)?;
            let signing = Instant::now();
            let facts = Receipt { seal_id: seal, digest: digest(&bytes), size: bytes.len() as u64, received };
            let receipt = sealer.identity.receipt(&facts).map_err(|_| Problem::failed())?;
            sealer.meter.took(Phase::Sign, signing);
            let named = judge::attachments(&report);
            Ok((
                judge::kids(&report),
                named,
                Submission { seal, digest: facts.digest, bytes, received, begun, receipt },
            ))
        });
        let (kids, named, submission) = judged.await.map_err(|_| Problem::failed())??;
        let begun = Instant::now();
        // A receipt says that everything was received which the document stands for.
        attachments::all_here(&receiver, &named).await?;
        let kept = keep::keep(&receiver.place, &submission).await;
        receiver.meter.took(Phase::Store, begun);
        if matches!(kept, Ok(Kept::New(_))) {
            receiver.meter.stored(submission.bytes.len());
        }
        Ok((kept.map_err(failed)?, kids))
    });
    let (kept, kids) = work.await.map_err(|_| Problem::failed())??;
    answer(seal, kept, Note { seal: Some(seal), bytes: size, kids: Some(kids) })
}

fn answer(seal: SealId, kept: Kept, note: Note) -> Result<Response, Problem> {
    let (status, receipt) = match kept {
        Kept::New(receipt) => (StatusCode::CREATED, receipt),
        Kept::Known(receipt) => (StatusCode::OK, receipt),
        Kept::Conflict => return Err(Problem::conflict()),
    };
    let mut response = (status, receipt).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(location) = HeaderValue::from_str(&seal.to_string()) {
        headers.insert(header::LOCATION, location);
    }
    response.extensions_mut().insert(note);
    Ok(response)
}

/// Trouble with the store, as an answer. What it was goes to the log, not to the client.
pub fn failed(error: KeepError) -> Problem {
    match error {
        KeepError::Claim(super::claim::ClaimError::Busy) => Problem::busy().after(1),
        other => {
            super::log::trouble(&other.to_string());
            Problem::store_failed().after(AGAIN)
        }
    }
}

/// The digest that the body is to have, where that is said, of a body as it is.
pub fn expected(headers: &HeaderMap) -> Result<Option<[u8; 32]>, Problem> {
    if headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(Problem::encoded());
    }
    expected_digest(headers)
}

/// Takes as much of the memory for bodies as this one may need, and no more than is ever held of it at once.
pub async fn memory(
    receiver: &Receiver,
    headers: &HeaderMap,
    held: Option<usize>,
) -> Result<OwnedSemaphorePermit, Problem> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let bytes = length.unwrap_or(receiver.max_bytes);
    if bytes > receiver.max_bytes {
        return Err(too_large(receiver));
    }
    let permits = u32::try_from(bytes.min(held.unwrap_or(bytes)) / 1024 + 1).map_err(|_| too_large(receiver))?;
    let waiting = Arc::clone(&receiver.memory).acquire_many_owned(permits);
    match tokio::time::timeout(PATIENCE, waiting).await {
        Ok(Ok(permit)) => Ok(permit),
        _ => Err(Problem::busy().after(AGAIN)),
    }
}

fn too_large(receiver: &Receiver) -> Problem {
    Problem::too_large().with("maxBytes", receiver.max_bytes as u64)
}

async fn read(receiver: &Receiver, body: Body) -> Result<Bytes, Problem> {
    let (mut pieces, mut bytes) = (Pieces::of(receiver, body), Vec::new());
    while let Some(piece) = pieces.next().await? {
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes.into())
}

/// A body as it arrives, which may be neither too large nor too slow.
pub struct Pieces<'a> {
    receiver: &'a Receiver,
    body: Limited<Body>,
    begun: Instant,
    read: usize,
}

impl<'a> Pieces<'a> {
    /// Of a body that begins to arrive.
    pub fn of(receiver: &'a Receiver, body: Body) -> Self {
        Self { receiver, body: Limited::new(body, receiver.max_bytes), begun: Instant::now(), read: 0 }
    }

    /// The next piece, none at the end.
    ///
    /// # Errors
    /// Refuses what is too large, too slow, or ends early.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Problem> {
        let frame = match tokio::time::timeout(IDLE, self.body.frame()).await {
            Err(_) => return Err(Problem::slow()),
            Ok(None) => return Ok(None),
            Ok(Some(frame)) => frame,
        };
        let piece = match frame {
            Err(error) if error.is::<LengthLimitError>() => return Err(too_large(self.receiver)),
            Err(_) => return Err(Problem::cut_off()),
            Ok(frame) => frame.into_data().unwrap_or_default(),
        };
        self.read += piece.len();
        if self.begun.elapsed() > WHOLE + Duration::from_secs(self.read as u64 / 1000) {
            return Err(Problem::slow());
        }
        Ok(Some(piece))
    }
}

/// The SHA-256 that `Content-Digest` names (RFC 9530, 2), if the header is there.
fn expected_digest(headers: &HeaderMap) -> Result<Option<[u8; 32]>, Problem> {
    let mut expected = None;
    let mut given = false;
    for value in headers.get_all("content-digest") {
        given = true;
        for member in value.to_str().map_err(|_| Problem::bad_digest())?.split(',') {
            let (algorithm, digest) = member.trim().split_once('=').ok_or_else(Problem::bad_digest)?;
            if algorithm != "sha-256" {
                continue;
            }
            let inner = digest.strip_prefix(':').and_then(|rest| rest.strip_suffix(':'));
            let bytes = inner.and_then(|text| Base64::decode_vec(text).ok()).and_then(|bytes| bytes.try_into().ok());
            // Of one name given twice the last counts (RFC 8941, 3.2); two that differ are a mistake all the same.
            let bytes: [u8; 32] = bytes.ok_or_else(Problem::bad_digest)?;
            if expected.is_some_and(|before| before != bytes) {
                return Err(Problem::bad_digest());
            }
            expected = Some(bytes);
        }
    }
    if given && expected.is_none() { Err(Problem::bad_digest()) } else { Ok(expected) }
}

/// `Content-Digest` of a digest in the form that receipts have.
#[must_use]
pub fn content_digest(digest: &str) -> Option<HeaderValue> {
    let hex = digest.strip_prefix("sha-256:")?;
    let byte = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(byte).collect();
    HeaderValue::from_str(&format!("sha-256=:{}:", Base64::encode_string(&bytes?))).ok()
}
