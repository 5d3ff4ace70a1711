//! Attachments beside documents: kept under their digest or not at all, and before the document that names them.

use super::server::{Answer, Receiver, Sealed, ask, files};
use super::weed::Weed;
use crate::cli::folder::Folder;
use crate::seal::attachments::{paper, sealed};
use crate::seal::sealed::{body, key, sign};
use asesmen::seal::{SealId, assemble, sha256};
use base64ct::{Base64, Encoding};
use serde_json::{Value, json};

fn start(options: &[&str]) -> (Folder, Receiver) {
    let folder = Folder::new(&[]);
    let store = folder.path().join("received");
    let receiver = Receiver::start(&folder, store.to_str().expect("UTF-8"), options);
    (folder, receiver)
}

pub fn hex(bytes: &[u8]) -> String {
    sha256(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn path(bytes: &[u8]) -> String {
    format!("/attachments/{}", hex(bytes))
}

fn content_digest(bytes: &[u8]) -> String {
    format!("sha-256=:{}:", Base64::encode_string(&sha256(bytes)))
}

fn put(receiver: &Receiver, bytes: &[u8]) -> Answer {
    let headers = format!("Content-Digest: {}\r\nIf-None-Match: *\r\n", content_digest(bytes));
    receiver.ask("PUT", &path(bytes), &headers, bytes)
}

/// A document that names attachments.
pub fn naming(files: &[(&str, &[u8])]) -> Sealed {
    let (bytes, _) = sealed(files);
    Sealed { seal: body(&[("social-worker", &key(3))]).seal_id, bytes }
}

fn attachments(folder: &Folder) -> Vec<String> {
    files(&folder.path().join("received/attachments"))
}

fn stored_once_and_given_back(receiver: &Receiver) {
    // Several parts, and a last one that is not full.
    for bytes in [paper(12_000_001), paper(1_000_001)] {
        let absent = receiver.ask("HEAD", &path(&bytes), "", b"");
        assert_eq!((absent.status, receiver.get(&path(&bytes)).problem().as_str()), (404, "not-found"));
        let first = put(receiver, &bytes);
        assert_eq!((first.status, first.body.len()), (201, 0), "{}", first.text());
        assert_eq!(put(receiver, &bytes).status, 200, "known");
        let fetched = receiver.get(&path(&bytes));
        assert!(fetched.status == 200 && fetched.body == bytes, "byte for byte");
        assert_eq!(fetched.header("content-digest"), Some(content_digest(&bytes).as_str()));
        let safe = ["content-type", "content-disposition", "x-content-type-options"].map(|name| fetched.header(name));
        assert_eq!(safe, [Some("application/octet-stream"), Some("attachment"), Some("nosniff")]);
        let here = receiver.ask("HEAD", &path(&bytes), "", b"");
        assert_eq!((here.status, here.header("content-length")), (200, Some(bytes.len().to_string().as_str())));
    }
}

#[test]
fn an_attachment_is_kept_under_its_digest() {
    let (folder, receiver) = start(&[]);
    stored_once_and_given_back(&receiver);
    let mut wanted = [hex(&paper(12_000_001)), hex(&paper(1_000_001))];
    wanted.sort();
    assert_eq!(attachments(&folder), wanted);
    let kept = folder.path().join("received/attachments").join(hex(&paper(1_000_001)));
    assert!(std::fs::read(kept).is_ok_and(|kept| kept == paper(1_000_001)));
}

#[test]
fn an_attachment_is_kept_in_a_store_that_others_wrote() {
    let folder = Folder::new(&[]);
    let weed = Weed::start(folder.path());
    let receiver = Receiver::start_with(&folder, "s3://lampiran/satu", &[], &weed.environment());
    stored_once_and_given_back(&receiver);
    let document = naming(&[("surat.pdf", &paper(12_000_001)), ("foto.jpg", &paper(1_000_001))]);
    receiver.put(&document).receipt(&document, receiver.kid());
}

#[test]
fn what_is_not_what_its_name_says_is_not_kept() {
    let (folder, receiver) = start(&["--max-bytes", "8000000"]);
    let (one, two) = (paper(6_000_000), paper(6_000_001));
    let problem = |answer: Answer| (answer.status, answer.problem());
    let refused = |status: u16, code: &str| (status, code.to_owned());
    let ask = |path: &str, headers: &str, body: &[u8]| problem(receiver.ask("PUT", path, headers, body));
    assert_eq!(ask(&path(&one), "", &two), refused(400, "digest-mismatch"));
    let other = format!("Content-Digest: {}\r\n", content_digest(&two));
    assert_eq!(ask(&path(&one), &other, &one), refused(400, "digest-mismatch"), "told before a byte is read");
    assert_eq!(ask(&path(&one), "Content-Encoding: gzip\r\n", &one), refused(415, "encoded"));
    let large = paper(8_000_001);
    assert_eq!(ask(&path(&large), "", &large), refused(413, "too-large"));
    let chunks = [format!("{:x}\r\n", large.len()).as_bytes(), &large, b"\r\n0\r\n\r\n"].concat();
    assert_eq!(ask(&path(&large), "Transfer-Encoding: chunked\r\n", &chunks), refused(413, "too-large"));
    for name in
        ["1".to_owned(), hex(&one).to_uppercase(), format!("sha-256:{}", hex(&one)), "..%2Flayout.json".to_owned()]
    {
        let path = format!("/attachments/{name}");
        assert_eq!(ask(&path, "", &one), refused(400, "bad-name"), "{name}");
        assert_eq!(problem(receiver.get(&path)), refused(400, "bad-name"), "{name}");
    }
    // It ends before all of it came, behind the first part.
    let head = format!("PUT {} HTTP/1.1\r\nHost: t\r\nContent-Length: {}\r\n\r\n", path(&one), one.len());
    let mut stream = std::net::TcpStream::connect(&receiver.address).expect("a connection");
    std::io::Write::write_all(&mut stream, &[head.as_bytes(), &one[..5_500_000]].concat()).expect("sent");
    stream.shutdown(std::net::Shutdown::Write).expect("half closed");
    if let Some(answer) = super::server::answer(&mut stream) {
        assert_eq!(problem(answer), refused(400, "cut-off"));
    }
    assert!(attachments(&folder).is_empty(), "{:?}", attachments(&folder));
    assert_eq!(put(&receiver, &one).status, 201, "and whole it is taken");
}

#[test]
fn a_document_is_received_when_all_that_it_names_is_there() {
    let (folder, receiver) = start(&[]);
    let (scan, photo) = (paper(3_000_000), paper(1_000_001));
    let document = naming(&[("surat.pdf", &scan), ("foto.jpg", &photo), ("kecil.pdf", b"%PDF")]);
    let missing = |answer: &Answer| -> Vec<Value> {
        assert_eq!((answer.status, answer.problem().as_str()), (424, "attachments-missing"), "{}", answer.text());
        answer.json()["attachments"].as_array().expect("a list").clone()
    };
    let named = |bytes: &[u8]| json!({"digest": format!("sha-256:{}", hex(bytes)), "size": bytes.len(), "contentType": "application/pdf"});
    let answer = receiver.put(&document);
    assert_eq!(missing(&answer), [named(&scan), named(&photo)]);
    assert!(!answer.text().contains("surat"), "a title may name somebody: {}", answer.text());
    assert_eq!(put(&receiver, &photo).status, 201);
    assert_eq!(missing(&receiver.put(&document)), [named(&scan)]);
    assert_eq!(receiver.get(&format!("{}/receipt", document.path())).status, 404, "nothing is promised");
    assert!(receiver.all(10).is_empty() && files(&folder.path().join("received/submissions")).is_empty());
    assert_eq!(put(&receiver, &scan).status, 201);
    receiver.put(&document).receipt(&document, receiver.kid());
    assert_eq!((receiver.put(&document).status, receiver.all(10).len()), (200, 1));
}

#[test]
fn a_document_that_lies_about_a_size_is_refused_for_good() {
    let (_folder, receiver) = start(&[]);
    let scan = paper(3_000_000);
    assert_eq!(put(&receiver, &scan).status, 201);
    let text = String::from_utf8(naming(&[("surat.pdf", &scan)]).bytes).expect("UTF-8");
    let lying: Value = serde_json::from_str(&text.replace("\"size\":3000000", "\"size\":3000001")).expect("JSON");
    let document = crate::seal::sealed::tree(&lying["document"]);
    let bytes = assemble(&document, &[sign(&document, &key(3))]);
    let seal = SealId::parse(lying["document"]["sealId"].as_str().expect("a text")).expect("an id");
    let answer = receiver.put(&Sealed { seal, bytes });
    assert_eq!((answer.status, answer.problem().as_str()), (422, "other-attachment"));
    assert_eq!(answer.json()["findings"][0]["finding"], json!("attachment-differs"));
}

#[test]
fn attachments_are_for_those_who_may_send() {
    let tablet = "token-of-a-tablet-0001";
    let folder = Folder::new(&[("tokens", tablet.as_bytes())]);
    let (store, tokens) = (folder.path().join("received"), folder.path().join("tokens"));
    let options = ["--tokens", tokens.to_str().expect("UTF-8")];
    let receiver = Receiver::start(&folder, store.to_str().expect("UTF-8"), &options);
    let bytes = paper(1_000_001);
    for method in ["PUT", "GET", "HEAD"] {
        assert_eq!(receiver.ask(method, &path(&bytes), "", b"").status, 401, "{method}");
    }
    let token = format!("Authorization: Bearer {tablet}\r\n");
    assert_eq!(receiver.ask("PUT", &path(&bytes), &token, &bytes).status, 201);
    assert_eq!(receiver.ask("GET", &path(&bytes), &token, b"").body, bytes);
    assert!(!std::fs::read_to_string(&receiver.log).expect("a log").contains(tablet));
}

#[test]
fn the_same_attachment_sent_at_once_is_kept_once() {
    let (folder, receiver) = start(&[]);
    let bytes = paper(6_000_000);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let send = || ask(&receiver.address, "PUT", &path(&bytes), "", &bytes).map(|answer| answer.status);
        let threads: Vec<_> = (0..6).map(|_| scope.spawn(send)).collect();
        threads.into_iter().filter_map(|thread| thread.join().expect("it ends")).collect()
    });
    assert!(statuses.len() == 6 && statuses.iter().all(|status| matches!(status, 200 | 201)), "{statuses:?}");
    assert_eq!(attachments(&folder), [hex(&bytes)]);
    assert!(receiver.get(&path(&bytes)).body == bytes);
    assert_eq!(receiver.ask("HEAD", "/attachments/", "", b"").status, 404);
}
