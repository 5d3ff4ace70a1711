//! Small records: cases, the heads of documents at start-up, the worker.

use super::record::{decode, encode};
use super::request::{Request, Rows};
use super::stores;
use crate::app::StoredRecord;
use crate::domain::{Case, Document, Worker};
use crate::json::Value;
use wasm_bindgen::JsValue;

const WORKER: &str = "worker";

/// Reads everything the first screens need.
pub fn read_all() -> Vec<Request> {
    vec![
        Request::Read(stores::CASES, None),
        Request::Read(stores::DOCUMENTS, None),
        Request::one(stores::PROFILE, WORKER),
    ]
}

/// The cases among what was read.
pub fn cases(rows: &Rows) -> Vec<StoredRecord<Case>> {
    decode_all(stores::CASES, rows, Case::from_json)
}

/// The heads of documents among what was read.
pub fn documents(rows: &Rows) -> Vec<StoredRecord<Document>> {
    decode_all(stores::DOCUMENTS, rows, Document::from_json)
}

fn decode_all<T>(store: &str, rows: &Rows, read: fn(&Value) -> Option<T>) -> Vec<StoredRecord<T>> {
    let name = |key: &JsValue| format!("{store}/{}", key.as_string().unwrap_or_default());
    rows.iter().map(|(key, value)| decode(&name(key), value, read)).collect()
}

/// The worker among what was read. A record that cannot be read is as good as none: it is entered again.
pub fn worker(rows: &Rows) -> Option<Worker> {
    rows.first().and_then(|(_, value)| decode(WORKER, value, Worker::from_json).ok())
}

/// Keeps the worker.
pub fn save_worker(worker: &Worker) -> Vec<Request> {
    vec![Request::Put(stores::PROFILE, WORKER.into(), encode(&worker.to_json()))]
}

/// Keeps a case.
pub fn save_case(case: &Case) -> Vec<Request> {
    vec![Request::Put(stores::CASES, case.id.to_string().into(), encode(&case.to_json()))]
}
