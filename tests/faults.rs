//! A bad network: a proxy between browser and receiver that drops, delays and doubles requests, cuts them and their answers
//! at any byte, answers in the receiver's place, and lets the receiver be started anew. What it does follows from a seed.
//!
//! Only what is asked of `/submissions` is harmed; the app itself comes through.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// How a request is harmed.
#[derive(Clone, Copy, Debug)]
enum Harm {
    Drop,
    Delay,
    Double,
    CutRequest,
    CutAnswer,
    Answer(u16),
    /// It arrives, and the answer says that something failed.
    Deny,
    Restart,
}

/// What was seen.
#[derive(Debug, Default)]
pub struct Seen {
    /// Requests for submissions.
    pub requests: AtomicUsize,
    /// Of those, the harmed ones.
    pub harmed: AtomicUsize,
    /// How often the receiver was started anew.
    pub restarts: AtomicUsize,
    /// Bytes of bodies that the browser sent.
    pub bytes: AtomicU64,
}

type Restart = Box<dyn FnMut() + Send>;

struct Network {
    to: String,
    /// How many of a hundred requests are harmed.
    harmed: u64,
    chance: Mutex<u64>,
    restart: Mutex<Restart>,
    seen: Seen,
}

/// The proxy; it goes on until the test ends.
pub struct Faults {
    /// `http://127.0.0.1:PORT`.
    pub origin: String,
    network: Arc<Network>,
}

impl Faults {
    /// A proxy before an address. So many of a hundred requests come to harm; `restart` starts the receiver anew.
    pub fn before(to: &str, harmed: u64, seed: u64, restart: impl FnMut() + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let restart: Mutex<Restart> = Mutex::new(Box::new(restart));
        let chance = Mutex::new(seed);
        let network = Arc::new(Network { to: to.to_owned(), harmed, chance, restart, seen: Seen::default() });
        let shared = Arc::clone(&network);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let network = Arc::clone(&shared);
                // A connection that breaks is what this is for.
                thread::spawn(move || drop(network.pass(client)));
            }
        });
        Self { origin, network }
    }

    pub fn seen(&self) -> &Seen {
        &self.network.seen
    }
}

impl Network {
    fn random(&self, below: u64) -> u64 {
        let mut chance = self.chance.lock().expect("no thread ends holding it");
        *chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*chance >> 33) % below.max(1)
    }

    fn harm(&self) -> Option<Harm> {
        if self.random(100) >= self.harmed {
            return None;
        }
        // The receiver is started anew now and then, not every other moment.
        if self.seen.harmed.fetch_add(1, Ordering::Relaxed) % 25 == 7 {
            return Some(Harm::Restart);
        }
        Some(match self.random(60) {
            0..10 => Harm::Drop,
            10..16 => Harm::Delay,
            16..24 => Harm::Double,
            24..32 => Harm::CutRequest,
            32..42 => Harm::CutAnswer,
            42..46 => Harm::Answer(500),
            46..50 => Harm::Answer(503),
            50..54 => Harm::Answer(429),
            _ => Harm::Deny,
        })
    }

    /// One connection, one request.
    fn pass(&self, mut client: TcpStream) -> io::Result<()> {
        let (request, body) = read_request(&mut client)?;
        let text = String::from_utf8_lossy(&request[..request.len() - body]).into_owned();
        if !text.lines().next().is_some_and(|line| line.contains(" /submissions/")) {
            return client.write_all(&self.forward(&request)?);
        }
        self.seen.requests.fetch_add(1, Ordering::Relaxed);
        self.seen.bytes.fetch_add(body as u64, Ordering::Relaxed);
        match self.harm() {
            None => {}
            Some(Harm::Drop) => return Ok(()),
            Some(Harm::Delay) => thread::sleep(Duration::from_millis(self.random(400))),
            Some(Harm::Double) => drop(self.forward(&request)?),
            Some(Harm::CutRequest) => {
                let cut = self.random(request.len() as u64);
                return TcpStream::connect(&self.to)?.write_all(&request[..usize::try_from(cut).unwrap_or(0)]);
            }
            Some(Harm::CutAnswer) => {
                let answer = self.forward(&request)?;
                let cut = self.random(answer.len() as u64);
                return client.write_all(&answer[..usize::try_from(cut).unwrap_or(0)]);
            }
            Some(Harm::Answer(status)) => return client.write_all(&refusal(status, self.random(2))),
            Some(Harm::Deny) => {
                self.forward(&request)?;
                return client.write_all(&refusal(502, 0));
            }
            Some(Harm::Restart) => {
                self.seen.restarts.fetch_add(1, Ordering::Relaxed);
                (self.restart.lock().expect("no thread ends holding it"))();
            }
        }
        client.write_all(&self.forward(&request)?)
    }

    /// Sends a request on and gives the whole answer.
    fn forward(&self, request: &[u8]) -> io::Result<Vec<u8>> {
        let mut server = TcpStream::connect(&self.to)?;
        server.set_read_timeout(Some(Duration::from_secs(30)))?;
        server.write_all(request)?;
        let mut answer = Vec::new();
        server.read_to_end(&mut answer)?;
        Ok(answer)
    }
}

/// Reads one request, and says how many of its bytes are its body. What it asks for is answered with the end of the
/// connection, so that an answer is whole when nothing more comes.
fn read_request(client: &mut TcpStream) -> io::Result<(Vec<u8>, usize)> {
    client.set_read_timeout(Some(Duration::from_secs(30)))?;
    let (mut read, mut part) = (Vec::new(), [0; 16 * 1024]);
    let head = loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        let count = client.read(&mut part)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        read.extend_from_slice(&part[..count]);
    };
    let text = String::from_utf8_lossy(&read[..head]).into_owned();
    let is = |line: &&str, name: &str| line.to_ascii_lowercase().starts_with(name);
    let length = text.lines().find(|line| is(line, "content-length:"));
    let length: usize = length.and_then(|line| line.split(':').nth(1)?.trim().parse().ok()).unwrap_or(0);
    while read.len() < head + length {
        let count = client.read(&mut part)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        read.extend_from_slice(&part[..count]);
    }
    let lines = text.trim_end().lines().filter(|line| !is(line, "connection:"));
    let mut request: String = lines.map(|line| format!("{line}\r\n")).collect();
    request.push_str("Connection: close\r\n\r\n");
    let mut request = request.into_bytes();
    request.extend_from_slice(&read[head..head + length]);
    Ok((request, length))
}

fn refusal(status: u16, seconds: u64) -> Vec<u8> {
    let quiet = if status == 503 || status == 429 { format!("Retry-After: {seconds}\r\n") } else { String::new() };
    let words = "not now";
    let head = format!("HTTP/1.1 {status} Trouble\r\n{quiet}Content-Length: {}\r\nConnection: close\r\n", words.len());
    format!("{head}\r\n{words}").into_bytes()
}
