//! `asesmen receive`: the reference receiver. It verifies what is sent to it, keeps it exactly once, and answers with a
//! sealed receipt; `docs/receiver.md` is its manual and `docs/openapi.yaml` its contract.
//!
//! Invariant: a receipt is given only for what is stored, and a process holds nothing that another could miss. So any number
//! of receivers run side by side on one store, and one that is killed loses nothing that it has promised.

mod attachments;
mod body;
mod chance;
mod claim;
mod gate;
mod identity;
mod index;
mod judge;
mod keep;
mod linger;
mod listen;
mod log;
mod memory;
mod meter;
mod place;
mod problem;
mod receiver;
mod routes;
mod stall;
mod submit;

use super::serve::{self, ServeError};
use crate::seal::{Kid, KnownKey, Statement, Trust};
use axum::http::HeaderValue;
use gate::Gate;
use identity::Identity;
use listen::Manners;
use memory::Memory;
use meter::Meter;
use place::Place;
use receiver::Receiver;
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The arguments of `asesmen receive`.
#[derive(Debug, clap::Args)]
pub struct ReceiveArguments {
    /// Where to keep what is received: a folder, file:///FOLDER or s3://BUCKET/PREFIX (with the usual AWS_* variables)
    #[arg(long, value_name = "URL", default_value = "received")]
    store: String,
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8080")]
    addr: SocketAddr,
    /// The receiver's private key (PKCS#8 PEM), made where there is none; receivers side by side share it
    #[arg(long, value_name = "FILE", default_value = "receiver-key.pem")]
    key: PathBuf,
    /// The receiver's name on receipts
    #[arg(long, default_value = "Asesmen receiver")]
    name: String,
    /// The organisation on receipts
    #[arg(long, default_value = "")]
    organisation: String,
    /// Take only what known keys signed: a key id, or a file with a register of keys; may be given several times
    #[arg(long = "trust", value_name = "KID|FILE")]
    trust: Vec<String>,
    /// File with the tokens that may send, one a line; without, anybody may
    #[arg(long, value_name = "FILE")]
    tokens: Option<PathBuf>,
    /// File with the tokens that may also list what was received, one a line
    #[arg(long, value_name = "FILE")]
    reader_tokens: Option<PathBuf>,
    /// The largest submission, in bytes
    #[arg(long, value_name = "N", default_value_t = 32 * 1024 * 1024, value_parser = clap::value_parser!(u32).range(1..))]
    max_bytes: u32,
    /// Requests a minute from one token or address, for sending and for reading each; 0 for any number
    #[arg(long, value_name = "N", default_value_t = 1200)]
    rate: u32,
    /// Seconds that a client may bring or take nothing; four times as long may a body take while others wait for memory
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3600))]
    silence: u32,
    /// Take the client's address from the last entry of X-Forwarded-For, which a proxy in front has to write
    #[arg(long)]
    behind_proxy: bool,
    /// Origin of a portal whose pages may send; may be given several times, * for any
    #[arg(long = "allow-origin", value_name = "ORIGIN")]
    origins: Vec<HeaderValue>,
    /// Also hand out the built app in this folder
    #[arg(long, value_name = "DIR")]
    app: Option<PathBuf>,
}

/// Why a receiver cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// The store.
    #[error(transparent)]
    Place(#[from] place::PlaceError),
    /// The key.
    #[error(transparent)]
    Identity(#[from] identity::IdentityError),
    /// The tokens.
    #[error(transparent)]
    Gate(#[from] gate::GateError),
    /// The keys to be believed.
    #[error(transparent)]
    Register(#[from] judge::RegisterError),
    /// The app or the address.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The clock.
    #[error("the system clock is outside the calendar; set it, since receipts carry its time")]
    Clock,
}

/// Receives until told to stop.
///
/// # Errors
/// Refuses to start without a store, a key, or what was asked for.
pub fn receive(arguments: ReceiveArguments) -> Result<(), ReceiveError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(ServeError::Io)?;
    runtime.block_on(run(arguments))
}

async fn run(arguments: ReceiveArguments) -> Result<(), ReceiveError> {
    let app = arguments.app.as_deref().map(serve::app).transpose()?;
    let max_bytes = usize::try_from(arguments.max_bytes).unwrap_or(usize::MAX);
    let read = |file: &Option<PathBuf>| file.as_deref().map(gate::tokens).transpose().map(Option::unwrap_or_default);
    let gate =
        Gate::new(read(&arguments.tokens)?, read(&arguments.reader_tokens)?, arguments.behind_proxy, arguments.rate);
    let trust = trusted(&arguments.trust)?;
    let identity = Identity::open(&arguments.key, &arguments.name, &arguments.organisation)?;
    let place = Place::open(&arguments.store).await?;
    let refused = |source| ServeError::Listen { addr: arguments.addr, source };
    let listener = tokio::net::TcpListener::bind(arguments.addr).await.map_err(refused)?;
    let addr = listener.local_addr().map_err(ServeError::Io)?;
    let (store, key) = (&arguments.store, identity.fingerprint());
    let said = format!("asesmen receives into {store} on http://{addr}\nreceipts are signed by key {key}\n");
    // Nobody has to listen to that.
    let _ = std::io::stdout().write_all(said.as_bytes());
    if gate.is_open() {
        log::event("warning", &[("detail", "no --tokens: whoever reaches this address may send and list".into())]);
    }
    if trust.keys.is_none() {
        log::event("warning", &[("detail", "no --trust: whole seals are taken, whoever's key it is".into())]);
    }
    if place.guard == place::Guard::Claim {
        log::event("warning", &[("detail", "the store has no conditional writes: submissions take longer".into())]);
    }
    let silence = std::time::Duration::from_secs(arguments.silence.into());
    let (memory, lingering) = (Arc::new(Memory::new(max_bytes)), Arc::new(Semaphore::new(linger::PLACES)));
    let (turns, meter, work) = (Semaphore::new(receiver::TURNS), Meter::default(), Arc::clone(&memory));
    let manners = Manners { max_bytes, silence, lingering: Arc::clone(&lingering) };
    let receiver =
        Arc::new(Receiver { place, identity, trust, gate, meter, max_bytes, silence, memory, turns, lingering });
    listen::serve(listener, routes::router(receiver, &arguments.origins, app), manners).await;
    // Work whose client is gone is finished too; it is when all memory has been given back.
    let _ = tokio::time::timeout(std::time::Duration::from_secs(30), work.idle()).await;
    log::event("stopped", &[]);
    Ok(())
}

/// Whose keys are believed. Of sealed registers the newest that names a key says from when to when it counts, in whatever order
/// they are given; plain lists and mere names never lift its limits.
fn trusted(given: &[String]) -> Result<Trust, ReceiveError> {
    if given.is_empty() {
        return Ok(Trust::not_checked());
    }
    let now = super::verify::now().ok_or(ReceiveError::Clock)?;
    let statement = |text: &String| match Kid::parse(text) {
        Some(kid) => Ok(Statement { sealed: None, keys: vec![KnownKey::of(kid)] }),
        None => judge::register(Path::new(text), now),
    };
    let statements: Vec<Statement> = given.iter().map(statement).collect::<Result<_, _>>()?;
    Ok(Trust::stated(&statements).0)
}
