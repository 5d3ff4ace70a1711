//! What the outbox keeps: endpoints, receipts and what a person has to decide, in the store `profile`.

use super::record::{decode, encode, encode_bytes};
use super::request::Request;
use super::{Database, documents, stores};
use crate::app::StorageProblem;
use crate::app::outbox::{Endpoint, Hold, Stored};
use crate::domain::SealId;
use crate::json::{Value, object};
use crate::seal::Enclosed;
use wasm_bindgen::JsValue;

const ENDPOINT: &str = "endpoint:";
/// The seal and the endpoint follow.
const RECEIPT: &str = "receipt:";
const HOLD: &str = "hold:";
/// A number follows that only grows.
const LEASE: &str = "lease:";

fn range(prefix: &str) -> Option<idb::KeyRange> {
    // Behind every key that begins with "…:" stands "…;".
    let end = prefix.replace(':', ";");
    idb::KeyRange::bound(&prefix.into(), &end.as_str().into(), None, Some(true)).ok()
}

fn of_seal(prefix: &str, seal: SealId, url: &str) -> JsValue {
    JsValue::from_str(&format!("{prefix}{seal}/{url}"))
}

/// Whether any endpoint is kept: without one there is nothing to send, and nothing of sending needs to be loaded.
pub async fn has_endpoint(database: &Database) -> bool {
    let keys = database.transact(vec![Request::Keys(stores::PROFILE, range(ENDPOINT))]).await;
    keys.is_ok_and(|rows| rows.iter().any(|rows| !rows.is_empty()))
}

/// Reads endpoints, which receipts there are, and what waits for a person.
pub async fn read(database: &Database) -> Result<Stored, StorageProblem> {
    let requests = vec![
        Request::Read(stores::PROFILE, range(ENDPOINT)),
        Request::Keys(stores::PROFILE, range(RECEIPT)),
        Request::Read(stores::PROFILE, range(HOLD)),
    ];
    let rows = database.transact(requests).await?;
    let [endpoints, receipts, holds] = &rows[..] else { return Ok(Stored::default()) };
    let name = |key: &JsValue| key.as_string().unwrap_or_default();
    let receipt = |key: String| {
        let (seal, url) = key.strip_prefix(RECEIPT)?.split_once('/')?;
        Some((SealId::parse(seal).ok()?, url.to_owned()))
    };
    Ok(Stored {
        endpoints: endpoints.iter().map(|(key, value)| decode(&name(key), value, Endpoint::from_json)).collect(),
        receipts: receipts.iter().filter_map(|(key, _)| receipt(name(key))).collect(),
        holds: holds.iter().map(|(key, value)| decode(&name(key), value, Hold::from_json)).collect(),
    })
}

/// Keeps an endpoint, in place of what was known of it.
pub fn keep_endpoint(endpoint: &Endpoint) -> Request {
    let key = JsValue::from_str(&[ENDPOINT, &endpoint.url].concat());
    Request::Put(stores::PROFILE, key, encode(&endpoint.to_json()))
}

/// Keeps a receipt; one that is there is never overwritten.
pub fn keep_receipt(url: &str, seal: SealId, bytes: &[u8]) -> Request {
    Request::Add(stores::PROFILE, of_seal(RECEIPT, seal, url), encode_bytes(bytes))
}

/// Keeps what a person has to decide, or decided.
pub fn keep_hold(hold: &Hold) -> Request {
    Request::Put(stores::PROFILE, of_seal(HOLD, hold.seal, &hold.url), encode(&hold.to_json()))
}

/// Forgets what a person had to decide.
pub fn drop_hold(url: &str, seal: SealId) -> Request {
    Request::Delete(stores::PROFILE, of_seal(HOLD, seal, url))
}

/// The bytes of one sealed file, with all its signatures, and the attachments beside it.
pub async fn sealed(database: &Database, seal: SealId) -> Result<(Vec<u8>, Vec<Enclosed>), StorageProblem> {
    let rows = database.transact(vec![documents::sealed(seal)]).await?.pop().unwrap_or_default();
    Ok((documents::sealed_file(seal, &rows)?, documents::attachments(&rows)))
}

/// The last lease: its number, and until when it counts, in milliseconds since 1970.
pub async fn read_lease(database: &Database) -> Result<(u64, f64), StorageProblem> {
    let rows = database.transact(vec![Request::Read(stores::PROFILE, range(LEASE))]).await?;
    let Some((key, value)) = rows.first().and_then(|rows| rows.last()) else { return Ok((0, 0.0)) };
    let number = key.as_string().and_then(|key| key.strip_prefix(LEASE)?.parse().ok()).unwrap_or(0);
    let until = decode(LEASE, value, |lease| lease.get("until").and_then(Value::as_u64));
    #[allow(clippy::cast_precision_loss, reason = "milliseconds since 1970")]
    Ok((number, until.map_or(0.0, |until| until as f64)))
}

/// The lease after one. Whoever adds it first has it: for all others the number is taken.
pub fn next_lease(number: u64, until: f64) -> Vec<Request> {
    let key = |number: u64| JsValue::from_str(&format!("{LEASE}{number:016}"));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds since 1970")]
    let lease = object([("until", (until as u64).into())]);
    vec![Request::Add(stores::PROFILE, key(number + 1), encode(&lease)), Request::Delete(stores::PROFILE, key(number))]
}
