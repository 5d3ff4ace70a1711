//! A document's journal: what storage keeps of it, entry by entry, never changed and never taken away.
//!
//! A journal is a row of stretches. Each but the first begins with a move and is about the version named there; a stretch
//! says everything about the answers over its version, so that a document is opened by the last one alone.

use super::problem::StorageProblem;
use crate::domain::{Document, DocumentId, InstrumentPin, Seal, Timestamp};
use crate::form::{Operation, Response};
use crate::json::{Value, array, object};
use crate::seal::Enclosed;

/// A record as found in storage: readable, or its key and why not.
pub type StoredRecord<T> = Result<T, StorageProblem>;

/// One operation with its number and time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOperation {
    /// Number within the document, from 0 without gaps.
    pub sequence: u64,
    /// When it was done.
    pub at: Timestamp,
    /// What was done.
    pub operation: Operation,
}

impl StoredOperation {
    /// The record: `sequence`, `at`, `operation`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        object([("sequence", self.sequence.into()), ("at", self.at.into()), ("operation", self.operation.to_json())])
    }

    /// Reads the record.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        Some(Self {
            sequence: value.get("sequence")?.as_u64()?,
            at: Timestamp::from_json(value.get("at")?)?,
            operation: Operation::from_json(value.get("operation")?)?,
        })
    }
}

/// A move to another version of the form: one entry with everything that is carried over, so that a journal never holds
/// half of it, and whoever wrote over the old version meanwhile finds its number taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Number within the document.
    pub sequence: u64,
    /// When it was done.
    pub at: Timestamp,
    /// The version that was left.
    pub from: InstrumentPin,
    /// The version that is answered from here on.
    pub to: InstrumentPin,
    /// What leads from a new response over it to the answers that were carried over.
    pub operations: Vec<Operation>,
}

impl Moved {
    /// The record: `moved` with `sequence`, `at`, `from`, `to`, `operations`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let moved = object([
            ("sequence", self.sequence.into()),
            ("at", self.at.into()),
            ("from", self.from.to_json()),
            ("to", self.to.to_json()),
            ("operations", array(self.operations.iter().map(Operation::to_json))),
        ]);
        object([("moved", moved)])
    }

    fn from_json(value: &Value) -> Option<Self> {
        Some(Self {
            sequence: value.get("sequence")?.as_u64()?,
            at: Timestamp::from_json(value.get("at")?)?,
            from: InstrumentPin::from_json(value.get("from")?)?,
            to: InstrumentPin::from_json(value.get("to")?)?,
            operations: value.get("operations")?.as_array()?.iter().map(Operation::from_json).collect::<Option<_>>()?,
        })
    }
}

/// One entry of a document's journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JournalEntry {
    /// What was done to an answer.
    Operation(StoredOperation),
    /// It was moved to another version of its form: what follows is about that one.
    Moved(Moved),
    /// The end of the journal: it was sealed. Two windows cannot both write the entry after the last, so what is sealed
    /// is what is kept, and nothing is kept behind a seal.
    Sealed(Seal),
}

impl JournalEntry {
    /// The record of an end: `seal`.
    #[must_use]
    pub fn end(seal: Seal) -> Value {
        object([("seal", seal.to_json())])
    }

    /// The record.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match self {
            Self::Operation(stored) => stored.to_json(),
            Self::Moved(moved) => moved.to_json(),
            Self::Sealed(seal) => Self::end(*seal),
        }
    }

    /// Reads the record of an operation, of a move or of an end.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        match (value.get("seal"), value.get("moved")) {
            (Some(seal), _) => Seal::from_json(seal).map(Self::Sealed),
            (None, Some(moved)) => Moved::from_json(moved).map(Self::Moved),
            (None, None) => StoredOperation::from_json(value).map(Self::Operation),
        }
    }
}

impl From<StoredOperation> for JournalEntry {
    fn from(operation: StoredOperation) -> Self {
        Self::Operation(operation)
    }
}

/// A document as found in storage.
#[derive(Clone, Debug)]
pub struct OpenedDocument {
    /// Which.
    pub id: DocumentId,
    /// Bytes of the exact Questionnaire.
    pub questionnaire: Vec<u8>,
    /// Its journal in order; unreadable entries keep their place.
    pub journal: Vec<StoredRecord<JournalEntry>>,
    /// The sealed file, if it is sealed.
    pub sealed: Option<Vec<u8>>,
    /// The attachments that stand beside the sealed file, as far as they are here.
    pub attachments: Vec<Enclosed>,
}

impl OpenedDocument {
    /// The moves in the journal, in order.
    pub fn moves(&self) -> impl Iterator<Item = &Moved> {
        self.journal.iter().filter_map(|record| match record {
            Ok(JournalEntry::Moved(moved)) => Some(moved),
            _ => None,
        })
    }

    /// The head as the journal tells it, where another window has moved the document since the head was read.
    #[must_use]
    pub fn moved_since(&self, head: &Document) -> Option<Document> {
        let last = self.moves().last().filter(|_| self.moves().count() > head.earlier.len())?;
        let earlier = self.moves().map(|moved| moved.from.clone()).collect();
        Some(Document { instrument: last.to.clone(), earlier, ..head.clone() })
    }

    /// The answers at the end of a stretch, counted from 0, put onto a new response over its version of the form, and how
    /// many entries of it could not be read.
    #[must_use]
    pub fn end_of(&self, stretch: usize, blank: Response) -> (Response, usize) {
        self.replayed(stretch, blank, true)
    }

    /// The answers with which a stretch began.
    #[must_use]
    pub fn start_of(&self, stretch: usize, blank: Response) -> (Response, usize) {
        self.replayed(stretch, blank, false)
    }

    fn replayed(&self, stretch: usize, mut response: Response, whole: bool) -> (Response, usize) {
        let (mut moves, mut unreadable, mut operations) = (0, 0, Vec::new());
        for record in &self.journal {
            if let Ok(JournalEntry::Moved(moved)) = record {
                moves += 1;
                if moves == stretch {
                    operations.extend_from_slice(&moved.operations);
                }
            } else if moves == stretch && whole {
                match record {
                    Ok(JournalEntry::Operation(stored)) => operations.push(stored.operation.clone()),
                    Ok(_) => {}
                    Err(_) => unreadable += 1,
                }
            }
        }
        let all = operations.len();
        response.replay(&mut operations);
        (response, unreadable + all - operations.len())
    }
}
