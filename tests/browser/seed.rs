//! Puts what another tablet holds into the browser's database: months of work in a moment.

use super::page::Page;
use crate::app::tablet::{Storage, worker};
use asesmen::app::JournalEntry;
use serde_json::{Value, json};

/// Puts records into their stores, as texts under their keys.
const PUT: &str = "return new Promise((resolve, reject) => { \
    const opening = indexedDB.open('asesmen'); \
    opening.onerror = () => reject(opening.error); \
    opening.onsuccess = () => { \
      const database = opening.result; \
      const stores = [...new Set(args.map((record) => record.store))]; \
      const transaction = database.transaction(stores, 'readwrite'); \
      for (const { store, key, text } of args) \
        transaction.objectStore(store).put(new TextEncoder().encode(text), key); \
      transaction.onabort = () => reject(transaction.error); \
      transaction.oncomplete = () => { database.close(); resolve(true); }; \
    }; \
  })";

/// Everything a tablet holds, record by record, with the worker.
pub fn records(storage: &Storage) -> Vec<Value> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    let record = |store: &str, key: Value, text: String| json!({"store": store, "key": key, "text": text});
    let mut all = vec![record("profile", json!("worker"), worker().to_json().to_string())];
    for (id, case) in &storage.cases {
        all.push(record("cases", json!(id.to_string()), case.to_json().to_string()));
    }
    for (id, head) in &storage.heads {
        all.push(record("documents", json!(id.to_string()), head.to_json().to_string()));
    }
    for (digest, bytes) in &storage.forms {
        all.push(record("instruments", json!(digest), text(bytes)));
    }
    for (id, operations) in &storage.operations {
        for operation in operations {
            let key = json!([id.to_string(), operation.sequence]);
            all.push(record("operations", key, operation.to_json().to_string()));
        }
    }
    for (id, (number, seal)) in &storage.ends {
        all.push(record("operations", json!([id.to_string(), number]), JournalEntry::end(*seal).to_string()));
    }
    for (id, bytes) in &storage.seals {
        all.push(record("seals", json!(id.to_string()), text(bytes)));
    }
    all
}

/// Puts everything a tablet holds into the database of a page that was opened before, and loads the page anew.
pub async fn seed(page: &Page, storage: &Storage) {
    // In parts: a driver may refuse what is too long.
    for part in records(storage).chunks(200) {
        assert_eq!(page.script(PUT, json!(part)).await, true, "the records are put");
    }
    page.reload().await;
}
