//! Reading on after an answer that came before the end of a body.
//!
//! Who closes a connection with something unread in it has the system reset it, and a reset takes the answer away from a
//! client that is still sending: it sees a broken network and tries for ever. So the answer goes out at once, with
//! `Connection: close`, and what still comes is read and thrown away.
//!
//! Invariant: that costs no memory, and its time is bounded: by bytes, as a whole, by silence, by how many connections do so
//! at once, and by the end of the receiver.

use axum::body::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;

/// How many connections may linger at once, so that there are places for others. One more is closed at once.
pub const PLACES: usize = 256;
/// How long one may linger. A client that takes longer has had the answer for as long, and those that read it only after
/// the last byte are mostly still given it by their system.
const WHOLE: Duration = Duration::from_secs(120);
/// How much is thrown away at least.
const LEAST: usize = 8 * 1024 * 1024;

/// The bounds of all lingering.
#[derive(Clone, Debug)]
pub struct Linger {
    places: Arc<Semaphore>,
    most: usize,
    silence: Duration,
    stopping: watch::Receiver<bool>,
}

impl Linger {
    /// Lingering for bodies of a largest size, until there is silence or the receiver stops. A body that is somewhat too
    /// large is read to its end, so that every client learns that it is.
    #[must_use]
    pub fn new(max_bytes: usize, silence: Duration, places: Arc<Semaphore>, stopping: watch::Receiver<bool>) -> Self {
        Self { places, most: max_bytes.saturating_mul(2).max(LEAST), silence, stopping }
    }

    /// A body whose rest is read when it is given up.
    #[must_use]
    pub fn attend(&self, body: Incoming) -> Attended {
        let ended = Arc::new(AtomicBool::new(body.is_end_stream()));
        Attended { body: Some(body), ended, linger: self.clone() }
    }

    async fn drain(mut self, mut body: Incoming) {
        let Ok(_place) = Arc::clone(&self.places).try_acquire_owned() else { return };
        let reading = async {
            let mut left = self.most;
            while let Ok(Some(Ok(frame))) = timeout(self.silence, body.frame()).await {
                let Some(rest) = left.checked_sub(frame.data_ref().map_or(0, Bytes::len)) else { return };
                left = rest;
            }
        };
        tokio::select! {
            _ = timeout(WHOLE, reading) => {}
            _ = self.stopping.wait_for(|stopping| *stopping) => {}
        }
    }
}

/// A body that is read to its end, by whoever wants it or after them.
pub struct Attended {
    body: Option<Incoming>,
    ended: Arc<AtomicBool>,
    linger: Linger,
}

impl Attended {
    /// Whether all of it was read; to be looked up once there is an answer.
    #[must_use]
    pub fn ended(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.ended)
    }
}

impl Body for Attended {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let Some(body) = self.body.as_mut() else { return Poll::Ready(None) };
        let polled = Pin::new(&mut *body).poll_frame(context);
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) || body.is_end_stream() {
            self.ended.store(true, Relaxed);
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(SizeHint::default, Body::size_hint)
    }
}

impl Drop for Attended {
    fn drop(&mut self) {
        if let Some(body) = self.body.take().filter(|_| !self.ended.load(Relaxed)) {
            tokio::spawn(self.linger.clone().drain(body));
        }
    }
}
