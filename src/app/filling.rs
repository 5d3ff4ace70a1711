//! A document being filled or read, and the state of its saving.

use super::history::History;
use super::journal::{JournalEntry, OpenedDocument, StoredOperation, StoredRecord};
use super::problem::{InstrumentProblem, StorageProblem};
use crate::domain::{CaseId, Document, DocumentId, InstrumentPin, Seal, Timestamp};
use crate::form::{Context, NodeIx, Operation, Place, Questionnaire, Response};
use crate::json::Object;
use crate::seal::{Enclosed, Examination, Report, Unreadable};
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

/// Why a document cannot be opened with what was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unopened {
    /// Its form cannot be loaded; stored answers stay as they are.
    Form(InstrumentProblem),
    /// Another window has moved it to another version of its form since its head was read; this is its head now.
    Moved(Box<Document>),
    /// Its journal does not hold the moves that its head tells of; read over the wrong version it would mislead.
    Journal(StorageProblem),
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
    /// The attachments that stand beside the sealed file, as far as they are here.
    pub attachments: Vec<Enclosed>,
    /// The check of the sealed file.
    pub check: Option<SealCheck>,
    /// Questions whose fields were left once; before that nothing is said about them.
    touched: Vec<bool>,
    /// Groups in which one was left.
    touched_within: Vec<bool>,
    /// The question that is being answered: changed, and its field not left yet.
    pub(super) editing: Option<NodeIx>,
    /// How many stored operations could not be read or applied.
    pub unreadable: usize,
    /// What takes back the last act that the worker was told of.
    pub undo: Vec<Operation>,
    /// The steps in drawings of the document.
    pub history: History,
    /// The newest other document of the case that answers the same form, where the form asks for it, once read.
    pub earlier: Option<(DocumentId, Box<Response>)>,
    /// The entry that the last act in a drawing brought.
    pub made: Option<NodeIx>,
    /// How often something within a drawing was changed.
    pub drawn: u64,
    /// The seal that ends the journal, wherever it was made.
    pub(super) ended: Option<Seal>,
    /// Whether its answers are on their way into a correction of that seal.
    pub(super) carried: bool,
    /// Whether another window has moved it to another version: nothing is written until that version is here.
    pub(super) overtaken: bool,
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
    /// Refuses when the kept form cannot be loaded, and when head and journal disagree about which form that is.
    pub fn open(document: Document, opened: OpenedDocument, context: Context) -> Result<Self, Unopened> {
        if let Some(head) = opened.moved_since(&document) {
            return Err(Unopened::Moved(Box::new(head)));
        }
        let moved = opened.moves().last().map_or(&document.instrument, |last| &last.to);
        if opened.moves().count() != document.earlier.len() || *moved != document.instrument {
            return Err(Unopened::Journal(StorageProblem::Unreadable(document.id.to_string())));
        }
        let form = Questionnaire::load(&opened.questionnaire).map_err(InstrumentProblem::Refused);
        let form = form.map_err(Unopened::Form)?;
        let (response, unreadable) = opened.end_of(document.earlier.len(), Response::new(Arc::new(form), context));
        let mut filling = Self {
            questionnaire: opened.questionnaire,
            sealed: opened.sealed,
            attachments: opened.attachments,
            unreadable,
            next_sequence: opened.journal.len() as u64,
            ..Self::blank(document, response)
        };
        for record in &opened.journal {
            filling.follow(record);
        }
        Ok(filling)
    }

    /// A filling on a host's page. Its head only tells it from others: it belongs to no case, and neither it nor the form
    /// is ever kept.
    pub(super) fn hosted(id: DocumentId, response: Response, begun: Timestamp) -> Self {
        let instrument = InstrumentPin { canonical: response.questionnaire().canonical(), digest: String::new() };
        let case = CaseId::new(begun, [0; 10]);
        let (earlier, awaits, facts) = (Vec::new(), Vec::new(), Object::default());
        let document =
            Document { id, case, instrument, earlier, revision: 1, replaces: None, begun, seal: None, awaits, facts };
        Self::blank(document, response)
    }

    fn blank(document: Document, response: Response) -> Self {
        Self {
            written: document.begun,
            response,
            document,
            questionnaire: Vec::new(),
            sources: Vec::new(),
            replaced: None,
            sealed: None,
            attachments: Vec::new(),
            check: None,
            touched: Vec::new(),
            touched_within: Vec::new(),
            editing: None,
            unreadable: 0,
            undo: Vec::new(),
            history: History::default(),
            earlier: None,
            made: None,
            drawn: 0,
            ended: None,
            carried: false,
            overtaken: false,
            state: SaveState::Unchanged,
            unsaved: Vec::new(),
            in_flight: Vec::new(),
            next_sequence: 0,
        }
    }

    /// Notes when an entry was written, its number, and whether it ends the journal.
    fn follow(&mut self, record: &StoredRecord<JournalEntry>) {
        match record {
            Ok(JournalEntry::Sealed(seal)) => self.ended = Some(*seal),
            Ok(JournalEntry::Operation(stored)) => {
                self.next_sequence = self.next_sequence.max(stored.sequence + 1);
                self.written = self.written.max(stored.at);
            }
            _ => {}
        }
    }

    /// Goes over to another version of the form, as storage has confirmed.
    pub(super) fn go_over(&mut self, document: Document, questionnaire: Vec<u8>, response: Response, now: Timestamp) {
        self.next_sequence += 1;
        self.document = document;
        self.questionnaire = questionnaire;
        self.response = response;
        self.touched.clear();
        self.undo.clear();
        self.history = History::default();
        self.made = None;
        self.editing = None;
        self.touched_within.clear();
        self.state = SaveState::Saved(now);
    }

    /// Takes over what another window wrote meanwhile. What was changed here and is not saved yet is newer and stays.
    pub(super) fn merge(&mut self, others: Vec<StoredRecord<JournalEntry>>) {
        let in_flight = self.in_flight.iter().map(|stored| &stored.operation);
        let own = self.unsaved.iter().map(|(_, operation)| operation).chain(in_flight);
        let own: Vec<Place> = own.map(|operation| operation.place().clone()).collect();
        let read = self.next_sequence + others.len() as u64;
        let mut operations = Vec::with_capacity(others.len());
        for record in others {
            self.follow(&record);
            match record {
                Ok(JournalEntry::Operation(stored)) => operations.push(stored.operation),
                Ok(_) => {}
                Err(_) => self.unreadable += 1,
            }
        }
        operations.retain(|operation| !own.contains(operation.place()));
        let others = operations.len();
        self.response.replay(&mut operations);
        self.drawn += 1;
        self.unreadable += others - operations.len();
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
        if self.unsaved.is_empty() || !self.in_flight.is_empty() || !self.document.is_draft() || self.overtaken {
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

    /// Notes that the field of a question was left once, and gives what stands around it, itself included.
    pub(super) fn touch(&mut self, node: NodeIx) -> Vec<NodeIx> {
        let around: Vec<NodeIx> = self.around(node).collect();
        mark(&mut self.touched, node);
        around.iter().for_each(|at| mark(&mut self.touched_within, *at));
        self.editing = self.editing.filter(|editing| *editing != node);
        around
    }

    fn around(&self, node: NodeIx) -> impl Iterator<Item = NodeIx> {
        std::iter::successors(Some(node), |at| self.response.node(*at).parent)
    }

    /// Takes that back for some questions, and gives what stands around them, themselves included.
    pub(super) fn untouch(&mut self, nodes: &[NodeIx]) -> Vec<NodeIx> {
        let around: Vec<NodeIx> = nodes.iter().flat_map(|node| self.around(*node)).collect();
        for node in nodes {
            if let Some(touched) = self.touched.get_mut(node.number() as usize) {
                *touched = false;
            }
        }
        // In a group around them another field may have been left.
        self.touched_within.clear();
        let touched =
            self.response.walk(self.response.roots()).into_iter().filter(|node| is_marked(&self.touched, *node));
        for node in touched.collect::<Vec<_>>() {
            self.around(node).collect::<Vec<_>>().into_iter().for_each(|at| mark(&mut self.touched_within, at));
        }
        around
    }

    /// Whether the field of a question was left once; before that nothing is said about it.
    #[must_use]
    pub fn is_touched(&self, node: NodeIx) -> bool {
        is_marked(&self.touched, node)
    }

    /// Whether a field in a group was left once, and none in it is being filled in.
    #[must_use]
    pub fn is_at_rest(&self, group: NodeIx) -> bool {
        is_marked(&self.touched_within, group)
            && !self.editing.is_some_and(|editing| self.around(editing).any(|at| at == group))
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

fn mark(marks: &mut Vec<bool>, node: NodeIx) {
    let at = node.number() as usize;
    if marks.len() <= at {
        marks.resize(at + 1, false);
    }
    marks[at] = true;
}

fn is_marked(marks: &[bool], node: NodeIx) -> bool {
    marks.get(node.number() as usize).copied().unwrap_or(false)
}
