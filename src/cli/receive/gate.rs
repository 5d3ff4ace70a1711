//! Who may come in, and how often.
//!
//! Tokens are compared by their SHA-256 in constant time, so that neither their letters nor their number show in how long
//! an answer takes. Rates are counted in this process alone: two receivers let through twice as much.

use super::problem::Problem;
use crate::seal::sha256;
use axum::http::{HeaderMap, header};
use std::collections::HashMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;

/// Why a file with tokens cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GateError {
    /// It cannot be read.
    #[error("the tokens in {} cannot be read: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is empty, or a line is no token.
    #[error("{} holds no tokens; write one a line, of at least 16 visible ASCII characters each", .0.display())]
    NoTokens(PathBuf),
}

/// Reads a file of tokens, one a line.
///
/// # Errors
/// Refuses a file without tokens, and short ones, which can be guessed.
pub fn tokens(path: &Path) -> Result<Vec<[u8; 32]>, GateError> {
    let text = std::fs::read_to_string(path).map_err(|source| GateError::File { path: path.to_owned(), source })?;
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let fits = |line: &&str| line.len() >= 16 && line.bytes().all(|byte| byte.is_ascii_graphic());
    if lines.is_empty() || !lines.iter().all(fits) {
        return Err(GateError::NoTokens(path.to_owned()));
    }
    Ok(lines.iter().map(|line| sha256(line.as_bytes())).collect())
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Client {
    /// Whoever holds the token of this hash.
    Token([u8; 32]),
    /// Whoever is at this address; IPv6 by its network, since one holder has all addresses in it.
    Address([u8; 8]),
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// To send a submission.
    Send,
    /// To read one whose sealId is known.
    Read,
    /// To list what was received.
    List,
}

/// The gate.
pub struct Gate {
    /// Tokens that may send and read.
    pub senders: Vec<[u8; 32]>,
    /// Tokens that may also list.
    pub readers: Vec<[u8; 32]>,
    /// Whether the last address in `X-Forwarded-For` is the client's.
    pub behind_proxy: bool,
    /// Requests a minute and client, sending and reading each; 0 for any number.
    pub rate: u32,
    buckets: Mutex<HashMap<(Client, Counted), Bucket>>,
}

/// What is counted apart, so that who reads much can still send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Counted {
    Sending,
    Reading,
    Strangers,
}

/// How many requests a client may still make, at a time.
struct Bucket {
    left: f64,
    at: Instant,
}

/// Above so many clients, those that have not come for a minute are forgotten.
const MANY_CLIENTS: usize = 10_000;

impl Gate {
    /// Makes a gate.
    #[must_use]
    pub fn new(senders: Vec<[u8; 32]>, readers: Vec<[u8; 32]>, behind_proxy: bool, rate: u32) -> Self {
        Self { senders, readers, behind_proxy, rate, buckets: Mutex::default() }
    }

    /// Whether anybody may send.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.senders.is_empty() && self.readers.is_empty()
    }

    /// Lets a request in, and says whose it is.
    ///
    /// # Errors
    /// Answers 401, 403 or 429.
    pub fn enter(&self, headers: &HeaderMap, peer: IpAddr, right: Right) -> Result<Client, Problem> {
        let token = bearer(headers).map(|token| sha256(token.as_bytes()));
        let reads = token.is_some_and(|token| holds(&self.readers, &token));
        let sends = token.is_some_and(|token| holds(&self.senders, &token));
        let known = token.filter(|_| reads || sends).map(Client::Token);
        let client = known.unwrap_or_else(|| self.address(headers, peer));
        // Strangers are counted too, or tokens could be guessed as fast as the network carries them.
        self.count(
            client,
            match right {
                _ if known.is_none() && !self.is_open() => Counted::Strangers,
                Right::Send => Counted::Sending,
                Right::Read | Right::List => Counted::Reading,
            },
        )?;
        if self.is_open() || reads {
            return Ok(client);
        }
        match right {
            _ if !sends => Err(Problem::unauthorised()),
            Right::Send | Right::Read => Ok(client),
            Right::List => Err(Problem::forbidden()),
        }
    }

    fn address(&self, headers: &HeaderMap, peer: IpAddr) -> Client {
        let forwarded = || {
            let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
            last.rsplit(',').next()?.trim().parse().ok()
        };
        let address = if self.behind_proxy { forwarded().unwrap_or(peer) } else { peer };
        let mut network = [0; 8];
        match address.to_canonical() {
            IpAddr::V4(address) => network[..4].copy_from_slice(&address.octets()),
            IpAddr::V6(address) => network.copy_from_slice(&address.octets()[..8]),
        }
        Client::Address(network)
    }

    /// Takes one request from a client's minute.
    fn count(&self, client: Client, counted: Counted) -> Result<(), Problem> {
        if self.rate == 0 {
            return Ok(());
        }
        let (now, rate) = (Instant::now(), f64::from(self.rate));
        let Ok(mut buckets) = self.buckets.lock() else { return Err(Problem::failed()) };
        if buckets.len() >= MANY_CLIENTS {
            buckets.retain(|_, bucket| now.duration_since(bucket.at).as_secs() < 60);
        }
        let bucket = buckets.entry((client, counted)).or_insert(Bucket { left: rate, at: now });
        let gained = now.duration_since(bucket.at).as_secs_f64() * rate / 60.0;
        *bucket = Bucket { left: (bucket.left + gained).min(rate), at: now };
        if bucket.left < 1.0 {
            let seconds = ((1.0 - bucket.left) * 60.0 / rate).ceil();
            // At most a minute, and at least a second.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 60")]
            return Err(Problem::too_many().after(seconds.clamp(1.0, 60.0) as u64));
        }
        bucket.left -= 1.0;
        Ok(())
    }
}

/// The bearer token of a request (RFC 6750, 2.1); none where there are two.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (scheme, token) = values.next()?.to_str().ok()?.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && values.next().is_none()).then_some(token.trim())
}

/// Whether a hash is among others, in a time that depends on their number alone.
fn holds(hashes: &[[u8; 32]], wanted: &[u8; 32]) -> bool {
    let differs = |hash: &[u8; 32]| hash.iter().zip(wanted).fold(0, |sum, (one, two)| sum | (one ^ two));
    hashes.iter().fold(false, |found, hash| found | (std::hint::black_box(differs(hash)) == 0))
}
