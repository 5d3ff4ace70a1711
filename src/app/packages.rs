//! Packages: what the app knows of them, what can happen with them, and what is to be done.

use super::journal::OpenedDocument;
use super::packing::{Packing, PackingField};
use super::passage::Passage;
use super::problem::{FilesProblem, KeyProblem, StorageProblem};
use super::unpacking::{Here, Intake, Unpacking};
use crate::domain::{CaseId, Document, DocumentId, SealId};
use crate::seal::{Encrypted, EncryptionKey, Jwk, Kid, PackagePurpose, SignatureCheck};

/// What the app knows of packages.
#[derive(Clone, Debug, Default)]
pub struct Packages {
    /// How many packages were given so far.
    pub openings: u32,
    /// Passages of cases from tablet to tablet, in any order.
    pub passages: Vec<Passage>,
    /// The package being made.
    pub packing: Option<Packing>,
    /// The package being opened.
    pub unpacking: Option<Unpacking>,
    /// The key of this tablet that others encrypt to, once it is known.
    pub own_key: Option<Result<Jwk, KeyProblem>>,
    /// A case being taken back.
    pub taking_back: TakingBack,
}

/// A case that was handed over being taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakingBack {
    /// The reason as typed.
    pub reason: String,
    /// Whether it was empty when it was given.
    pub is_refused: bool,
    /// Whether it is being kept.
    pub is_writing: bool,
    /// Why it could not be kept.
    pub problem: Option<StorageProblem>,
}

/// What can happen with packages.
#[derive(Clone, Debug)]
pub enum PackageEvent {
    /// The documents of a case were read, and forms that drafts answered before; or not.
    CaseRead(CaseId, Result<CaseParts, StorageProblem>),
    /// It was chosen what the package is for.
    PurposeChosen(PackagePurpose),
    /// A field holds this now.
    Typed(PackingField, String),
    /// A document was chosen, or not.
    Chosen(DocumentId, bool),
    /// Documents with answers marked S are to stay out as well, or not.
    SpecificLeftOut(bool),
    /// The consent that a handover rests on was chosen.
    ConsentChosen(Option<SealId>),
    /// The file of a key to encrypt to was given.
    KeyGiven(Result<Vec<u8>, FilesProblem>),
    /// It is not to be encrypted after all.
    KeyDropped,
    /// The worker asked to see what the receiver will see.
    PreviewAsked,
    /// The worker went back to choosing.
    ChoosingAsked,
    /// The worker asked to seal it.
    SealAsked,
    /// It was signed, or not.
    Signed(Result<Vec<u8>, KeyProblem>),
    /// It was encrypted, or not.
    Encrypted(Result<Vec<u8>, KeyProblem>),
    /// A passage was kept, or not.
    Noted(Box<Passage>, Result<(), StorageProblem>),
    /// The file was asked for once more.
    FileAsked,

    /// The reason for taking a case back reads like this now.
    TakingBackTyped(String),
    /// A case is to be taken back.
    TakingBackAsked(CaseId),

    /// A file was given to be opened.
    FileGiven(String, Result<Vec<u8>, FilesProblem>),
    /// It was decrypted, or not.
    Decrypted(u32, Result<Vec<u8>, KeyProblem>),
    /// Its signatures were checked, and what is here was read, or not.
    Compared(u32, Result<Compared, ComparisonProblem>),
    /// The worker asked to take it in.
    TakingInAsked,
    /// It was kept, or not.
    TakenIn(Result<(), StorageProblem>),

    /// The key of this tablet that others encrypt to was asked for.
    OwnKeyAsked,
    /// It is there, or not.
    OwnKeyRead(Result<Jwk, KeyProblem>),
    /// Its file was asked for.
    OwnKeyFileAsked,
}

/// What was read of a case: its documents, and forms that drafts answered before, by their digests.
#[derive(Clone, Debug, Default)]
pub struct CaseParts {
    /// Those that could be read.
    pub opened: Vec<OpenedDocument>,
    /// Forms.
    pub forms: Vec<(String, Vec<u8>)>,
}

/// The outcomes of checks, in their order, and what is here.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// Whether each signature holds.
    pub outcomes: Vec<bool>,
    /// What is here.
    pub here: Here,
}

/// Why a package could not be compared with what is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComparisonProblem {
    /// Signatures cannot be checked.
    Key(KeyProblem),
    /// What is here could not be read, or a part of the app did not come.
    Storage(StorageProblem),
}

/// What is to be done with packages.
#[derive(Clone, Debug)]
pub enum PackageEffect {
    /// Read documents of a case and forms by their digests; answered by `CaseRead`.
    ReadCase {
        /// The case.
        case: CaseId,
        /// Its documents.
        documents: Vec<Document>,
    },
    /// Sign with the key of this name and check the signature; answered by `Signed`.
    Sign {
        /// The key that the bytes name.
        kid: Kid,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// Encrypt to a key; answered by `Encrypted`.
    Encrypt {
        /// To whose key.
        key: EncryptionKey,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// Note a passage, never overwriting; answered by `Noted`.
    Note(Box<Passage>),
    /// Read the key of this tablet that others encrypt to; answered by `OwnKeyRead`.
    ReadOwnKey,
    /// The same, and make it where there is none.
    MakeOwnKey,
    /// Decrypt with that key, for the opening of this number; answered by `Decrypted`.
    Decrypt(u32, Box<Encrypted>),
    /// Check signatures and read what is here; answered by `Compared` once the forms can be run.
    Compare {
        /// The number of the opening: what came for another is not taken for this one.
        number: u32,
        /// The checks.
        checks: Vec<SignatureCheck>,
        /// The seals that are looked for.
        seals: Vec<SealId>,
        /// The documents whose journals are looked for.
        documents: Vec<DocumentId>,
        /// Forms that have to run.
        forms: Vec<Vec<u8>>,
    },
    /// Keep what came, in one transaction, never overwriting; answered by `TakenIn`.
    Keep(Box<Intake>),
}
