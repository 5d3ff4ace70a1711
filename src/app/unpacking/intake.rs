//! What is written of a package: all of it in one transaction, or nothing.

use super::signatures::SignatureIntake;
use crate::app::journal::JournalEntry;
use crate::app::passage::Passage;
use crate::domain::{Case, Document, DocumentId};
use crate::seal::Enclosed;

/// A sealed document that comes in.
#[derive(Clone, Debug)]
pub struct SealedIntake {
    /// Its head, closed.
    pub head: Document,
    /// Whether it closes a draft that is here.
    pub closes: bool,
    /// The number of the first of these entries in its journal.
    pub from: u64,
    /// What leads to what was sealed; the end of the journal follows.
    pub entries: Vec<JournalEntry>,
    /// The sealed file.
    pub bytes: Vec<u8>,
    /// The attachments that stand beside it.
    pub attachments: Vec<Enclosed>,
}

/// A draft that comes in, or goes on.
#[derive(Clone, Debug)]
pub struct DraftIntake {
    /// Its head.
    pub head: Document,
    /// Whether it is not here yet.
    pub is_new: bool,
    /// The number of the first of these entries in its journal.
    pub from: u64,
    /// Entries of its journal.
    pub entries: Vec<JournalEntry>,
}

/// What is written of a package.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// The case, where it is not here yet.
    pub case: Option<Case>,
    /// Forms by their digests.
    pub forms: Vec<(String, Vec<u8>)>,
    /// Sealed documents.
    pub documents: Vec<SealedIntake>,
    /// Signatures for documents that are here.
    pub signatures: Vec<SignatureIntake>,
    /// Drafts.
    pub drafts: Vec<DraftIntake>,
    /// The note that the case was taken over.
    pub passage: Option<Passage>,
    /// How long the journals of the drafts are that came.
    pub(super) marks: Vec<(DocumentId, u64)>,
}

impl Intake {
    /// Whether there is nothing to write.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        let writes = [self.documents.is_empty(), self.signatures.is_empty(), self.drafts.is_empty()];
        matches!(writes, [true, true, true]) && self.case.is_none() && self.passage.is_none()
    }
}
