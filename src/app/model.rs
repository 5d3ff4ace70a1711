//! Everything the app knows.

use super::casework::Rulebook;
use super::catalogue::{Catalogue, CatalogueEntry};
use super::enrolment::Enrolment;
use super::event::{Health, Loaded};
use super::filling::{Filling, SaveState};
use super::forms::{CaseForm, CaseSearch, WorkerForm};
use super::handing::Handed;
use super::hosted::Hosted;
use super::known::KnownKey;
use super::moving::{Moving, MovingStep, Stray};
use super::notice::Notice;
use super::openings::Openings;
use super::outbox::Outbox;
use super::packages::Packages;
use super::problem::{AddingProblem, FilesProblem, InstrumentProblem, KeyProblem, StorageProblem};
use super::record::Record;
use super::screen::Screen;
use super::settings::{Locale, Settings, Theme};
use super::shelf::Shelf;
use super::view::Progress;
use crate::domain::{Case, Document, DocumentId, Seal, Timestamp, Worker};
use crate::form::{ItemIx, NodeIx};
use crate::json::{Object, Value};
use crate::seal::{Beside, Enclosed, Examination, Jwk, Report, SigningInput, Unreadable};
use std::sync::Arc;

/// How far start-up is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Startup {
    /// Storage is being read.
    #[default]
    Loading,
    /// Ready.
    Ready,
    /// Storage cannot be used; nothing can be filled.
    Failed(StorageProblem),
}

/// A form from outside on its way onto the tablet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Adding {
    /// It is being read or kept.
    UnderWay,
    /// It can be used.
    Added(CatalogueEntry),
    /// It cannot be used: its file or address, and why.
    Failed(String, AddingProblem),
}

/// How far sealing is.
#[derive(Clone, Debug)]
pub enum SealingStep {
    /// The last answers are being saved first.
    AwaitingSave,
    /// The document is being signed.
    Signing {
        /// The document.
        document: Value,
        /// The protected header and the bytes.
        input: SigningInput,
        /// The attachments that stand beside it.
        attachments: Vec<Enclosed>,
    },
    /// The sealed file is being kept.
    Storing {
        /// The file.
        bytes: Vec<u8>,
        /// The attachments that stand beside it.
        attachments: Vec<Enclosed>,
    },
    /// The key failed.
    KeyFailed(KeyProblem),
    /// The file could not be kept.
    NotStored(StorageProblem),
}

/// A document being sealed.
#[derive(Clone, Debug)]
pub struct Sealing {
    /// Which.
    pub document: DocumentId,
    /// Its seal-to-be.
    pub seal: Seal,
    /// How far.
    pub step: SealingStep,
}

/// A file given for checking.
#[derive(Clone, Debug)]
pub struct CheckedFile {
    /// Its number, never given twice.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Its bytes, once read.
    pub bytes: Arc<Vec<u8>>,
    /// What was read of it and which of its signatures hold, to be judged again when more keys are known.
    pub checked: Option<Arc<(Examination, Vec<bool>)>>,
    /// When it was received, where a receipt says so; else it is judged as of now.
    pub received: Option<Timestamp>,
    /// What it is to documents that name attachments, once read.
    pub beside: Option<Beside>,
    /// What became of it.
    pub outcome: FileOutcome,
}

/// What became of a file given for checking.
#[derive(Clone, Debug)]
pub enum FileOutcome {
    /// It could not be read.
    Unread(FilesProblem),
    /// It is no sealed document.
    Unreadable(Unreadable),
    /// It is the attachment of a document among the others, unchanged.
    Attachment,
    /// Its signatures are being checked.
    Running(Box<Examination>),
    /// The browser cannot check signatures.
    NoCrypto,
    /// Checked.
    Done(Box<Report>),
}

/// Whether a newer version of the app waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Update {
    /// This version starts without a network.
    pub offline_ready: bool,
    /// A newer version waits for the worker's word.
    pub waiting: bool,
}

/// Everything the app knows.
#[derive(Clone, Debug)]
pub struct Model {
    /// What a form on a host's page has, where that is all there is.
    pub hosted: Option<Hosted>,
    /// How far start-up is.
    pub startup: Startup,
    /// Settings of this browser.
    pub settings: Settings,
    /// Language named by the page that hosts the element.
    pub given_locale: Locale,
    /// Colours named by the page that hosts the element.
    pub given_theme: Theme,
    /// What is shown.
    pub screen: Screen,
    /// The question that takes the focus once the screen is drawn.
    pub focus: Option<NodeIx>,
    /// Whether that question was asked for by its name, so that a cover over it may go.
    pub uncovers: bool,
    /// Pages that were gone on to.
    pub reached: Vec<(DocumentId, ItemIx)>,
    /// Pages whose open questions the worker was asked about; nobody is asked twice.
    pub asked: Vec<(DocumentId, ItemIx)>,
    /// Whether the worker is being asked about those of the page on the screen.
    pub asking: bool,
    /// A message above it.
    pub notice: Option<Notice>,
    /// The worker.
    pub worker: Option<Worker>,
    /// The signing key.
    pub key: Result<Jwk, KeyProblem>,
    /// Readable cases.
    pub cases: Shelf<Case>,
    /// Readable document heads.
    pub documents: Shelf<Document>,
    /// Records that cannot be read.
    pub unreadable: Vec<StorageProblem>,
    /// Built-in instruments.
    pub catalogue: Result<Catalogue, InstrumentProblem>,
    /// The rules of casework.
    pub rules: Rulebook,
    /// Why they could not be had, where they could not; until then nothing is sealed.
    pub rules_problem: Option<InstrumentProblem>,
    /// Forms from outside that were added on this tablet.
    pub added: Vec<CatalogueEntry>,
    /// What became of the last form that was to be added.
    pub adding: Option<Adding>,
    /// How far drafts are, as last read.
    pub progress: Vec<(DocumentId, Progress)>,
    /// What drafts say that rules ask for, as last read.
    pub draft_facts: Vec<(DocumentId, Object)>,
    /// What is looked for in the caseload.
    pub case_search: CaseSearch,
    /// The case form.
    pub case_form: CaseForm,
    /// The worker form.
    pub worker_form: WorkerForm,
    /// The screen to go to when the worker form is done.
    pub after_worker: Option<Screen>,
    /// The instrument being fetched to begin a document.
    pub beginning: Option<String>,
    /// Open documents: the one on the screen, and others until everything changed in them is on the tablet.
    pub fillings: Vec<Filling>,
    /// Sealed documents read together for the screen, once they are read.
    pub record: Option<Record>,
    /// Who opened the file of the case on the screen, once that is read.
    pub openings: Option<Openings>,
    /// The screen from which they were asked for, to go back to.
    pub record_from: Screen,
    /// The document being sealed.
    pub sealing: Option<Sealing>,
    /// The draft being compared with another version of its form, or moved to it.
    pub moving: Option<Moving>,
    /// Answers without a place, to be told until they are put away.
    pub strays: Vec<Stray>,
    /// Files being checked.
    pub files: Vec<CheckedFile>,
    /// The number of the next file.
    pub next_file: u32,
    /// Keys that this tablet knows, once they were read.
    pub known: Shelf<KnownKey>,
    /// What happens with keys and with files that wait for a signature.
    pub enrolment: Enrolment,
    /// Storage as last measured.
    pub health: Option<Health>,
    /// Offline readiness and updates.
    pub update: Update,
    /// What is sealed and not received yet, and how it comes to whoever receives it.
    pub outbox: Outbox,
    /// What the client has before them, while the tablet is with the client.
    pub handed: Option<Handed>,
    /// The languages for which the browser has a voice.
    pub voices: Vec<String>,
    /// Packages, and cases that passed from tablet to tablet.
    pub packages: Packages,
}

impl Model {
    /// The state before anything is read.
    #[must_use]
    pub fn new(given_locale: Locale, settings: Settings, screen: Screen) -> Self {
        Self {
            hosted: None,
            startup: Startup::Loading,
            settings,
            given_locale,
            given_theme: Theme::Auto,
            screen,
            focus: None,
            uncovers: false,
            reached: Vec::new(),
            asked: Vec::new(),
            asking: false,
            notice: None,
            worker: None,
            key: Err(KeyProblem::Missing),
            cases: Shelf::default(),
            documents: Shelf::default(),
            unreadable: Vec::new(),
            catalogue: Ok(Catalogue::default()),
            rules: Rulebook::default(),
            rules_problem: None,
            added: Vec::new(),
            adding: None,
            progress: Vec::new(),
            draft_facts: Vec::new(),
            case_search: CaseSearch::default(),
            case_form: CaseForm::default(),
            worker_form: WorkerForm::of(None),
            after_worker: None,
            beginning: None,
            fillings: Vec::new(),
            record: None,
            openings: None,
            record_from: Screen::Home,
            sealing: None,
            moving: None,
            strays: Vec::new(),
            files: Vec::new(),
            next_file: 0,
            known: Shelf::default(),
            enrolment: Enrolment::default(),
            health: None,
            update: Update::default(),
            outbox: Outbox::default(),
            handed: None,
            voices: Vec::new(),
            packages: Packages::default(),
        }
    }

    /// A form on a host's page, before the host gave one. There is nothing to read first.
    #[must_use]
    pub fn hosted() -> Self {
        let blank = Self::new(Locale::default(), Settings::default(), Screen::Home);
        Self { hosted: Some(Hosted::default()), startup: Startup::Ready, ..blank }
    }

    /// The instrument of a canonical URL, built in or added.
    #[must_use]
    pub fn instrument(&self, url: &str) -> Option<&CatalogueEntry> {
        let built_in = self.catalogue.as_ref().ok().and_then(|catalogue| catalogue.find(url));
        built_in.or_else(|| self.added.iter().find(|entry| entry.url == url))
    }

    /// The language in force: the one chosen by hand, or else the one the host page names.
    #[must_use]
    pub fn locale(&self) -> Locale {
        self.settings.locale.unwrap_or(self.given_locale)
    }

    /// The colours in force: those chosen by hand, or else those the host page names.
    #[must_use]
    pub fn theme(&self) -> Theme {
        if self.settings.theme == Theme::Auto { self.given_theme } else { self.settings.theme }
    }

    /// The document on the screen, once it is open.
    #[must_use]
    pub fn filling(&self) -> Option<&Filling> {
        self.filling_of(self.screen.document()?)
    }

    /// An open document.
    #[must_use]
    pub fn filling_of(&self, id: DocumentId) -> Option<&Filling> {
        self.fillings.iter().find(|filling| filling.document.id == id)
    }

    /// An open document, to change it.
    pub(super) fn filling_of_mut(&mut self, id: DocumentId) -> Option<&mut Filling> {
        self.fillings.iter_mut().find(|filling| filling.document.id == id)
    }

    /// The document on the screen, to change it.
    pub(super) fn filling_mut(&mut self) -> Option<&mut Filling> {
        self.filling_of_mut(self.screen.document()?)
    }

    /// The sealing of a document, however far it is.
    pub(super) fn sealing_of(&self, id: DocumentId) -> Option<&Sealing> {
        self.sealing.as_ref().filter(|sealing| sealing.document == id)
    }

    /// Whether the sealed file of a document, or its move to another version, is on its way into storage.
    pub(super) fn is_closing(&self, id: DocumentId) -> bool {
        let moving = self.moving.as_ref().filter(|moving| moving.document == id);
        self.sealing_of(id).is_some_and(|sealing| matches!(sealing.step, SealingStep::Storing { .. }))
            || moving.is_some_and(|moving| moving.step == MovingStep::Storing)
    }

    /// Whether everything changed in any document is on the tablet.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        self.fillings.iter().all(Filling::is_saved)
    }

    /// Another document than the one on the screen that could not be saved.
    #[must_use]
    pub fn unsaved_elsewhere(&self) -> Option<&Filling> {
        let shown = self.screen.document();
        let elsewhere = self.fillings.iter().filter(|filling| Some(filling.document.id) != shown);
        elsewhere.into_iter().find(|filling| matches!(filling.state, SaveState::Failed(_)))
    }

    /// The case a document belongs to.
    #[must_use]
    pub fn case_of(&self, id: DocumentId) -> Option<&Case> {
        self.cases.get(self.documents.get(id)?.case)
    }

    /// Takes over what storage gave; unreadable records are kept apart, never dropped.
    pub(super) fn take(&mut self, loaded: Loaded) {
        self.settings = loaded.settings;
        self.worker_form = WorkerForm::of(loaded.worker.as_ref());
        self.worker = loaded.worker;
        self.key = loaded.key;
        self.unreadable.clear();
        self.added.clear();
        for record in loaded.cases {
            match record {
                Ok(case) => self.cases.put(case),
                Err(problem) => self.unreadable.push(problem),
            }
        }
        for record in loaded.forms {
            match record {
                Ok(form) => self.added.push(form),
                Err(problem) => self.unreadable.push(problem),
            }
        }
        for record in loaded.documents {
            match record {
                Ok(document) => self.documents.put(document),
                Err(problem) => self.unreadable.push(problem),
            }
        }
        for record in loaded.passages {
            match record {
                Ok(passage) => self.packages.passages.push(passage),
                Err(problem) => self.unreadable.push(problem),
            }
        }
        self.startup = Startup::Ready;
    }
}
