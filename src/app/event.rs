//! What can happen: acts of the worker and outcomes of effects, all in the past tense.

use super::casework::Rulebook;
use super::catalogue::{Catalogue, CatalogueEntry};
use super::enrolment::KeysEvent;
use super::family::FamilyAct;
use super::forms::{CaseSearch, DateForm};
use super::handing::Purpose;
use super::hosted::HostAct;
use super::journal::{JournalEntry, OpenedDocument, StoredRecord};
use super::openings::Opening;
use super::outbox::OutboxEvent;
use super::packages::PackageEvent;
use super::passage::Passage;
use super::problem::{FilesProblem, InstrumentProblem, KeyProblem, StorageProblem};
use super::screen::Screen;
use super::settings::{Locale, Settings, Theme};
use super::sheet::Sheet;
use crate::diagram::ecomap::SystemKind;
use crate::domain::{Case, CaseId, Document, DocumentId, Role, Worker};
use crate::form::{Attachment, CopyKind, Edit, NodeIx, Place};
use crate::seal::Jwk;

/// Everything the first screens need.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Settings of this browser.
    pub settings: Settings,
    /// The worker, once entered.
    pub worker: Option<Worker>,
    /// The signing key, once made.
    pub key: Result<Jwk, KeyProblem>,
    /// All cases.
    pub cases: Vec<StoredRecord<Case>>,
    /// Forms from outside that were added.
    pub forms: Vec<StoredRecord<CatalogueEntry>>,
    /// The heads of all documents.
    pub documents: Vec<StoredRecord<Document>>,
    /// Passages of cases from tablet to tablet.
    pub passages: Vec<StoredRecord<Passage>>,
}

/// What an asynchronous check belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ticket {
    /// A file given for checking, by the number it was given.
    File(u32),
    /// The sealed document on the screen.
    Document(DocumentId),
}

/// Outcomes of signature checks, in their order.
pub type Checked = Result<Vec<bool>, KeyProblem>;

/// What an instrument is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To begin a document in a case.
    Begin(CaseId),
    /// To compare a draft with it.
    Compare(DocumentId),
}

/// State of the storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Health {
    /// Whether the browser promised not to clear it by itself; unknown where it cannot be asked.
    pub persistent: Option<bool>,
    /// Bytes used by this origin.
    pub used: Option<u64>,
    /// Bytes this origin may use.
    pub quota: Option<u64>,
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// The element was put on a page.
    Connected,
    /// Storage was read.
    Loaded(Box<Loaded>),
    /// The list of built-in instruments arrived, or not; records do not wait for it.
    CatalogueFetched(Result<Catalogue, InstrumentProblem>),
    /// The rules of casework arrived, or not.
    RulesFetched(Result<Rulebook, InstrumentProblem>),
    /// Storage could not be opened.
    StartFailed(StorageProblem),
    /// A screen was asked for.
    ScreenRequested(Screen),
    /// A question on a screen was asked for, to mend its answer.
    QuestionRequested(Screen, NodeIx),
    /// The first question that nobody answered was asked for.
    FirstOpenRequested,
    /// The first of them on this page was asked for.
    FirstOpenHereRequested,
    /// The worker went on to the screen behind this page.
    OnwardRequested(Screen),
    /// The same, and what is open on the page was to be recorded as not asked.
    OpenRecorded(Screen),
    /// The address changed (back, forward, a link).
    LocationChanged(Screen),
    /// A language was chosen.
    LocaleChosen(Locale),
    /// The page hosting the element named a language.
    LocaleGiven(Locale),
    /// The words of the language in force could not be loaded; the browser's words.
    LanguageMissing(String),
    /// Colours were chosen.
    ThemeChosen(Theme),
    /// The page hosting the element named colours.
    ThemeGiven(Theme),
    /// A notice was read and put away.
    NoticeDismissed,
    /// The host of a form did something with it.
    Hosted(HostAct),

    /// Something else is looked for in the caseload.
    CasesSearched(CaseSearch),
    /// A field of the case form holds this now.
    CaseTyped(CaseField, String),
    /// The birth in the case form reads like this now.
    CaseBirthChanged(DateForm),
    /// The case form was submitted.
    CaseSubmitted,
    /// A case was kept, or not.
    CaseSaved(Result<Case, StorageProblem>),

    /// The worker is to say who they are, and comes back.
    WorkerAsked,
    /// A field of the worker form holds this now.
    WorkerTyped(WorkerField, String),
    /// A role was chosen in the worker form.
    WorkerRoleChosen(Role),
    /// The worker form was submitted.
    WorkerSubmitted,
    /// The worker was kept, or not, and there is a key, or not.
    WorkerSaved(Result<Worker, StorageProblem>, Result<Jwk, KeyProblem>),

    /// An instrument was chosen for a case.
    InstrumentChosen(CaseId, String),
    /// An instrument arrived, or not.
    InstrumentFetched {
        /// What for.
        wish: Wish,
        /// Its file.
        file: String,
        /// Its bytes.
        outcome: Result<Vec<u8>, InstrumentProblem>,
    },
    /// A form from outside was asked for by its address.
    FormAddressGiven(String),
    /// A form from outside arrived, by the name of its file or its address, or the browser's words why not.
    FormGiven(String, Result<Vec<u8>, String>),
    /// It was kept, or not.
    FormKept(CatalogueEntry, Result<(), StorageProblem>),
    /// An added form was put away, by its URL; documents that answer it keep it.
    FormDropped(String),
    /// That was kept, or not.
    FormForgotten(String, Result<(), StorageProblem>),
    /// The worker chose to move the draft on the screen to the version that it was compared with.
    MoveAsked,
    /// A draft was moved, or not.
    DocumentMoved(DocumentId, Result<(), StorageProblem>),
    /// Answers that found no place in the version another window moved to were read and put away.
    StraysDismissed,
    /// A document was created, or not.
    DocumentCreated(DocumentId, Result<(), StorageProblem>),
    /// A document was read, or not.
    DocumentOpened(DocumentId, Result<Box<OpenedDocument>, StorageProblem>),
    /// The drafts of a case were read.
    DraftsRead(Vec<OpenedDocument>),

    /// Sealed documents that a screen shows together were read.
    RecordRead(Screen, Vec<OpenedDocument>),
    /// It was read who opened the file of a case, or not.
    OpeningsRead(CaseId, Result<Vec<StoredRecord<Opening>>, StorageProblem>),
    /// The reason for opening a part of a case's file reads like this now.
    OpeningReasonTyped(String),
    /// That reason was given.
    OpeningReasonGiven,
    /// An opening was noted, or not.
    OpeningNoted(Box<Opening>, Result<(), StorageProblem>),
    /// Documents of the case that an open document asks for were read.
    SourcesRead(DocumentId, Vec<OpenedDocument>),
    /// What other documents propose for questions and lists was taken over: all of it, or one entry of a list.
    ProposalsTaken(Vec<NodeIx>, Option<usize>),
    /// A question was changed by hand.
    Edited(NodeIx, Edit),
    /// A file was made ready as the answer to a question of a document; by then another may be on the screen.
    FileAttached(DocumentId, Place, Attachment),
    /// A repeating group below this node got a new instance.
    InstanceAdded(Option<NodeIx>, String),
    /// An instance was removed.
    InstanceRemoved(NodeIx),
    /// An entry, by its node of the question that puts the list in order, was given this place, from 0.
    EntryRanked(NodeIx, usize),
    /// The removal or the recording that was just told of was taken back.
    ActUndone,
    /// A family was changed in its drawing, by the group that holds it.
    FamilyActed(NodeIx, FamilyAct),
    /// A system of this kind was added to an ecomap, by the group that holds it.
    SystemAdded(NodeIx, Option<SystemKind>),
    /// A drawing was begun with what the one before it holds.
    DrawingContinued,
    /// A drawing was made into a file with this ending.
    DrawingMade(&'static str, Vec<u8>),
    /// The last step in a drawing was taken back.
    StepUndone,
    /// The step that was taken back last was done again.
    StepRedone,
    /// A field lost the focus.
    FieldLeft(NodeIx),
    /// The writing pause is over.
    FlushDue,
    /// The page is being hidden or left.
    PageHidden,
    /// The page is shown again.
    PageShown,
    /// The worker asked to try saving again.
    RetryAsked,
    /// Operations were kept, or not.
    Appended(DocumentId, Result<(), StorageProblem>),
    /// Operations that another window wrote were read.
    OthersRead(DocumentId, Result<Vec<StoredRecord<JournalEntry>>, StorageProblem>),

    /// The worker asked to seal the open draft.
    SealAsked,
    /// Bytes were signed, or not.
    Signed(Result<Vec<u8>, KeyProblem>),
    /// A sealed file was kept, or not.
    SealStored(Result<(), StorageProblem>),
    /// The worker asked for the sealed file.
    ExportAsked,
    /// The worker asked for the sealed document as FHIR.
    FhirAsked,
    /// The browser could not hand a file over; its words.
    HandOverFailed(String),
    /// The worker asked for a copy of a record exactly as stored.
    RawCopyAsked(DocumentId),
    /// That copy was handed over, or not.
    RawCopyMade(Result<(), StorageProblem>),
    /// The worker asked to correct a sealed document.
    CorrectionAsked,
    /// The worker asked to print.
    PrintAsked,

    /// The worker gave the tablet to the client.
    HandedOver(DocumentId, Purpose),
    /// The client went on to the next card, or back to the one before.
    CardTurned(bool),
    /// The way back to the worker was asked for, or not after all.
    ReturnAsked(bool),
    /// The worker has the tablet again.
    TabletReturned,
    /// The card is to be read aloud: these words.
    SpeechAsked(String),
    /// Reading aloud was stopped.
    SpeechStopped,
    /// The voice has come to this place in the words, in UTF-16 units.
    SpeechReached(usize),
    /// The voice came to the end, or failed.
    SpeechEnded(bool),
    /// The languages (BCP 47) for which the browser has a voice.
    VoicesFound(Vec<String>),
    /// The client was given a copy in this way; a picture or text as this file.
    CopyMade(CopyKind, Option<Sheet>),

    /// Files were given for checking.
    FilesGiven(Vec<(String, Result<Vec<u8>, FilesProblem>)>),
    /// Signatures were checked.
    SignaturesChecked(Ticket, Checked),

    /// Something happened with a package.
    Package(PackageEvent),
    /// Something happened with keys, or with a file that waits for a signature.
    Keys(KeysEvent),

    /// Something happened to the outbox.
    Outbox(OutboxEvent),
    /// Storage was measured.
    HealthMeasured(Health),
    /// The worker asked the browser to keep the storage.
    PersistenceAsked,
    /// This version can now start without a network.
    OfflineReady,
    /// A newer version is ready and waits.
    UpdateWaiting,
    /// The worker asked for the newer version.
    UpdateAsked,
}

/// Text fields of the case form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseField {
    /// Name or initials.
    Name,
    /// Register number.
    RegisterNumber,
}

/// Text fields of the worker form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkerField {
    /// Name.
    Name,
    /// Organisation.
    Organisation,
    /// Licence number.
    LicenceNumber,
}
