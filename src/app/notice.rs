//! What the app tells a worker above whatever screen there is.

use super::hosted::HostRefusal;
use super::problem::{InstrumentProblem, StorageProblem};
use super::screen::Screen;
use crate::diagram::GenogramRefusal;
use crate::domain::DocumentId;
use std::sync::Arc;

/// A message that stands above the screen until it is put away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A document cannot be opened, because of its record.
    DocumentUnreadable(DocumentId, StorageProblem),
    /// A document cannot be opened, because of its form.
    FormUnusable(Option<DocumentId>, InstrumentProblem),
    /// A document could not be created.
    NotCreated(StorageProblem),
    /// Part of a document could not be read.
    PartUnreadable(DocumentId, usize),
    /// A copy could not be handed over.
    NoCopy(StorageProblem),
    /// The words of the language in force could not be loaded; the browser's words.
    LanguageMissing(String),
    /// An instance was removed and can be brought back.
    InstanceRemoved,
    /// So many open questions were recorded as not asked, which can be taken back.
    OpenRecorded(usize),
    /// The copy of a sealed document was begun for correction.
    CorrectionBegun,
    /// A file was ready only after its document had left the screen; it was not taken.
    FileNotAttached(String),
    /// A list could not take another entry: the document has no room for it.
    NoRoom,
    /// An act would have made a family of which no drawing can be made: why, and the names of those involved.
    FamilyRefused(GenogramRefusal, Vec<String>),
    /// The browser could not hand a file over.
    NotHandedOver(String),
    /// Another window changed the document that was to be sealed here.
    ChangedElsewhere,
    /// What the host of a form gave was not taken.
    NotTaken(Arc<HostRefusal>),
    /// The draft was moved from one version of its form to another; the screen leads back.
    Moved {
        /// What would change by going back.
        back: Screen,
        /// The version that was left.
        from: String,
        /// The version that it is in now.
        to: String,
    },
    /// The case is with somebody else now, so nothing is written in it here.
    CaseGiven,
    /// Another window moved the draft to this version of its form.
    MovedElsewhere(String),
}
