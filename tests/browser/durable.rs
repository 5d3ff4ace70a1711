//! An answer counts as saved only once the browser has written it through to the disk.

use super::{Browser, Engine, Page, Server, case};
use serde_json::json;

in_every_engine! {
    everything_is_written_strictly
    saved_is_shown_only_after_storage_has_confirmed
}

/// Notes how every transaction that writes is opened, and in which order transactions complete and the saving state is
/// shown. The app keeps the database open, so the notes hang on the prototype.
const WATCH: &str = "window.notes = []; \
    const open = IDBDatabase.prototype.transaction; \
    IDBDatabase.prototype.transaction = function (stores, mode, options) { \
      const transaction = open.call(this, stores, mode, options); \
      if (mode === 'readwrite') { \
        notes.push({ opened: [...transaction.objectStoreNames], strict: transaction.durability ?? options?.durability }); \
        transaction.addEventListener('complete', () => notes.push({ complete: true })); \
      } \
      return transaction; \
    }; \
    const look = () => { \
      const state = root.querySelector('[data-saving]')?.dataset.saving; \
      if (state && notes.at(-1)?.shown !== state) notes.push({ shown: state }); \
    }; \
    new MutationObserver(look).observe(root, { subtree: true, childList: true, attributes: true })";

async fn everything_is_written_strictly(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    page.script(WATCH, json!(null)).await;
    case::new(&page, "Sekar Ayu").await;
    case::consent(&page).await;
    let opened = page.script("return notes.filter((note) => note.opened)", json!(null)).await;
    let opened = opened.as_array().expect("a list");
    let written: Vec<&str> =
        opened.iter().filter_map(|one| one["opened"].as_array()).flatten().filter_map(|store| store.as_str()).collect();
    for store in ["cases", "documents", "operations", "instruments", "profile", "keys", "seals"] {
        assert!(written.contains(&store), "{store} was written under the eyes of the test: {written:?}");
    }
    assert!(opened.iter().all(|one| one["strict"] == "strict"), "{opened:?}");
}

async fn saved_is_shown_only_after_storage_has_confirmed(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    case::new(&page, "Sekar Ayu").await;
    case::begin(&page, "fisik").await;
    page.find("[data-linkid='language_used'] input").await;
    page.script(WATCH, json!(null)).await;
    for answer in ["Sasak", " dan", " Bali"] {
        page.fill("[data-linkid='language_used'] input", answer).await;
        page.find("[data-saving='saved']").await;
        // Leaving the field writes at once what has been typed.
        page.tap(".section-head h1").await;
    }
    page.find("[data-saving='saved']").await;
    let notes = page.script("return notes", json!(null)).await;
    let mut under_way = 0;
    let mut shown = 0;
    for note in notes.as_array().expect("a list") {
        if note.get("opened").is_some() {
            under_way += 1;
        } else if note.get("complete").is_some() {
            under_way -= 1;
        } else if note["shown"] == "saved" {
            assert_eq!(under_way, 0, "\"saved\" was shown while a write was under way: {notes}");
            shown += 1;
        }
    }
    assert!(shown >= 3, "every answer was acknowledged: {notes}");
}
