//! Writing what was changed: one operation an answer, never reported as saved before storage has confirmed.

use super::Turn;
use crate::app::change::Topic;
use crate::app::effect::{Effect, Records};
use crate::app::event::{Event, StoredOperation, StoredRecord};
use crate::app::filling::SaveState;
use crate::app::model::{Notice, SealingStep};
use crate::app::problem::StorageProblem;
use crate::domain::DocumentId;
use crate::form::Operation;

impl Turn<'_> {
    /// Applies an operation to the open document and queues it for writing.
    pub(super) fn operate(&mut self, operation: Operation) {
        let now = self.stamp.now;
        let Some(filling) = self.model.filling_mut().filter(|filling| filling.document.is_draft()) else { return };
        let Ok(changed) = filling.response.apply(&operation) else { return };
        filling.enqueue(now, operation);
        self.include(changed);
        self.note(Topic::Saving);
        self.note(Topic::Sections);
        self.run(Effect::ScheduleFlush);
        self.run(Effect::GuardLeaving(true));
    }

    /// Writes what waits, unless a write is under way; its outcome will start the next one.
    pub(super) fn flush(&mut self) {
        let writes: Vec<Effect> = self
            .model
            .fillings
            .iter_mut()
            .filter_map(|filling| {
                let document = filling.document.id;
                filling.begin_write().map(|operations| Records::Append { document, operations }.into())
            })
            .collect();
        if !writes.is_empty() {
            self.note(Topic::Saving);
            self.effects.extend(writes);
        }
    }

    pub(super) fn saving(&mut self, event: Event) {
        match event {
            Event::FlushDue | Event::PageHidden | Event::RetryAsked => self.flush(),
            Event::Appended(id, outcome) => self.appended(id, outcome),
            Event::OthersRead(id, outcome) => self.others_read(id, outcome),
            _ => {}
        }
    }

    fn others_read(&mut self, id: DocumentId, outcome: Result<Vec<StoredRecord<StoredOperation>>, StorageProblem>) {
        let Some(filling) = self.model.filling_of_mut(id) else { return };
        match outcome {
            Ok(others) => {
                filling.merge(others);
                // Anything may have changed, so everything of the document is drawn anew.
                self.note(Topic::Screen);
                self.flush();
            }
            Err(problem) => {
                filling.state = SaveState::Failed(problem);
                self.note(Topic::Saving);
            }
        }
    }

    fn appended(&mut self, id: DocumentId, outcome: Result<(), StorageProblem>) {
        let now = self.stamp.now;
        let Some(filling) = self.model.filling_of_mut(id) else { return };
        self.changes.note(Topic::Saving);
        match outcome {
            Ok(()) => {
                filling.written(now);
                self.flush();
                self.sealing_may_go_on();
                self.close_saved();
            }
            Err(StorageProblem::Conflict) => {
                filling.not_written(StorageProblem::Conflict);
                let sequence = filling.next_sequence();
                self.run(Records::ReadFrom { document: id, sequence });
            }
            Err(problem) => {
                filling.not_written(problem.clone());
                if let Some(sealing) = self.model.sealing.as_mut().filter(|sealing| sealing.document == id) {
                    sealing.step = SealingStep::NotStored(problem);
                    self.note(Topic::Sealing);
                }
            }
        }
    }

    /// Closes documents that are neither on the screen nor hold anything unsaved.
    pub(super) fn close_saved(&mut self) {
        let shown = self.model.screen.document();
        self.model.fillings.retain(|filling| Some(filling.document.id) == shown || !filling.is_saved());
        if self.model.is_saved() {
            self.run(Effect::GuardLeaving(false));
        }
    }

    /// Tells that part of a document could not be read.
    pub(super) fn tell_unreadable_part(&mut self) {
        let unreadable = self.model.filling().map(|filling| (filling.document.id, filling.unreadable));
        if let Some((id, count)) = unreadable.filter(|(_, count)| *count > 0) {
            self.notice(Notice::PartUnreadable(id, count));
        }
    }
}
