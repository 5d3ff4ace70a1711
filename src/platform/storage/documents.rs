//! Documents: heads, operations, pinned forms and sealed files.

use super::Database;
use super::record::{decode, decode_bytes, encode, encode_bytes};
use super::request::{Request, Rows};
use super::stores;
use crate::app::{JournalEntry, Moved, OpenedDocument, StorageProblem, StoredOperation, StoredRecord};
use crate::domain::{Document, DocumentId, Seal, SealId, Timestamp};
use crate::json::{Value, array, object};
use crate::seal::{Enclosed, Kid, with_kept};
use js_sys::Array;
use wasm_bindgen::JsValue;

#[allow(clippy::cast_precision_loss, reason = "no document gathers 2^53 operations")]
pub(super) fn operation_key(document: DocumentId, sequence: u64) -> JsValue {
    Array::of2(&document.to_string().into(), &(sequence as f64).into()).into()
}

/// Reads the operations of a document from a number on.
pub fn operations_from(document: DocumentId, sequence: u64) -> Request {
    // In the order of IndexedDB keys an empty array stands behind every number.
    let end = Array::of2(&document.to_string().into(), &Array::new()).into();
    // Arrays of a text and a number or array are always valid keys, and these are in order.
    let range = idb::KeyRange::bound(&operation_key(document, sequence), &end, None, Some(true));
    Request::Read(stores::OPERATIONS, range.ok())
}

/// Appends operations; a number that is taken already is a conflict.
pub fn append(document: DocumentId, operations: &[StoredOperation]) -> Vec<Request> {
    let add = |operation: &StoredOperation| {
        let key = operation_key(document, operation.sequence);
        Request::Add(stores::OPERATIONS, key, encode(&operation.to_json()))
    };
    operations.iter().map(add).collect()
}

/// Keeps a new document, its form and its first operations.
pub fn create(document: &Document, questionnaire: &[u8], operations: &[StoredOperation]) -> Vec<Request> {
    let mut requests = append(document.id, operations);
    // Under its digest a form is always the same bytes, so putting it again changes nothing.
    let digest = document.instrument.digest.as_str().into();
    requests.push(Request::Put(stores::INSTRUMENTS, digest, encode_bytes(questionnaire)));
    requests.push(Request::Add(stores::DOCUMENTS, document.id.to_string().into(), encode(&document.to_json())));
    requests
}

/// Moves a document to another version of its form: the journal goes on with everything carried over, the head pins that
/// version, and its bytes lie beside the old ones.
pub fn move_to(document: &Document, questionnaire: &[u8], moved: &Moved) -> Vec<Request> {
    let digest = document.instrument.digest.as_str().into();
    vec![
        Request::Add(stores::OPERATIONS, operation_key(document.id, moved.sequence), encode(&moved.to_json())),
        Request::Put(stores::INSTRUMENTS, digest, encode_bytes(questionnaire)),
        Request::Put(stores::DOCUMENTS, document.id.to_string().into(), encode(&document.to_json())),
    ]
}

/// Closes a document and its journal with its sealed file and what stands beside that; an existing seal is never overwritten.
pub fn store_sealed(
    document: &Document,
    seal: Seal,
    sequence: u64,
    (bytes, attachments): (&[u8], &[Enclosed]),
) -> Vec<Request> {
    let mut requests = vec![
        Request::Add(stores::OPERATIONS, operation_key(document.id, sequence), encode(&JournalEntry::end(seal))),
        Request::Add(stores::SEALS, seal.id.to_string().into(), encode_bytes(bytes)),
        Request::Put(stores::DOCUMENTS, document.id.to_string().into(), encode(&document.to_json())),
    ];
    requests.extend(add_attachments(seal.id, attachments));
    requests
}

/// Keeps the attachments that stand beside a sealed file; none is ever overwritten.
pub fn add_attachments(seal: SealId, attachments: &[Enclosed]) -> impl Iterator<Item = Request> {
    let key = move |digest: &str| format!("{seal}/{digest}").as_str().into();
    attachments.iter().map(move |(digest, bytes)| Request::Add(stores::SEALS, key(digest), encode_bytes(bytes)))
}

/// Keeps signatures that came later beside a sealed file, and the head that tells of them; one that is there is never
/// overwritten.
pub fn add_signatures(document: &Document, seal: SealId, entries: &[(Kid, Value)], at: Timestamp) -> Vec<Request> {
    let add = |(kid, entry): &(Kid, Value)| {
        let record = object([("entry", entry.clone()), ("added", at.into())]);
        Request::Add(stores::SEALS, format!("{seal}/{kid}").as_str().into(), encode(&record))
    };
    let mut requests: Vec<Request> = entries.iter().map(add).collect();
    requests.push(Request::Put(stores::DOCUMENTS, document.id.to_string().into(), encode(&document.to_json())));
    requests
}

/// Reads a sealed file, and the signatures and attachments beside it.
pub fn sealed(seal: SealId) -> Request {
    // Behind every key that begins with "…/" stands "…0", and nothing stands between a seal and what is beside it.
    let (first, end) = (seal.to_string(), format!("{seal}0"));
    let range = idb::KeyRange::bound(&first.as_str().into(), &end.as_str().into(), None, Some(true));
    Request::Read(stores::SEALS, range.ok())
}

/// The sealed file with all its signatures, among what [`sealed`] read.
pub fn sealed_file(seal: SealId, rows: &Rows) -> StoredRecord<Vec<u8>> {
    let name = seal.to_string();
    let Some(((_, file), beside)) = rows.split_first() else { return Err(StorageProblem::Missing(name)) };
    let file = decode_bytes(&name, file)?;
    let signatures = beside.iter().filter(|(key, _)| attachment_key(key).is_none());
    let entry = |value: &Value| value.get("entry").cloned();
    // A signature that cannot be read is still awaited then: the check of the file says so.
    let entries: Vec<Value> = signatures.filter_map(|(_, value)| decode(&name, value, entry).ok()).collect();
    if entries.is_empty() {
        return Ok(file);
    }
    Ok(with_kept(&file, &entries))
}

/// The attachments beside a sealed file, among what [`sealed`] read. Whether they are what the file names is seen where they
/// are put back or sent; one that cannot be read is not there.
pub fn attachments(rows: &Rows) -> Vec<Enclosed> {
    let read = |(key, value): &(JsValue, JsValue)| Some((attachment_key(key)?, decode_bytes("", value).ok()?));
    rows.iter().filter_map(read).collect()
}

/// The digest of the attachment that lies under a key; none where something else does.
fn attachment_key(key: &JsValue) -> Option<String> {
    let key = key.as_string()?;
    let (_, digest) = key.split_once('/')?;
    digest.starts_with("sha-256:").then(|| digest.to_owned())
}

/// Whether a sealed file that was read has signatures beside it.
pub fn has_more(rows: &Rows) -> bool {
    rows.iter().skip(1).any(|(key, _)| attachment_key(key).is_none())
}

/// The journal among what was read from a number on, unreadable entries in their places.
pub fn journal(document: DocumentId, sequence: u64, rows: &Rows) -> Vec<StoredRecord<JournalEntry>> {
    let read = |(number, (_, value)): (u64, &(JsValue, JsValue))| {
        decode(&format!("{document}/{number}"), value, JournalEntry::from_json)
    };
    (sequence..).zip(rows).map(read).collect()
}

/// Reads a document: its operations, its form, its sealed file.
pub fn open(document: &Document) -> [Request; 3] {
    let sealed = document.seal.map_or_else(|| Request::one(stores::SEALS, ""), |seal| sealed(seal.id));
    [operations_from(document.id, 0), Request::one(stores::INSTRUMENTS, &document.instrument.digest), sealed]
}

/// The document among what [`open`] read.
pub fn opened(document: &Document, rows: &[Rows]) -> Result<OpenedDocument, StorageProblem> {
    let bytes = |rows: &Rows, name: &str| match rows.first() {
        Some((_, value)) => decode_bytes(name, value),
        None => Err(StorageProblem::Missing(name.to_owned())),
    };
    let [written, form, sealed] = rows else { return Err(StorageProblem::Missing(document.id.to_string())) };
    Ok(OpenedDocument {
        id: document.id,
        questionnaire: bytes(form, &document.instrument.canonical)?,
        journal: journal(document.id, 0, written),
        sealed: match document.seal {
            Some(seal) => Some(sealed_file(seal.id, sealed)?),
            None => None,
        },
        attachments: attachments(sealed),
    })
}

/// Everything stored of a document exactly as it is, readable or not: text where the bytes are text, else a list of
/// bytes. For the case that the app cannot show a record; nothing is left out and nothing interpreted.
pub async fn raw_copy(database: &Database, id: DocumentId) -> Result<Vec<u8>, StorageProblem> {
    let rows = database.read(vec![Request::one(stores::DOCUMENTS, &id.to_string()), operations_from(id, 0)]).await?;
    let [head, entries] = &rows[..] else { return Err(StorageProblem::Missing(id.to_string())) };
    // The journal names its seal even where the head cannot be read.
    let seals = journal(id, 0, entries).into_iter().filter_map(|entry| match entry {
        Ok(JournalEntry::Sealed(seal)) => Some(sealed(seal.id)),
        _ => None,
    });
    let seals: Vec<Request> = seals.collect();
    let sealed = if seals.is_empty() { Vec::new() } else { database.read(seals).await?.concat() };
    let values = |rows: &Rows| array(rows.iter().map(|(_, value)| raw_value(value)));
    let copy = object([
        ("type", "https://asesmen.id/formats/raw-copy/1".into()),
        ("document", values(head)),
        ("operations", values(entries)),
        ("sealed", values(&sealed)),
    ]);
    Ok(copy.to_string().into_bytes())
}

fn raw_value(value: &JsValue) -> Value {
    match decode_bytes("", value) {
        Ok(bytes) => String::from_utf8(bytes)
            .map_or_else(|error| array(error.into_bytes().into_iter().map(|byte| u32::from(byte).into())), Value::from),
        Err(_) => {
            js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string()).map_or(Value::Null, Value::from)
        }
    }
}
