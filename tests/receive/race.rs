//! Two receivers on one store, and many who send at once: exactly one document under each seal.

use super::server::{Answer, Receiver, Sealed, document, files, put};
use crate::cli::folder::Folder;
use std::collections::BTreeSet;
use std::thread;

/// A store on which receivers have agreed to use claims, as they do where the store has no conditional writes.
const CLAIMS: (&str, &[u8]) = ("received/layout.json", br#"{"layout":1,"guard":"claim"}"#);

/// Sends documents to receivers in turn, all at once.
pub fn at_once(receivers: &[&Receiver], documents: &[Sealed]) -> Vec<Answer> {
    let send = |(number, document): (usize, &Sealed)| {
        let address = receivers[number % receivers.len()].address.clone();
        let document = document.clone();
        // One that is busy says so, and the same is sent again, as the app does.
        thread::spawn(move || {
            loop {
                let answer = put(&address, &document).expect("an answer");
                if answer.status != 503 {
                    return answer;
                }
            }
        })
    };
    let threads: Vec<_> = documents.iter().enumerate().map(send).collect();
    threads.into_iter().map(|thread| thread.join().expect("it ends")).collect()
}

fn count(answers: &[Answer], status: u16) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}

/// The same bytes many times: one is new, all get the same receipt.
pub fn same_bytes(receivers: &[&Receiver], number: u16) -> Sealed {
    let document = document(number, 0);
    let answers = at_once(receivers, &vec![document.clone(); 16]);
    let receipts: BTreeSet<&[u8]> = answers.iter().map(|answer| answer.body.as_slice()).collect();
    assert_eq!((count(&answers, 201), count(&answers, 200), receipts.len()), (1, 15, 1));
    answers[0].receipt(&document, receivers[0].kid());
    document
}

/// Different bytes under one seal, each sent twice: one wins, whoever sent others is told.
pub fn different_bytes(receivers: &[&Receiver], number: u16) -> Sealed {
    let documents: Vec<Sealed> = (0..16).map(|sent| document(number, sent / 2)).collect();
    let answers = at_once(receivers, &documents);
    assert_eq!((count(&answers, 201), count(&answers, 200), count(&answers, 409)), (1, 1, 14));
    let winner = answers.iter().position(|answer| answer.status == 201).expect("one");
    for receiver in receivers {
        assert_eq!(receiver.get(&documents[winner].path()).body, documents[winner].bytes);
        assert_eq!(receiver.put(&documents[winner]).body, answers[winner].body, "the same receipt ever after");
    }
    documents[winner].clone()
}

fn two_receivers_on_a_folder(folder: &Folder) {
    let store = folder.path().join("received");
    let store = store.to_str().expect("UTF-8");
    let receivers = [Receiver::start(folder, store, &[]), Receiver::start(folder, store, &[])];
    let both: Vec<&Receiver> = receivers.iter().collect();
    assert_eq!(both[0].kid(), both[1].kid(), "they share the key");
    let mut kept: Vec<String> = Vec::new();
    for number in (0..10).step_by(2) {
        kept.push(same_bytes(&both, number).file_name());
        kept.push(different_bytes(&both, number + 1).file_name());
    }
    kept.sort();
    assert_eq!(files(&folder.path().join("received/submissions")), kept, "and nothing else is left");
    assert_eq!(files(&folder.path().join("received/receipts")).len(), kept.len());
    for receiver in both {
        assert_eq!(receiver.all(3).len(), kept.len());
    }
}

#[test]
fn on_a_folder_each_seal_is_stored_once() {
    let folder = Folder::new(&[]);
    two_receivers_on_a_folder(&folder);
    let layout = std::fs::read_to_string(folder.path().join("received/layout.json")).expect("the layout");
    assert!(layout.contains("create"), "a folder has conditional writes: {layout}");
}

#[test]
fn without_conditional_writes_each_seal_is_stored_once_too() {
    let folder = Folder::new(&[CLAIMS]);
    two_receivers_on_a_folder(&folder);
    let claims = files(&folder.path().join("received/claims"));
    let left: Vec<String> =
        claims.iter().flat_map(|seal| files(&folder.path().join("received/claims").join(seal))).collect();
    assert!(left.is_empty(), "no claim is left: {left:?}");
}

#[test]
fn receivers_that_start_at_once_share_the_first_key() {
    let folder = Folder::new(&[]);
    let store = folder.path().join("received");
    let store = store.to_str().expect("UTF-8");
    let kids: Vec<_> = thread::scope(|scope| {
        let start = || scope.spawn(|| Receiver::start(&folder, store, &[]).kid());
        let threads: Vec<_> = (0..6).map(|_| start()).collect();
        threads.into_iter().map(|thread| thread.join().expect("it starts")).collect()
    });
    assert!(kids.windows(2).all(|pair| pair[0] == pair[1]), "{kids:?}");
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &std::fs::metadata(folder.path().join("key.pem")).expect("the key").permissions(),
    );
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn what_a_dead_receiver_left_does_not_stop_others_for_ever() {
    let document = document(1, 0);
    let left = format!("received/claims/{}/00000000000000000000000000000000", document.seal);
    let folder = Folder::new(&[CLAIMS, (&left, b"")]);
    let store = folder.path().join("received");
    let receiver = Receiver::start(&folder, store.to_str().expect("UTF-8"), &[]);
    let busy = receiver.put(&document);
    assert_eq!((busy.status, busy.problem().as_str()), (503, "busy"));
    assert!(busy.header("retry-after").is_some());
    let minutes_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(61);
    let file = std::fs::File::options().write(true).open(folder.path().join(&left)).expect("the claim");
    file.set_modified(minutes_ago).expect("an older time");
    assert_eq!(receiver.put(&document).status, 201);
}
