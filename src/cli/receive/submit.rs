//! `PUT /submissions/{sealId}`: from a body to a receipt.

use super::attachments;
use super::body::Coming;
use super::gate::Client;
use super::judge;
use super::keep::{self, KeepError, Kept, Submission};
use super::log::Note;
use super::meter::Phase;
use super::problem::Problem;
use super::receiver::Receiver;
use crate::seal::{Receipt, SealId, digest, sha256};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64ct::{Base64, Encoding};
use std::sync::Arc;
use std::time::Instant;

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
    let expected = expected(headers)?;
    let coming = Coming::new(receiver, client, headers, body, usize::MAX).await?;
    let begun = Instant::now();
    let (bytes, hold) = coming.whole().await?;
    receiver.meter.took(Phase::Read, begun);
    let (received, begun) = (receiver.now()?, Instant::now());
    if expected.is_some_and(|expected| expected != sha256(&bytes)) {
        return Err(Problem::digest_mismatch());
    }
    // What was begun is finished, even when the client is gone: half-done work would only have to be done again.
    let (receiver, size) = (Arc::clone(receiver), bytes.len());
    let work = tokio::spawn(async move {
        let _hold = hold;
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
