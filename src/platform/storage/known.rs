//! Keys that are known, and the credential of the tablet's own.

use super::record::{decode, decode_bytes, encode, encode_bytes};
use super::request::{Request, Rows};
use super::stores;
use crate::app::{KnownKey, StoredRecord};

/// What the keys of known keys begin with; their names follow.
const KEY: &str = "key:";
const CREDENTIAL: &str = "credential";

/// Reads all of it.
pub fn read() -> Vec<Request> {
    vec![
        // Behind every key that begins with "key:" stands "key;".
        Request::Read(stores::PROFILE, idb::KeyRange::bound(&KEY.into(), &"key;".into(), None, Some(true)).ok()),
        Request::one(stores::PROFILE, CREDENTIAL),
    ]
}

/// The known keys and the credential among what was read. A credential that cannot be read is as good as none: it is
/// imported again.
pub fn found(rows: &[Rows]) -> (Vec<StoredRecord<KnownKey>>, Option<Vec<u8>>) {
    let name = |key: &wasm_bindgen::JsValue| key.as_string().unwrap_or_default();
    let keys = rows.first().map(Vec::as_slice).unwrap_or_default();
    let keys = keys.iter().map(|(key, value)| decode(&name(key), value, KnownKey::from_json)).collect();
    let credential = rows.get(1).and_then(|rows| rows.first());
    (keys, credential.and_then(|(_, value)| decode_bytes(CREDENTIAL, value).ok()))
}

/// Keeps a known key, in place of what was known of it.
pub fn keep(known: &KnownKey) -> Request {
    let key = [KEY, &known.key.kid.to_string()].concat();
    Request::Put(stores::PROFILE, key.as_str().into(), encode(&known.to_json()))
}

/// Keeps the credential, byte for byte.
pub fn keep_credential(bytes: &[u8]) -> Request {
    Request::Put(stores::PROFILE, CREDENTIAL.into(), encode_bytes(bytes))
}

/// Takes the credential away.
pub fn forget_credential() -> Request {
    Request::Delete(stores::PROFILE, CREDENTIAL.into())
}
