//! `PUT /submissions/{sealId}`: from a body to a receipt.

use super::gate::Client;
use super::judge;
use super::keep::{self, KeepError, Kept, Submission};
use super::log::Note;
use super::memory::{Hold, SMALL};
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

/// How long a body may take as a whole, but for a second for each kilobyte: bad networks bring no more.
const WHOLE: Duration = Duration::from_secs(600);
/// How many times the longest silence a body may take as a whole while others wait for its memory.
const HURRY: u32 = 4;
/// How often a body that brings nothing is looked at, since others may have begun to wait.
const GLANCE: Duration = Duration::from_millis(500);
/// After how many seconds to come again when the receiver or its store is in trouble.
const AGAIN: u64 = 5;

/// Takes a submission.
///
/// # Errors
/// Answers with why not. Nothing is kept then.
pub async fn submit(
    receiver: &Arc<Receiver>,
    client: Client,
    seal: SealId,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let expected = expected_digest(headers)?;
    if headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(Problem::encoded());
    }
    let mut coming = Coming::new(receiver, client, headers).await?;
    let begun = Instant::now();
    let bytes = coming.read(body).await?;
    receiver.meter.took(Phase::Read, begun);
    let (received, begun) = (receiver.now()?, Instant::now());
    if expected.is_some_and(|expected| expected != sha256(&bytes)) {
        return Err(Problem::digest_mismatch());
    }
    // What was begun is finished, even when the client is gone: half-done work would only have to be done again.
    let (receiver, size, hold) = (Arc::clone(receiver), bytes.len(), coming.hold);
    let work = tokio::spawn(async move {
        let _hold = hold;
        let sealer = Arc::clone(&receiver);
        let judged = tokio::task::spawn_blocking(move || {
            let report = judge::judge(&bytes, seal, &sealer.trust, received, &sealer.meter)?;
            let signing = Instant::now();
            let facts = Receipt { seal_id: seal, digest: digest(&bytes), size: bytes.len() as u64, received };
            let receipt = sealer.identity.receipt(&facts).map_err(|_| Problem::failed())?;
            sealer.meter.took(Phase::Sign, signing);
            Ok((judge::kids(&report), Submission { seal, digest: facts.digest, bytes, received, begun, receipt }))
        });
        let (kids, submission) = judged.await.map_err(|_| Problem::failed())??;
        let begun = Instant::now();
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

fn too_large(receiver: &Receiver) -> Problem {
    Problem::too_large().with("maxBytes", receiver.max_bytes as u64)
}

/// A body on its way, and the memory it may use.
struct Coming<'a> {
    receiver: &'a Receiver,
    client: Client,
    size: usize,
    hold: Hold,
}

impl<'a> Coming<'a> {
    /// Takes memory for the length that was announced; where none was, for a small body at first.
    async fn new(receiver: &'a Receiver, client: Client, headers: &HeaderMap) -> Result<Self, Problem> {
        let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        let size = length.unwrap_or(SMALL.min(receiver.max_bytes));
        if size > receiver.max_bytes {
            return Err(too_large(receiver));
        }
        Ok(Self { receiver, client, size, hold: receiver.memory.body(client, size).await? })
    }

    async fn read(&mut self, body: Body) -> Result<Bytes, Problem> {
        let (begun, mut bytes) = (Instant::now(), Vec::new());
        let mut heard = begun;
        let mut body = Limited::new(body, self.receiver.max_bytes);
        loop {
            match tokio::time::timeout(GLANCE, body.frame()).await {
                Err(_) if heard.elapsed() > self.receiver.silence => return Err(slow()),
                Err(_) => {}
                Ok(None) => return Ok(bytes.into()),
                Ok(Some(Err(error))) if error.is::<LengthLimitError>() => return Err(too_large(self.receiver)),
                Ok(Some(Err(_))) => return Err(Problem::cut_off()),
                Ok(Some(Ok(frame))) => {
                    heard = Instant::now();
                    let data = frame.data_ref().map_or(&[][..], |data| data);
                    self.grow(bytes.len() + data.len()).await?;
                    bytes.extend_from_slice(data);
                }
            }
            let longest = if self.hold.is_wanted() {
                self.receiver.silence * HURRY
            } else {
                WHOLE + Duration::from_secs(bytes.len() as u64 / 1000)
            };
            if begun.elapsed() > longest {
                return Err(slow());
            }
        }
    }

    /// Takes memory in larger and larger steps for a body whose length nobody knows.
    async fn grow(&mut self, bytes: usize) -> Result<(), Problem> {
        if bytes > self.size {
            self.size = bytes.saturating_mul(4).min(self.receiver.max_bytes);
            self.hold = self.receiver.memory.body(self.client, self.size).await?;
        }
        Ok(())
    }
}

fn slow() -> Problem {
    Problem::slow().after(AGAIN)
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
