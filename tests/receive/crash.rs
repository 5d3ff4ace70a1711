//! A receiver that is killed at any moment has lost nothing that it promised, and shows nothing half.

use super::server::{Receiver, Sealed, document, files, put};
use crate::cli::folder::Folder;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

const KILLS: u16 = 6;
const DOCUMENTS: u16 = 40;

/// Sends documents to an address from several threads until the receiver is killed after so many answers. What was answered
/// with a receipt, by number.
fn sent_until_killed(receiver: &mut Receiver, documents: &[Sealed], after: usize) -> BTreeMap<usize, Vec<u8>> {
    let (answered, next) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let address = receiver.address.clone();
    thread::scope(|scope| {
        let sender = || {
            let mut receipts = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(document) = documents.get(number) else { return receipts };
                let Some(answer) = put(&address, document) else { return receipts };
                answered.fetch_add(1, Ordering::Relaxed);
                receipts.push((number, answer.body));
            }
        };
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(sender)).collect();
        while answered.load(Ordering::Relaxed) < after && threads.iter().any(|thread| !thread.is_finished()) {
            thread::yield_now();
        }
        receiver.kill();
        threads.into_iter().flat_map(|thread| thread.join().expect("it ends")).collect()
    })
}

fn killed_again_and_again(folder: &Folder) {
    let store = folder.path().join("received");
    let store = store.to_str().expect("UTF-8");
    let documents: Vec<Sealed> = (0..DOCUMENTS).map(|number| document(number, 0)).collect();
    let mut promised: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
    for round in 0..KILLS {
        let mut receiver = Receiver::start(folder, store, &[]);
        let left: Vec<usize> = (0..documents.len()).filter(|number| !promised.contains_key(number)).collect();
        let sent: Vec<Sealed> = left.iter().map(|number| documents[*number].clone()).collect();
        let receipts = sent_until_killed(&mut receiver, &sent, usize::from(round));
        promised.extend(receipts.into_iter().map(|(number, receipt)| (left[number], receipt)));
        let receiver = Receiver::start(folder, store, &[]);
        for item in receiver.all(7) {
            let seal = item["sealId"].as_str().expect("a text");
            let document = documents.iter().find(|document| document.seal.to_string() == seal).expect("one of them");
            assert_eq!(receiver.get(&document.path()).body, document.bytes, "whole");
        }
        for (number, receipt) in &promised {
            let answer = receiver.get(&format!("{}/receipt", documents[*number].path()));
            assert_eq!(&answer.body, receipt, "the receipt that was given");
        }
    }
    let receiver = Receiver::start(folder, store, &[]);
    for document in &documents {
        assert!(matches!(receiver.put(document).status, 200 | 201));
    }
    let mut names: Vec<String> = documents.iter().map(Sealed::file_name).collect();
    names.sort();
    assert_eq!(files(&folder.path().join("received/submissions")), names, "each once");
    assert_eq!(receiver.all(1000).len(), documents.len());
}

#[test]
fn a_kill_loses_no_promise_and_shows_nothing_half() {
    killed_again_and_again(&Folder::new(&[]));
}

#[test]
fn what_a_crash_leaves_before_the_receipt_is_not_shown() {
    let document = document(1, 0);
    let file = format!("received/submissions/{}", document.file_name());
    let index = format!("received/index/2026-11-22/03/32-06.000_{}", document.seal);
    let layout: (&str, &[u8]) = ("received/layout.json", br#"{"layout":1,"guard":"create"}"#);
    let folder = Folder::new(&[layout, (&file, &document.bytes), (&index, b"")]);
    let store = folder.path().join("received");
    let receiver = Receiver::start(&folder, store.to_str().expect("UTF-8"), &[]);
    assert_eq!(receiver.get(&document.path()).status, 404);
    assert_eq!(receiver.all(10).len(), 0);
    assert_eq!(receiver.put(&document).status, 201);
    assert_eq!(receiver.all(10).len(), 1, "under the time of its receipt alone");
}
