//! Told to stop, a receiver finishes what is under way.

use super::server::{Receiver, answer, document};
use crate::cli::folder::Folder;
use std::io::Write;
use std::net::TcpStream;

#[test]
fn what_is_under_way_is_finished() {
    let folder = Folder::new(&[]);
    let store = folder.path().join("received");
    let mut receiver = Receiver::start(&folder, store.to_str().expect("UTF-8"), &[]);
    let document = document(1, 0);
    let mut idle = TcpStream::connect(&receiver.address).expect("it listens");
    let mut stream = TcpStream::connect(&receiver.address).expect("it listens");
    let length = document.bytes.len();
    let head = format!(
        "PUT {} HTTP/1.1\r\nHost: t\r\nContent-Length: {length}\r\nExpect: 100-continue\r\n\r\n",
        document.path()
    );
    stream.write_all(head.as_bytes()).expect("sent");
    let mut asked = [0; 25];
    std::io::Read::read_exact(&mut stream, &mut asked).expect("it asks for the body");
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(&document.bytes[..100]).expect("sent");
    receiver.end();
    // The idle connection is closed, which shows that the signal has arrived.
    assert!(answer(&mut idle).is_none());
    assert!(TcpStream::connect(&receiver.address).is_err(), "nobody new is taken");
    stream.write_all(&document.bytes[100..]).expect("sent");
    let answer = answer(&mut stream).expect("an answer");
    assert_eq!(answer.status, 201);
    assert_eq!(receiver.ended(), Some(0));
    let last = receiver.logged().pop().expect("a line");
    assert_eq!(last["event"], "stopped");
    assert_eq!(Receiver::start(&folder, store.to_str().expect("UTF-8"), &[]).get(&document.path()).status, 200);
}

#[test]
fn the_log_says_what_happened_and_nothing_of_people() {
    let folder = Folder::new(&[]);
    let store = folder.path().join("received");
    let receiver = Receiver::start(&folder, store.to_str().expect("UTF-8"), &[]);
    let document = document(1, 0);
    let secret = "Authorization: Bearer token-that-nobody-may-read\r\n";
    receiver.ask("PUT", &document.path(), secret, &document.bytes);
    receiver.put(&super::server::document(1, 1));
    receiver.get("/submissions?from=Sulastri");
    let lines = receiver.logged();
    let stored = lines.iter().find(|line| line["outcome"] == "stored").expect("a line");
    assert_eq!(stored["sealId"], document.seal.to_string());
    assert_eq!(stored["bytes"], document.bytes.len());
    assert_eq!(stored["kids"][0], super::server::worker().jwk.kid().to_string());
    assert!(stored["ms"].is_u64() && stored["time"].is_string(), "{stored}");
    let conflict = lines.iter().find(|line| line["outcome"] == "conflict").expect("a line");
    assert_eq!((&conflict["status"], &conflict["sealId"]), (&409.into(), &document.seal.to_string().into()));
    let text = std::fs::read_to_string(&receiver.log).expect("the log");
    for word in ["Sulastri", "Ratri", "Rumah Singgah", "127.0.0.1", "token-that"] {
        assert!(!text.contains(word), "{word} is in the log");
    }
}

#[test]
fn a_store_or_key_that_cannot_be_used_is_refused_with_what_to_do() {
    let folder = Folder::new(&[("file", b""), ("bad.pem", b"-----BEGIN PRIVATE KEY-----\n"), ("r.json", b"{}")]);
    let cases: [(&[&str], &str); 6] = [
        (&["--store", "ftp://host/x"], "--store"),
        (&["--store", "s3://"], "--store"),
        (&["--store", "file/below"], "--store"),
        (&["--key", "bad.pem"], "--key"),
        (&["--trust", "r.json"], "register"),
        (&["--trust", "missing"], "--trust"),
    ];
    for (options, word) in cases {
        let mut command = crate::cli::folder::program();
        command.args(["receive", "--addr", "127.0.0.1:0"]).args(options).current_dir(folder.path());
        let ended = crate::cli::folder::run(&mut command);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{options:?}");
        assert!(ended.err.contains(word), "{options:?}: {}", ended.err);
    }
    assert_eq!(std::fs::read(folder.path().join("bad.pem")).expect("the file"), b"-----BEGIN PRIVATE KEY-----\n");
}
