//! Connections: how many, how patient, and how they end.
//!
//! On SIGTERM or SIGINT no new connection is taken, what is under way is finished, and idle connections are closed.
//! A body that is not wanted is read on for a while after its answer (`linger.rs`), and an answer that is not taken ends
//! (`stall.rs`).

use super::linger::Linger;
use super::log;
use super::stall::Patient;
use axum::Router;
use axum::http::{HeaderValue, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// Who is at the other end of a connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Open connections at once; more wait in the system's queue.
const MOST: usize = 1024;
/// How long the head of a request may take, and how long a connection may be idle.
const HEAD: Duration = Duration::from_secs(30);
/// The longest head of a request.
const HEAD_BYTES: usize = 32 * 1024;
/// How long what is under way may take when the receiver is to stop.
const LAST: Duration = Duration::from_secs(60);

/// What a server does with clients that are not quite as they should be.
pub struct Manners {
    /// The largest body.
    pub max_bytes: usize,
    /// How long a client may bring nothing or take nothing.
    pub silence: Duration,
    /// Places for connections that linger.
    pub lingering: Arc<Semaphore>,
}

/// Serves until it is told to stop.
pub async fn serve(listener: TcpListener, router: Router, manners: Manners) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MOST));
    let mut stop = std::pin::pin!(stopped());
    let (stopping, stops) = watch::channel(false);
    let linger = Linger::new(manners.max_bytes, manners.silence, manners.lingering, stops);
    loop {
        let (stream, peer, place) = tokio::select! {
            () = &mut stop => break,
            taken = taken(&listener, &places) => match taken {
                Some(taken) => taken,
                None => continue,
            },
        };
        // An answer is small; it is not to wait for more.
        let _ = stream.set_nodelay(true);
        let (inner, linger) = (TowerToHyperService::new(router.clone()), linger.clone());
        let service = service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(peer);
            let request = request.map(|body| linger.attend(body));
            let ended = request.body().ended();
            let answer = inner.call(request);
            async move {
                let mut answer = answer.await?;
                if !ended.load(Relaxed) {
                    answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                }
                Ok::<_, Infallible>(answer)
            }
        });
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(HEAD_BYTES);
        let connection =
            graceful.watch(http.serve_connection(TokioIo::new(Patient::new(stream, manners.silence)), service));
        tokio::spawn(async move {
            // A connection that breaks is the client's affair; its request was answered or will come again.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    let _ = stopping.send(true);
    log::event("stopping", &[]);
    if tokio::time::timeout(LAST, graceful.shutdown()).await.is_err() {
        log::trouble("some requests were not finished in time and were cut off");
    }
}

async fn taken(listener: &TcpListener, places: &Arc<Semaphore>) -> Option<(TcpStream, Peer, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, address)) => Some((stream, Peer(address.ip()), place)),
        Err(_) => {
            // Out of file handles, most likely: some will be given back.
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

/// Waits for SIGINT or SIGTERM.
async fn stopped() {
    let interrupted = async {
        // Where no handler can be installed the receiver runs until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    if let Ok(mut ended) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            () = interrupted => {}
            _ = ended.recv() => {}
        }
        return;
    }
    #[cfg(not(unix))]
    interrupted.await;
    #[cfg(unix)]
    std::future::pending::<()>().await;
}
