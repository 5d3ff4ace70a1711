//! `docs/openapi.yaml` is a valid OpenAPI document for an outside checker, and what a real receiver answers is what it says.

use super::attachments;
use super::server::{Answer, Receiver, document};
use crate::cli::folder::Folder;
use crate::seal::attachments::paper;
use serde_json::json;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Answers that need trouble which this test does not make: a failing system, and an attachment that takes ten minutes.
const UNSEEN: [&str; 3] = ["GET /submissions 500", "PUT /attachments/{hash} 408", "PUT /submissions/{sealId} 500"];

#[test]
fn the_contract_is_valid_and_holds() {
    let token = "token-of-a-tablet-0001";
    let folder = Folder::new(&[("tokens", token.as_bytes()), ("readers", b"token-of-the-portal-01")]);
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let gates =
        ["--tokens", &path("tokens"), "--reader-tokens", &path("readers"), "--max-bytes", "20000", "--silence", "1"];
    let receiver = Receiver::start(&folder, &path("received"), &gates);
    let roomy = Receiver::start(&folder, &path("received"), &[&gates[..4], &["--rate", "0"]].concat());
    let strict = Receiver::start(&folder, &path("received"), &[&gates[..], &["--rate", "1"]].concat());
    let (first, second) = (document(1, 0), document(1, 1));
    let (put, receipt) = (first.path(), format!("{}/receipt", first.path()));
    let tablet = format!("Authorization: Bearer {token}\r\n");
    let reader = "Authorization: Bearer token-of-the-portal-01\r\n";
    let changed = String::from_utf8(first.bytes.clone()).expect("UTF-8").replace("isi 0", "isi 9").into_bytes();
    let (one, list) = ("/submissions/{sealId}", "/submissions");
    let mut seen: Vec<(&str, &str, Answer)> = Vec::new();
    let mut ask =
        |receiver: &Receiver, method: &'static str, template: &'static str, path: &str, headers: &str, body: &[u8]| {
            seen.push((method, template, receiver.ask(method, path, headers, body)));
        };
    let of_receipt = "/submissions/{sealId}/receipt";
    for (template, path) in [(one, &put), (of_receipt, &receipt)] {
        ask(&receiver, "GET", template, path, &tablet, b"");
        ask(&receiver, "GET", template, path, "", b"");
        ask(&receiver, "GET", template, "/submissions/1", &tablet, b"");
    }
    ask(&receiver, "GET", of_receipt, "/submissions/1/receipt", &tablet, b"");
    for body in [&first.bytes, &first.bytes, &second.bytes, &changed, &b"{}".to_vec(), &vec![b' '; 20_001]] {
        ask(&receiver, "PUT", one, &put, &tablet, body);
    }
    ask(&receiver, "PUT", one, &document(2, 0).path(), &tablet, &first.bytes);
    ask(&receiver, "PUT", one, &put, "", &first.bytes);
    ask(&receiver, "PUT", one, &put, &format!("{tablet}Content-Encoding: br\r\n"), &first.bytes);
    ask(&receiver, "PUT", one, &put, &format!("{tablet}{}", second.headers()), &first.bytes);
    ask(&receiver, "PUT", one, &put, &format!("{tablet}Transfer-Encoding: chunked\r\n"), b"");
    ask(&receiver, "PUT", one, &document(3, 0).path(), &tablet, &document(3, 0).bytes);
    ask(&receiver, "GET", one, &put, &tablet, b"");
    ask(&receiver, "GET", of_receipt, &receipt, &tablet, b"");
    for (headers, query) in
        [(reader, ""), (reader, "?limit=1"), (reader, "?from=2026"), (tablet.as_str(), ""), ("", "")]
    {
        ask(&receiver, "GET", list, &format!("/submissions{query}"), headers, b"");
    }
    let (scan, apart) = (paper(1_000_001), "/attachments/{hash}");
    let of_scan = attachments::path(&scan);
    let document = attachments::naming(&[("surat.pdf", &scan)]);
    ask(&receiver, "PUT", one, &document.path(), &tablet, &document.bytes);
    for (path, headers) in [("/attachments/1", tablet.as_str()), (&of_scan, ""), (&of_scan, &tablet)] {
        for method in ["GET", "HEAD"] {
            ask(&receiver, method, apart, path, headers, b"");
        }
    }
    ask(&receiver, "PUT", apart, &of_scan, "", &scan);
    ask(&receiver, "PUT", apart, &of_scan, &tablet, &scan);
    ask(&roomy, "PUT", apart, &of_scan, &tablet, &scan[1..]);
    ask(&receiver, "PUT", apart, &of_scan, &format!("{tablet}Content-Encoding: br\r\n"), &scan);
    ask(&roomy, "PUT", apart, &of_scan, &tablet, &scan);
    ask(&roomy, "PUT", apart, &of_scan, &tablet, &scan);
    for method in ["GET", "HEAD"] {
        ask(&receiver, method, apart, &of_scan, &tablet, b"");
    }
    for path in ["/receiver", "/health", "/metrics"] {
        ask(&receiver, "GET", path, path, "", b"");
    }
    ask(&strict, "GET", one, &put, &tablet, b"");
    ask(&strict, "PUT", one, &put, &tablet, b"{}");
    for (method, template, path) in [
        ("GET", one, &put),
        ("GET", of_receipt, &receipt),
        ("PUT", one, &put),
        ("GET", apart, &of_scan),
        ("HEAD", apart, &of_scan),
        ("PUT", apart, &of_scan),
    ] {
        ask(&strict, method, template, path, &tablet, b"");
    }
    ask(&strict, "GET", list, list, reader, b"");
    ask(&strict, "GET", list, list, reader, b"");
    // The store breaks: where a folder should be, there is a file.
    let receipts = folder.path().join("received/receipts");
    fs::remove_dir_all(&receipts).expect("removed");
    fs::write(&receipts, b"").expect("a file");
    fs::remove_file(folder.path().join("received/layout.json")).expect("removed");
    let attachments = folder.path().join("received/attachments");
    fs::remove_dir_all(&attachments).expect("removed");
    fs::write(&attachments, b"").expect("a file");
    for method in ["GET", "HEAD"] {
        ask(&receiver, method, apart, &of_scan, &tablet, b"");
    }
    ask(&roomy, "PUT", apart, &of_scan, &tablet, &scan);
    ask(&receiver, "GET", "/health", "/health", "", b"");
    ask(&receiver, "GET", one, &put, &tablet, b"");
    ask(&receiver, "GET", of_receipt, &receipt, &tablet, b"");
    ask(&receiver, "GET", list, list, reader, b"");
    ask(&receiver, "PUT", one, &put, &tablet, &first.bytes);
    held(&folder, &seen);
}

fn held(folder: &Folder, seen: &[(&str, &str, Answer)]) {
    let line = |(method, path, answer): &(&str, &str, Answer)| {
        let headers: serde_json::Map<String, serde_json::Value> =
            answer.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), json!(value))).collect();
        let exchange = json!({"method": method, "path": path, "status": answer.status, "headers": headers,
            "body": answer.text()});
        format!("{exchange}\n")
    };
    let exchanges = folder.path().join("exchanges");
    fs::write(&exchanges, seen.iter().map(line).collect::<String>()).expect("written");
    let libraries = std::env::var("PYTHON_OPENAPI")
        .unwrap_or_else(|_| panic!("PYTHON_OPENAPI is not set; run the tests with `make test`"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new("python3");
    command.env("PYTHONPATH", libraries).arg(root.join("tests/receive/contract.py"));
    let output = command.arg(root.join("docs/openapi.yaml")).arg(&exchanges).output().expect("python3");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let unseen: Vec<String> = serde_json::from_slice(&output.stdout).expect("a list");
    assert_eq!(unseen, UNSEEN, "every answer that is described was seen");
}
