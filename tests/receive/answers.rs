//! Each kind of answer.

use super::server::{Receiver, Sealed, document, files};
use crate::app::keys::sealed_at;
use crate::cli::folder::Folder;
use crate::seal::sealed::{at, key};
use asesmen::seal::{Format, KnownKey as Entry};
use serde_json::json;
use std::fs;

fn receiver(options: &[&str]) -> (Folder, Receiver) {
    let folder = Folder::new(&[]);
    let store = folder.path().join("received");
    let receiver = Receiver::start(&folder, store.to_str().expect("UTF-8"), options);
    (folder, receiver)
}

#[test]
fn a_document_is_stored_once_and_answered_with_a_receipt() {
    let (folder, receiver) = receiver(&["--name", "Dinas Contoh", "--organisation", "Kabupaten Contoh"]);
    let document = document(1, 0);
    let first = receiver.put(&document);
    assert_eq!(first.status, 201, "{}", first.text());
    assert_eq!(first.header("content-type"), Some("application/json"));
    assert_eq!(first.header("location"), Some(document.seal.to_string().as_str()));
    let receipt = first.receipt(&document, receiver.kid());
    assert_eq!(first.json()["document"]["author"]["name"], json!("Dinas Contoh"));
    let again = receiver.put(&document);
    assert_eq!((again.status, &again.body), (200, &first.body), "the same receipt");
    let fetched = receiver.get(&document.path());
    assert_eq!((fetched.status, &fetched.body), (200, &document.bytes), "byte for byte");
    assert!(document.headers().contains(fetched.header("content-digest").expect("a digest")));
    let kept = receiver.get(&format!("{}/receipt", document.path()));
    assert_eq!((kept.status, &kept.body), (200, &first.body));
    let item = json!({"sealId": document.seal.to_string(), "digest": receipt.digest, "size": receipt.size,
        "received": receipt.received.to_string()});
    assert_eq!(receiver.all(10), [item]);
    assert_eq!(files(&folder.path().join("received/submissions")), [document.file_name()]);
    let stored = fs::read(folder.path().join("received/submissions").join(document.file_name()));
    assert_eq!(stored.expect("the file"), document.bytes);
}

#[test]
fn other_bytes_under_one_seal_are_a_conflict_and_the_first_stay() {
    let (folder, receiver) = receiver(&[]);
    let (first, second) = (document(1, 1), document(1, 2));
    assert_eq!(receiver.put(&first).status, 201);
    let refused = receiver.put(&second);
    assert_eq!((refused.status, refused.problem().as_str()), (409, "conflict"));
    assert_eq!(receiver.get(&first.path()).body, first.bytes);
    assert_eq!(receiver.put(&first).status, 200);
    assert_eq!(files(&folder.path().join("received/submissions")), [first.file_name()]);
}

#[test]
fn what_does_not_hold_is_refused_with_the_findings_and_not_kept() {
    let (folder, receiver) = receiver(&[]);
    let whole = document(1, 0);
    let text = String::from_utf8(whole.bytes.clone()).expect("UTF-8");
    let with = |bytes: Vec<u8>| Sealed { seal: whole.seal, bytes };
    let refused = [
        ("invalid", text.replace("isi 0", "isi 1").into_bytes(), Some("signature-mismatch")),
        ("invalid", text.replacen('{', "{\"note\":1,", 1).into_bytes(), Some("unsigned-member")),
        (
            "invalid",
            text.replace("\"signatures\":[{", "\"signatures\":[{\"header\":{},").into_bytes(),
            Some("header-refused"),
        ),
        ("unreadable", text.replacen("\"type\"", "\"type\":1,\"type\"", 1).into_bytes(), None),
        ("unreadable", text.as_bytes()[..text.len() - 1].to_vec(), None),
        ("unreadable", b"".to_vec(), None),
        ("unreadable", b"[1e400]".to_vec(), None),
        ("unreadable", [b"\xEF\xBB\xBF", whole.bytes.as_slice()].concat(), None),
        ("unreadable", vec![b'['; 100_000], None),
        ("other-seal", document(2, 0).bytes, None),
    ];
    for (problem, bytes, finding) in refused {
        let answer = receiver.put(&with(bytes));
        assert_eq!((answer.status, answer.problem().as_str()), (422, problem), "{}", answer.text());
        let found = finding.is_none_or(|finding| answer.json()["findings"][0]["finding"] == json!(finding));
        assert!(found, "{}", answer.text());
        assert!(!answer.text().contains("Sulastri") && !answer.text().contains("Ratri"), "{}", answer.text());
    }
    let receipt = receiver.put(&whole).json();
    let seal = receipt["document"]["sealId"].as_str().expect("a text");
    let answer = receiver.ask("PUT", &format!("/submissions/{seal}"), "", receipt.to_string().as_bytes());
    assert_eq!((answer.status, answer.problem().as_str()), (422, "no-submission"));
    assert_eq!(files(&folder.path().join("received/submissions")), [whole.file_name()]);
    assert_eq!(receiver.all(10).len(), 1);
}

#[test]
fn a_digest_has_to_be_that_of_the_body_where_it_is_given() {
    let (_folder, receiver) = receiver(&[]);
    let (document, other) = (document(1, 0), document(2, 0));
    let right = document.headers();
    let digest = right.lines().find(|line| line.starts_with("Content-Digest")).expect("a digest").to_owned();
    let refused = [
        ("digest-mismatch", other.headers()),
        ("bad-digest", "Content-Digest: sha-256=abc\r\n".to_owned()),
        ("bad-digest", "Content-Digest: sha-256=:abc:\r\n".to_owned()),
        ("bad-digest", "Content-Digest: sha-512=:YWJj:\r\n".to_owned()),
        ("bad-digest", "Content-Digest: \r\n".to_owned()),
        ("bad-digest", format!("{digest}\r\n{}", other.headers())),
    ];
    for (problem, headers) in refused {
        let answer = receiver.ask("PUT", &document.path(), &headers, &document.bytes);
        assert_eq!((answer.status, answer.problem().as_str()), (400, problem), "{headers}");
    }
    assert_eq!(receiver.get(&document.path()).status, 404);
    let beside = format!("{}, sha-512=:YWJj:\r\n", digest.trim_end());
    assert_eq!(receiver.ask("PUT", &document.path(), &beside, &document.bytes).status, 201);
    assert_eq!(receiver.ask("PUT", &document.path(), "", &document.bytes).status, 200, "it may be left out");
}

#[test]
fn a_file_above_the_limit_is_refused_before_it_is_read() {
    let document = document(1, 0);
    let limit = (document.bytes.len() - 1).to_string();
    let (_folder, receiver) = receiver(&["--max-bytes", &limit]);
    let answer = receiver.put(&document);
    assert_eq!((answer.status, answer.problem().as_str()), (413, "too-large"));
    assert_eq!(answer.json()["maxBytes"].to_string(), limit);
    let chunks = [format!("{:x}\r\n", document.bytes.len()).as_bytes(), &document.bytes, b"\r\n0\r\n\r\n"].concat();
    let answer = receiver.ask("PUT", &document.path(), "Transfer-Encoding: chunked\r\n", &chunks);
    assert_eq!((answer.status, answer.problem().as_str()), (413, "too-large"));
    let head = format!("PUT {} HTTP/1.1\r\nHost: t\r\nContent-Length: 99999999999\r\n\r\n", document.path());
    assert_eq!(super::server::raw(&receiver.address, head.as_bytes()).expect("an answer").status, 413);
}

#[test]
fn a_body_in_chunks_is_taken() {
    let (_folder, receiver) = receiver(&[]);
    let document = document(1, 0);
    let (one, two) = document.bytes.split_at(100);
    let chunk = |part: &[u8]| [format!("{:x}\r\n", part.len()).as_bytes(), part, b"\r\n"].concat();
    let chunks = [chunk(one), chunk(two), b"0\r\n\r\n".to_vec()].concat();
    let headers = format!("{}Transfer-Encoding: chunked\r\n", document.headers());
    assert_eq!(receiver.ask("PUT", &document.path(), &headers, &chunks).status, 201);
    assert_eq!(receiver.get(&document.path()).body, document.bytes);
    let answer = receiver.ask("PUT", &document.path(), "Content-Encoding: gzip\r\n", &document.bytes);
    assert_eq!((answer.status, answer.problem().as_str()), (415, "encoded"));
}

#[test]
fn what_is_not_there_is_said_so() {
    let (_folder, receiver) = receiver(&[]);
    let path = document(1, 0).path();
    let answers = [
        (404, "not-found", receiver.get(&path)),
        (404, "not-found", receiver.get(&format!("{path}/receipt"))),
        (404, "not-found", receiver.get("/")),
        (404, "not-found", receiver.get(&format!("{path}/other"))),
        (400, "bad-seal-id", receiver.get("/submissions/1")),
        (400, "bad-seal-id", receiver.get(&path.to_uppercase().replace("/SUBMISSIONS", "/submissions"))),
        (400, "bad-seal-id", receiver.get("/submissions/..%2F..%2Flayout")),
        (405, "method-not-allowed", receiver.ask("DELETE", &path, "", b"")),
        (405, "method-not-allowed", receiver.ask("POST", "/submissions", "Content-Length: 0\r\n", b"")),
        (400, "bad-query", receiver.get("/submissions?from=yesterday")),
        (400, "bad-query", receiver.get("/submissions?limit=0")),
        (400, "bad-query", receiver.get("/submissions?limit=1001")),
        (400, "bad-query", receiver.get("/submissions?after=..%2F..%2F..%2Fetc%2Fpasswd")),
        (400, "bad-query", receiver.get("/submissions?form=2026-01-01T00:00:00Z")),
        (400, "bad-query", receiver.get("/submissions?limit=1&limit=2")),
    ];
    for (status, problem, answer) in answers {
        assert_eq!((answer.status, answer.problem().as_str()), (status, problem));
    }
    let answer = receiver.ask("DELETE", &path, "", b"");
    assert_eq!(answer.header("allow"), Some("GET,HEAD,PUT"));
}

#[test]
fn a_list_is_in_order_and_can_be_read_page_by_page() {
    let (_folder, receiver) = receiver(&[]);
    let documents: Vec<Sealed> = (0..7).map(|number| document(number, 0)).collect();
    let kid = receiver.kid();
    let mut receipts: Vec<_> = documents.iter().map(|document| receiver.put(document).receipt(document, kid)).collect();
    receipts.sort_by_key(|receipt| (receipt.received, receipt.seal_id));
    let wanted: Vec<String> = receipts.iter().map(|receipt| receipt.seal_id.to_string()).collect();
    for page in [1, 2, 3, 7, 1000] {
        let found: Vec<String> =
            receiver.all(page).iter().map(|item| item["sealId"].as_str().expect("a text").to_owned()).collect();
        assert_eq!(found, wanted, "pages of {page}");
    }
    let time = |at: usize| receipts[at].received.to_string().replace("+00:00", "Z");
    let between = |query: String| receiver.get(&query).json()["items"].as_array().expect("a list").len();
    let count = |from: usize, to: usize| {
        receipts.iter().filter(|r| r.received >= receipts[from].received && r.received < receipts[to].received).count()
    };
    assert_eq!(between(format!("/submissions?from={}&to={}", time(2), time(5))), count(2, 5));
    assert_eq!(between(format!("/submissions?to={}", time(0))), 0);
    // The same instant, told in another zone.
    let local = asesmen::domain::Timestamp::from_millis(receipts[2].received.millis(), 7 * 60).expect("a time");
    let local = local.to_string().replace('+', "%2B");
    assert_eq!(between(format!("/submissions?from={local}&to={}", time(5))), count(2, 5));
    let settled = receiver.get("/submissions").json()["settled"].as_str().expect("a time").to_owned();
    assert!(settled < receipts[0].received.to_string(), "what was just received may still have company");
}

#[test]
fn only_known_keys_are_taken_where_there_is_a_register() {
    let kid = key(3).jwk.kid().to_string();
    let registers = [
        (format!(r#"{{"keys":[{{"kid":"{kid}"}}]}}"#), 201, None),
        (format!(r#"{{"keys":[{{"kid":"{}"}}]}}"#, key(4).jwk.kid()), 422, Some("untrusted-key")),
        (
            format!(r#"{{"keys":[{{"kid":"{kid}","revoked":{{"at":"2026-01-01T00:00:00Z"}}}}]}}"#),
            422,
            Some("revoked-key"),
        ),
    ];
    for (register, status, finding) in registers {
        let folder = Folder::new(&[("register.json", register.as_bytes())]);
        let store = folder.path().join("received");
        let file = folder.path().join("register.json");
        let options = ["--trust", file.to_str().expect("UTF-8")];
        let receiver = Receiver::start(&folder, store.to_str().expect("UTF-8"), &options);
        let answer = receiver.put(&document(1, 0));
        assert_eq!(answer.status, status, "{}", answer.text());
        if let Some(finding) = finding {
            assert_eq!(answer.json()["findings"][0]["finding"], json!(finding));
        }
    }
    let (_folder, receiver) = receiver(&["--trust", &kid]);
    assert_eq!(receiver.put(&document(1, 0)).status, 201);
}

#[test]
fn in_whatever_order_registers_are_named_the_newest_says_how_long_a_key_counts() {
    let entry = |until| Entry { valid_until: Some(at(until)), ..Entry::of(key(3).jwk.kid()) };
    let register = |sealed, until| {
        let keys = Entry::list_to_json(&[entry(until)]);
        sealed_at(sealed, Format::Register, &key(9), "issuer", "register", keys)
    };
    let newer = register("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z");
    let older = register("2026-01-01T00:00:00Z", "2036-01-01T00:00:00Z");
    let folder = Folder::new(&[("newer.json", &newer), ("older.json", &older)]);
    let [newer, older] = ["newer.json", "older.json"].map(|name| folder.path().join(name).display().to_string());
    for (number, [first, second]) in [[&newer, &older], [&older, &newer]].into_iter().enumerate() {
        let store = folder.path().join(format!("received-{number}")).display().to_string();
        let receiver = Receiver::start(&folder, &store, &["--trust", first, "--trust", second]);
        let answer = receiver.put(&document(1, 0));
        assert_eq!(answer.status, 422, "{}", answer.text());
        assert_eq!(answer.json()["findings"][0]["finding"], json!("key-expired"));
    }
}

#[test]
fn health_and_counts_are_told() {
    let (folder, receiver) = receiver(&[]);
    assert_eq!(receiver.get("/health").json(), json!({"status": "ok"}));
    receiver.put(&document(1, 0));
    receiver.put(&document(1, 1));
    let metrics = receiver.get("/metrics");
    assert!(metrics.header("content-type").is_some_and(|kind| kind.starts_with("text/plain; version=0.0.4")));
    for line in [
        "asesmen_stored_total 1",
        "asesmen_requests_total{status=\"201\",outcome=\"stored\"} 1",
        "asesmen_requests_total{status=\"409\",outcome=\"conflict\"} 1",
        "asesmen_requests_under_way 1",
    ] {
        assert!(metrics.text().lines().any(|found| found == line), "{line} is not in\n{}", metrics.text());
    }
    fs::remove_dir_all(folder.path().join("received")).expect("removed");
    let answer = receiver.get("/health");
    assert_eq!((answer.status, answer.problem().as_str()), (503, "store-failed"));
}
