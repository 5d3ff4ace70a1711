//! `asesmen serve`: types, headers, compression, and nothing outside the folder.

use super::folder::{Folder, Run, program};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

/// A running server; it ends with the test.
struct Server {
    child: Child,
    address: String,
    _folder: Folder,
}

impl Server {
    fn start() -> Self {
        let folder = Folder::new(&[("secret.txt", b"rahasia")]);
        let site = [
            ("index.html", "<title>Asesmen</title>"),
            ("asesmen.js", "plain module"),
            ("asesmen.js.br", "brotli module"),
            ("asesmen.js.gz", "gzip module"),
            ("asesmen_bg.wasm", "\0asm"),
            ("style/asesmen.css", "@layer base;"),
            ("manifest.webmanifest", "{}"),
            ("instruments/index.json", "{}"),
            ("icon.svg", "<svg/>"),
        ];
        site.iter().for_each(|(name, text)| folder.put(&format!("site/{name}"), text.as_bytes()));
        let mut command = program();
        command.args(["serve", "--addr", "127.0.0.1:0", "--dir"]).arg(folder.path().join("site"));
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("it prints its address");
        let address = line.trim().rsplit("http://").next().expect("an address").to_owned();
        Self { child, address, _folder: folder }
    }

    fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        let request = format!("{method} {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("answered");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let (status, headers) = head.split_once("\r\n").expect("a status line");
        Answer {
            status: status.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status"),
            headers: headers.lines().map(str::to_owned).collect(),
            body: body.to_owned(),
        }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which the test has noticed already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Answer {
    status: u16,
    headers: Vec<String>,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let line = |line: &'_ str| line.split_once(": ").is_some_and(|(found, _)| found.eq_ignore_ascii_case(name));
        self.headers
            .iter()
            .find(|header| line(header))
            .and_then(|header| header.split_once(": "))
            .map(|(_, value)| value)
    }
}

#[test]
fn each_file_has_its_type() {
    let server = Server::start();
    let types = [
        ("/", "text/html"),
        ("/index.html", "text/html"),
        ("/asesmen.js", "text/javascript"),
        ("/asesmen_bg.wasm", "application/wasm"),
        ("/style/asesmen.css", "text/css"),
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/instruments/index.json", "application/json"),
        ("/icon.svg", "image/svg+xml"),
    ];
    for (path, kind) in types {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{path}");
    }
}

#[test]
fn every_answer_carries_the_protecting_headers() {
    let server = Server::start();
    let modified = server.get("/asesmen.js").header("last-modified").expect("a time").to_owned();
    let answers = [
        (200, server.get("/")),
        (404, server.get("/nothing.js")),
        (405, server.ask("POST", "/index.html", "Content-Length: 0\r\n")),
        (304, server.ask("GET", "/asesmen.js", &format!("If-Modified-Since: {modified}\r\n"))),
        (307, server.get("/style")),
        (200, server.ask("HEAD", "/asesmen.js", "")),
    ];
    for (status, answer) in answers {
        assert_eq!(answer.status, status);
        let policy = answer.header("content-security-policy").expect("a policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self' 'wasm-unsafe-eval'"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        let headers = [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-cache"),
            ("access-control-allow-origin", "*"),
        ];
        for (name, value) in headers {
            assert_eq!(answer.header(name), Some(value), "{status}");
        }
        assert!(answer.header("vary").is_some_and(|vary| vary.contains("accept-encoding")), "{status}");
    }
}

#[test]
fn compressed_files_go_to_who_takes_them() {
    let server = Server::start();
    let cases = [
        ("Accept-Encoding: gzip, deflate, br\r\n", Some("br"), "brotli module"),
        ("Accept-Encoding: gzip\r\n", Some("gzip"), "gzip module"),
        ("Accept-Encoding: br;q=0\r\n", None, "plain module"),
        ("Accept-Encoding: zstd\r\n", None, "plain module"),
        ("", None, "plain module"),
    ];
    for (header, encoding, body) in cases {
        let answer = server.ask("GET", "/asesmen.js", header);
        assert_eq!((answer.header("content-encoding"), answer.body.as_str()), (encoding, body), "{header}");
        assert_eq!(answer.header("content-type"), Some("text/javascript"), "{header}");
    }
    let answer = server.ask("GET", "/icon.svg", "Accept-Encoding: br\r\n");
    assert_eq!(
        (answer.header("content-encoding"), answer.body.as_str()),
        (None, "<svg/>"),
        "no compressed one is there"
    );
}

#[test]
fn an_unchanged_file_is_not_sent_again() {
    let server = Server::start();
    let modified = server.get("/asesmen.js").header("last-modified").expect("a time").to_owned();
    let again = server.ask("GET", "/asesmen.js", &format!("If-Modified-Since: {modified}\r\n"));
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    let older = "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\n";
    assert_eq!(server.ask("GET", "/asesmen.js", older).body, "plain module");
}

#[test]
fn nothing_outside_the_folder_is_given_away() {
    let server = Server::start();
    let paths = [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/style/../../secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/etc/passwd",
        "/%00",
        "/style/%2e%2e/%2e%2e/secret.txt",
    ];
    for path in paths {
        let answer = server.get(path);
        assert!(answer.status >= 400, "{path}: {}", answer.status);
        assert!(!answer.body.contains("rahasia") && !answer.body.contains("root:"), "{path}");
    }
    assert_eq!(server.get("/").status, 200, "and it goes on serving");
}

/// A run that is to end by itself. One that serves instead has printed its address, and is ended.
fn refused(arguments: &[&str]) -> Run {
    let mut command = program();
    command.arg("serve").args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut out = String::new();
    BufReader::new(child.stdout.take().expect("piped")).read_line(&mut out).expect("UTF-8");
    if !out.is_empty() {
        child.kill().expect("it runs");
    }
    let ended = child.wait_with_output().expect("it ended");
    Run { code: ended.status.code(), out, err: String::from_utf8(ended.stderr).expect("UTF-8") }
}

#[test]
fn a_folder_without_the_app_is_refused_with_what_to_do() {
    let empty = Folder::new(&[]);
    let missing = empty.path().join("missing");
    for folder in [empty.path(), missing.as_path()] {
        let folder = folder.to_str().expect("UTF-8");
        let ended = refused(&["--addr", "127.0.0.1:0", "--dir", folder]);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""));
        for word in [folder, "index.html", "make run", "--dir"] {
            assert!(ended.err.contains(word), "{}", ended.err);
        }
    }
}

#[test]
fn a_taken_or_impossible_address_is_refused_with_what_to_do() {
    let server = Server::start();
    let folder = Folder::new(&[("index.html", b"")]);
    let folder = folder.path().to_str().expect("UTF-8");
    let taken = refused(&["--addr", &server.address, "--dir", folder]);
    assert_eq!(taken.code, Some(2));
    assert!(taken.err.contains(&server.address) && taken.err.contains("--addr"), "{}", taken.err);
    let impossible = refused(&["--addr", "localhost", "--dir", folder]);
    assert_eq!((impossible.code, impossible.out.as_str()), (Some(2), ""));
}
