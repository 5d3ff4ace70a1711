//! Who may come in, how often, and from which pages.

use super::server::{Receiver, document};
use crate::cli::folder::Folder;

const SENDER: &str = "token-of-a-tablet-0001";
const READER: &str = "token-of-the-portal-01";

fn guarded(options: &[&str]) -> (Folder, Receiver) {
    let tokens = format!("{SENDER}\r\n\ntoken-of-a-tablet-0002\n");
    let folder = Folder::new(&[("tokens", tokens.as_bytes()), ("readers", READER.as_bytes())]);
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let (store, tokens, readers) = (path("received"), path("tokens"), path("readers"));
    let all = [&["--tokens", &tokens, "--reader-tokens", &readers], options].concat();
    let receiver = Receiver::start(&folder, &store, &all);
    (folder, receiver)
}

fn bearer(token: &str) -> String {
    format!("Authorization: Bearer {token}\r\n")
}

#[test]
fn only_a_known_token_may_send_and_only_a_reader_may_list() {
    let (_folder, receiver) = guarded(&[]);
    let document = document(1, 0);
    let strangers = [
        String::new(),
        bearer(""),
        bearer("token-of-a-tablet-0003"),
        bearer(&SENDER[..SENDER.len() - 1]),
        bearer(&format!("{SENDER}1")),
        bearer(&SENDER.to_uppercase()),
        format!("Authorization: Basic {SENDER}\r\n"),
        format!("Authorization: {SENDER}\r\n"),
        format!("{}{}", bearer(SENDER), bearer("token-of-a-tablet-0003")),
        format!("Authorization: Bearer {SENDER}\u{e9}\r\n"),
    ];
    for headers in strangers {
        for (method, path) in [("PUT", document.path()), ("GET", document.path()), ("GET", "/submissions".to_owned())] {
            let answer = receiver.ask(method, &path, &headers, &document.bytes);
            assert_eq!((answer.status, answer.problem().as_str()), (401, "unauthorised"), "{method} {headers}");
            assert!(answer.header("www-authenticate").is_some_and(|scheme| scheme.starts_with("Bearer")));
        }
    }
    for token in [SENDER, "token-of-a-tablet-0002", READER] {
        let answer = receiver.ask("PUT", &document.path(), &bearer(token), &document.bytes);
        assert!(matches!(answer.status, 200 | 201), "{token}");
        assert_eq!(receiver.ask("GET", &document.path(), &bearer(token), b"").body, document.bytes);
    }
    let answer = receiver.ask("GET", "/submissions", &bearer(SENDER), b"");
    assert_eq!((answer.status, answer.problem().as_str()), (403, "forbidden"));
    assert_eq!(receiver.ask("GET", "/submissions", &bearer(READER), b"").status, 200);
    for open in ["/receiver", "/health", "/metrics"] {
        assert_eq!(receiver.get(open).status, 200, "{open}");
    }
}

#[test]
fn a_file_without_tokens_does_not_open_the_receiver() {
    for text in ["", "\n\n", "short\n", "long-enough-but with a space\n"] {
        let folder = Folder::new(&[("tokens", text.as_bytes())]);
        let mut command = crate::cli::folder::program();
        command.args(["receive", "--addr", "127.0.0.1:0"]).current_dir(folder.path()).args(["--tokens", "tokens"]);
        let ended = crate::cli::folder::run(&mut command);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""));
        assert!(ended.err.contains("tokens") && ended.err.contains("16"), "{}", ended.err);
    }
}

#[test]
fn who_comes_too_often_is_told_when_to_come_again() {
    let (_folder, receiver) = guarded(&["--rate", "3"]);
    let ask = |headers: &str| receiver.ask("GET", &document(1, 0).path(), headers, b"");
    let statuses: Vec<u16> = (0..3).map(|_| ask(&bearer(SENDER)).status).collect();
    assert_eq!(statuses, [404, 404, 404]);
    let answer = ask(&bearer(SENDER));
    assert_eq!((answer.status, answer.problem().as_str()), (429, "too-many"));
    let seconds: u64 = answer.header("retry-after").expect("a time").parse().expect("seconds");
    assert!((1..=20).contains(&seconds), "a minute has three, so the next comes within a third: {seconds}");
    assert_eq!(ask(&bearer(READER)).status, 404, "another token has its own minute");
    let guesses: Vec<u16> = (0..4).map(|n| ask(&bearer(&format!("token-of-a-tablet-100{n}"))).status).collect();
    assert_eq!(guesses, [401, 401, 401, 429], "guessing counts by address");
    assert_eq!(receiver.get("/health").status, 200, "and who watches is not counted");
}

#[test]
fn behind_a_proxy_clients_are_told_apart() {
    let (_folder, receiver) = guarded(&["--rate", "1", "--behind-proxy"]);
    let ask =
        |from: &str| receiver.ask("GET", "/submissions", &format!("X-Forwarded-For: 10.9.9.9, {from}\r\n"), b"").status;
    let asked = ["192.0.2.1", "192.0.2.2", "192.0.2.1", "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"].map(ask);
    assert_eq!(asked, [401, 401, 429, 401, 429, 401], "one network of IPv6 is one client");
}

#[test]
fn pages_of_an_allowed_origin_may_send() {
    let (_folder, receiver) = guarded(&["--allow-origin", "https://portal.example"]);
    let preflight = |origin: &str| {
        let headers = format!(
            "Origin: {origin}\r\nAccess-Control-Request-Method: PUT\r\n\
             Access-Control-Request-Headers: authorization,content-digest,content-type,if-none-match\r\n"
        );
        receiver.ask("OPTIONS", &document(1, 0).path(), &headers, b"")
    };
    let answer = preflight("https://portal.example");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://portal.example"));
    let allowed = |name: &str| answer.header(name).expect("allowed").to_ascii_lowercase();
    assert!(allowed("access-control-allow-methods").contains("put"));
    for name in ["authorization", "content-digest", "content-type", "if-none-match"] {
        assert!(allowed("access-control-allow-headers").contains(name), "{name}");
    }
    assert_eq!(preflight("https://other.example").header("access-control-allow-origin"), None);
    let document = document(1, 0);
    let headers = format!("Origin: https://portal.example\r\n{}", bearer(SENDER));
    let answer = receiver.ask("PUT", &document.path(), &headers, &document.bytes);
    assert_eq!(answer.status, 201);
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://portal.example"));
    assert!(answer.header("access-control-expose-headers").is_some_and(|names| names.contains("retry-after")));
    let answer = receiver.ask("PUT", &document.path(), "Origin: https://portal.example\r\n", &document.bytes);
    assert_eq!(answer.status, 401);
    assert!(answer.header("access-control-allow-origin").is_some(), "a page has to see why it was refused");
}

#[test]
fn the_app_comes_from_the_same_origin() {
    let folder = Folder::new(&[("dist/index.html", b"<title>Asesmen</title>")]);
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let receiver = Receiver::start(&folder, &path("received"), &["--app", &path("dist")]);
    let page = receiver.get("/");
    assert_eq!((page.status, page.text().as_str()), (200, "<title>Asesmen</title>"));
    assert!(page.header("content-security-policy").is_some_and(|policy| policy.contains("connect-src 'self'")));
    assert_eq!(receiver.put(&document(1, 0)).status, 201);
    assert_eq!(receiver.get("/receiver").status, 200);
    assert_eq!(receiver.get("/nothing.js").status, 404);
    let mut command = crate::cli::folder::program();
    command.args(["receive", "--addr", "127.0.0.1:0", "--app", "received"]).current_dir(folder.path());
    let ended = crate::cli::folder::run(&mut command);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("index.html"), "{}", ended.err);
}
