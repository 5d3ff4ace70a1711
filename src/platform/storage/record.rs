//! The one place where records become stored bytes and come back. Encryption at rest belongs here.

use crate::app::{StorageProblem, StoredRecord};
use crate::json::{Value, parse};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};

/// A record as stored: UTF-8 JSON in a byte array.
pub fn encode(record: &Value) -> JsValue {
    encode_bytes(record.to_string().as_bytes())
}

/// Bytes as stored.
pub fn encode_bytes(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

/// Reads a stored record; `name` says which one if it cannot be read.
pub fn decode<T>(name: &str, value: &JsValue, read: fn(&Value) -> Option<T>) -> StoredRecord<T> {
    let record = decode_bytes(name, value).and_then(|bytes| parse(&bytes).map_err(|_| unreadable(name)))?;
    read(&record).ok_or_else(|| unreadable(name))
}

/// Reads stored bytes.
pub fn decode_bytes(name: &str, value: &JsValue) -> StoredRecord<Vec<u8>> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).ok_or_else(|| unreadable(name))
}

fn unreadable(name: &str) -> StorageProblem {
    StorageProblem::Unreadable(name.to_owned())
}
