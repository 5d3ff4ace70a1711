//! Packages: what comes in with one, and the notes on cases that passed from tablet to tablet.

use super::documents::{add_attachments, add_signatures, operation_key};
use super::record::{decode, encode, encode_bytes};
use super::request::{Request, Rows};
use super::stores;
use crate::app::{DraftIntake, Intake, JournalEntry, Passage, SealedIntake, SignatureIntake, StoredRecord};
use crate::domain::{Document, DocumentId};
use wasm_bindgen::JsValue;

/// What the keys of notes on passages begin with; the case and the note follow.
const PASSAGE: &str = "passage:";

/// Reads all notes on passages.
pub fn read_passages() -> Request {
    // Behind every key that begins with "passage:" stands "passage;".
    Request::Read(stores::PROFILE, idb::KeyRange::bound(&PASSAGE.into(), &"passage;".into(), None, Some(true)).ok())
}

/// The notes among what was read.
pub fn passages(rows: &Rows) -> Vec<StoredRecord<Passage>> {
    let name = |key: &JsValue| ["profile/", &key.as_string().unwrap_or_default()].concat();
    rows.iter().map(|(key, value)| decode(&name(key), value, Passage::from_json)).collect()
}

/// Notes a passage; a note is never overwritten.
pub fn note(passage: &Passage) -> Request {
    let key = [PASSAGE, &passage.case.to_string(), "/", &passage.id.to_string()].concat();
    Request::Add(stores::PROFILE, JsValue::from_str(&key), encode(&passage.to_json()))
}

/// Keeps what came with a package. Whatever is here is added to and never put over, but for the heads of drafts that go on
/// or are closed: their journals, which only grow, say the same.
pub fn take_in(intake: &Intake) -> Vec<Request> {
    let mut requests = Vec::new();
    if let Some(case) = &intake.case {
        requests.push(Request::Add(stores::CASES, case.id.to_string().into(), encode(&case.to_json())));
    }
    for (digest, form) in &intake.forms {
        // Under its digest a form is always the same bytes.
        requests.push(Request::Put(stores::INSTRUMENTS, digest.as_str().into(), encode_bytes(form)));
    }
    for SealedIntake { head, closes, from, entries, bytes, attachments } in &intake.documents {
        let Some(seal) = head.seal else { continue };
        let end = JournalEntry::Sealed(seal);
        append(&mut requests, head.id, *from, &mut entries.iter().chain([&end]));
        requests.push(Request::Add(stores::SEALS, seal.id.to_string().into(), encode_bytes(bytes)));
        requests.extend(add_attachments(seal.id, attachments));
        requests.push(keep_head(head, !closes));
    }
    for SignatureIntake { head, seal, entries, at } in &intake.signatures {
        requests.extend(add_signatures(head, *seal, entries, *at));
    }
    for DraftIntake { head, is_new, from, entries } in &intake.drafts {
        append(&mut requests, head.id, *from, &mut entries.iter());
        requests.push(keep_head(head, *is_new));
    }
    requests.extend(intake.passage.as_ref().map(note));
    requests
}

fn append(requests: &mut Vec<Request>, id: DocumentId, from: u64, entries: &mut dyn Iterator<Item = &JournalEntry>) {
    for (sequence, entry) in (from..).zip(entries) {
        requests.push(Request::Add(stores::OPERATIONS, operation_key(id, sequence), encode(&entry.to_json())));
    }
}

fn keep_head(head: &Document, is_new: bool) -> Request {
    let (key, value) = (head.id.to_string().into(), encode(&head.to_json()));
    if is_new { Request::Add(stores::DOCUMENTS, key, value) } else { Request::Put(stores::DOCUMENTS, key, value) }
}
