//! Answers that come before the end of a body: every client gets them, also one that reads only when it has sent all, and
//! nobody is listened to for ever.

use super::server::{Answer, Receiver, document, parsed};
use crate::cli::folder::{Folder, run};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;

const MIB: usize = 1024 * 1024;
const TOKEN: &str = "Authorization: Bearer token-of-a-tablet-0001\r\n";

fn receiver(options: &[&str]) -> (Folder, Receiver) {
    let folder = Folder::new(&[("tokens", b"token-of-a-tablet-0001\n")]);
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let receiver = Receiver::start(&folder, &path("received"), &[&["--tokens", &path("tokens")], options].concat());
    (folder, receiver)
}

fn opened(receiver: &Receiver, line: &str, headers: &str) -> TcpStream {
    let mut stream = TcpStream::connect(&receiver.address).expect("it listens");
    stream.write_all(format!("{line} HTTP/1.1\r\nHost: t\r\n{headers}\r\n").as_bytes()).expect("sent");
    stream
}

/// What comes back until the connection is closed in order.
fn rest(mut stream: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("it closes the connection in order");
    parsed(&bytes).expect("a whole answer")
}

#[test]
fn a_refusal_reaches_who_sends_all_of_it_first() {
    let (_folder, receiver) = receiver(&["--rate", "3", "--max-bytes", "4194304"]);
    let put = format!("PUT {}", document(1, 0).path());
    let cases = [
        (401, put.clone(), String::new(), 3),
        (413, put.clone(), TOKEN.to_owned(), 6),
        (415, put.clone(), format!("{TOKEN}Content-Encoding: gzip\r\n"), 3),
        (400, put.clone(), format!("{TOKEN}Content-Digest: x\r\n"), 3),
        (429, put.clone(), TOKEN.to_owned(), 3),
        (405, put.replace("PUT", "POST"), String::new(), 3),
        (404, "PUT /elsewhere".to_owned(), String::new(), 3),
    ];
    for (status, line, headers, size) in cases {
        let mut stream = opened(&receiver, &line, &format!("{headers}Content-Length: {}\r\n", size * MIB));
        for _ in 0..size * 16 {
            stream.write_all(&[b' '; MIB / 16]).expect("it goes on listening");
        }
        let answer = rest(stream);
        assert_eq!(answer.status, status, "{}", answer.text());
        assert_eq!(answer.header("connection"), Some("close"));
        answer.problem();
    }
    let answer = rest(opened(&receiver, &put, "Connection: close\r\nContent-Length: 0\r\n"));
    assert_eq!(answer.status, 401, "and where there is no body it is as ever");
}

#[test]
fn a_refusal_comes_at_once_and_without_being_asked_for_the_body() {
    let (_folder, receiver) = receiver(&[]);
    let headers = format!("Expect: 100-continue\r\nContent-Length: {MIB}\r\n");
    let mut stream = opened(&receiver, &format!("PUT {}", document(1, 0).path()), &headers);
    let mut start = [0; 12];
    stream.read_exact(&mut start).expect("an answer");
    assert_eq!(&start, b"HTTP/1.1 401");
}

#[test]
fn nobody_is_listened_to_for_ever() {
    let (_folder, mut receiver) = receiver(&["--max-bytes", "1048576", "--silence", "1"]);
    let (put, chunked) = (format!("PUT {}", document(1, 0).path()), "Transfer-Encoding: chunked\r\n");
    let mut endless = opened(&receiver, &put, chunked);
    let chunk = [b"10000\r\n", [b' '; 0x10000].as_slice(), b"\r\n"].concat();
    let sent = (0..1024).take_while(|_| endless.write_all(&chunk).is_ok()).count();
    assert!((128..1024).contains(&sent), "eight megabytes and what lies in between, not {sent} chunks");
    let silent = opened(&receiver, &put, chunked);
    assert_eq!(rest(silent).status, 401, "who says nothing more is left");
    receiver.until("asesmen_lingering", |lingering| lingering == 0);
    let _more = opened(&receiver, &put, chunked);
    receiver.until("asesmen_lingering", |lingering| lingering == 1);
    receiver.end();
    assert_eq!(receiver.ended(), Some(0));
    assert_eq!(receiver.logged().pop().expect("a line")["event"], "stopped");
}

#[test]
fn so_many_linger_and_no_more() {
    let (_folder, receiver) = receiver(&[]);
    let open = || opened(&receiver, &format!("PUT {}", document(1, 0).path()), &format!("Content-Length: {MIB}\r\n"));
    let places: Vec<TcpStream> = (0..256).map(|_| open()).collect();
    receiver.until("asesmen_lingering", |lingering| lingering == 256);
    assert_eq!(rest(open()).status, 401, "closed as soon as it is answered");
    assert_eq!(receiver.get("/health").status, 200);
    drop(places);
    receiver.until("asesmen_lingering", |lingering| lingering == 0);
}

#[test]
fn common_clients_see_the_refusal() {
    let (_folder, receiver) = receiver(&["--max-bytes", "16777216"]);
    let url = format!("http://{}{}", receiver.address, document(1, 0).path());
    let node = "const [url] = process.argv.slice(1), body = Buffer.alloc(12 << 20);\
        const answer = await fetch(url, { method: 'PUT', body });\
        console.log(answer.status, (await answer.json()).status);";
    let python = "import json, sys, urllib.error, urllib.request\n\
        try: urllib.request.urlopen(urllib.request.Request(sys.argv[1], bytes(12 << 20), method='PUT'))\n\
        except urllib.error.HTTPError as error: print(error.code, json.load(error)['status'])";
    for _ in 0..4 {
        let ended = run(Command::new("node").args(["--input-type=module", "-e", node, "--", &url]));
        assert_eq!((ended.out.trim(), ended.code), ("401 401", Some(0)), "Node: {}", ended.err);
        let ended = run(Command::new("python3").args(["-c", python, &url]));
        assert_eq!((ended.out.trim(), ended.code), ("401 401", Some(0)), "Python: {}", ended.err);
    }
}
