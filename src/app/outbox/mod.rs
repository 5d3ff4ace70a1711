//! The outbox: what is sealed and not received yet, and how it comes to whoever receives it.
//!
//! What is to be sent is derived: every sealed document without a receipt of an endpoint. No queue is stored that could
//! disagree with that, so a crash at any moment loses nothing and sends nothing twice: the next start asks storage again,
//! and an endpoint that has a document already says so. Stored are endpoints, receipts, and what a person has to decide.
//!
//! Invariant: nothing here removes anything but a hold that a person took back. Time and randomness come with each event.

mod endpoint;
mod hold;
mod line;
mod reply;

pub use endpoint::{AddressRefusal, Confirmation, Endpoint, Receiver, Token, address};
pub use hold::{Hold, HoldReason, ReceiptProblem, Trouble};
pub(super) use line::Doing;
pub use line::{LANES, Line, Waiting, backoff, patience};
pub use reply::{Answer, Ask, Reply, awaits};
pub(super) use reply::{Next, after, believe, follow, words};

use super::event::Checked;
use super::journal::StoredRecord;
use super::model::Model;
use super::problem::StorageProblem;
use crate::domain::{Document, SealId, Timestamp};
use crate::seal::{Kid, SignatureCheck};

/// What storage has for the outbox.
#[derive(Clone, Debug, Default)]
pub struct Stored {
    /// Endpoints.
    pub endpoints: Vec<StoredRecord<Endpoint>>,
    /// What there are receipts of: seal and endpoint. Their bytes stay where they are.
    pub receipts: Vec<(SealId, String)>,
    /// What waits for a person.
    pub holds: Vec<StoredRecord<Hold>>,
}

/// An endpoint on its way to be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enrolling {
    /// The receiver is being asked who it is.
    Asking(String),
    /// It said so; the worker has to compare its key.
    Compare(String, Receiver),
    /// It cannot be used: its address, and why.
    Failed(String, EnrolProblem),
}

/// Why an endpoint cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnrolProblem {
    /// The address cannot be sent to.
    #[error("the address is refused: {0}")]
    Address(AddressRefusal),
    /// It did not answer, or said no; in the words of browser or server.
    #[error("the receiver did not say who it is: {0}")]
    NoAnswer(String),
    /// Something answered that is no receiver.
    #[error("no receiver answers there")]
    NotAReceiver,
    /// The host page names another key.
    #[error("the receiver has another key than the page names")]
    OtherKey,
    /// It could not be kept.
    #[error("the endpoint could not be kept: {0}")]
    NotKept(StorageProblem),
}

/// Who may send: one window of all that are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Floor {
    /// Nobody here asked for it.
    #[default]
    Free,
    /// It was asked for; another window may have it.
    Asked,
    /// It is this window's.
    Held,
}

/// The outbox of a tablet.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    /// Whether storage was read; before that nothing is known and nothing is sent.
    pub is_read: bool,
    /// Whether it was seen that no endpoint is known, so that nothing else needs to be read.
    pub is_nowhere: bool,
    /// Why it, or something of it, could not be read or written the last time.
    pub problem: Option<StorageProblem>,
    /// When it is read again, where it could not be read as a whole, in milliseconds since 1970. A single record that is
    /// damaged holds nothing up.
    pub(super) read_again_at: Option<i64>,
    /// Endpoints, by their addresses.
    pub lines: Vec<Line>,
    /// The endpoint that is being added.
    pub enrolling: Option<Enrolling>,
    /// A receiver where the app came from.
    pub suggestion: Option<(String, Receiver)>,
    /// The endpoint that the host page names, and the key of its receiver where it names that too.
    pub host: Option<(String, Option<Kid>)>,
    /// The token of the host page, for its endpoint alone.
    pub(super) host_token: Option<Token>,
    /// Whether this window sends.
    pub floor: Floor,
    /// When the timer under way ends, in milliseconds since 1970.
    pub(super) alarm: Option<i64>,
    /// What was told to the host last.
    pub(super) told: Option<News>,
}

impl Outbox {
    /// An endpoint.
    #[must_use]
    pub fn line(&self, url: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.endpoint.url == url)
    }

    /// How many documents lack the receipt of an endpoint.
    pub(super) fn lacking(&self) -> usize {
        if let [line] = &self.lines[..] {
            return line.pending.len() + line.held.len();
        }
        let pending = self.lines.iter().flat_map(|line| line.pending.iter().map(|one| one.seal));
        let held = self.lines.iter().flat_map(|line| line.held.iter().map(|hold| hold.seal));
        let mut open: Vec<SealId> = pending.chain(held).collect();
        open.sort_unstable();
        open.dedup();
        open.len()
    }

    pub(super) fn line_mut(&mut self, url: &str) -> Option<&mut Line> {
        self.lines.iter_mut().find(|line| line.endpoint.url == url)
    }
}

/// How sending stands, as a host page may know it: numbers, and nothing of what is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct News {
    /// Documents with all receipts.
    pub sent: usize,
    /// Documents that still lack one.
    pub unsent: usize,
    /// Of those, documents that a person has to decide about.
    pub held: usize,
    /// What is going on, as a code: `idle`, `sending`, `waiting`, `paused` or `sign-in`.
    pub state: &'static str,
}

/// What lacks a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// How many documents.
    pub count: usize,
    /// When the oldest was sealed.
    pub oldest: Timestamp,
    /// Whether a person has to do something: decide, or sign in.
    pub asks: bool,
}

/// What of this tablet no endpoint, or not every one, has received; none where all is well. Without an endpoint that is every
/// sealed document. Before that is known nothing is said.
#[must_use]
pub fn unsent(model: &Model) -> Option<Unsent> {
    let outbox = &model.outbox;
    let is_complete = |document: &&Document| document.awaits.is_empty();
    let sealed = || model.documents.iter().filter(is_complete).filter_map(|document| document.seal);
    if outbox.lines.is_empty() {
        let oldest = sealed().map(|seal| seal.at).min().filter(|_| outbox.is_read || outbox.is_nowhere)?;
        return Some(Unsent { count: sealed().count(), oldest, asks: false });
    }
    // Seals sort by the time they were made, so that the oldest of a line comes first.
    let of = |seal: SealId| sealed().find(|own| own.id == seal).map(|own| own.at);
    let pending = outbox.lines.iter().filter_map(|line| line.pending.first().map(|one| one.at));
    let held = outbox.lines.iter().filter_map(|line| of(line.held.first()?.seal));
    let oldest = pending.chain(held).min()?;
    let asks = outbox.lines.iter().any(|line| line.signed_out || line.held.iter().any(|hold| !hold.left));
    Some(Unsent { count: outbox.lacking(), oldest, asks })
}

/// What happened to the outbox.
#[derive(Clone, Debug)]
pub enum OutboxEvent {
    /// At the start no endpoint was found.
    NowhereFound,
    /// Storage was read, or not.
    Read(Result<Box<Stored>, StorageProblem>),
    /// This window may send; storage was read anew for it.
    FloorTaken(Result<Box<Stored>, StorageProblem>),
    /// The timer ended.
    AlarmRang,
    /// The network is back, the page is in view again, or the worker asked to send now.
    Woken,
    /// An endpoint answered, or not.
    Answered(Box<Answer>),
    /// The signature of a receipt was checked.
    ReceiptChecked(String, SealId, Checked),
    /// A receipt was kept, or not.
    ReceiptKept(String, SealId, Result<(), StorageProblem>),
    /// The worker named an endpoint.
    AddressGiven(String),
    /// A receiver said who it is, or not; by its address.
    ReceiverFetched(String, Result<Receiver, EnrolProblem>),
    /// A receiver answers where the app came from.
    ReceiverFound(String, Receiver),
    /// The worker compared the key of the receiver and it is the right one.
    ReceiverConfirmed,
    /// It is not, or the worker thought better of it.
    ReceiverDeclined,
    /// An endpoint was kept, or not.
    EndpointKept(Box<Endpoint>, Result<(), StorageProblem>),
    /// Sending to an endpoint is to rest, or to go on.
    PauseChosen(String, bool),
    /// The worker gave a token for an endpoint.
    TokenGiven(String, String),
    /// The worker asked to try a held document again.
    AgainAsked(String, SealId),
    /// A decision was taken back in storage, or not.
    HoldDropped(String, SealId, Result<(), StorageProblem>),
    /// The worker left a held document as it is.
    LeaveChosen(String, SealId),
    /// The host page named an endpoint, or none, and perhaps its receiver's key.
    HostNamed(Option<String>, Option<Kid>),
    /// The host page gave a token, or took it back.
    HostToken(Option<String>),
}

/// What is to be done outside for the outbox.
#[derive(Clone, Debug)]
pub enum Upload {
    /// Read what storage has for it; answered by `Read`.
    Read,
    /// Ask the receiver at an address who it is; answered by `ReceiverFetched`.
    AskReceiver(String),
    /// See whether a receiver answers where the app came from; answered by `ReceiverFound`, or not at all.
    LookForReceiver,
    /// Keep an endpoint; answered by `EndpointKept`.
    KeepEndpoint(Box<Endpoint>),
    /// Wait until no other window sends; answered by `FloorTaken`.
    TakeFloor,
    /// Let another window send.
    LeaveFloor,
    /// Ask an endpoint for something; answered by `Answered`.
    Ask {
        /// The endpoint.
        url: String,
        /// The seal.
        seal: SealId,
        /// What.
        ask: Ask,
        /// What it asks for.
        token: Option<Token>,
        /// How often that came to nothing before.
        tries: u32,
    },
    /// Check the signature of a receipt; answered by `ReceiptChecked`.
    CheckReceipt(String, SealId, Vec<SignatureCheck>),
    /// Keep a receipt, never overwriting; answered by `ReceiptKept`.
    KeepReceipt(String, SealId, Vec<u8>),
    /// Keep what a person has to decide. Where that fails it comes up again by itself.
    KeepHold(Box<Hold>),
    /// Forget what a person had to decide; answered by `HoldDropped`.
    DropHold(String, SealId),
    /// Answer with `AlarmRang` after so many milliseconds, in place of the alarm before.
    SetAlarm(i64),
    /// Tell the host page how sending stands.
    Tell(News),
    /// Tell the host page that an endpoint wants a token.
    AskForToken(String),
}
