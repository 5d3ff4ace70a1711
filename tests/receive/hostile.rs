//! Requests that no honest client sends. The receiver refuses them, stores nothing, and goes on.

use super::server::{Receiver, ask, document, files, raw};
use crate::cli::folder::Folder;
use proptest::prelude::*;

#[test]
fn hostile_heads_are_refused_and_the_receiver_goes_on() {
    let folder = Folder::new(&[]);
    let store = folder.path().join("received");
    let receiver = Receiver::start(&folder, store.to_str().expect("UTF-8"), &[]);
    let document = document(1, 0);
    let (path, length) = (document.path(), document.bytes.len());
    let put = |headers: &str| {
        let head = format!("PUT {path} HTTP/1.1\r\nHost: t\r\nConnection: close\r\n{headers}\r\n");
        raw(&receiver.address, &[head.as_bytes(), &document.bytes].concat()).map(|answer| answer.status)
    };
    let refused = [
        format!("Content-Length: {length}\r\nContent-Length: {}\r\n", length - 1),
        "Content-Length: -1\r\n".to_owned(),
        "Content-Length: 18446744073709551616\r\n".to_owned(),
        format!("Content-Length: +{length}\r\n"),
        "Transfer-Encoding: gzip\r\n".to_owned(),
        format!("Content-Length: {length}\r\nX: {}\r\n", "a".repeat(100_000)),
        format!("Content-Length: {length}\r\n{}", "X: a\r\n".repeat(500)),
        format!("Content-Length: {length}\r\nContent-Digest: sha-256=:\u{fe}:\r\n"),
        format!("Content-Length: {length}\r\nBad Name: x\r\n"),
        format!("Content-Length: {length}\r\nX: a\0b\r\n"),
        "Content-Length: 0\r\n".to_owned(),
        format!("Transfer-Encoding: chunked\r\nContent-Length: {length}\r\n"),
        "Transfer-Encoding: chunked\r\n".to_owned(),
    ];
    for headers in refused {
        let status = put(&headers);
        assert!(status.is_none_or(|status| (400..500).contains(&status)), "{status:?} for {:.60}", headers);
    }
    let lines = [
        "GET /submissions/%00 HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n",
        "GET /submissions/../../../etc/passwd HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n",
        "GET /submissions/%2e%2e%2f%2e%2e%2fkey.pem HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n",
        "GET /submissions/\u{fffd} HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n",
        "PUT http://other.example/submissions HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "\r\n\r\n\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ];
    for line in lines {
        let answer = raw(&receiver.address, line.as_bytes());
        assert!(answer.is_none_or(|answer| answer.status >= 400 && !answer.text().contains("PRIVATE")), "{line}");
    }
    assert!(files(&folder.path().join("received/submissions")).is_empty());
    assert_eq!(receiver.put(&document).status, 201);
}

#[test]
fn a_cut_off_body_leaves_nothing() {
    let folder = Folder::new(&[]);
    let store = folder.path().join("received");
    let receiver = Receiver::start(&folder, store.to_str().expect("UTF-8"), &[]);
    let document = document(1, 0);
    for kept in [0, 1, 100, document.bytes.len() - 1] {
        let head =
            format!("PUT {} HTTP/1.1\r\nHost: t\r\nContent-Length: {}\r\n\r\n", document.path(), document.bytes.len());
        let mut stream = std::net::TcpStream::connect(&receiver.address).expect("it listens");
        std::io::Write::write_all(&mut stream, &[head.as_bytes(), &document.bytes[..kept]].concat()).expect("sent");
        stream.shutdown(std::net::Shutdown::Write).expect("closed");
        assert!(super::server::answer(&mut stream).is_none_or(|answer| answer.status == 400));
    }
    assert_eq!(receiver.get(&document.path()).status, 404);
    assert_eq!(receiver.put(&document).status, 201);
}

#[test]
fn no_body_or_header_stops_it() {
    let folder = Folder::new(&[]);
    let store = folder.path().join("received");
    let receiver = Receiver::start(&folder, store.to_str().expect("UTF-8"), &[]);
    let (address, document) = (receiver.address.clone(), document(1, 0));
    proptest!(ProptestConfig::with_cases(200), |(
        at in 0..document.bytes.len(),
        byte in any::<u8>(),
        name in "[A-Za-z-]{1,20}",
        value in "[ -~]{0,60}",
    )| {
        let mut bytes = document.bytes.clone();
        bytes[at] ^= byte.max(1);
        let answer = ask(&address, "PUT", &document.path(), &format!("X-{name}: {value}\r\n"), &bytes);
        prop_assert_eq!(answer.expect("an answer").status, 422);
    });
    assert!(files(&folder.path().join("received/submissions")).is_empty());
    assert_eq!(receiver.put(&document).status, 201);
}
