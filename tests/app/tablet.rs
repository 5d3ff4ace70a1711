//! A tablet without a browser: it keeps what the app asks it to keep, as the platform does, and can be told to fail.

use crate::seal::sealed::{Key, holding, key};
use asesmen::app::{
    CaseParts, Catalogue, CatalogueEntry, Compared, Effect, Event, Filling, Here, InstrumentProblem, Intake,
    JournalEntry, KeptSeal, KeyProblem, KeysEffect, KeysEvent, KnownKey, Loaded, Locale, Model, Moved, OpenedDocument,
    Opening, PackageEffect, PackageEvent, Passage, ReadKeys, Records, SaveState, Screen, Settings, StorageProblem,
    StoredOperation, update,
};
use asesmen::domain::{Case, CaseId, Document, DocumentId, Role, Seal, SealId, Stamp, Timestamp, Worker};
use asesmen::form::{Answer, Edit, NodeIx, Place};
use asesmen::json::Value as Tree;
use asesmen::seal::{Enclosed, Kid, signatures_of, signed_digest, with_kept};
use serde_json::json;
use std::collections::BTreeMap;

pub const URL: &str = "https://example.org/fhir/Questionnaire/uji";

/// A form of two sections: one question that must be answered, a list, and one that opens another.
pub fn instrument() -> Vec<u8> {
    let contact = json!([{"system": "https://asesmen.id/fhir/CodeSystem/envelope", "code": "contact-at"}]);
    let own =
        json!([{"url": "https://asesmen.id/fhir/StructureDefinition/answer-basis", "valueCode": "administrative"}]);
    json!({"resourceType": "Questionnaire", "url": URL, "version": "1.0.0", "title": "Uji", "language": "id",
        "status": "active", "item": [
        {"linkId": "meeting", "type": "group", "text": "Pertemuan", "item": [
            {"linkId": "contact", "type": "dateTime", "code": contact, "extension": own},
            {"linkId": "name", "type": "string", "required": true},
            {"linkId": "note", "type": "string"}]},
        {"linkId": "body", "type": "group", "text": "Badan", "item": [
            {"linkId": "ill", "type": "boolean"},
            {"linkId": "since", "type": "string", "required": true,
                "enableWhen": [{"question": "ill", "operator": "=", "answerBoolean": true}]},
            {"linkId": "drug", "type": "group", "repeats": true, "item": [{"linkId": "dose", "type": "string"}]}]}]})
    .to_string()
    .into_bytes()
}

pub fn catalogue() -> Catalogue {
    catalogue_of("1.0.0")
}

/// The list of an app that comes with this version of the form.
pub fn catalogue_of(version: &str) -> Catalogue {
    let texts = json!({"id": "Uji", "en": "Trial"});
    let entry = json!({"file": "uji.json", "url": URL, "version": version, "title": texts, "purpose": texts});
    Catalogue::read(json!({"instruments": [entry]}).to_string().as_bytes()).expect("a catalogue")
}

pub fn worker() -> Worker {
    Worker::new("Ratri Wulansari", Role::SocialWorker, "Rumah Singgah Contoh", "").expect("a worker")
}

/// What the tablet's storage holds.
#[derive(Clone, Default)]
pub struct Storage {
    pub cases: BTreeMap<CaseId, Case>,
    pub heads: BTreeMap<DocumentId, Document>,
    pub forms: BTreeMap<String, Vec<u8>>,
    pub forms_added: BTreeMap<String, CatalogueEntry>,
    pub operations: BTreeMap<DocumentId, Vec<StoredOperation>>,
    /// Moves to other versions of forms.
    pub moves: BTreeMap<DocumentId, Vec<Moved>>,
    /// The ends of journals, with their numbers.
    pub ends: BTreeMap<DocumentId, (u64, Seal)>,
    pub seals: BTreeMap<SealId, Vec<u8>>,
    /// Attachments that stand beside sealed files.
    pub beside: BTreeMap<SealId, Vec<Enclosed>>,
    /// Signatures that came later, beside their seals.
    pub added: BTreeMap<SealId, Vec<(Kid, Tree)>>,
    /// Keys that are known, and the credential.
    pub known: BTreeMap<Kid, KnownKey>,
    pub credential: Option<Vec<u8>>,
    /// What former keys said about those that took their places.
    pub statements: BTreeMap<Kid, Vec<u8>>,
    /// Who opened case files.
    pub openings: Vec<Opening>,
    /// Passages of cases from tablet to tablet.
    pub passages: Vec<Passage>,
}

impl Storage {
    /// Keeps what is known of a key together with what is there of it; what is there then.
    pub fn learn(&mut self, known: KnownKey) -> KnownKey {
        let merged = match self.known.get(&known.key.kid).cloned() {
            Some(there) => there.merged(known),
            None => known,
        };
        self.known.insert(merged.key.kid, merged.clone());
        merged
    }
}

#[derive(Clone)]
pub struct Tablet {
    pub model: Model,
    pub storage: Storage,
    pub key: Key,
    /// The key that takes its place when it is renewed.
    pub next_key: Key,
    /// The version of the form that comes with the app.
    pub built_in: (Catalogue, Vec<u8>),
    /// Everything the app ever asked for, in order.
    pub asked: Vec<Effect>,
    /// Files handed to the worker.
    pub downloads: Vec<(String, Vec<u8>)>,
    millis: i64,
}

impl Tablet {
    /// A tablet just opened, with a worker and a key.
    pub fn new() -> Self {
        let mut tablet = Self::closed(Screen::Home);
        tablet.model.worker = Some(worker());
        tablet.act(Event::Connected);
        tablet
    }

    /// A tablet before anything is read.
    pub fn closed(screen: Screen) -> Self {
        Self {
            model: Model::new(Locale::Id, Settings::default(), screen),
            storage: Storage::default(),
            key: key(3),
            next_key: key(43),
            built_in: (catalogue(), instrument()),
            asked: Vec::new(),
            downloads: Vec::new(),
            millis: 1_795_000_000_000,
        }
    }

    /// A tablet with a case, and a blank draft open at its first section.
    pub fn with_draft() -> (Self, DocumentId) {
        let mut tablet = Self::new();
        tablet.open_case("Sekar Ayu Lestari");
        let case = *tablet.storage.cases.keys().next().expect("a case");
        tablet.act(Event::InstrumentChosen(case, URL.to_owned()));
        let id = *tablet.storage.heads.keys().next().expect("a draft");
        (tablet, id)
    }

    pub fn open_case(&mut self, name: &str) {
        self.act(Event::ScreenRequested(Screen::NewCase));
        self.act(Event::CaseTyped(asesmen::app::CaseField::Name, name.to_owned()));
        self.act(Event::CaseSubmitted);
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.millis, 420).expect("a time")
    }

    /// Lets time pass.
    pub const fn wait(&mut self, millis: i64) {
        self.millis += millis;
    }

    fn stamp(&mut self) -> Stamp {
        self.millis += 1000;
        let mut entropy = [0; 32];
        let millis = self.millis.to_le_bytes();
        entropy.iter_mut().zip(millis.iter().cycle()).for_each(|(byte, part)| *byte = *part);
        Stamp { now: self.now(), entropy }
    }

    /// One event, effects left to the test.
    pub fn send(&mut self, event: Event) -> Vec<Effect> {
        let stamp = self.stamp();
        let (effects, _) = update(&mut self.model, event, &stamp);
        self.asked.extend(effects.iter().cloned());
        effects
    }

    /// One event and everything that follows from it on a tablet that works.
    pub fn act(&mut self, event: Event) {
        let effects = self.send(event);
        self.run(effects);
    }

    /// Carries out effects and whatever follows.
    pub fn run(&mut self, effects: Vec<Effect>) {
        let mut waiting: std::collections::VecDeque<Effect> = effects.into();
        while let Some(effect) = waiting.pop_front() {
            if let Some(event) = self.outcome(effect) {
                waiting.extend(self.send(event));
            }
        }
    }

    /// Carries out one effect as the platform does.
    pub fn outcome(&mut self, effect: Effect) -> Option<Event> {
        Some(match effect {
            Effect::Start => {
                self.act(Event::CatalogueFetched(Ok(self.built_in.0.clone())));
                Event::Loaded(Box::new(self.loaded()))
            }
            Effect::SaveWorker(worker) => Event::WorkerSaved(Ok(worker), Ok(self.key.jwk.clone())),
            Effect::FetchInstrument { wish, file } => {
                let built_in = file == "uji.json";
                let bytes = if built_in { self.built_in.1.clone() } else { super::story::instrument(&file) };
                Event::InstrumentFetched { wish, file, outcome: Ok(bytes) }
            }
            Effect::Sign { bytes, .. } => Event::Signed(Ok(self.key.sign(&bytes))),
            Effect::CheckSignatures { ticket, checks } => Event::SignaturesChecked(ticket, Ok(holding(&checks))),
            Effect::Download { name, bytes } => {
                self.downloads.push((name, bytes));
                return None;
            }
            Effect::Records(records) => self.records(records),
            Effect::Package(effect) => Event::Package(self.packages(effect)),
            Effect::Keys(effect) => Event::Keys(self.keys(effect)),
            _ => return None,
        })
    }

    fn keys(&mut self, effect: KeysEffect) -> KeysEvent {
        let storage = &mut self.storage;
        match effect {
            KeysEffect::Read => KeysEvent::Read(Ok(ReadKeys {
                known: storage.known.values().cloned().map(Ok).collect(),
                credential: storage.credential.clone(),
                statements: storage.statements.iter().map(|(old, bytes)| (*old, bytes.clone())).collect(),
            })),
            KeysEffect::Check(checking) => {
                let outcomes = holding(&checking.examination.checks);
                KeysEvent::Checked(checking, Ok(outcomes))
            }
            KeysEffect::Keep(mut kept) => {
                kept.keys = kept.keys.into_iter().map(|known| storage.learn(known)).collect();
                if let Some(credential) = &kept.credential {
                    storage.credential = Some(credential.bytes.clone());
                }
                KeysEvent::Kept(kept)
            }
            KeysEffect::Sign(purpose, kid, bytes) => {
                assert_eq!(kid, self.key.jwk.kid(), "nothing else is signed with");
                KeysEvent::Signed(purpose, Ok(self.key.sign(&bytes)))
            }
            KeysEffect::ReadSeal(number, seal) => KeysEvent::SealRead(number, Ok(self.sealed_file(seal))),
            KeysEffect::Join { file, document, seal, entries, .. } => {
                let kept = storage.added.entry(seal).or_default();
                if entries.iter().any(|(kid, _)| kept.iter().any(|(other, _)| other == kid)) {
                    return KeysEvent::Joined(file, document, Err(StorageProblem::Conflict));
                }
                kept.extend(entries);
                storage.heads.insert(document.id, (*document).clone());
                KeysEvent::Joined(file, document, Ok(()))
            }
            KeysEffect::MakeNext => KeysEvent::NextMade(Ok(self.next_key.jwk.clone())),
            KeysEffect::Renew { old, next, statement } => {
                assert_eq!(next, self.next_key.jwk.kid(), "the key that was announced");
                storage.statements.insert(old.key.kid, statement);
                storage.learn(old);
                std::mem::swap(&mut self.key, &mut self.next_key);
                KeysEvent::Renewed(Ok(self.key.jwk.clone()))
            }
            KeysEffect::Unlock(_) => KeysEvent::Unlocked(Ok(self.key.jwk.clone())),
        }
    }

    /// A sealed file with all its signatures, as storage gives it.
    pub fn sealed_file(&self, seal: SealId) -> Vec<u8> {
        let file = self.storage.seals.get(&seal).cloned().unwrap_or_default();
        let added = self.storage.added.get(&seal).map(Vec::as_slice).unwrap_or_default();
        if added.is_empty() {
            return file;
        }
        with_kept(&file, &added.iter().map(|(_, entry)| entry.clone()).collect::<Vec<_>>())
    }

    fn loaded(&self) -> Loaded {
        Loaded {
            settings: self.model.settings,
            worker: self.model.worker.clone(),
            key: Ok(self.key.jwk.clone()),
            cases: self.storage.cases.values().cloned().map(Ok).collect(),
            documents: self.storage.heads.values().cloned().map(Ok).collect(),
            forms: self.storage.forms_added.values().cloned().map(Ok).collect(),
            passages: self.storage.passages.iter().cloned().map(Ok).collect(),
        }
    }

    fn records(&mut self, records: Records) -> Event {
        let storage = &mut self.storage;
        match records {
            Records::SaveCase(case) => {
                storage.cases.insert(case.id, case.clone());
                Event::CaseSaved(Ok(case))
            }
            Records::KeepForm(entry, bytes) => {
                storage.forms.insert(entry.file.clone(), bytes);
                storage.forms_added.insert(entry.url.clone(), entry.clone());
                Event::FormKept(entry, Ok(()))
            }
            Records::ForgetForm(url) => {
                storage.forms_added.remove(&url);
                Event::FormForgotten(url, Ok(()))
            }
            Records::ReadForm(wish, entry) => {
                let outcome = storage.forms.get(&entry.file).cloned();
                let outcome = outcome.ok_or_else(|| InstrumentProblem::NotKept(entry.canonical()));
                Event::InstrumentFetched { wish, file: entry.file, outcome }
            }
            Records::CreateDocument { document, questionnaire, operations } => {
                let id = document.id;
                storage.forms.insert(document.instrument.digest.clone(), questionnaire);
                storage.operations.insert(id, operations);
                storage.heads.insert(id, document);
                Event::DocumentCreated(id, Ok(()))
            }
            Records::MoveDocument { document, questionnaire, moved } => {
                let id = document.id;
                if self.journal(id).iter().any(|(taken, _)| *taken == moved.sequence) {
                    return Event::DocumentMoved(id, Err(StorageProblem::Conflict));
                }
                let storage = &mut self.storage;
                storage.moves.entry(id).or_default().push(*moved);
                storage.forms.insert(document.instrument.digest.clone(), questionnaire);
                storage.heads.insert(id, document);
                Event::DocumentMoved(id, Ok(()))
            }
            Records::OpenDocument(document) => {
                let opened = self.opened(&document).ok_or_else(|| StorageProblem::Missing(document.id.to_string()));
                Event::DocumentOpened(document.id, opened.map(Box::new))
            }
            Records::ReadDrafts(drafts) => {
                Event::DraftsRead(drafts.iter().filter_map(|draft| self.opened(draft)).collect())
            }
            Records::ReadSources(id, sources) => {
                Event::SourcesRead(id, sources.iter().filter_map(|source| self.opened(source)).collect())
            }
            Records::ReadRecord(screen, documents) => {
                Event::RecordRead(screen, documents.iter().filter_map(|document| self.opened(document)).collect())
            }
            Records::ReadOpenings(case) => {
                let own = storage.openings.iter().filter(|opening| opening.case == case);
                Event::OpeningsRead(case, Ok(own.cloned().map(Ok).collect()))
            }
            Records::NoteOpening(opening) => {
                storage.openings.push(opening.clone());
                Event::OpeningNoted(Box::new(opening), Ok(()))
            }
            Records::Append { document, operations } => Event::Appended(document, self.append(document, operations)),
            Records::ReadFrom { document, sequence } => {
                let journal = self.journal(document);
                let from = journal.into_iter().filter(|(number, _)| *number >= sequence);
                Event::OthersRead(document, Ok(from.map(|(_, entry)| Ok(entry)).collect()))
            }
            Records::StoreSealed { document, seal, sequence, bytes, attachments } => {
                if self.journal(document.id).len() as u64 != sequence {
                    return Event::SealStored(Err(StorageProblem::Conflict));
                }
                let storage = &mut self.storage;
                storage.ends.insert(document.id, (sequence, seal));
                assert!(storage.seals.insert(seal.id, bytes).is_none(), "a seal is never overwritten");
                storage.beside.insert(seal.id, attachments);
                storage.heads.insert(document.id, document);
                Event::SealStored(Ok(()))
            }
            Records::DownloadRaw(_) => Event::RawCopyMade(Ok(())),
        }
    }

    fn packages(&mut self, effect: PackageEffect) -> PackageEvent {
        match effect {
            PackageEffect::ReadCase { case, documents } => {
                let forms = documents.iter().flat_map(|head| &head.earlier).map(|pin| pin.digest.clone());
                let forms =
                    forms.filter_map(|digest| self.storage.forms.get(&digest).cloned().map(|form| (digest, form)));
                let opened = documents.iter().filter_map(|document| self.opened(document)).collect();
                PackageEvent::CaseRead(case, Ok(CaseParts { opened, forms: forms.collect() }))
            }
            PackageEffect::Sign { bytes, .. } => PackageEvent::Signed(Ok(self.key.sign(&bytes))),
            PackageEffect::Note(passage) => {
                self.storage.passages.push((*passage).clone());
                PackageEvent::Noted(passage, Ok(()))
            }
            PackageEffect::Compare { number, checks, seals, documents, .. } => {
                let here = |seal: SealId| {
                    self.storage.seals.get(&seal)?;
                    let file = self.sealed_file(seal);
                    let signed = signatures_of(&file).map(|signed| signed.into_iter().map(|(kid, _)| kid).collect());
                    let digest = asesmen::json::parse(&file).ok().and_then(|file| signed_digest(&file));
                    Some(KeptSeal {
                        id: seal,
                        digest: digest.filter(|_| signed.is_ok()).unwrap_or_default(),
                        signed: signed.unwrap_or_default(),
                    })
                };
                let journal = |id: DocumentId| (id, self.journal(id).into_iter().map(|(_, entry)| Ok(entry)).collect());
                let here = Here {
                    seals: seals.into_iter().filter_map(here).collect(),
                    journals: documents.into_iter().map(journal).collect(),
                };
                PackageEvent::Compared(number, Ok(Compared { outcomes: holding(&checks), here }))
            }
            PackageEffect::Keep(intake) => PackageEvent::TakenIn(self.keep(*intake)),
            PackageEffect::ReadOwnKey | PackageEffect::MakeOwnKey => PackageEvent::OwnKeyRead(Ok(key(9).jwk)),
            // AES is left to browsers.
            PackageEffect::Encrypt { .. } => PackageEvent::Encrypted(Err(KeyProblem::InsecureOrigin)),
            PackageEffect::Decrypt(number, _) => PackageEvent::Decrypted(number, Err(KeyProblem::InsecureOrigin)),
        }
    }

    /// Keeps what came with a package; nothing that is here is overwritten.
    fn keep(&mut self, intake: Intake) -> Result<(), StorageProblem> {
        let taken = |id: &DocumentId| self.storage.heads.contains_key(id);
        let sealed = intake.documents.iter().any(|own| {
            taken(&own.head.id) != own.closes
                || own.from != self.journal(own.head.id).len() as u64
                || own.head.seal.is_none_or(|seal| self.storage.seals.contains_key(&seal.id))
        });
        let drafts = intake
            .drafts
            .iter()
            .any(|own| taken(&own.head.id) == own.is_new || own.from != self.journal(own.head.id).len() as u64);
        let case = intake.case.as_ref().is_some_and(|case| self.storage.cases.contains_key(&case.id));
        let signed = intake.signatures.iter().any(|own| {
            let added = self.storage.added.get(&own.seal).map(Vec::as_slice).unwrap_or_default();
            own.entries.iter().any(|(kid, _)| added.iter().any(|(other, _)| other == kid))
        });
        if sealed || drafts || case || signed {
            return Err(StorageProblem::Conflict);
        }
        self.storage.cases.extend(intake.case.map(|case| (case.id, case)));
        self.storage.forms.extend(intake.forms);
        for own in intake.documents {
            let (id, seal) = (own.head.id, own.head.seal.expect("a seal"));
            self.enter(id, own.entries);
            self.storage.ends.insert(id, (self.journal(id).len() as u64, seal));
            self.storage.seals.insert(seal.id, own.bytes);
            self.storage.beside.insert(seal.id, own.attachments);
            self.storage.heads.insert(id, own.head);
        }
        for own in intake.signatures {
            self.storage.added.entry(own.seal).or_default().extend(own.entries);
            self.storage.heads.insert(own.head.id, own.head);
        }
        for own in intake.drafts {
            self.enter(own.head.id, own.entries);
            self.storage.heads.insert(own.head.id, own.head);
        }
        self.storage.passages.extend(intake.passage);
        Ok(())
    }

    fn enter(&mut self, id: DocumentId, entries: Vec<JournalEntry>) {
        for entry in entries {
            match entry {
                JournalEntry::Operation(stored) => self.storage.operations.entry(id).or_default().push(stored),
                JournalEntry::Moved(moved) => self.storage.moves.entry(id).or_default().push(moved),
                JournalEntry::Sealed(_) => panic!("an end is written by itself"),
            }
        }
    }

    /// Keeps operations; a number that is taken is a conflict and nothing is kept.
    pub fn append(&mut self, id: DocumentId, operations: Vec<StoredOperation>) -> Result<(), StorageProblem> {
        let journal = self.journal(id);
        if operations.iter().any(|new| journal.iter().any(|(taken, _)| *taken == new.sequence)) {
            return Err(StorageProblem::Conflict);
        }
        self.storage.operations.entry(id).or_default().extend(operations);
        Ok(())
    }

    /// The journal of a document as storage gives it, each entry by its number.
    pub fn journal(&self, id: DocumentId) -> Vec<(u64, JournalEntry)> {
        let operations = self.storage.operations.get(&id).cloned().unwrap_or_default().into_iter();
        let moves = self.storage.moves.get(&id).cloned().unwrap_or_default().into_iter();
        let end = self.storage.ends.get(&id).map(|(number, seal)| (*number, JournalEntry::Sealed(*seal)));
        let operations = operations.map(|operation| (operation.sequence, operation.into()));
        let moves = moves.map(|moved| (moved.sequence, JournalEntry::Moved(moved)));
        let mut journal: Vec<_> = operations.chain(moves).chain(end).collect();
        journal.sort_by_key(|(number, _)| *number);
        journal
    }

    pub fn opened(&self, document: &Document) -> Option<OpenedDocument> {
        Some(OpenedDocument {
            id: document.id,
            questionnaire: self.storage.forms.get(&document.instrument.digest)?.clone(),
            journal: self.journal(document.id).into_iter().map(|(_, entry)| Ok(entry)).collect(),
            sealed: match document.seal {
                Some(seal) => self.storage.seals.contains_key(&seal.id).then(|| self.sealed_file(seal.id)),
                None => None,
            },
            attachments: document.seal.and_then(|seal| self.storage.beside.get(&seal.id).cloned()).unwrap_or_default(),
        })
    }

    pub fn filling(&self) -> &Filling {
        self.model.filling().expect("a document is open")
    }

    pub fn state(&self) -> &SaveState {
        &self.filling().state
    }

    pub fn node(&self, link_id: &str, within: &[u32]) -> NodeIx {
        let place = Place { link_id: link_id.to_owned(), within: within.to_vec() };
        self.filling().response.find(&place).expect("the place exists")
    }

    /// Types into a question; what follows is left to the test.
    pub fn type_into(&mut self, link_id: &str, words: &str) -> Vec<Effect> {
        let node = self.node(link_id, &[]);
        self.send(Event::Edited(node, Edit::Typed(words.to_owned())))
    }

    /// The text a question of the open document holds.
    pub fn shown(&self, link_id: &str) -> Option<String> {
        text_of(self.filling(), link_id)
    }

    /// The text a question holds in storage alone, as after a crash.
    pub fn kept(&self, id: DocumentId, link_id: &str) -> Option<String> {
        let head = self.storage.heads.get(&id)?.clone();
        let opened = self.opened(&head)?;
        text_of(&Filling::open(head, opened, crate::form::sheet::context()).ok()?, link_id)
    }
}

fn text_of(filling: &Filling, link_id: &str) -> Option<String> {
    let node = filling.response.find(&Place { link_id: link_id.to_owned(), within: Vec::new() })?;
    match filling.response.node(node).content.answers.first()? {
        Answer::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// The first appending among effects.
pub fn appended(effects: &[Effect]) -> Option<(DocumentId, Vec<StoredOperation>)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Records(Records::Append { document, operations }) => Some((*document, operations.clone())),
        _ => None,
    })
}

/// The bytes to be signed among effects.
pub fn to_sign(effects: &[Effect]) -> Option<Vec<u8>> {
    effects.iter().find_map(|effect| match effect {
        Effect::Sign { bytes, .. } => Some(bytes.clone()),
        _ => None,
    })
}

/// The closing among effects.
pub fn to_store(effects: &[Effect]) -> Option<Vec<u8>> {
    effects.iter().find_map(|effect| match effect {
        Effect::Records(Records::StoreSealed { bytes, .. }) => Some(bytes.clone()),
        _ => None,
    })
}
