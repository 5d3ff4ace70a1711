//! Attachments that stand beside documents: `PUT`, `GET` and `HEAD /attachments/{SHA-256}`.
//!
//! Invariant: under a digest there are the bytes of that digest or nothing. They are on their way into the store while they
//! arrive, and appear in it only once all of them came and the digest was seen to be theirs. So two that send the same at
//! once, and one that sends it again, change nothing; and what nobody has finished is not there.

use super::body::Coming;
use super::gate::Right;
use super::listen::Peer;
use super::log::Note;
use super::meter::Phase;
use super::problem::Problem;
use super::receiver::Receiver;
use super::submit;
use crate::json::{Value, array};
use crate::seal::{Apart, Finding};
use axum::body::Body;
use axum::extract::{Extension, Path as Named, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64ct::{Base64, Encoding};
use object_store::path::Path;
use object_store::{Error, ObjectMeta, ObjectStoreExt, WriteMultipart};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Instant;

type Shared = State<Arc<Receiver>>;
type Outcome = Result<Response, Problem>;

/// How much of an attachment is written at once: stores that speak S3 take no smaller parts.
const PART: usize = 5 * 1024 * 1024;
/// How many parts are on their way into the store while the next one arrives.
const PARTS: usize = 1;

/// Takes an attachment.
pub async fn put(
    State(receiver): Shared,
    Extension(Peer(peer)): Extension<Peer>,
    Named(name): Named<String>,
    headers: HeaderMap,
    body: Body,
) -> Outcome {
    let client = receiver.gate.enter(&headers, peer, Right::Send)?;
    let digest = hash(&name)?;
    let expected = submit::expected(&headers)?;
    if expected.is_some_and(|expected| expected != digest) {
        return Err(Problem::digest_mismatch());
    }
    // What arrives is held in parts; of a short one no more than all of it.
    let coming = Coming::new(&receiver, client, &headers, body, PART * (PARTS + 2)).await?;
    let begun = Instant::now();
    let (known, size) = taken(&receiver, &path(&name), &digest, coming).await?;
    receiver.meter.took(Phase::Store, begun);
    let status = if known { StatusCode::OK } else { StatusCode::CREATED };
    let mut response = (status, [(header::CACHE_CONTROL, "no-store")]).into_response();
    response.extensions_mut().insert(Note { bytes: size, ..Note::default() });
    Ok(response)
}

/// Reads all pieces and keeps them, unless they are kept already; whether they were, and how many bytes they are.
async fn taken(
    receiver: &Receiver,
    path: &Path,
    digest: &[u8; 32],
    mut coming: Coming<'_>,
) -> Result<(bool, usize), Problem> {
    let (objects, mut hash, mut size) = (receiver.place.objects.as_ref(), Sha256::new(), 0);
    let mut upload = match meta(receiver, path).await? {
        Some(_) => None,
        None => Some(WriteMultipart::new_with_chunk_size(objects.put_multipart(path).await.map_err(failed)?, PART)),
    };
    let known = upload.is_none();
    let ended = loop {
        let piece = match coming.next().await {
            Ok(Some(piece)) => piece,
            Ok(None) => break if hash.finalize()[..] == digest[..] { Ok(()) } else { Err(Problem::digest_mismatch()) },
            Err(problem) => break Err(problem),
        };
        hash.update(&piece);
        size += piece.len();
        if let Some(upload) = &mut upload {
            if let Err(error) = upload.wait_for_capacity(PARTS).await {
                break Err(failed(error));
            }
            upload.put(piece);
        }
    };
    match (upload, &ended) {
        (Some(upload), Ok(())) => drop(upload.finish().await.map_err(failed)?),
        // What was begun is taken back; where that fails, it is never shown all the same.
        (Some(upload), Err(_)) => drop(upload.abort().await),
        (None, _) => {}
    }
    ended.map(|()| (known, size))
}

/// Gives an attachment out.
pub async fn get(
    State(receiver): Shared,
    Extension(Peer(peer)): Extension<Peer>,
    Named(name): Named<String>,
    headers: HeaderMap,
) -> Outcome {
    receiver.gate.enter(&headers, peer, Right::Read)?;
    let digest = hash(&name)?;
    let _turn = receiver.turn(1).await?;
    let found = match receiver.place.objects.get(&path(&name)).await {
        Ok(found) => found,
        Err(Error::NotFound { .. }) => return Err(Problem::not_found()),
        Err(error) => return Err(failed(error)),
    };
    let size = found.meta.size;
    let mut response = described(&digest, &name, size, Body::from_stream(found.into_stream()));
    let bytes = usize::try_from(size).unwrap_or(usize::MAX);
    response.extensions_mut().insert(Note { bytes, ..Note::default() });
    Ok(response)
}

/// Says whether an attachment is here.
pub async fn head(
    State(receiver): Shared,
    Extension(Peer(peer)): Extension<Peer>,
    Named(name): Named<String>,
    headers: HeaderMap,
) -> Outcome {
    receiver.gate.enter(&headers, peer, Right::Read)?;
    let digest = hash(&name)?;
    let _turn = receiver.turn(1).await?;
    let meta = meta(&receiver, &path(&name)).await?.ok_or_else(Problem::not_found)?;
    Ok(described(&digest, &name, meta.size, Body::empty()))
}

/// Whether all attachments are here that a document names.
///
/// # Errors
/// Names those that are not, for the sender to send; refuses for good where one has another size than the document says.
pub async fn all_here(receiver: &Receiver, named: &[Apart]) -> Result<(), Problem> {
    let (mut missing, mut others): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
    for apart in named {
        match meta(receiver, &path(apart.hex())).await? {
            None => missing.push(apart.to_json().into()),
            Some(meta) if meta.size != apart.size => {
                let finding = Finding::AttachmentDiffers { digest: apart.digest.clone(), size: apart.size };
                others.push(finding.to_json());
            }
            Some(_) => {}
        }
    }
    if !others.is_empty() {
        Err(Problem::other_attachment().with("findings", array(others)))
    } else if !missing.is_empty() {
        Err(Problem::attachments_missing().with("attachments", array(missing)))
    } else {
        Ok(())
    }
}

async fn meta(receiver: &Receiver, path: &Path) -> Result<Option<ObjectMeta>, Problem> {
    match receiver.place.objects.head(path).await {
        Ok(meta) => Ok(Some(meta)),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(failed(error)),
    }
}

fn failed(error: Error) -> Problem {
    submit::failed(error.into())
}

/// What is said of an attachment. Whatever its kind, it is given out as bytes that no browser shows by itself.
fn described(digest: &[u8; 32], name: &str, size: u64, body: Body) -> Response {
    let fixed = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CONTENT_DISPOSITION, "attachment"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    let mut response = (fixed, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    let content_digest = format!("sha-256=:{}:", Base64::encode_string(digest));
    for (header, value) in [("content-digest", content_digest), ("etag", format!("\"sha-256:{name}\""))] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(header, value);
        }
    }
    response
}

/// The hash that a name is: 64 hexadecimal digits in lower case, so that the same bytes never have two names.
fn hash(name: &str) -> Result<[u8; 32], Problem> {
    let fits = name.len() == 64 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let byte = |at: usize| u8::from_str_radix(name.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..64).step_by(2).map(byte).collect();
    bytes.filter(|_| fits).and_then(|bytes| bytes.try_into().ok()).ok_or_else(Problem::bad_name)
}

fn path(hex: &str) -> Path {
    Path::from(format!("attachments/{hex}"))
}
