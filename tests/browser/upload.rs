//! Sealed documents on their way to the real receiver, through a network that harms a third of all that it carries.

use super::audit::{Audit, Look};
use super::page::Page;
use super::receiver::Receiver;
use super::{Browser, Engine, run, seed, stored};
use crate::app::tablet::Storage;
use crate::cli::folder::Folder;
use crate::faults::Faults;
use crate::receive::server::ask;
use crate::seal::sealed::{Key, at, body, key, sign};
use asesmen::domain::{Case, Document, DocumentId, InstrumentPin, Seal, SealId, Timestamp};
use asesmen::seal::assemble;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

in_every_engine! {
    every_document_is_received_once_through_a_bad_network
    what_the_receiver_refuses_and_asks_for_is_told
}

/// A tablet with so many sealed documents, each a file of about the size of a short assessment.
pub fn tablet(count: usize) -> Storage {
    let (worker, time) = (key(3), at("2026-11-22T10:32:05.123+07:00"));
    let mut storage = Storage::default();
    let case = Case::open(asesmen::domain::CaseId::new(time, [1; 10]), "Sekar Ayu Lestari", "", None, time);
    let case = case.expect("a case");
    for number in 0..count {
        let (seal, document, file) = sealed(&worker, &case, time, number);
        storage.seals.insert(seal, file);
        storage.heads.insert(document.id, document);
    }
    storage.cases.insert(case.id, case);
    storage
}

fn sealed(worker: &Key, case: &Case, time: Timestamp, number: usize) -> (SealId, Document, Vec<u8>) {
    let time = Timestamp::from_millis(time.millis() + 1000 * number as i64, 420).expect("a time");
    let mut random = [7; 10];
    random[..4].copy_from_slice(&u32::try_from(number).expect("few").to_be_bytes());
    let mut body = body(&[("social-worker", worker)]);
    (body.seal_id, body.case) = (SealId::new(time, random), case.id);
    let note = format!("Catatan {number}. ").repeat(60);
    body.response = crate::seal::sealed::tree(&json!({"resourceType": "QuestionnaireResponse", "item": [
        {"linkId": "note", "answer": [{"valueString": note}]}]}));
    let document = body.to_json();
    let file = assemble(&document, &[sign(&document, worker)]);
    let head = Document {
        id: DocumentId::new(time, random),
        case: case.id,
        instrument: InstrumentPin { canonical: "https://example.org/f|1".to_owned(), digest: String::new() },
        earlier: Vec::new(),
        revision: 1,
        replaces: None,
        begun: time,
        seal: Some(Seal { id: body.seal_id, at: time }),
        awaits: Vec::new(),
        facts: asesmen::json::Object::default(),
    };
    (body.seal_id, head, file)
}

/// Opens the outbox and confirms the receiver that is offered, whose key has to be the one of the real receiver.
pub async fn confirm(page: &Page, receiver: &Value) {
    page.script("location.hash = '/kirim'", json!(null)).await;
    page.tap("[data-act='look-at-receiver']").await;
    let fingerprint = page.find(".outbox-compare [data-kid]").await;
    assert_eq!(fingerprint.attr("data-kid").await.expect("it is there").as_deref(), receiver["kid"].as_str());
    page.tap("[data-act='confirm-receiver']").await;
    page.find("[data-endpoint]").await;
}

/// How many documents the screen says were received, and how many receipts the tablet then has.
const COUNTS: &str = "const said = root.querySelector('.outbox-state p')?.textContent.match(/\\d+/); \
    if (!said) return null; \
    return new Promise((resolve) => { \
      const opening = indexedDB.open('asesmen'); \
      opening.onsuccess = () => { \
        const database = opening.result; \
        const keys = database.transaction('profile').objectStore('profile') \
          .getAllKeys(IDBKeyRange.bound('receipt:', 'receipt;')); \
        keys.onsuccess = () => { database.close(); resolve([Number(said[0]), keys.result.length]); }; \
      }; \
    })";

/// Waits until all are received; never does the screen count one that has no receipt.
pub async fn all_received(page: &Page, count: usize, patience: Duration) {
    let begun = Instant::now();
    let mut last = (0, Instant::now());
    loop {
        let counts = page.script(COUNTS, json!(null)).await;
        if let (Some(said), Some(receipts)) = (counts[0].as_u64(), counts[1].as_u64()) {
            assert!(said <= receipts, "{said} count as received with {receipts} receipts");
            if said as usize == count {
                return;
            }
            if said != last.0 {
                last = (said, Instant::now());
            }
        }
        let seen = page.script("return root && root.textContent", json!(null)).await;
        assert!(last.1.elapsed() < patience, "no progress beyond {} after {:?}: {seen}", last.0, begun.elapsed());
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

/// Everything a receiver has, file by file.
fn received(address: &str, files: &BTreeMap<SealId, Vec<u8>>) -> (usize, usize) {
    let of = |seal: &SealId| ask(address, "GET", &format!("/submissions/{seal}"), "", b"").expect("an answer");
    let same = files.iter().filter(|(seal, bytes)| {
        let answer = of(seal);
        answer.status == 200 && answer.body == **bytes
    });
    let same = same.count();
    (same, files.len() - same)
}

/// A receiver that hands out the app, behind a bad network.
struct Place {
    _folder: Folder,
    address: String,
    receiver: Arc<Mutex<Receiver>>,
    faults: Faults,
}

impl Drop for Place {
    /// The proxy holds the receiver as well, and goes on until the tests end.
    fn drop(&mut self) {
        if let Ok(mut receiver) = self.receiver.lock() {
            receiver.kill();
        }
    }
}

fn place(harmed: u64, seed: u64) -> Place {
    let folder = Folder::new(&[]);
    let receiver = Receiver::start(&folder, &[]);
    let address = receiver.address.clone();
    let receiver = Arc::new(Mutex::new(receiver));
    let shared = Arc::clone(&receiver);
    let restart = move || shared.lock().expect("no thread ends holding it").restart();
    let faults = Faults::before(&address, harmed, seed, restart);
    Place { _folder: folder, address, receiver, faults }
}

async fn every_document_is_received_once_through_a_bad_network(engine: Engine) {
    send_all(engine, 36, 33).await;
}

/// Sends so many documents through a network that harms so many of a hundred requests; says how it went.
async fn send_all(engine: Engine, count: usize, harmed: u64) -> String {
    let place = place(harmed, 2026 + engine as u64);
    let browser = Browser::start(engine).await;
    let page = Page::of(&browser);
    page.open(&place.faults.origin).await;
    let storage = tablet(count);
    seed::seed(&page, &storage).await;
    page.shows("[data-act='outbox']", &format!("{count} dokumen")).await;
    let who = place.receiver.lock().expect("it runs").who();
    let begun = Instant::now();
    confirm(&page, &who).await;
    all_received(&page, count, Duration::from_secs(300)).await;
    let took = begun.elapsed();
    let (same, other) = received(&place.address, &storage.seals);
    assert_eq!((same, other), (count, 0), "each byte for byte");
    let listed = place.receiver.lock().expect("it runs").listed();
    assert_eq!(listed, count, "each once");
    assert_eq!(stored::records(&page, "seals").await.len(), count, "nothing is gone from the tablet");
    page.shows(".outbox-total", "sudah diterima").await;
    let seen = place.faults.seen();
    let number = |of: &AtomicUsize| of.load(Ordering::Relaxed);
    let was_bad = number(&seen.harmed) > count / 10 && number(&seen.restarts) > 0;
    assert!(harmed == 0 || was_bad, "the network was bad: {seen:?}");
    let ideal: usize = storage.seals.values().map(Vec::len).sum();
    let bytes = seen.bytes.load(Ordering::Relaxed);
    format!(
        "{count} documents, {harmed} % harmed: stored {same}, lost {other}, doubled {}, removed 0; {} requests, {} harmed, \
         {} restarts; {:.1} s; {bytes} bytes of {ideal}, ratio {:.3}",
        listed - same,
        number(&seen.requests),
        number(&seen.harmed),
        number(&seen.restarts),
        took.as_secs_f64(),
        bytes as f64 / ideal as f64,
    )
}

/// `make bench-upload`: as many as `COUNT` says, once over a good and once over a bad network.
#[test]
#[ignore = "a benchmark of minutes"]
fn bench() {
    let count = std::env::var("COUNT").ok().and_then(|count| count.parse().ok()).unwrap_or(10_000);
    for harmed in [0, 33] {
        run(|| async {
            println!("{}", send_all(Engine::Chromium, count, harmed).await);
        });
    }
}

/// An access code, as somebody who runs a receiver gives it.
pub const CODE: &str = "kode-tablet-0123456789-abcdefghijklmnop";

async fn what_the_receiver_refuses_and_asks_for_is_told(engine: Engine) {
    let folder = Folder::new(&[("tokens", format!("{CODE}\n").as_bytes())]);
    let tokens = folder.path().join("tokens").display().to_string();
    let receiver = Receiver::start(&folder, &["--tokens", &tokens]);
    let browser = Browser::start(engine).await;
    let page = Page::of(&browser);
    page.open(&format!("http://{}", receiver.address)).await;
    let mut storage = tablet(3);
    // One file was damaged on the tablet: the receiver refuses it, and says so.
    let first = *storage.seals.keys().next().expect("a seal");
    let damaged = String::from_utf8(storage.seals[&first].clone()).expect("text").replace("Catatan 0", "Catatan 9");
    storage.seals.insert(first, damaged.into_bytes());
    seed::seed(&page, &storage).await;
    confirm(&page, &receiver.who()).await;
    page.find("[data-act='access-code']").await;
    page.fill("[data-act='access-code']", CODE).await;
    page.tap("[data-act='use-code']").await;
    page.find("[data-held='open']").await;
    page.shows(".outbox-state", "Sudah diterima: 2 dari 3").await;
    page.shows("[data-held]", "kode 422").await;
    assert!(!stored::records(&page, "profile").await.concat().contains(CODE), "no token is stored");
    page.reload().await;
    page.find("[data-held='open']").await;
    page.tap("[data-act='leave']").await;
    page.find("[data-held='left']").await;
    if engine == Engine::Chromium {
        for (width, height) in [(1280, 800), (800, 1280)] {
            super::devtools::resize(&browser, width, height).await;
            let look = Look::axe(engine, width, height);
            let mut audit = Audit::begin(look, Page::of(&browser), &browser).await;
            audit.check("outbox").await;
            audit.end();
        }
    }
}
