//! Keys that are known, the credential of the tablet's own, and what its former ones said about those that took their places.

use super::record::{decode, decode_bytes, encode, encode_bytes};
use super::request::{Request, Rows};
use super::stores;
use crate::app::{KnownKey, ReadKeys};
use crate::seal::Kid;
use wasm_bindgen::JsValue;

/// What the keys of known keys begin with; their names follow.
const KEY: &str = "key:";
const CREDENTIAL: &str = "credential";
/// What the keys of statements begin with; the names of the old keys follow.
const STATEMENT: &str = "statement:";

/// Reads all of it.
pub fn read() -> Vec<Request> {
    // Behind every key that begins with "key:" stands "key;".
    let all = |first: &str, end: &str| {
        Request::Read(stores::PROFILE, idb::KeyRange::bound(&first.into(), &end.into(), None, Some(true)).ok())
    };
    vec![all(KEY, "key;"), Request::one(stores::PROFILE, CREDENTIAL), all(STATEMENT, "statement;")]
}

/// What was read. A credential that cannot be read is as good as none: it is imported again. A statement that cannot be read
/// is of no use to anybody.
pub fn found(rows: &[Rows]) -> ReadKeys {
    let part = |at: usize| rows.get(at).map(Vec::as_slice).unwrap_or_default();
    let statement = |(key, value): &(JsValue, JsValue)| {
        let kid = Kid::parse(key.as_string()?.strip_prefix(STATEMENT)?)?;
        Some((kid, decode_bytes(STATEMENT, value).ok()?))
    };
    ReadKeys {
        known: part(0).iter().map(|(key, value)| decode(&name(key), value, KnownKey::from_json)).collect(),
        credential: part(1).first().and_then(|(_, value)| decode_bytes(CREDENTIAL, value).ok()),
        statements: part(2).iter().filter_map(statement).collect(),
    }
}

fn name(key: &JsValue) -> String {
    key.as_string().unwrap_or_default()
}

/// Keeps what is known of a key together with what is there of it, which another window may have written; nothing is
/// written over what cannot be read, since it may be a withdrawal.
pub fn keep(known: KnownKey) -> Request {
    let key = [KEY, &known.key.kid.to_string()].concat();
    let merge = {
        let key = key.clone();
        move |there: Option<JsValue>| {
            let there = there.map(|there| decode(&key, &there, KnownKey::from_json)).transpose()?;
            let merged = match there {
                Some(there) => there.merged(known),
                None => known,
            };
            Ok(encode(&merged.to_json()))
        }
    };
    Request::Merge(stores::PROFILE, key.as_str().into(), Box::new(merge))
}

/// What was kept, among the rows of [`keep`].
pub fn kept((key, value): &(JsValue, JsValue)) -> Option<KnownKey> {
    decode(&name(key), value, KnownKey::from_json).ok()
}

/// Keeps what an old key said about the one that takes its place; it says so once.
pub fn keep_statement(old: Kid, bytes: &[u8]) -> Request {
    let key = [STATEMENT, &old.to_string()].concat();
    Request::Add(stores::PROFILE, key.as_str().into(), encode_bytes(bytes))
}

/// Keeps the credential, byte for byte.
pub fn keep_credential(bytes: &[u8]) -> Request {
    Request::Put(stores::PROFILE, CREDENTIAL.into(), encode_bytes(bytes))
}

/// Takes the credential away.
pub fn forget_credential() -> Request {
    Request::Delete(stores::PROFILE, CREDENTIAL.into())
}
