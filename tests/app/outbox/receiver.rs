//! A tablet with sealed documents and a receiver of which every answer can be chosen.

use super::{URL, sealed};
use crate::seal::sealed::{Key, holding, key};
use asesmen::app::outbox::{
    Answer, Ask, Confirmation, Endpoint, Hold, OutboxEvent, Receiver, Reply, Stored, Upload, awaits,
};
use asesmen::app::{Effect, Event, Loaded, Locale, Model, Screen, Settings, StorageProblem, update};
use asesmen::domain::{CaseId, Document, DocumentId, InstrumentPin, Seal, SealId, Stamp, Timestamp};
use asesmen::seal::{Author, Format, Receipt, Signer, Trust, Verdict, assemble, digest, es256};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What becomes of a request.
#[derive(Clone, Copy, Debug)]
pub enum Fate {
    Fine,
    /// It never arrives.
    Lost,
    /// It arrives, and the answer is lost.
    AnswerLost,
    /// It arrives, and the answer says that something failed.
    Failed(u16),
    /// Nothing arrives, and the answer says that something failed.
    Fails(u16),
    /// The server wants quiet for so many seconds.
    Busy(i64),
    SignIn,
    Refused(u16),
    OtherKey,
    OtherDocument,
    OtherBytes,
    Garbage,
    /// A receipt of which a letter was changed.
    Altered,
    /// The receipt cannot be kept on the tablet.
    NotKept,
    /// The sealed file cannot be read this time.
    Unread,
}

/// What a person or the world does meanwhile.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    Crash,
    Woken,
    Pause(bool),
    Again,
    Token,
    /// Storage is read anew, as when the screen is shown.
    Shown,
}

pub fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        6 => Just(Fate::Fine),
        2 => Just(Fate::Lost),
        3 => Just(Fate::AnswerLost),
        2 => prop::sample::select(vec![500, 502, 504]).prop_map(Fate::Failed),
        2 => prop::sample::select(vec![100, 202, 204, 301, 404, 408, 418, 425, 500, 503]).prop_map(Fate::Fails),
        1 => (0_i64..200).prop_map(Fate::Busy),
        1 => Just(Fate::SignIn),
        1 => prop::sample::select(vec![400, 413, 422]).prop_map(Fate::Refused),
        1 => Just(Fate::OtherKey),
        1 => Just(Fate::OtherDocument),
        1 => Just(Fate::OtherBytes),
        1 => Just(Fate::Garbage),
        1 => Just(Fate::Altered),
        1 => Just(Fate::NotKept),
        1 => Just(Fate::Unread),
    ]
}

pub fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        Just(Act::Crash),
        Just(Act::Woken),
        any::<bool>().prop_map(Act::Pause),
        Just(Act::Again),
        Just(Act::Token),
        Just(Act::Shown),
    ]
}

pub struct Rig {
    pub model: Model,
    pub key: Key,
    /// Sealed files on the tablet.
    pub files: BTreeMap<SealId, Vec<u8>>,
    heads: Vec<Document>,
    endpoints: BTreeMap<String, Endpoint>,
    pub receipts: BTreeMap<(SealId, String), Vec<u8>>,
    pub holds: BTreeMap<(SealId, String), Hold>,
    /// What the receiver has.
    pub server: BTreeMap<SealId, Vec<u8>>,
    /// What becomes of the next requests, one after another; afterwards all is well.
    pub fates: Vec<Fate>,
    /// What becomes of all requests, whatever else was chosen.
    pub always: Option<Fate>,
    /// What becomes of all requests for a receipt.
    pub receipts_always: Option<Fate>,
    /// In which order answers come.
    pub order: Vec<u8>,
    pub tokens: Vec<Option<String>>,
    /// How often each request is said to have come to nothing before.
    pub tries: Vec<u32>,
    pub puts: usize,
    pub asked: usize,
    /// How many of the next reads of storage fail as a whole.
    pub unreadable: usize,
    /// Whether a record of a hold and one of an endpoint are damaged.
    pub damaged: bool,
    /// Whether decisions cannot be taken back in storage.
    pub holds_stay: bool,
    not_kept: bool,
    waiting: Vec<Upload>,
    alarm: Option<i64>,
    now: i64,
    chance: u64,
}

impl Rig {
    /// A tablet that knows no endpoint yet.
    pub fn blank(documents: u8) -> Self {
        let mut rig = Self {
            model: Model::new(Locale::Id, Settings::default(), Screen::Home),
            key: key(5),
            files: (0..documents).map(sealed).collect(),
            heads: Vec::new(),
            endpoints: BTreeMap::new(),
            receipts: BTreeMap::new(),
            holds: BTreeMap::new(),
            server: BTreeMap::new(),
            fates: Vec::new(),
            always: None,
            receipts_always: None,
            order: Vec::new(),
            tokens: Vec::new(),
            tries: Vec::new(),
            puts: 0,
            asked: 0,
            unreadable: 0,
            damaged: false,
            holds_stay: false,
            not_kept: false,
            waiting: Vec::new(),
            alarm: None,
            now: 1_795_000_000_000,
            chance: 1,
        };
        let at = rig.time();
        let head = |(number, seal): (u8, &SealId)| Document {
            id: DocumentId::new(at, [number; 10]),
            case: CaseId::new(at, [1; 10]),
            instrument: InstrumentPin { canonical: "https://example.org/f|1".to_owned(), digest: String::new() },
            earlier: Vec::new(),
            revision: 1,
            replaces: None,
            begun: at,
            seal: Some(Seal { id: *seal, at }),
            awaits: Vec::new(),
            facts: asesmen::json::Object::default(),
        };
        rig.heads = (0..).zip(rig.files.keys()).map(head).collect();
        rig.crash();
        rig
    }

    /// A tablet with a confirmed endpoint; nothing was sent yet.
    pub fn new(documents: u8) -> Self {
        let mut rig = Self::blank(documents);
        let receiver = rig.receiver();
        let (confirmed, how) = (rig.time(), Confirmation::Fingerprint);
        let endpoint = Endpoint { url: URL.to_owned(), receiver, how, confirmed, paused: false };
        rig.endpoints.insert(URL.to_owned(), endpoint);
        rig.crash();
        rig
    }

    fn receiver(&self) -> Receiver {
        Receiver { name: "Portal".to_owned(), organisation: "Dinas".to_owned(), jwk: self.key.jwk.clone() }
    }

    fn time(&self) -> Timestamp {
        Timestamp::from_millis(self.now, 420).expect("a time")
    }

    fn random(&mut self) -> u64 {
        // Any sequence that looks random will do, as long as it is the same each time.
        self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.chance
    }

    /// One event; what it asks for waits to be carried out.
    pub fn send(&mut self, event: Event) {
        let mut entropy = [0; 32];
        for part in entropy.chunks_mut(8) {
            part.copy_from_slice(&self.random().to_be_bytes());
        }
        let now = self.time();
        let (effects, _) = update(&mut self.model, event, &Stamp { now, entropy });
        self.waiting.extend(effects.into_iter().filter_map(|effect| match effect {
            Effect::Upload(upload) => Some(upload),
            _ => None,
        }));
    }

    /// An event of the outbox and everything that follows at once.
    pub fn act(&mut self, event: OutboxEvent) {
        self.send(Event::Outbox(event));
        self.settle_now();
    }

    /// The window dies and is opened again: what was on its way is gone, what is stored is not.
    pub fn crash(&mut self) {
        (self.waiting, self.alarm) = (Vec::new(), None);
        self.model = Model::new(Locale::Id, Settings::default(), Screen::Home);
        let documents = self.heads.iter().cloned().map(Ok).collect();
        let (cases, forms) = (Vec::new(), Vec::new());
        let (settings, key) = (Settings::default(), Ok(self.key.jwk.clone()));
        let loaded = Loaded { settings, worker: None, key, cases, forms, documents, passages: Vec::new() };
        self.send(Event::Loaded(Box::new(loaded)));
        self.waiting.push(Upload::Read);
        self.carry_out(self.waiting.len() - 1);
    }

    pub fn interfere(&mut self, act: Act) {
        match act {
            Act::Crash => self.crash(),
            Act::Woken => self.send(Event::Outbox(OutboxEvent::Woken)),
            Act::Pause(paused) => self.send(Event::Outbox(OutboxEvent::PauseChosen(URL.to_owned(), paused))),
            Act::Token => self.send(Event::Outbox(OutboxEvent::TokenGiven(URL.to_owned(), "kode".to_owned()))),
            Act::Shown => self.send(Event::ScreenRequested(Screen::Outbox)),
            Act::Again => self.try_all_again(),
        }
    }

    fn try_all_again(&mut self) {
        let held: Vec<SealId> =
            self.model.outbox.line(URL).into_iter().flat_map(|line| &line.held).map(|hold| hold.seal).collect();
        for seal in held {
            self.send(Event::Outbox(OutboxEvent::AgainAsked(URL.to_owned(), seal)));
        }
    }

    /// Carries out so many effects, in the order that was chosen; the alarm rings where nothing else is left.
    pub fn steps(&mut self, steps: usize) {
        for _ in 0..steps {
            if !self.step() {
                break;
            }
        }
    }

    fn step(&mut self) -> bool {
        if self.waiting.is_empty() {
            let Some(at) = self.alarm.take() else { return false };
            self.now = self.now.max(at);
            self.send(Event::Outbox(OutboxEvent::AlarmRang));
            return true;
        }
        let chosen = self.order.pop().map_or(0, usize::from) % self.waiting.len();
        self.carry_out(chosen);
        true
    }

    /// Everything that happens without time passing.
    pub fn settle_now(&mut self) {
        while !self.waiting.is_empty() {
            self.step();
        }
    }

    /// Everything that happens until nothing is left to happen by itself.
    pub fn settle(&mut self) {
        self.settle_for(i64::MAX >> 2);
    }

    /// Everything that happens within a time.
    pub fn settle_for(&mut self, millis: i64) {
        let end = self.now.saturating_add(millis);
        for _ in 0..100_000 {
            let alarm = self.waiting.is_empty().then_some(self.alarm).flatten();
            if alarm.is_some_and(|alarm| alarm > end) || !self.step() {
                return;
            }
        }
        panic!("it never comes to rest: {:?}", self.model.outbox);
    }

    /// Lets time pass, with everything that happens meanwhile.
    pub fn wait(&mut self, millis: i64) {
        let end = self.now + millis;
        self.settle_for(millis);
        self.now = end;
    }

    /// Sets the clock back. The timer under way does not mind.
    pub fn set_clock_back(&mut self, millis: i64) {
        self.now -= millis;
        self.alarm = self.alarm.map(|at| at - millis);
    }

    /// The receiver is well, the worker signs in, lets go on and tries again what was refused.
    pub fn mend(&mut self) {
        self.fates.clear();
        self.act(OutboxEvent::PauseChosen(URL.to_owned(), false));
        if self.model.outbox.line(URL).is_some_and(|line| line.signed_out) {
            self.act(OutboxEvent::TokenGiven(URL.to_owned(), "kode".to_owned()));
        }
        self.settle();
        self.try_all_again();
        self.settle();
    }

    /// Nothing counts as sent without a receipt that holds, nothing was altered, nothing is gone.
    pub fn check(&self) {
        let trust = Trust::only([self.key.jwk.kid()]);
        for ((seal, _), bytes) in &self.receipts {
            let report = es256::verify(bytes, &trust, self.time()).expect("a receipt");
            assert_eq!(report.verdict, Verdict::Valid);
            let asesmen::seal::About::Receipt(receipt) = report.about else { panic!("no receipt") };
            assert_eq!((receipt.seal_id, receipt.digest), (*seal, digest(&self.files[seal])));
            assert_eq!(self.server.get(seal), Some(&self.files[seal]), "byte for byte");
        }
        let Some(line) = self.model.outbox.line(URL).filter(|_| self.model.outbox.is_read) else { return };
        let open = line.pending.len() + line.held.len();
        assert_eq!(line.sent() + open, self.files.len(), "each document is in one place: {line:?}");
        for seal in self.files.keys() {
            let is_open =
                line.pending.iter().any(|one| one.seal == *seal) || line.held.iter().any(|hold| hold.seal == *seal);
            assert!(is_open || self.receipts.contains_key(&(*seal, URL.to_owned())), "sent without a receipt");
        }
        assert!(line.on_the_way() <= asesmen::app::outbox::LANES);
    }

    /// How many receipts are about to be kept.
    pub fn receipts_under_way(&self) -> usize {
        self.waiting.iter().filter(|effect| matches!(effect, Upload::KeepReceipt(..))).count()
    }

    /// How many files the receiver has as they are on the tablet.
    pub fn taken(&self) -> usize {
        self.files.iter().filter(|(seal, bytes)| self.server.get(seal) == Some(bytes)).count()
    }

    /// Puts something on the receiver.
    pub fn take_in(&mut self, seal: SealId, bytes: Vec<u8>) {
        self.server.insert(seal, bytes);
    }

    fn carry_out(&mut self, place: usize) {
        let event = match self.waiting.remove(place) {
            Upload::Read => OutboxEvent::Read(self.read()),
            Upload::TakeFloor => OutboxEvent::FloorTaken(self.read()),
            Upload::AskReceiver(url) => {
                let receiver = self.receiver();
                OutboxEvent::ReceiverFetched(url, Ok(receiver))
            }
            Upload::KeepEndpoint(endpoint) => {
                self.endpoints.insert(endpoint.url.clone(), (*endpoint).clone());
                OutboxEvent::EndpointKept(endpoint, Ok(()))
            }
            Upload::Ask { url, seal, ask, token, tries } => {
                self.tries.push(tries);
                self.tokens.push(token.map(|token| token.reveal().to_owned()));
                let digest = digest(&self.files[&seal]);
                let is_awaited = ask == Ask::Put && awaits(&self.files[&seal], self.time());
                let reply = if is_awaited { Reply::Awaited } else { self.reply(seal, ask) };
                OutboxEvent::Answered(Box::new(Answer { url, seal, ask, digest, reply }))
            }
            Upload::CheckReceipt(url, seal, checks) => OutboxEvent::ReceiptChecked(url, seal, Ok(holding(&checks))),
            Upload::KeepReceipt(url, seal, bytes) => {
                let kept = self.keep_receipt(seal, url.clone(), bytes);
                OutboxEvent::ReceiptKept(url, seal, kept)
            }
            Upload::KeepHold(hold) => {
                self.holds.insert((hold.seal, hold.url.clone()), *hold);
                return;
            }
            Upload::DropHold(url, seal) if self.holds_stay => {
                OutboxEvent::HoldDropped(url, seal, Err(StorageProblem::Failed("now".to_owned())))
            }
            Upload::DropHold(url, seal) => {
                self.holds.remove(&(seal, url.clone()));
                OutboxEvent::HoldDropped(url, seal, Ok(()))
            }
            Upload::SetAlarm(millis) => {
                assert!(millis > 0);
                self.alarm = Some(self.now + millis);
                return;
            }
            Upload::LeaveFloor | Upload::LookForReceiver | Upload::Tell(_) | Upload::AskForToken(_) => return,
        };
        self.send(Event::Outbox(event));
    }

    fn keep_receipt(&mut self, seal: SealId, url: String, bytes: Vec<u8>) -> Result<(), StorageProblem> {
        if std::mem::take(&mut self.not_kept) {
            return Err(StorageProblem::Full);
        }
        if self.receipts.contains_key(&(seal, url.clone())) {
            return Err(StorageProblem::Conflict);
        }
        self.receipts.insert((seal, url), bytes);
        Ok(())
    }

    pub fn read(&mut self) -> Result<Box<Stored>, StorageProblem> {
        if self.unreadable > 0 {
            self.unreadable -= 1;
            return Err(StorageProblem::Failed("now".to_owned()));
        }
        let mut stored = Stored {
            endpoints: self.endpoints.values().cloned().map(Ok).collect(),
            receipts: self.receipts.keys().cloned().collect(),
            holds: self.holds.values().cloned().map(Ok).collect(),
        };
        if self.damaged {
            stored.endpoints.push(Err(StorageProblem::Failed("endpoint:x".to_owned())));
            stored.holds.push(Err(StorageProblem::Failed("hold:x".to_owned())));
        }
        Ok(Box::new(stored))
    }

    fn reply(&mut self, seal: SealId, ask: Ask) -> Reply {
        self.asked += 1;
        self.now += 40;
        self.puts += usize::from(ask == Ask::Put);
        let next = if self.fates.is_empty() { Fate::Fine } else { self.fates.remove(0) };
        let of_receipts = self.receipts_always.filter(|_| ask == Ask::Receipt);
        let fate = of_receipts.or(self.always).unwrap_or(next);
        let said = |status, body: &[u8]| Reply::Said { status, retry_after: None, body: body.to_vec() };
        match fate {
            Fate::Fine => {}
            Fate::Lost => return Reply::Silent("lost".to_owned()),
            Fate::Fails(status) => return said(status, b"later"),
            Fate::Busy(seconds) => {
                return Reply::Said { status: 503, retry_after: Some(seconds * 1000), body: Vec::new() };
            }
            Fate::SignIn => return said(401, b""),
            Fate::Refused(422) if ask == Ask::Put => {
                return said(422, br#"{"title": "It does not hold.", "status": 422}"#);
            }
            // As a proxy in front of the receiver says it.
            Fate::Refused(413) if ask == Ask::Put => return said(413, b"\n<html><h1>413 Too Large</h1></html>"),
            Fate::Refused(status) if ask == Ask::Put => return said(status, b" not well-formed\n"),
            Fate::Unread => return Reply::Unread(StorageProblem::Failed("now".to_owned())),
            Fate::NotKept => self.not_kept = true,
            _ => {}
        }
        let (status, body) = self.serve(seal, ask, fate);
        match fate {
            Fate::AnswerLost => Reply::Silent("cut".to_owned()),
            Fate::Failed(status) => said(status, b"failed"),
            _ => said(status, &body),
        }
    }

    /// What a receiver that keeps to the contract does.
    fn serve(&mut self, seal: SealId, ask: Ask, fate: Fate) -> (u16, Vec<u8>) {
        let kept = self.server.get(&seal).cloned();
        match (ask, kept) {
            (Ask::Put, None) => {
                let bytes = self.files[&seal].clone();
                self.server.insert(seal, bytes.clone());
                (201, self.receipt(seal, &bytes, fate))
            }
            (Ask::Put, Some(kept)) if kept == self.files[&seal] => (200, self.receipt(seal, &kept, fate)),
            (Ask::Put, Some(_)) => (409, b"other bytes".to_vec()),
            (_, None) => (404, Vec::new()),
            (Ask::Receipt, Some(kept)) => (200, self.receipt(seal, &kept, fate)),
            (Ask::Bytes, Some(kept)) => (200, kept),
        }
    }

    fn receipt(&self, seal: SealId, bytes: &[u8], fate: Fate) -> Vec<u8> {
        let signer = if matches!(fate, Fate::OtherKey) { key(6) } else { self.key.clone() };
        let seal = if matches!(fate, Fate::OtherDocument) { sealed(200).0 } else { seal };
        let digest = if matches!(fate, Fate::OtherBytes) { digest(b"other") } else { digest(bytes) };
        let received = self.time();
        let receipt = Receipt { seal_id: seal, digest, size: bytes.len() as u64, received };
        let (name, organisation) = ("Portal".to_owned(), "Dinas".to_owned());
        let kid = signer.jwk.kid();
        let author = Author { name, role: "receiver".to_owned(), organisation, licence_number: None, kid };
        let signers = [Signer { role: "receiver".to_owned(), jwk: signer.jwk.clone() }];
        let own = SealId::new(received, [9; 10]);
        let mut document = Format::Receipt.head(own, &author, received, &signers);
        document.set("receipt", receipt.to_json());
        let document = document.into();
        let file = assemble(&document, &[crate::seal::sealed::sign(&document, &signer)]);
        match fate {
            Fate::Garbage => file[..file.len() / 2].to_vec(),
            Fate::Altered => String::from_utf8(file).expect("text").replace("Dinas", "Dines").into_bytes(),
            _ => file,
        }
    }
}
