//! The same guarantees on an S3 store that others wrote: with its conditional writes, and without.

use super::race::{different_bytes, same_bytes};
use super::server::{Receiver, Sealed, document, put};
use super::weed::Weed;
use crate::cli::folder::Folder;
use std::collections::BTreeMap;
use std::thread;

type Environment = Vec<(String, String)>;

fn start(folder: &Folder, bucket: &str, environment: &Environment) -> Receiver {
    Receiver::start_with(folder, &format!("s3://{bucket}/penerima/satu"), &[], environment)
}

/// Without conditional writes: the client of the store is told not to use them.
fn without(mut environment: Environment) -> Environment {
    environment.push(("AWS_CONDITIONAL_PUT".to_owned(), "disabled".to_owned()));
    environment
}

#[test]
fn two_receivers_on_one_store_give_the_same_guarantee() {
    let folder = Folder::new(&[]);
    let weed = Weed::start(folder.path());
    for (bucket, environment) in [("bersyarat", weed.environment()), ("tanpa-syarat", without(weed.environment()))] {
        let receivers = [start(&folder, bucket, &environment), start(&folder, bucket, &environment)];
        let claims = receivers[0].logged().iter().any(|line| line.to_string().contains("no conditional writes"));
        assert_eq!(claims, bucket == "tanpa-syarat", "which of the two ways it goes");
        let both: Vec<&Receiver> = receivers.iter().collect();
        let mut kept: BTreeMap<String, Sealed> = BTreeMap::new();
        for number in (0..4).step_by(2) {
            for sealed in [same_bytes(&both, number), different_bytes(&both, number + 1)] {
                kept.insert(sealed.seal.to_string(), sealed);
            }
        }
        for receiver in both {
            let items = receiver.all(3);
            assert_eq!(items.len(), kept.len());
            for item in items {
                let sealed = &kept[item["sealId"].as_str().expect("a text")];
                assert_eq!(receiver.get(&sealed.path()).body, sealed.bytes);
            }
        }
    }
}

#[test]
fn receivers_and_store_are_killed_and_nothing_promised_is_lost() {
    let folder = Folder::new(&[]);
    let documents: Vec<Sealed> = (0..24).map(|number| document(number, 0)).collect();
    let mut promised: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
    for round in 0..3 {
        let weed = Weed::start(folder.path());
        let mut receivers = [start(&folder, "mati", &weed.environment()), start(&folder, "mati", &weed.environment())];
        for (number, receipt) in &promised {
            let answer = receivers[0].get(&format!("{}/receipt", documents[*number].path()));
            assert_eq!(&answer.body, receipt, "the receipt that was given");
        }
        let addresses = receivers.each_ref().map(|receiver| receiver.address.clone());
        let send = |worker: usize| {
            let (address, documents) = (&addresses[worker % 2], &documents);
            let numbers = (worker..documents.len()).step_by(4);
            let sent = numbers.filter_map(move |number| Some((number, put(address, &documents[number])?)));
            sent.filter(|(_, answer)| answer.status < 300).map(|(n, answer)| (n, answer.body)).collect::<Vec<_>>()
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|worker| scope.spawn(move || send(worker))).collect();
            if round < 2 {
                // One dies with work under way, the other goes on.
                let (one, _) = receivers.split_at_mut(1);
                while !one[0].logged().iter().any(|line| line["outcome"] == "stored" || line["outcome"] == "known") {
                    thread::yield_now();
                }
                one[0].kill();
            }
            for (number, receipt) in threads.into_iter().flat_map(|thread| thread.join().expect("it ends")) {
                let before = promised.insert(number, receipt.clone());
                assert!(before.is_none_or(|before| before == receipt), "one receipt for ever");
            }
        });
        assert_eq!(receivers[1].get("/health").status, 200);
        if round == 2 {
            assert_eq!(promised.len(), documents.len());
            assert_eq!(receivers[1].all(5).len(), documents.len());
            drop(weed);
            let answer = receivers[1].put(&document(99, 0));
            assert_eq!((answer.status, answer.problem().as_str()), (503, "store-failed"));
            assert!(answer.header("retry-after").is_some());
            assert_eq!(receivers[1].get("/health").status, 503);
        }
    }
}

#[test]
fn a_store_by_tls_is_checked_with_an_authority_of_ones_own() {
    let folder = Folder::new(&[("none.pem", b"")]);
    let weed = Weed::start_secure(folder.path());
    let receiver = start(&folder, "aman", &weed.environment());
    let document = document(1, 0);
    assert_eq!(receiver.put(&document).status, 201);
    assert_eq!(receiver.get(&document.path()).body, document.bytes);
    let refused = |bundle: Option<&str>| {
        let mut command = crate::cli::folder::program();
        command.args(["receive", "--addr", "127.0.0.1:0", "--store", "s3://aman/x"]).current_dir(folder.path());
        command.envs(weed.environment().into_iter().filter(|(name, _)| name != "AWS_CA_BUNDLE"));
        command.envs(bundle.map(|bundle| ("AWS_CA_BUNDLE", bundle)));
        let ended = crate::cli::folder::run(&mut command);
        assert_eq!(ended.code, Some(2));
        assert!(ended.err.contains("AWS_CA_BUNDLE"), "{}", ended.err);
        ended.err
    };
    assert!(refused(None).contains("UnknownIssuer"), "it says that nobody vouches for the certificate");
    assert!(refused(Some("none.pem")).contains("none.pem"));
    assert!(refused(Some("missing.pem")).contains("missing.pem"));
}
