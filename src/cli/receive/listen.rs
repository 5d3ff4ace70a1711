//! Connections: how many, how patient, and how they end.
//!
//! On SIGTERM or SIGINT no new connection is taken, what is under way is finished, and idle connections are closed.

use super::log;
use axum::Router;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

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

/// Serves until it is told to stop.
pub async fn serve(listener: TcpListener, router: Router) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MOST));
    let mut stop = std::pin::pin!(stopped());
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
        let inner = TowerToHyperService::new(router.clone());
        let service = service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(peer);
            inner.call(request)
        });
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(HEAD_BYTES);
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A connection that breaks is the client's affair; its request was answered or will come again.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
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
