//! What lies in the browser's database, past the app: to look at it, and to damage it as bad flash memory would.

use super::page::Page;
use serde_json::{Value, json};

/// Opens the database without a version, so that nothing in it changes, and runs a transaction over one store.
const TRANSACTION: &str = "return new Promise((resolve, reject) => { \
    const opening = indexedDB.open('asesmen'); \
    opening.onerror = () => reject(opening.error); \
    opening.onsuccess = () => { \
      const database = opening.result; \
      const transaction = database.transaction(args.store, args.mode); \
      const store = transaction.objectStore(args.store); \
      const found = []; \
      const cursor = store.openCursor(); \
      cursor.onsuccess = () => { \
        const at = cursor.result; \
        if (!at) return; \
        found.push(new TextDecoder().decode(at.value)); \
        if (args.damage !== null && found.length - 1 === args.damage) \
          store.put(new TextEncoder().encode('\\u0000 not a record'), at.primaryKey); \
        at.continue(); \
      }; \
      transaction.onabort = () => reject(transaction.error); \
      transaction.oncomplete = () => { database.close(); resolve(found); }; \
    }; \
  })";

/// The records of a store as text, in the order of their keys.
pub async fn records(page: &Page, store: &str) -> Vec<String> {
    let found = page.script(TRANSACTION, json!({ "store": store, "mode": "readonly", "damage": null })).await;
    serde_json::from_value(found).expect("records")
}

/// Overwrites the nth record of a store with what is no record.
pub async fn damage(page: &Page, store: &str, position: usize) {
    let found = page.script(TRANSACTION, json!({ "store": store, "mode": "readwrite", "damage": position })).await;
    let found = found.as_array().map(Vec::len).unwrap_or_default();
    assert!(found > position, "{store} has {found} records");
}

/// The value in the field of a question.
pub async fn field(page: &Page, link: &str) -> Value {
    let selector = format!("[data-linkid='{link}'] :is(input, textarea)");
    page.find(&selector).await;
    page.script("return root.querySelector(args).value", json!(selector)).await
}
