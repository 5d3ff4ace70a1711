//! Beginning, opening and filling documents.

use super::Turn;
use crate::app::binding;
use crate::app::casework;
use crate::app::catalogue::CatalogueEntry;
use crate::app::change::Topic;
use crate::app::effect::{Effect, Records};
use crate::app::event::{Event, Wish};
use crate::app::filling::{Filling, Unopened};
use crate::app::journal::{OpenedDocument, StoredOperation};
use crate::app::launch;
use crate::app::moving::Fetched;
use crate::app::notice::Notice;
use crate::app::problem::{InstrumentProblem, StorageProblem};
use crate::app::screen::Screen;
use crate::app::view;
use crate::domain::{CaseId, Document, DocumentId, InstrumentPin, SealId};
use crate::form::{Attachment, DataAbsentReason, Edit, NodeIx, Operation, Place, Questionnaire, Response};
use crate::json::Object;
use crate::seal::digest;
use std::sync::Arc;

impl Turn<'_> {
    pub(super) fn document(&mut self, event: Event) {
        match event {
            Event::InstrumentChosen(case, url) => self.begin(case, &url),
            Event::InstrumentFetched { wish, file, outcome } => self.fetched(wish, &file, outcome),
            Event::DocumentCreated(id, outcome) => self.created(id, outcome),
            Event::DocumentOpened(id, outcome) => self.opened(id, outcome),
            Event::DraftsRead(drafts) => self.drafts_read(drafts),
            Event::RawCopyAsked(id) => self.run(Records::DownloadRaw(id)),
            Event::HandOverFailed(words) => self.notice(Notice::NotHandedOver(words)),
            Event::RawCopyMade(Err(problem)) => self.notice(Notice::NoCopy(problem)),
            _ => {}
        }
    }

    /// A form is being filled in.
    pub(super) fn filling(&mut self, event: Event) {
        match event {
            Event::Edited(node, edit) => self.edit(node, edit),
            Event::FileAttached(id, place, file) => self.attach(id, &place, file),
            Event::InstanceAdded(parent, link_id) => self.add_instance(parent, link_id),
            Event::InstanceRemoved(node) => self.remove_instance(node),
            Event::ActUndone => self.undo(),
            Event::EntryRanked(node, place) => self.rank(node, place),
            Event::FieldLeft(node) => {
                if let Some(filling) = self.model.filling_mut() {
                    // What is wrong with a group may be said once a field in it was left.
                    let around = filling.touch(node);
                    self.changes.nodes.extend(around);
                }
                self.flush();
            }
            _ => {}
        }
    }

    /// Opens the draft of an instrument in a case, or begins one.
    fn begin(&mut self, case: CaseId, url: &str) {
        let is_draft =
            |document: &&Document| document.case == case && document.instrument.url() == url && document.is_draft();
        if let Some(draft) = self.model.documents.iter().rev().find(is_draft) {
            return self.go(Screen::Section(draft.id, 0));
        }
        let Some(entry) = self.model.instrument(url).cloned() else { return };
        if self.model.beginning.is_none() {
            self.model.beginning = Some(url.to_owned());
            self.note(Topic::Cases);
            self.ask_for(Wish::Begin(case), entry);
        }
    }

    /// Asks for the bytes of an instrument, wherever they are.
    pub(super) fn ask_for(&mut self, wish: Wish, entry: CatalogueEntry) {
        if entry.is_kept() {
            self.run(Records::ReadForm(wish, entry));
        } else {
            self.run(Effect::FetchInstrument { wish, file: entry.file });
        }
    }

    fn fetched(&mut self, wish: Wish, file: &str, outcome: Result<Vec<u8>, InstrumentProblem>) {
        match wish {
            Wish::Begin(case) => {
                self.model.beginning = None;
                self.note(Topic::Cases);
                let listed = self.model.catalogue.iter().flat_map(|list| &list.instruments).chain(&self.model.added);
                let entry = listed.into_iter().find(|entry| entry.file == file);
                match usable(entry, outcome) {
                    Ok(fetched) => self.begin_with(case, fetched),
                    Err(problem) => self.notice(Notice::FormUnusable(None, problem)),
                }
            }
            Wish::Compare(id) => self.version_fetched(id, file, outcome),
        }
    }

    /// Begins a document, filled in with what the form asks of the case.
    fn begin_with(&mut self, case: CaseId, Fetched { pin, questionnaire, form }: Fetched) {
        let now = self.stamp.now;
        let operations = Response::new(form, launch::context(self.model, case, now)).populate();
        let stored = |(sequence, operation)| StoredOperation { sequence, at: now, operation };
        self.create(case, pin, questionnaire, (0..).zip(operations).map(stored).collect(), 1, None);
    }

    /// Creates a document; it is opened once storage has it.
    pub(super) fn create(
        &mut self,
        case: CaseId,
        instrument: InstrumentPin,
        questionnaire: Vec<u8>,
        operations: Vec<StoredOperation>,
        revision: u32,
        replaces: Option<SealId>,
    ) {
        let now = self.stamp.now;
        let id = DocumentId::new(now, self.entropy(0));
        let document = Document {
            id,
            case,
            instrument,
            earlier: Vec::new(),
            revision,
            replaces,
            begun: now,
            seal: None,
            awaits: Vec::new(),
            facts: Object::default(),
        };
        self.model.documents.put(document.clone());
        self.run(Records::CreateDocument { document, questionnaire, operations });
    }

    fn created(&mut self, id: DocumentId, outcome: Result<(), StorageProblem>) {
        match outcome {
            Ok(()) => {
                let replaced = self.model.documents.get(id).and_then(|document| document.replaces);
                // What another window's seal had left unsaved here is on the tablet now, in the correction.
                self.model.fillings.retain(|filling| filling.ended.is_none_or(|seal| Some(seal.id) != replaced));
                self.go(Screen::Section(id, 0));
                if self.model.documents.get(id).is_some_and(|document| document.replaces.is_some()) {
                    self.notice(Notice::CorrectionBegun);
                }
            }
            Err(problem) => {
                self.model.fillings.iter_mut().for_each(|filling| filling.carried = false);
                self.model.documents.remove(id);
                self.note(Topic::Cases);
                self.notice(Notice::NotCreated(problem));
            }
        }
    }

    /// Opens the document on the screen unless it is open already. A link to a draft that was sealed meanwhile leads to
    /// the sealed document, and the other way round.
    pub(super) fn show_document(&mut self, id: DocumentId) {
        let Some(document) = self.model.documents.get(id).cloned() else { return };
        match (self.model.screen, document.is_draft()) {
            (Screen::Sealed(_), true) => self.model.screen = Screen::Section(id, 0),
            (Screen::Section(..) | Screen::Review(_) | Screen::Version(..), false) => {
                self.model.screen = Screen::Sealed(id);
            }
            _ => {}
        }
        if let Some(filling) = self.model.filling_of(id) {
            if filling.document.earlier.len() < document.earlier.len() && !filling.overtaken {
                return self.read_anew(document);
            }
            self.keep_in_order();
            self.tell_unreadable_part();
            self.check_sealed();
        } else {
            self.run(Records::OpenDocument(document));
        }
    }

    fn opened(&mut self, id: DocumentId, outcome: Result<Box<OpenedDocument>, StorageProblem>) {
        if self.model.filling_of(id).is_some_and(|filling| filling.overtaken) {
            return self.overtake(id, outcome);
        }
        if self.awaits_journal(id) {
            return self.journal_read(id, outcome);
        }
        if self.model.screen.document() != Some(id) || self.model.filling_of(id).is_some() {
            return;
        }
        self.note(Topic::Screen);
        let opened = match outcome {
            Ok(opened) => *opened,
            Err(problem) => return self.notice(Notice::DocumentUnreadable(id, problem)),
        };
        let Some(document) = self.model.documents.get(id).cloned() else { return };
        let context = launch::context(self.model, document.case, self.stamp.now);
        match Filling::open(document, opened, context) {
            Ok(filling) => {
                self.model.fillings.push(filling);
                self.keep_in_order();
                self.tell_unreadable_part();
                self.check_sealed();
                self.ask_for_sources(id);
                self.sealed_elsewhere(id);
                self.look_at_version(self.model.screen);
            }
            Err(why) => self.not_opened(id, why),
        }
    }

    /// Reads a document anew that another window has moved, and tells of one that cannot be opened.
    pub(super) fn not_opened(&mut self, id: DocumentId, why: Unopened) {
        match why {
            Unopened::Moved(head) => {
                self.model.documents.put((*head).clone());
                self.run(Records::OpenDocument(*head));
            }
            Unopened::Form(problem) => self.notice(Notice::FormUnusable(Some(id), problem)),
            Unopened::Journal(problem) => self.notice(Notice::DocumentUnreadable(id, problem)),
        }
    }

    fn drafts_read(&mut self, drafts: Vec<OpenedDocument>) {
        for draft in drafts {
            let Some(document) = self.model.documents.get(draft.id).cloned() else { continue };
            let id = draft.id;
            // What is open on the screen is newer than what is stored; a draft whose form is unusable shows no counts.
            let context = launch::context(self.model, document.case, self.stamp.now);
            match Filling::open(document, draft, context) {
                Ok(filling) => {
                    let response = self.model.filling_of(id).map_or(&filling.response, |open| &open.response);
                    let progress = view::progress(response, response.roots());
                    let facts = casework::facts(&self.model.rules, &filling.document, response);
                    self.model.draft_facts.retain(|(other, _)| *other != id);
                    self.model.draft_facts.push((id, facts));
                    self.model.progress.retain(|(other, _)| *other != id);
                    self.model.progress.push((id, progress));
                }
                // Another window moved it: its counts come with the next look, its version is told now.
                Err(Unopened::Moved(head)) => self.model.documents.put(*head),
                Err(_) => {}
            }
        }
        self.note(Topic::Cases);
    }

    pub(super) fn edit(&mut self, node: NodeIx, edit: Edit) {
        let locale = self.model.locale();
        let Some(filling) = self.model.filling() else { return };
        let response = &filling.response;
        let before = &response.node(node).content;
        // Of these the hand goes on with the same field.
        let typing =
            matches!(edit, Edit::Typed(_) | Edit::Other(_) | Edit::Date(_) | Edit::Age(_) | Edit::Measured(..));
        let content = edit.applied(response.item(node), before, self.stamp.now);
        if content != *before {
            let content = binding::bind(filling, node, content, locale, self.stamp.now);
            let at = response.place(node);
            self.operate(Operation::Set { at, content });
            self.date_answer(node);
            if let Some(filling) = self.model.filling_mut().filter(|_| typing) {
                filling.editing = Some(node);
            }
        }
    }

    /// Takes a file as an answer in the document it was chosen for, and in no other.
    fn attach(&mut self, id: DocumentId, place: &Place, file: Attachment) {
        let node = self.model.filling().filter(|filling| filling.document.id == id);
        match node.and_then(|filling| filling.response.find(place)) {
            Some(node) => self.edit(node, Edit::File(file)),
            None => self.notice(Notice::FileNotAttached(file.title)),
        }
    }

    fn add_instance(&mut self, parent: Option<NodeIx>, link_id: String) {
        let Some(filling) = self.model.filling() else { return };
        let mut within = parent.map(|parent| filling.response.place(parent).within).unwrap_or_default();
        let [a, b, c, d, ..] = self.entropy(0);
        // Zero is the instance every list begins with.
        within.push(u32::from_le_bytes([a, b, c, d]).max(1));
        self.operate(Operation::Add { at: Place { link_id, within } });
        self.flush();
    }

    fn remove_instance(&mut self, node: NodeIx) {
        let Some(filling) = self.model.filling() else { return };
        let at = filling.response.place(node);
        if !self.operate(Operation::Remove { at: at.clone() }) {
            return;
        }
        self.mend_rankings(&at, None);
        if let Some(filling) = self.model.filling_mut() {
            filling.undo = vec![Operation::Add { at }];
        }
        self.notice(Notice::InstanceRemoved);
        self.flush();
    }

    /// Takes back the last act that the worker was told of.
    fn undo(&mut self) {
        let undo = self.model.filling_mut().map(|filling| std::mem::take(&mut filling.undo)).unwrap_or_default();
        self.model.notice = None;
        self.note(Topic::Notice);
        for operation in undo {
            if self.is_as_recorded(&operation) {
                self.take_back(operation);
            }
        }
        self.flush();
    }

    fn take_back(&mut self, operation: Operation) {
        let added = if let Operation::Add { at } = &operation { Some(at.clone()) } else { None };
        self.operate(operation);
        if let Some(at) = added {
            let back = self.model.filling().and_then(|filling| filling.response.find(&at));
            self.mend_rankings(&at, back);
        }
    }

    /// Whether nobody has changed since what an operation would take back.
    fn is_as_recorded(&self, undo: &Operation) -> bool {
        let Operation::Set { at, .. } = undo else { return true };
        let response = self.model.filling().map(|filling| &filling.response);
        let content = response.and_then(|response| Some(&response.node(response.find(at)?).content));
        content
            .is_some_and(|content| content.absent == Some(DataAbsentReason::NotAsked) && content.absent_note.is_none())
    }

    /// Gives an entry its place in an order of its list; those it passes move up or down.
    fn rank(&mut self, node: NodeIx, place: usize) {
        let operations = self.model.filling().map(|filling| filling.response.moved(node, place)).unwrap_or_default();
        for operation in operations {
            self.operate(operation);
        }
        self.flush();
    }

    /// Closes the gaps in the orders of a list that an entry left, or makes room for the one that came back.
    fn mend_rankings(&mut self, entry: &Place, back: Option<NodeIx>) {
        let mended = self.model.filling().and_then(|filling| {
            let response = &filling.response;
            let list = response.questionnaire().find(&entry.link_id)?;
            // A removed entry is still known by its place.
            let above = response.node(response.find(entry)?).parent;
            Some(response.mended_rankings(above, list, back))
        });
        for operation in mended.unwrap_or_default() {
            self.operate(operation);
        }
    }
}

/// An instrument that is the version its entry names, and that the engine runs.
pub(super) fn usable(
    entry: Option<&CatalogueEntry>,
    outcome: Result<Vec<u8>, InstrumentProblem>,
) -> Result<Fetched, InstrumentProblem> {
    let questionnaire = outcome?;
    let form = Questionnaire::load(&questionnaire).map_err(InstrumentProblem::Refused)?;
    let digest = digest(&questionnaire);
    let expected = entry.map(CatalogueEntry::canonical).unwrap_or_default();
    let canonical = CatalogueEntry::of(&form, &digest).canonical();
    if canonical != expected {
        return Err(InstrumentProblem::OtherVersion { expected, found: canonical });
    }
    Ok(Fetched { pin: InstrumentPin { canonical, digest }, questionnaire, form: Arc::new(form) })
}
