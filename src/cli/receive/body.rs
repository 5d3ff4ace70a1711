//! A body on its way, and the memory it may use.
//!
//! Invariant: nothing of a body is taken beyond the memory that is held for it, and none that is too large or too slow is
//! read to its end.

use super::gate::Client;
use super::memory::{Hold, SMALL};
use super::problem::Problem;
use super::receiver::Receiver;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::time::{Duration, Instant};

/// How long a body may take as a whole, but for a second for each kilobyte: bad networks bring no more.
const WHOLE: Duration = Duration::from_secs(600);
/// How many times the longest silence a body may take as a whole while others wait for its memory.
const HURRY: u32 = 4;
/// How often a body that brings nothing is looked at, since others may have begun to wait.
const GLANCE: Duration = Duration::from_millis(500);
/// After how many seconds to come again with one that was too slow.
const AGAIN: u64 = 5;

/// A body as it arrives.
pub struct Coming<'a> {
    receiver: &'a Receiver,
    client: Client,
    body: Limited<Body>,
    size: usize,
    hold: Hold,
    begun: Instant,
    heard: Instant,
    read: usize,
}

impl<'a> Coming<'a> {
    /// Takes memory for the length that was announced, and where none was, for a small body at first; never for more than is
    /// held of it at once.
    ///
    /// # Errors
    /// Refuses what is too large, and answers 503 when others hold all memory.
    pub async fn new(
        receiver: &'a Receiver,
        client: Client,
        headers: &HeaderMap,
        body: Body,
        most: usize,
    ) -> Result<Self, Problem> {
        let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        let size = length.unwrap_or(SMALL.min(receiver.max_bytes));
        if size > receiver.max_bytes {
            return Err(too_large(receiver));
        }
        let size = size.min(most);
        let (hold, begun) = (receiver.memory.body(client, size).await?, Instant::now());
        let body = Limited::new(body, receiver.max_bytes);
        Ok(Self { receiver, client, body, size, hold, begun, heard: begun, read: 0 })
    }

    /// The next piece, none at the end.
    ///
    /// # Errors
    /// Refuses what is too large, too slow, or ends early.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Problem> {
        loop {
            let piece = match tokio::time::timeout(GLANCE, self.body.frame()).await {
                Err(_) if self.heard.elapsed() > self.receiver.silence => return Err(slow()),
                Err(_) => None,
                Ok(None) => return Ok(None),
                Ok(Some(Err(error))) if error.is::<LengthLimitError>() => return Err(too_large(self.receiver)),
                Ok(Some(Err(_))) => return Err(Problem::cut_off()),
                Ok(Some(Ok(frame))) => {
                    self.heard = Instant::now();
                    frame.into_data().ok()
                }
            };
            self.read += piece.as_ref().map_or(0, Bytes::len);
            let longest = if self.hold.is_wanted() {
                self.receiver.silence * HURRY
            } else {
                WHOLE + Duration::from_secs(self.read as u64 / 1000)
            };
            if self.begun.elapsed() > longest {
                return Err(slow());
            }
            if piece.is_some() {
                return Ok(piece);
            }
        }
    }

    /// All of it, with the memory that it holds.
    ///
    /// # Errors
    /// As for each piece.
    pub async fn whole(mut self) -> Result<(Bytes, Hold), Problem> {
        let mut bytes = Vec::new();
        while let Some(piece) = self.next().await? {
            self.grow(bytes.len() + piece.len()).await?;
            bytes.extend_from_slice(&piece);
        }
        Ok((bytes.into(), self.hold))
    }

    /// Takes memory in larger and larger steps for a body whose length nobody knows.
    async fn grow(&mut self, bytes: usize) -> Result<(), Problem> {
        if bytes > self.size {
            self.size = bytes.saturating_mul(4).min(self.receiver.max_bytes);
            self.hold = self.receiver.memory.body(self.client, self.size).await?;
        }
        Ok(())
    }
}

fn slow() -> Problem {
    Problem::slow().after(AGAIN)
}

fn too_large(receiver: &Receiver) -> Problem {
    Problem::too_large().with("maxBytes", receiver.max_bytes as u64)
}
