//! A running receiver, a client that can say anything, and sealed documents to send.

use crate::cli::folder::{Folder, program};
use crate::seal::sealed::{Key, at, body, key, sign, tree};
use asesmen::domain::SealId;
use asesmen::seal::{About, Kid, Receipt, Trust, Verdict, assemble, digest, es256};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A receiver; it ends with the test.
pub struct Receiver {
    child: Child,
    pub address: String,
    pub log: PathBuf,
}

impl Receiver {
    /// Starts one on a store; key and log lie in the folder.
    pub fn start(folder: &Folder, store: &str, options: &[&str]) -> Self {
        Self::start_with(folder, store, options, &[])
    }

    pub fn start_with(folder: &Folder, store: &str, options: &[&str], environment: &[(String, String)]) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let log = folder.path().join(format!("log-{}", NEXT.fetch_add(1, Ordering::Relaxed)));
        let mut command = program();
        command.args(["receive", "--addr", "127.0.0.1:0", "--store", store]);
        command.arg("--key").arg(folder.path().join("key.pem")).args(options);
        if !options.contains(&"--rate") {
            command.args(["--rate", "0"]);
        }
        command.envs(environment.iter().cloned());
        command.stdout(Stdio::piped()).stderr(File::create(&log).expect("a log"));
        let mut child = command.spawn().expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("UTF-8");
        let address = line.trim().rsplit("http://").next().expect("an address").to_owned();
        assert!(!address.is_empty(), "{}", fs::read_to_string(&log).expect("a log"));
        Self { child, address, log }
    }

    pub fn ask(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
        ask(&self.address, method, path, headers, body).expect("an answer")
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "", b"")
    }

    pub fn put(&self, document: &Sealed) -> Answer {
        put(&self.address, document).expect("an answer")
    }

    /// Every item of a list, page by page.
    pub fn all(&self, page: usize) -> Vec<Value> {
        let (mut items, mut after) = (Vec::new(), String::new());
        loop {
            let answer = self.get(&format!("/submissions?limit={page}{after}"));
            assert_eq!(answer.status, 200, "{}", answer.text());
            let answer = answer.json();
            items.extend(answer["items"].as_array().expect("a list").iter().cloned());
            match answer["next"].as_str() {
                Some(next) => after = format!("&after={}", next.replace('/', "%2F")),
                None => return items,
            }
        }
    }

    /// What `/metrics` says of a name with its labels.
    pub fn count(&self, name: &str) -> u64 {
        let text = self.get("/metrics").text();
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("no {name} in {text}")).parse().expect("a number")
    }

    /// Waits until a count is as it should be.
    pub fn until(&self, name: &str, fits: impl Fn(u64) -> bool) {
        let begun = std::time::Instant::now();
        while !fits(self.count(name)) {
            assert!(begun.elapsed().as_secs() < 60, "{name} stays {}", self.count(name));
            std::thread::yield_now();
        }
    }

    pub fn kid(&self) -> Kid {
        let answer = self.get("/receiver").json();
        Kid::parse(answer["kid"].as_str().expect("a text")).expect("a key id")
    }

    /// Stops it at once, as a crash does.
    pub fn kill(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ended");
    }

    /// Asks it to stop.
    pub fn end(&self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill").success());
    }

    pub fn ended(&mut self) -> Option<i32> {
        self.child.wait().expect("it ended").code()
    }

    pub fn logged(&self) -> Vec<Value> {
        let text = fs::read_to_string(&self.log).expect("a log");
        let read = |line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no line of JSON: {line:?} in {text}"));
        // The last line may not be whole yet.
        text.split_inclusive('\n').filter(|line| line.ends_with('\n')).map(read).collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        // It may have ended in the test.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    /// The kind of problem, where the answer is one in the promised form.
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.text());
        let body = self.json();
        assert_eq!(body["status"], json!(self.status));
        assert!(body["title"].as_str().is_some_and(|title| title.ends_with('.')), "{body}");
        body["type"].as_str().and_then(|kind| kind.rsplit('/').next()).expect("a type").to_owned()
    }

    /// The receipt, checked by the whole profile and against what was sent.
    pub fn receipt(&self, document: &Sealed, receiver: Kid) -> Receipt {
        assert!(matches!(self.status, 200 | 201), "{}: {}", self.status, self.text());
        let report = es256::verify(&self.body, &Trust::only([receiver]), at("2100-01-01T00:00:00Z"));
        let report = report.expect("a sealed file");
        assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.findings);
        let About::Receipt(receipt) = report.about else { panic!("not a receipt") };
        assert_eq!(receipt.seal_id, document.seal);
        assert_eq!(receipt.digest, digest(&document.bytes));
        assert_eq!(receipt.size, document.bytes.len() as u64);
        receipt
    }
}

/// Sends one request and reads the answer; none when the connection broke.
pub fn ask(address: &str, method: &str, path: &str, headers: &str, body: &[u8]) -> Option<Answer> {
    let length = if method == "PUT" && !headers.to_ascii_lowercase().contains("transfer-encoding") {
        format!("Content-Length: {}\r\n", body.len())
    } else {
        String::new()
    };
    let head = format!("{method} {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n{length}{headers}\r\n");
    let bytes = [head.as_bytes(), body].concat();
    if method == "HEAD" { heads(address, &bytes) } else { raw(address, &bytes) }
}

/// As [`raw`], where no body comes whatever the answer says of its length.
fn heads(address: &str, bytes: &[u8]) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.write_all(bytes).ok()?;
    let answer = read(&mut stream)?;
    assert!(answer.body.is_empty(), "{}", answer.text());
    Some(answer)
}

/// Sends any bytes and reads what comes back.
pub fn raw(address: &str, bytes: &[u8]) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).ok()?;
    // A receiver that refuses a body may close before all of it was sent; its answer is there all the same.
    let _ = stream.write_all(bytes);
    answer(&mut stream)
}

pub fn answer(stream: &mut TcpStream) -> Option<Answer> {
    let answer = read(stream)?;
    let length = answer.header("content-length").map(str::to_owned);
    // A body that was cut off is no answer.
    length.is_none_or(|length| length.parse() == Ok(answer.body.len())).then_some(answer)
}

fn read(stream: &mut TcpStream) -> Option<Answer> {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    parsed(&bytes)
}

/// The answer that some bytes are, if they are a whole one.
pub fn parsed(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
    let body = bytes[end + 4..].to_vec();
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let pair = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
    Some(Answer { status, headers: lines.filter_map(pair).collect(), body })
}

pub fn put(address: &str, document: &Sealed) -> Option<Answer> {
    ask(address, "PUT", &document.path(), &document.headers(), &document.bytes)
}

/// A sealed document and its name.
#[derive(Clone, Debug)]
pub struct Sealed {
    pub seal: SealId,
    pub bytes: Vec<u8>,
}

impl Sealed {
    pub fn path(&self) -> String {
        format!("/submissions/{}", self.seal)
    }

    /// The headers that the app sends.
    pub fn headers(&self) -> String {
        use base64ct::{Base64, Encoding};
        let digest = Base64::encode_string(&asesmen::seal::sha256(&self.bytes));
        format!("Content-Type: application/json\r\nContent-Digest: sha-256=:{digest}:\r\nIf-None-Match: *\r\n")
    }

    pub fn file_name(&self) -> String {
        format!("{}.{}.json", self.seal, digest(&self.bytes).trim_start_matches("sha-256:"))
    }
}

pub fn worker() -> Key {
    key(3)
}

/// A document of its own for each number, and of the same seal for each variant.
pub fn document(number: u16, variant: u16) -> Sealed {
    let worker = worker();
    let mut body = body(&[("social-worker", &worker)]);
    let mut random = [9; 10];
    random[..2].copy_from_slice(&number.to_be_bytes());
    body.seal_id = SealId::new(at("2026-11-22T10:32:05.123+07:00"), random);
    body.response = tree(&json!({"resourceType": "QuestionnaireResponse", "subject": {"display": "Ibu Sulastri"},
        "item": [{"linkId": "note", "answer": [{"valueString": format!("isi {variant}")}]}]}));
    let (seal, document) = (body.seal_id, body.to_json());
    Sealed { seal, bytes: assemble(&document, &[sign(&document, &worker)]) }
}

/// The names of the files in a folder that are whole; what a crash left unfinished has a mark in its name.
pub fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).map(|entries| entries.map(|entry| entry.expect("an entry")).collect());
    let mut names: Vec<String> = entries
        .unwrap_or_else(|_| Vec::new())
        .iter()
        .map(|entry| entry.file_name().into_string().expect("UTF-8"))
        .collect();
    names.retain(|name| !name.contains('#'));
    names.sort();
    names
}
