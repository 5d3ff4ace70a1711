//! One endpoint and what is still to be sent there.
//!
//! Invariant: a document leaves `pending` only with a receipt that was verified and kept, or to wait for a person. What
//! fails stays, and is tried again after a pause that grows with each failure and never ends the trying.

use super::endpoint::{Endpoint, Token};
use super::hold::{Hold, Trouble};
use super::reply::Ask;
use crate::domain::{DocumentId, SealId, Timestamp};
use crate::seal::Examination;

/// How many documents are on their way to an endpoint at once. Browsers open six connections to a host; the app's own files
/// may want one.
pub const LANES: usize = 4;
/// The longest that the first pause can be, in milliseconds.
const FIRST: i64 = 2_000;
/// The longest that any can be.
const LONGEST: i64 = 15 * 60_000;
/// No word of a server silences an endpoint for longer.
const LONGEST_ASKED: i64 = 24 * 60 * 60_000;

/// How long to wait after so many failures before: anything up to a bound that doubles, so that tablets that failed
/// together do not come back together.
#[must_use]
pub fn backoff(failures: u32, random: u64) -> i64 {
    let bound = FIRST.saturating_mul(1 << failures.min(16)).min(LONGEST);
    (random % (bound.unsigned_abs() + 1)).cast_signed()
}

/// An endpoint that says nothing at all for this long is as good as gone.
const SILENCE: u32 = 60_000;
/// How fast a network is thought to be that carries bytes at all, in bytes a second; and the slowest that is waited for.
const SPEED: u32 = 16_000;
const SLOWEST: u32 = 1_000;
/// No request is waited for longer: a receiver has given up on the body by then.
const LONGEST_REQUEST: u32 = 11 * 60_000;

/// For how many milliseconds the answer to a request with so many bytes is waited for. Browsers do not tell whether a body
/// moves, so that a connection which stalled looks like a slow one: it is given up early, and a document that came to nothing
/// is waited for twice as long the next time.
#[must_use]
pub fn patience(bytes: usize, tries: u32) -> u32 {
    let speed = (SPEED >> tries.min(4)).max(SLOWEST);
    let seconds = u32::try_from(bytes).unwrap_or(u32::MAX) / speed;
    SILENCE.saturating_add(seconds.saturating_mul(1000)).min(LONGEST_REQUEST)
}

/// A document to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its seal.
    pub seal: SealId,
    /// The document.
    pub document: DocumentId,
    /// When it was sealed.
    pub at: Timestamp,
}

/// A document on its way.
#[derive(Clone, Debug)]
pub(in crate::app) struct UnderWay {
    /// Its seal.
    pub seal: SealId,
    /// Whether the endpoint was seen to have the same bytes.
    pub compared: bool,
    /// What was asked last.
    pub asked: Ask,
    /// Which of the endpoint's tokens went with it.
    pub tokens: u32,
    /// What is being done.
    pub doing: Doing,
}

/// What is being done for a document on its way.
#[derive(Clone, Debug)]
pub(in crate::app) enum Doing {
    /// The endpoint was asked.
    Asking(Ask),
    /// Its receipt is being checked: against this digest, and its bytes.
    Checking(Box<Examination>, String, Vec<u8>),
    /// The receipt is being kept.
    Keeping,
}

/// A document that failed and rests.
#[derive(Clone, Debug)]
pub(in crate::app) struct Rest {
    /// Its seal.
    pub seal: SealId,
    /// How often it failed again.
    pub failures: u32,
    /// Until when, in milliseconds since 1970.
    pub until: i64,
    /// What is asked then.
    pub next: Ask,
    /// Why it failed.
    pub trouble: Trouble,
}

/// An endpoint and what is still to be sent there.
#[derive(Clone, Debug)]
pub struct Line {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// Sealed documents without a receipt that nobody has to decide about, oldest first.
    pub pending: Vec<Waiting>,
    /// Those that wait for a person, oldest first.
    pub held: Vec<Hold>,
    /// What it asks for, as the host or the worker gave it.
    pub token: Option<Token>,
    /// Whether it wants to know who sends, and nobody has said so since.
    pub signed_out: bool,
    /// How often who sends was said anew, so that a late answer tells which token it refuses.
    pub(in crate::app) tokens: u32,
    pub(in crate::app) under_way: Vec<UnderWay>,
    /// What has a receipt, in the order of seals. Receipts are never removed, so neither is anything here.
    received: Vec<SealId>,
    rests: Vec<Rest>,
    failures: u32,
    quiet_until: i64,
    closed_until: i64,
}

impl Line {
    /// An endpoint to which nothing was sent yet.
    pub(in crate::app) const fn of(endpoint: Endpoint) -> Self {
        Self {
            endpoint,
            pending: Vec::new(),
            held: Vec::new(),
            token: None,
            signed_out: false,
            tokens: 0,
            under_way: Vec::new(),
            received: Vec::new(),
            rests: Vec::new(),
            failures: 0,
            quiet_until: 0,
            closed_until: 0,
        }
    }

    /// Takes over what is to be sent, as it follows from storage. What is under way or rests goes on, and what was received
    /// while storage was being read is none the less received.
    pub(in crate::app) fn fill(&mut self, sealed: &[Waiting], received: &[SealId], mut held: Vec<Hold>) {
        for seal in received {
            self.note_received(*seal);
        }
        let is_received = |seal: &SealId| self.received.binary_search(seal).is_ok();
        // What was received meanwhile, perhaps from another window, needs no decision any more.
        held.retain(|hold| !is_received(&hold.seal));
        let waits =
            |one: &&Waiting| !is_received(&one.seal) && held.binary_search_by_key(&one.seal, |hold| hold.seal).is_err();
        self.pending = sealed.iter().filter(waits).copied().collect();
        self.held = held;
        let pending = &self.pending;
        self.rests.retain(|rest| pending.binary_search_by_key(&rest.seal, |one| one.seal).is_ok());
    }

    /// Adds a document that was sealed just now, or that somebody else signed just now. It stands in one place only: what
    /// was received or waits for a person stays there.
    pub(in crate::app) fn add(&mut self, new: Waiting) {
        let is_held = self.held.binary_search_by_key(&new.seal, |hold| hold.seal).is_ok();
        if is_held || self.received.binary_search(&new.seal).is_ok() {
            return;
        }
        if let Err(place) = self.pending.binary_search_by_key(&new.seal, |one| one.seal) {
            self.pending.insert(place, new);
        }
        if let Ok(place) = self.rests.binary_search_by_key(&new.seal, |rest| rest.seal) {
            self.rests[place].until = 0;
        }
    }

    /// How many documents have a receipt.
    #[must_use]
    pub const fn sent(&self) -> usize {
        self.received.len()
    }

    fn note_received(&mut self, seal: SealId) {
        if let Err(place) = self.received.binary_search(&seal) {
            self.received.insert(place, seal);
        }
    }

    /// How many documents are on their way.
    #[must_use]
    pub const fn on_the_way(&self) -> usize {
        self.under_way.len()
    }

    /// Why a document rests, and until when, in milliseconds since 1970.
    #[must_use]
    pub fn rest_of(&self, seal: SealId) -> Option<(&Trouble, i64)> {
        self.rest(seal).map(|rest| (&rest.trouble, rest.until.max(self.resting_until())))
    }

    /// Whether a document is on its way.
    #[must_use]
    pub fn is_under_way(&self, seal: SealId) -> bool {
        self.under_way.iter().any(|one| one.seal == seal)
    }

    /// The last trouble of those that rest longest, where nothing goes through any more.
    #[must_use]
    pub fn trouble(&self) -> Option<&Trouble> {
        let blocked = self.failures as usize >= LANES.min(self.pending.len()) && self.failures > 0;
        blocked.then(|| self.rests.iter().max_by_key(|rest| rest.until).map(|rest| &rest.trouble)).flatten()
    }

    /// Until when the endpoint as a whole is left alone.
    #[must_use]
    pub fn resting_until(&self) -> i64 {
        self.quiet_until.max(self.closed_until)
    }

    fn rest(&self, seal: SealId) -> Option<&Rest> {
        self.rests.binary_search_by_key(&seal, |rest| rest.seal).ok().map(|place| &self.rests[place])
    }

    /// Where nothing goes through, one document at a time tries it out.
    const fn lanes(&self) -> usize {
        if self.failures as usize >= LANES { 1 } else { LANES }
    }

    /// Takes back the pauses that end farther away than any may: they were begun before the clock was set back.
    pub(in crate::app) fn set_clock(&mut self, now: i64) {
        let within = |until: i64, longest: i64| if until > now + longest { 0 } else { until };
        self.closed_until = within(self.closed_until, LONGEST_ASKED);
        self.quiet_until = within(self.quiet_until, LONGEST);
        for rest in &mut self.rests {
            rest.until = within(rest.until, LONGEST);
        }
    }

    /// What is to be asked now, noted as under way, and how often it came to nothing before.
    pub(in crate::app) fn take(&mut self, now: i64) -> Vec<(SealId, Ask, u32)> {
        let mut asked = Vec::new();
        if self.endpoint.paused || self.signed_out || self.resting_until() > now {
            return asked;
        }
        while self.under_way.len() < self.lanes() {
            let free = |one: &&Waiting| {
                !self.is_under_way(one.seal) && self.rest(one.seal).is_none_or(|rest| rest.until <= now)
            };
            let Some(seal) = self.pending.iter().find(free).map(|one| one.seal) else { break };
            let ask = self.rest(seal).map_or(Ask::Put, |rest| rest.next);
            let (tokens, doing) = (self.tokens, Doing::Asking(ask));
            self.under_way.push(UnderWay { seal, compared: false, asked: ask, tokens, doing });
            asked.push((seal, ask, self.tries(seal)));
        }
        asked
    }

    /// How often a document came to nothing before.
    pub(in crate::app) fn tries(&self, seal: SealId) -> u32 {
        self.rest(seal).map_or(0, |rest| rest.failures.saturating_add(1))
    }

    /// When the next document may be sent, in milliseconds since 1970; none where that waits for something else than time.
    pub(in crate::app) fn next_due(&self) -> Option<i64> {
        if self.endpoint.paused || self.signed_out || self.under_way.len() >= self.lanes() {
            return None;
        }
        let free = self.pending.iter().filter(|one| !self.is_under_way(one.seal));
        let first = free.map(|one| self.rest(one.seal).map_or(0, |rest| rest.until)).min()?;
        Some(first.max(self.resting_until()))
    }

    /// Notes that a document goes no further for now.
    pub(in crate::app) fn delay(
        &mut self,
        seal: SealId,
        next: Ask,
        trouble: Trouble,
        retry_after: Option<i64>,
        now: i64,
        random: [u64; 2],
    ) {
        self.under_way.retain(|one| one.seal != seal);
        // What the tablet itself cannot read, or does not send yet, says nothing about the endpoint.
        if !matches!(trouble, Trouble::Storage(_) | Trouble::Awaited) {
            self.failures = self.failures.saturating_add(1);
            if let Some(beyond) = self.failures.checked_sub(LANES as u32) {
                self.quiet_until = now + backoff(beyond, random[1]);
            }
        }
        if let Some(asked) = retry_after {
            self.closed_until = self.closed_until.max(now + asked.clamp(0, LONGEST_ASKED));
        }
        // A person takes their time.
        let pause = |failures| if trouble == Trouble::Awaited { LONGEST } else { backoff(failures, random[0]) };
        match self.rests.binary_search_by_key(&seal, |rest| rest.seal) {
            Ok(place) => {
                let rest = &mut self.rests[place];
                rest.failures = rest.failures.saturating_add(1);
                rest.until = now + pause(rest.failures);
                (rest.next, rest.trouble) = (next, trouble);
            }
            Err(place) => {
                let until = now + pause(0);
                self.rests.insert(place, Rest { seal, failures: 0, until, next, trouble });
            }
        }
    }

    /// Notes that a document could not be asked about before somebody signs in. Afterwards all are sent themselves: where
    /// only receipts are refused, somebody would have to sign in for each of them otherwise.
    pub(in crate::app) fn put_back(&mut self, seal: SealId) {
        self.under_way.retain(|one| one.seal != seal);
        for rest in &mut self.rests {
            rest.next = Ask::Put;
        }
    }

    /// Notes that a document has its receipt. Where an earlier answer had set it aside for a person, that is over.
    pub(in crate::app) fn receive(&mut self, seal: SealId) {
        self.drop_out(seal);
        self.held.retain(|hold| hold.seal != seal);
        self.note_received(seal);
        self.goes();
    }

    /// Sets a document aside for a person.
    pub(in crate::app) fn hold(&mut self, hold: Hold) {
        self.drop_out(hold.seal);
        self.goes();
        if self.received.binary_search(&hold.seal).is_ok() {
            return;
        }
        match self.held.binary_search_by_key(&hold.seal, |one| one.seal) {
            Ok(place) => self.held[place] = hold,
            Err(place) => self.held.insert(place, hold),
        }
    }

    /// Notes that the endpoint works.
    const fn goes(&mut self) {
        self.failures = 0;
        self.quiet_until = 0;
    }

    fn drop_out(&mut self, seal: SealId) {
        self.under_way.retain(|one| one.seal != seal);
        if let Ok(place) = self.pending.binary_search_by_key(&seal, |one| one.seal) {
            self.pending.remove(place);
        }
        if let Ok(place) = self.rests.binary_search_by_key(&seal, |rest| rest.seal) {
            self.rests.remove(place);
        }
    }

    /// Takes another token, or none. The same once more, while it was not refused, changes nothing.
    pub(in crate::app) fn sign_in(&mut self, token: Option<Token>) {
        if self.signed_out || self.token != token {
            self.tokens = self.tokens.wrapping_add(1);
        }
        (self.signed_out, self.token) = (false, token);
    }

    /// Takes back the pauses that were only a guess; what a server asked for stays.
    pub(in crate::app) fn wake(&mut self) {
        self.quiet_until = 0;
        for rest in &mut self.rests {
            rest.until = 0;
        }
    }
}
