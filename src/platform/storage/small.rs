//! Small records: cases, the heads of documents at start-up, the worker, added forms.

use super::record::{decode, decode_bytes, encode, encode_bytes};
use super::request::{Request, Rows};
use super::stores;
use crate::app::{CatalogueEntry, Opening, StorageProblem, StoredRecord};
use crate::domain::{Case, CaseId, Document, Worker};
use crate::json::Value;
use wasm_bindgen::JsValue;

const WORKER: &str = "worker";
/// What the keys of added forms begin with; their URLs follow.
const FORM: &str = "form:";

/// What the keys of notes on openings begin with; the case and the note follow.
const OPENING: &str = "opening:";

/// Reads everything the first screens need.
pub fn read_all() -> Vec<Request> {
    vec![
        Request::Read(stores::CASES, None),
        Request::Read(stores::DOCUMENTS, None),
        Request::one(stores::PROFILE, WORKER),
        // Behind every key that begins with "form:" stands "form;".
        Request::Read(stores::PROFILE, idb::KeyRange::bound(&FORM.into(), &"form;".into(), None, Some(true)).ok()),
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

/// The added forms among what was read.
pub fn forms(rows: &Rows) -> Vec<StoredRecord<CatalogueEntry>> {
    decode_all(stores::PROFILE, rows, CatalogueEntry::from_json)
}

/// Keeps an added form and its bytes.
pub fn keep_form(entry: &CatalogueEntry, bytes: &[u8]) -> Vec<Request> {
    vec![
        Request::Put(stores::INSTRUMENTS, entry.file.as_str().into(), encode_bytes(bytes)),
        Request::Put(stores::PROFILE, form_key(&entry.url), encode(&entry.to_json())),
    ]
}

/// Forgets that a form was added; its bytes stay for the documents that answer it.
pub fn forget_form(url: &str) -> Vec<Request> {
    vec![Request::Delete(stores::PROFILE, form_key(url))]
}

/// Reads the bytes of an added form.
pub fn read_form(entry: &CatalogueEntry) -> Vec<Request> {
    vec![Request::one(stores::INSTRUMENTS, &entry.file)]
}

/// The bytes among what [`read_form`] read.
pub fn form(entry: &CatalogueEntry, rows: &[Rows]) -> Result<Vec<u8>, StorageProblem> {
    match rows.first().and_then(|rows| rows.first()) {
        Some((_, value)) => decode_bytes(&entry.url, value),
        None => Err(StorageProblem::Missing(entry.url.clone())),
    }
}

fn form_key(url: &str) -> JsValue {
    JsValue::from_str(&[FORM, url].concat())
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

/// Reads who opened the file of a case.
pub fn read_openings(case: CaseId) -> Request {
    // Behind every key that begins with "…/" stands "…0".
    let (first, end) = (format!("{OPENING}{case}/"), format!("{OPENING}{case}0"));
    let range = idb::KeyRange::bound(&first.as_str().into(), &end.as_str().into(), None, Some(true));
    Request::Read(stores::PROFILE, range.ok())
}

/// The notes on openings among what was read, oldest first.
pub fn openings(rows: &Rows) -> Vec<StoredRecord<Opening>> {
    decode_all(stores::PROFILE, rows, Opening::from_json)
}

/// Notes an opening; a note is never overwritten.
pub fn note_opening(opening: &Opening) -> Request {
    let key = format!("{OPENING}{}/{}", opening.case, opening.id);
    Request::Add(stores::PROFILE, key.as_str().into(), encode(&opening.to_json()))
}

/// Keeps a case.
pub fn save_case(case: &Case) -> Vec<Request> {
    vec![Request::Put(stores::CASES, case.id.to_string().into(), encode(&case.to_json()))]
}
