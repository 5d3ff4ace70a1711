//! What is to be done outside. The platform executes these and answers with events; it decides nothing.

use super::catalogue::CatalogueEntry;
use super::enrolment::KeysEffect;
use super::event::{Ticket, Wish};
use super::journal::{Moved, StoredOperation};
use super::openings::Opening;
use super::outbox::Upload;
use super::packages::PackageEffect;
use super::screen::Screen;
use super::settings::{Locale, Settings};
use super::sheet::Sheet;
use crate::domain::{Case, CaseId, Document, DocumentId, Seal, Worker};
use crate::seal::{Enclosed, Kid, SignatureCheck};

/// One thing to do.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Open storage and read everything the first screens need; answered by `Loaded` or `StartFailed`, and by
    /// `CatalogueFetched`.
    Start,
    /// Keep the settings.
    KeepSettings(Settings),
    /// Show the screen in the address, where the app owns the page.
    ShowLocation(Screen),
    /// Keep the worker's details and make sure that there is a key; answered by `WorkerSaved`.
    SaveWorker(Worker),
    /// Fetch a built-in instrument; answered by `InstrumentFetched`.
    FetchInstrument {
        /// What for.
        wish: Wish,
        /// Its file.
        file: String,
    },
    /// Fetch a form from an address; answered by `FormGiven`.
    FetchForm(String),
    /// Answer with `FlushDue` after the writing pause.
    ScheduleFlush,
    /// Let the browser ask before the page is left, or not.
    GuardLeaving(bool),
    /// Sign bytes with the key of this name, check the signature; answered by `Signed`.
    Sign {
        /// The key that the bytes name.
        kid: Kid,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// Check signatures; answered by `SignaturesChecked`.
    CheckSignatures {
        /// What the answer belongs to.
        ticket: Ticket,
        /// The checks.
        checks: Vec<SignatureCheck>,
    },
    /// Something with keys and seals.
    Keys(KeysEffect),
    /// Give the worker a file.
    Download {
        /// File name.
        name: String,
        /// Bytes.
        bytes: Vec<u8>,
    },
    /// Measure storage; answered by `HealthMeasured`.
    MeasureHealth,
    /// Ask the browser to keep the storage; answered by `HealthMeasured`.
    AskPersistence,
    /// Let the waiting version take over.
    ApplyUpdate,
    /// Open the browser's print dialogue.
    Print,
    /// Find out for which languages the browser has a voice; answered by `VoicesFound`, again whenever that changes.
    FindVoices,
    /// Read words aloud; answered by `SpeechReached` and, at the end, `SpeechEnded`.
    Speak(String, Locale),
    /// Stop reading aloud.
    Hush,
    /// Give the worker a sheet as a picture under a name.
    Paint(String, Box<Sheet>),
    /// Tell the host of a form that answers changed.
    TellHost,
    /// Send what is sealed, and what belongs to that.
    Upload(Upload),
    /// Read or write records.
    Records(Records),
    /// Do something with a package.
    Package(PackageEffect),
}

/// Reading and writing records: each is one transaction, all or nothing.
#[derive(Clone, Debug)]
pub enum Records {
    /// Keep a case; answered by `CaseSaved`.
    SaveCase(Case),
    /// Keep a form from outside, in place of an older one with the same URL; answered by `FormKept`.
    KeepForm(CatalogueEntry, Vec<u8>),
    /// Forget that a form was added; answered by `FormForgotten`.
    ForgetForm(String),
    /// Read the bytes of a form kept on the tablet; answered by `InstrumentFetched`.
    ReadForm(Wish, CatalogueEntry),
    /// Keep a new document with the exact form it answers and its first operations; answered by `DocumentCreated`.
    CreateDocument {
        /// The head.
        document: Document,
        /// Bytes of the Questionnaire, kept under the digest the head pins.
        questionnaire: Vec<u8>,
        /// First operations; none for a blank document.
        operations: Vec<StoredOperation>,
    },
    /// Move a draft to another version of its form: head, form and journal entry; refused with a conflict when the journal
    /// holds more than was carried over; answered by `DocumentMoved`.
    MoveDocument {
        /// The head that pins the other version.
        document: Document,
        /// Bytes of the other version.
        questionnaire: Vec<u8>,
        /// The entry with everything carried over.
        moved: Box<Moved>,
    },
    /// Read a document with its form and operations; answered by `DocumentOpened`.
    OpenDocument(Document),
    /// Read drafts to show how far they are; answered by `DraftsRead`.
    ReadDrafts(Vec<Document>),
    /// Read documents of the same case for a document that asks for them; answered by `SourcesRead`.
    ReadSources(DocumentId, Vec<Document>),
    /// Read sealed documents that a screen shows together; answered by `RecordRead`.
    ReadRecord(Screen, Vec<Document>),
    /// Read who opened the file of a case; answered by `OpeningsRead`.
    ReadOpenings(CaseId),
    /// Note that a part of a case's file was opened, never overwriting; answered by `OpeningNoted`.
    NoteOpening(Opening),
    /// Append operations in one strict transaction; answered by `Appended`.
    Append {
        /// To which document.
        document: DocumentId,
        /// Numbered operations.
        operations: Vec<StoredOperation>,
    },
    /// Read the operations from a number on; answered by `OthersRead`.
    ReadFrom {
        /// Of which document.
        document: DocumentId,
        /// First number.
        sequence: u64,
    },
    /// Keep a sealed file, never overwriting, and close its document and its journal, in one transaction; refused with
    /// a conflict when the journal holds more than was sealed; answered by `SealStored`.
    StoreSealed {
        /// The closed head.
        document: Document,
        /// The seal.
        seal: Seal,
        /// The number behind the last entry of the journal that was sealed.
        sequence: u64,
        /// The file.
        bytes: Vec<u8>,
        /// The attachments that stand beside it.
        attachments: Vec<Enclosed>,
    },
    /// Give the worker everything stored of a document exactly as it is; answered by `RawCopyMade`.
    DownloadRaw(DocumentId),
}

impl From<Upload> for Effect {
    fn from(upload: Upload) -> Self {
        Self::Upload(upload)
    }
}

impl From<PackageEffect> for Effect {
    fn from(effect: PackageEffect) -> Self {
        Self::Package(effect)
    }
}

impl From<KeysEffect> for Effect {
    fn from(effect: KeysEffect) -> Self {
        Self::Keys(effect)
    }
}

impl From<Records> for Effect {
    fn from(records: Records) -> Self {
        Self::Records(records)
    }
}
