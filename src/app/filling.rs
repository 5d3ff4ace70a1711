//! A document being filled or read, and the state of its saving.

use super::event::{JournalEntry, OpenedDocument, StoredOperation, StoredRecord};
use super::problem::{InstrumentProblem, StorageProblem};
use crate::domain::{Document, DocumentId, Seal, Timestamp};
use crate::form::{Context, NodeIx, Operation, Place, Questionnaire, Response};
use crate::seal::{Examination, Report, Unreadable};
use std::sync::Arc;

/// Whether what is on the screen is on the tablet. "Saved" only after storage has confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing was changed since the document was opened.
    Unchanged,
    /// Changes wait for the writing pause.
    Waiting,
    /// Changes are being written.
    Saving,
    /// Everything was written; storage confirmed at this time.
    Saved(Timestamp),
    /// Writing failed; the changes are on the screen and will be tried again.
    Failed(StorageProblem),
}

/// The check of a sealed document on the screen.
#[derive(Clone, Debug)]
pub enum SealCheck {
    /// Not finished.
    Running(Box<Examination>),
    /// The kept file cannot be read.
    Unreadable(Unreadable),
    /// The browser cannot check signatures.
    NoCrypto,
    /// Checked.
    Done(Box<Report>),
}

/// The open document.
#[derive(Clone, Debug)]
pub struct Filling {
    /// Its head.
    pub document: Document,
    /// Bytes of its form.
    pub questionnaire: Vec<u8>,
    /// Its answers.
    pub response: Response,
    /// The documents of the case that its form asks for, by the names in the form, newest first.
    pub sources: Vec<(String, DocumentId)>,
    /// The answers of the sealed document that it corrects, once read.
    pub replaced: Option<Box<Response>>,
    /// The sealed file, if it is sealed.
    pub sealed: Option<Vec<u8>>,
    /// The check of the sealed file.
    pub check: Option<SealCheck>,
    /// Questions whose fields were left once; before that nothing is said about them.
    touched: Vec<bool>,
    /// The question whose field was left last on this page.
    left: Option<NodeIx>,
    /// How many stored operations could not be read or applied.
    pub unreadable: usize,
    /// The instance removed last, to be brought back.
    pub removed: Option<Place>,
    /// The seal that ends the journal, wherever it was made.
    pub(super) ended: Option<Seal>,
    /// Whether its answers are on their way into a correction of that seal.
    pub(super) carried: bool,
    /// When the last answer was written.
    pub written: Timestamp,
    /// Whether it is saved.
    pub state: SaveState,
    unsaved: Vec<(Timestamp, Operation)>,
    in_flight: Vec<StoredOperation>,
    next_sequence: u64,
}

impl Filling {
    /// Makes the open document from what storage gave, and what its form is launched with.
    ///
    /// # Errors
    /// Refuses when the kept form cannot be loaded; stored answers stay as they are.
    pub fn open(document: Document, opened: OpenedDocument, context: Context) -> Result<Self, InstrumentProblem> {
        let questionnaire = Questionnaire::load(&opened.questionnaire).map_err(InstrumentProblem::Refused)?;
        let next_sequence = opened.journal.len() as u64;
        let mut filling = Self {
            written: document.begun,
            response: Response::new(Arc::new(questionnaire), context),
            document,
            questionnaire: opened.questionnaire,
            sources: Vec::new(),
            replaced: None,
            sealed: opened.sealed,
            check: None,
            touched: Vec::new(),
            left: None,
            unreadable: 0,
            removed: None,
            ended: None,
            carried: false,
            state: SaveState::Unchanged,
            unsaved: Vec::new(),
            in_flight: Vec::new(),
            next_sequence,
        };
        for record in opened.journal {
            filling.replay(record, &[]);
        }
        Ok(filling)
    }

    /// Applies an entry of the journal, places in `keep` left as they are.
    fn replay(&mut self, record: StoredRecord<JournalEntry>, keep: &[Place]) {
        match record {
            Ok(JournalEntry::Sealed(seal)) => self.ended = Some(seal),
            Ok(JournalEntry::Operation(stored)) => {
                self.next_sequence = self.next_sequence.max(stored.sequence + 1);
                self.written = self.written.max(stored.at);
                if !keep.contains(stored.operation.place()) && self.response.apply(&stored.operation).is_err() {
                    self.unreadable += 1;
                }
            }
            Err(_) => self.unreadable += 1,
        }
    }

    /// Takes over what another window wrote meanwhile. What was changed here and is not saved yet is newer and stays.
    pub(super) fn merge(&mut self, others: Vec<StoredRecord<JournalEntry>>) {
        let in_flight = self.in_flight.iter().map(|stored| &stored.operation);
        let own = self.unsaved.iter().map(|(_, operation)| operation).chain(in_flight);
        let own: Vec<Place> = own.map(|operation| operation.place().clone()).collect();
        let read = self.next_sequence + others.len() as u64;
        for record in others {
            self.replay(record, &own);
        }
        self.next_sequence = self.next_sequence.max(read);
    }

    /// Puts an operation that was applied into the queue. While somebody types in one field only the last text counts.
    pub(super) fn enqueue(&mut self, at: Timestamp, operation: Operation) {
        self.written = at;
        match (self.unsaved.last_mut(), &operation) {
            (Some((when, Operation::Set { at: last, content })), Operation::Set { at: place, content: new })
                if last == place =>
            {
                content.clone_from(new);
                *when = at;
            }
            _ => self.unsaved.push((at, operation)),
        }
        if !matches!(self.state, SaveState::Saving | SaveState::Failed(_)) {
            self.state = SaveState::Waiting;
        }
    }

    /// Takes the queue for writing; `None` when there is nothing to write or a write is under way.
    pub(super) fn begin_write(&mut self) -> Option<Vec<StoredOperation>> {
        if self.unsaved.is_empty() || !self.in_flight.is_empty() || !self.document.is_draft() {
            return None;
        }
        let queue = std::mem::take(&mut self.unsaved);
        self.in_flight = (self.next_sequence..)
            .zip(queue)
            .map(|(sequence, (at, operation))| StoredOperation { sequence, at, operation })
            .collect();
        self.state = SaveState::Saving;
        Some(self.in_flight.clone())
    }

    /// Notes that storage confirmed the write.
    pub(super) fn written(&mut self, now: Timestamp) {
        self.next_sequence += self.in_flight.len() as u64;
        self.in_flight.clear();
        self.state = if self.unsaved.is_empty() { SaveState::Saved(now) } else { SaveState::Waiting };
    }

    /// Notes that the write failed; nothing of it was kept, so all of it waits again, in front.
    pub(super) fn not_written(&mut self, problem: StorageProblem) {
        let failed = std::mem::take(&mut self.in_flight);
        let later = std::mem::take(&mut self.unsaved);
        self.unsaved = failed.into_iter().map(|stored| (stored.at, stored.operation)).chain(later).collect();
        self.state = SaveState::Failed(problem);
    }

    /// The number of the next operation.
    pub(super) const fn next_sequence(&self) -> u64 {
        self.next_sequence
    }

    /// Notes that the field of a question was left once.
    pub(super) fn touch(&mut self, node: NodeIx) {
        let at = node.number() as usize;
        if self.touched.len() <= at {
            self.touched.resize(at + 1, false);
        }
        self.touched[at] = true;
    }

    /// Notes that the field of a question was left, and with it the groups that hold the one left before and not this:
    /// what is wrong with a group is said once the hand is done with it. Gives all that was left.
    pub(super) fn leave(&mut self, node: NodeIx) -> Vec<NodeIx> {
        let around = self.around(node);
        let mut done = self.left.replace(node).map_or_else(Vec::new, |before| self.around(before));
        done.retain(|group| !around.contains(group));
        done.push(node);
        done.iter().for_each(|node| self.touch(*node));
        done
    }

    /// Notes that the page was left, and all groups on it.
    pub(super) fn leave_page(&mut self) {
        let done = self.left.take().map_or_else(Vec::new, |before| self.around(before));
        done.into_iter().for_each(|node| self.touch(node));
    }

    /// The groups and questions around a node.
    fn around(&self, node: NodeIx) -> Vec<NodeIx> {
        std::iter::successors(self.response.node(node).parent, |above| self.response.node(*above).parent).collect()
    }

    /// Whether the field of a question was left once; before that nothing is said about it.
    #[must_use]
    pub fn is_touched(&self, node: NodeIx) -> bool {
        self.touched.get(node.number() as usize).copied().unwrap_or(false)
    }

    /// Whether everything on the screen is on the tablet.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        self.unsaved.is_empty() && self.in_flight.is_empty()
    }

    /// The operations that make a copy of the answers, numbered from 0: for a correction.
    #[must_use]
    pub fn operations_of_copy(&self, now: Timestamp) -> Vec<StoredOperation> {
        let operations = self.response.operations();
        let stored = |(sequence, operation)| StoredOperation { sequence, at: now, operation };
        (0..).zip(operations).map(stored).collect()
    }
}
