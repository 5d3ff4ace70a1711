//! A package being opened: what came, whether it holds, and what would come in.
//!
//! Invariant: nothing that is here is overwritten. A document that is here stays as it is, and signatures it waits for join
//! it; a journal only grows; details of a case that is here stay. What comes in does not depend on the order in which packages are opened.

mod fate;
mod intake;
mod plan;
mod signatures;

pub use fate::{DraftFate, Fate, IncomingDocument, IncomingDraft};
pub use intake::{DraftIntake, Intake, SealedIntake};
pub use plan::{Here, Plan};
pub use signatures::{KeptSeal, SignatureIntake};

use super::journal::{JournalEntry, StoredRecord};
use super::problem::{FilesProblem, KeyProblem, StorageProblem};
use crate::domain::{Case, DocumentId};
use crate::seal::{Examination, JweRefusal, Package, PackageRefusal, Report, SignatureCheck, Unreadable};

/// Why a file is not opened as a package.
#[derive(Clone, Debug)]
pub enum UnpackRefusal {
    /// The file could not be read.
    Unread(FilesProblem),
    /// It is larger than what is read.
    TooLarge,
    /// It is encrypted in a way that is not known.
    Encryption(JweRefusal),
    /// It is encrypted to another key than that of this tablet.
    OtherKey(String),
    /// The key of this tablet could not be used, or the file was changed on the way.
    NotDecrypted(KeyProblem),
    /// It is no sealed file.
    Unreadable(Unreadable),
    /// It is a sealed file of another format.
    NoPackage,
    /// It says what is not so.
    Package(PackageRefusal),
    /// A record of the app in it cannot be read.
    Record,
    /// Its seal does not hold.
    Broken(Box<Report>),
    /// The browser cannot check signatures.
    NoCrypto,
    /// What is here could not be read.
    NotCompared(StorageProblem),
}

/// A package whose shape holds; its signatures are still to be checked.
#[derive(Clone, Debug)]
pub struct Unsealed {
    /// Its own seal.
    pub examination: Examination,
    /// What it says.
    pub package: Package,
    /// The digest of its file.
    pub digest: String,
    /// The case.
    pub case: Case,
    /// The seals of its documents, in their order.
    pub seals: Vec<Result<Examination, Unreadable>>,
}

impl Unsealed {
    /// All checks that are left: its own first, then those of its documents.
    #[must_use]
    pub fn checks(&self) -> Vec<SignatureCheck> {
        let documents = self.seals.iter().flatten().flat_map(|seal| &seal.checks);
        self.examination.checks.iter().chain(documents).cloned().collect()
    }
}

/// How far opening a package is.
#[derive(Clone, Debug)]
pub enum UnpackingStep {
    /// It is being decrypted.
    Decrypting,
    /// It is not opened.
    Refused(Box<UnpackRefusal>),
    /// Its signatures are being checked, and what is here is being read.
    Checking(Box<Unsealed>),
    /// The worker sees what would come in.
    Ready(Box<Plan>),
    /// It is being kept.
    Keeping(Box<Plan>),
    /// It is kept.
    Kept(Box<Plan>),
    /// It could not be kept; nothing of it was.
    NotKept(Box<Plan>, StorageProblem),
}

/// A package being opened.
#[derive(Clone, Debug)]
pub struct Unpacking {
    /// Its number; another file, or the same once more, has another.
    pub number: u32,
    /// The name of the file.
    pub name: String,
    /// How far it is.
    pub step: UnpackingStep,
}

/// The journal of a draft as it is here.
pub type Journal = (DocumentId, Vec<StoredRecord<JournalEntry>>);
