//! Slow and greedy clients keep nobody else out.

use super::server::{Receiver, Sealed, answer, document, worker};
use crate::cli::folder::Folder;
use crate::seal::sealed::{body, sign, tree};
use asesmen::seal::assemble;
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;

const MIB: usize = 1024 * 1024;
const TOKENS: [&str; 3] = ["token-of-a-tablet-0001", "token-of-a-tablet-0002", "token-of-a-tablet-0003"];

fn receiver(options: &[&str]) -> (Folder, Receiver) {
    let folder = Folder::new(&[("tokens", TOKENS.join("\n").as_bytes())]);
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let receiver = Receiver::start(&folder, &path("received"), &[&["--tokens", &path("tokens")], options].concat());
    (folder, receiver)
}

fn bearer(client: usize) -> String {
    format!("Authorization: Bearer {}\r\n", TOKENS[client])
}

/// Announces a large body and waits until it is asked for, so that it has its memory.
fn announced(receiver: &Receiver, client: usize, bytes: usize) -> TcpStream {
    let mut stream = announcing(receiver, client, bytes);
    let mut asked = [0; 25];
    stream.read_exact(&mut asked).expect("it asks for the body");
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream
}

fn announcing(receiver: &Receiver, client: usize, bytes: usize) -> TcpStream {
    let mut stream = TcpStream::connect(&receiver.address).expect("it listens");
    let (path, token) = (document(9, 0).path(), bearer(client));
    let head =
        format!("PUT {path} HTTP/1.1\r\nHost: t\r\n{token}Content-Length: {bytes}\r\nExpect: 100-continue\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("sent");
    stream
}

fn sent(receiver: &Receiver, client: usize, document: &Sealed) -> u16 {
    receiver.ask("PUT", &document.path(), &(bearer(client) + &document.headers()), &document.bytes).status
}

#[test]
fn large_slow_bodies_keep_no_document_and_one_client_no_other_out() {
    let (_folder, receiver) = receiver(&[]);
    let half: Vec<TcpStream> = (0..2).map(|_| announced(&receiver, 0, 32 * MIB - 1)).collect();
    let _waits = announcing(&receiver, 0, 32 * MIB - 1);
    receiver.until("asesmen_memory_waiting{for=\"large\"}", |waiting| waiting == 1);
    let held = receiver.count("asesmen_memory_held_bytes{for=\"large\"}");
    assert_eq!(held * 2, receiver.count("asesmen_memory_bytes{for=\"large\"}"), "its half");
    let other: Vec<TcpStream> = (0..2).map(|_| announced(&receiver, 1, 32 * MIB - 1)).collect();
    assert_eq!(sent(&receiver, 2, &document(1, 0)), 201, "all large memory is held, and a document comes in");
    assert_eq!(sent(&receiver, 0, &document(2, 0)), 201);
    drop((half, other));
    receiver.until("asesmen_memory_held_bytes{for=\"large\"}", |held| held < 64 * MIB as u64);
}

#[test]
fn who_is_slow_makes_room_for_who_waits() {
    let (_folder, receiver) = receiver(&["--silence", "1"]);
    let mut slow: Vec<TcpStream> = (0..4).map(|number| announced(&receiver, number / 2, 32 * MIB - 1)).collect();
    std::thread::scope(|scope| {
        for stream in &mut slow {
            // It never falls silent, and would be at it for hours.
            scope.spawn(|| while stream.write_all(b" ").is_ok() {});
        }
        let mut waits = announcing(&receiver, 2, 32 * MIB - 1);
        let mut asked = [0; 25];
        waits.read_exact(&mut asked).expect("its turn comes");
        assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
        drop(receiver);
    });
}

#[test]
fn a_body_that_falls_silent_is_given_up() {
    let (_folder, receiver) = receiver(&["--silence", "1"]);
    let mut stream = announced(&receiver, 0, 100);
    stream.write_all(b"{").expect("sent");
    let answer = answer(&mut stream).expect("an answer");
    assert_eq!((answer.status, answer.problem().as_str()), (408, "too-slow"));
    assert!(answer.header("retry-after").is_some());
    receiver.until("asesmen_memory_held_bytes{for=\"small\"}", |held| held == 0);
}

#[test]
fn a_body_of_unknown_length_takes_memory_as_it_comes() {
    let (_folder, receiver) = receiver(&[]);
    let mut stream = TcpStream::connect(&receiver.address).expect("it listens");
    let (document, token) = (large(3 * MIB), bearer(0));
    let head = format!("PUT {} HTTP/1.1\r\nHost: t\r\n{token}Transfer-Encoding: chunked\r\n", document.path());
    stream.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes()).expect("sent");
    let chunk = |part: &[u8]| [format!("{:x}\r\n", part.len()).as_bytes(), part, b"\r\n"].concat();
    let (first, rest) = document.bytes.split_at(1000);
    stream.write_all(&chunk(first)).expect("sent");
    receiver.until("asesmen_memory_held_bytes{for=\"small\"}", |held| held == 257 * 1024);
    assert_eq!(receiver.count("asesmen_memory_held_bytes{for=\"large\"}"), 0);
    let (second, rest) = rest.split_at(MIB);
    stream.write_all(&chunk(second)).expect("sent");
    receiver.until("asesmen_memory_held_bytes{for=\"large\"}", |held| (MIB as u64..8 * MIB as u64).contains(&held));
    stream.write_all(&[chunk(rest), b"0\r\n\r\n".to_vec()].concat()).expect("sent");
    assert_eq!(answer(&mut stream).expect("an answer").status, 201);
    assert_eq!(receiver.ask("GET", &document.path(), &token, b"").body, document.bytes);
}

/// A document with a long text.
fn large(bytes: usize) -> Sealed {
    let worker = worker();
    let mut body = body(&[("social-worker", &worker)]);
    body.response = tree(&json!({"resourceType": "QuestionnaireResponse",
        "item": [{"linkId": "note", "answer": [{"valueString": "x".repeat(bytes)}]}]}));
    let (seal, document) = (body.seal_id, body.to_json());
    Sealed { seal, bytes: assemble(&document, &[sign(&document, &worker)]) }
}

#[test]
fn readers_who_take_nothing_hold_their_own_memory_and_not_for_long() {
    let (_folder, receiver) = receiver(&["--silence", "1"]);
    let large = large(24 * MIB);
    assert_eq!(sent(&receiver, 0, &large), 201);
    let ask = || {
        let mut stream = TcpStream::connect(&receiver.address).expect("it listens");
        let head = format!("GET {} HTTP/1.1\r\nHost: t\r\n{}\r\n", large.path(), bearer(0));
        stream.write_all(head.as_bytes()).expect("sent");
        stream
    };
    let stuck = [ask(), ask()];
    receiver.until("asesmen_memory_held_bytes{for=\"answers\"}", |held| held > 48 * MIB as u64);
    let _third = ask();
    receiver.until("asesmen_memory_waiting{for=\"answers\"}", |waiting| waiting == 1);
    assert_eq!(sent(&receiver, 0, &document(1, 0)), 201, "who reads can send");
    receiver.until("asesmen_memory_held_bytes{for=\"answers\"}", |held| held == 0);
    drop(stuck);
    assert_eq!(receiver.ask("GET", &large.path(), &bearer(0), b"").body, large.bytes);
}

#[test]
fn reading_takes_nothing_from_the_minute_for_sending() {
    let (_folder, receiver) = receiver(&["--rate", "2"]);
    let document = document(1, 0);
    let read: Vec<u16> = (0..3).map(|_| receiver.ask("GET", &document.path(), &bearer(0), b"").status).collect();
    assert_eq!(read, [404, 404, 429]);
    assert_eq!(
        [sent(&receiver, 0, &document), sent(&receiver, 0, &document), sent(&receiver, 0, &document)],
        [201, 200, 429]
    );
}
