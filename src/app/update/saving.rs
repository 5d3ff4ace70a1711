//! Writing what was changed: one operation an answer, never reported as saved before storage has confirmed.

use super::Turn;
use crate::app::change::Topic;
use crate::app::effect::{Effect, Records};
use crate::app::event::Event;
use crate::app::filling::SaveState;
use crate::app::history::inverse;
use crate::app::journal::{JournalEntry, StoredRecord};
use crate::app::model::SealingStep;
use crate::app::notice::Notice;
use crate::app::problem::StorageProblem;
use crate::domain::DocumentId;
use crate::form::{Operation, OperationRefusal};

impl Turn<'_> {
    /// Applies an operation to the open document and queues it for writing, or tells the host who keeps it; says whether
    /// it did.
    pub(super) fn operate(&mut self, operation: Operation) -> bool {
        let (now, hosted) = (self.stamp.now, self.model.hosted.is_some());
        if self.model.screen.document().is_some_and(|id| self.model.is_closing(id)) {
            // The sealed file is on its way into storage and cannot take this in. The screen is drawn anew, so that
            // nothing stands there that the file does not hold.
            self.note(Topic::Screen);
            return false;
        }
        let Some(filling) = self.model.filling_mut().filter(|filling| filling.document.is_draft()) else {
            return false;
        };
        let inverse = inverse(&filling.response, &operation);
        let changed = match filling.response.apply(&operation) {
            Ok(changed) => changed,
            Err(OperationRefusal::Full(_)) => {
                self.notice(Notice::NoRoom);
                return false;
            }
            Err(_) => return false,
        };
        let id = filling.document.id;
        if let Some(inverse) = inverse {
            filling.history.note(operation.clone(), inverse);
            filling.drawn += 1;
            self.changes.note(Topic::Drawing);
        }
        if !hosted {
            filling.enqueue(now, operation);
        }
        self.include(changed);
        self.note(Topic::Sections);
        if hosted {
            self.run(Effect::TellHost);
        } else {
            self.note(Topic::Saving);
            self.run(Effect::ScheduleFlush);
            self.run(Effect::GuardLeaving(true));
            self.compare_own(id);
        }
        true
    }

    /// Writes what waits, unless a write is under way; its outcome will start the next one. A full tablet is not tried
    /// again and again, which can cost it what it holds: only the worker's word tries again.
    pub(super) fn flush(&mut self) {
        self.write(false);
    }

    /// Writes what waits at the worker's word.
    pub(super) fn try_again(&mut self) {
        self.write(true);
    }

    fn write(&mut self, asked: bool) {
        let writes: Vec<Effect> = self
            .model
            .fillings
            .iter_mut()
            .filter(|filling| asked || filling.state != SaveState::Failed(StorageProblem::Full))
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
            Event::RetryAsked => {
                let ended = self.model.fillings.iter().filter(|filling| filling.ended.is_some() && !filling.is_saved());
                for id in ended.map(|filling| filling.document.id).collect::<Vec<_>>() {
                    self.sealed_elsewhere(id);
                }
                let overtaken = self.model.fillings.iter().filter(|filling| filling.overtaken);
                for id in overtaken.map(|filling| filling.document.id).collect::<Vec<_>>() {
                    let head = self.model.documents.get(id).cloned();
                    head.into_iter().for_each(|head| self.run(Records::OpenDocument(head)));
                }
                self.try_again();
            }
            Event::FlushDue | Event::PageHidden => self.flush(),
            Event::Appended(id, outcome) => self.appended(id, outcome),
            Event::OthersRead(id, outcome) => self.others_read(id, outcome),
            _ => {}
        }
    }

    fn others_read(&mut self, id: DocumentId, outcome: Result<Vec<StoredRecord<JournalEntry>>, StorageProblem>) {
        if self.model.filling_of(id).is_none_or(|filling| filling.overtaken) {
            return;
        }
        match outcome {
            Ok(mut others) => {
                let moved = self.moved_elsewhere(id, &mut others);
                let Some(filling) = self.model.filling_of_mut(id) else { return };
                let unreadable = filling.unreadable;
                filling.merge(others);
                let more = filling.unreadable > unreadable;
                // Anything may have changed, so everything of the document is drawn anew.
                self.note(Topic::Screen);
                if self.model.sealing_of(id).is_some() {
                    // Nobody has reviewed here what the other window wrote.
                    self.give_up_sealing();
                    self.notice(Notice::ChangedElsewhere);
                }
                if more {
                    self.tell_unreadable_part();
                }
                self.compare_again(id);
                if !moved {
                    self.sealed_elsewhere(id);
                    self.flush();
                }
            }
            Err(problem) => {
                let Some(filling) = self.model.filling_of_mut(id) else { return };
                filling.state = SaveState::Failed(problem.clone());
                self.note(Topic::Saving);
                self.move_not_saved(id, problem.clone());
                self.sealing_not_saved(id, problem);
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
                self.move_may_go_on();
                self.close_saved();
            }
            Err(StorageProblem::Conflict) => {
                filling.not_written(StorageProblem::Conflict);
                let sequence = filling.next_sequence();
                self.run(Records::ReadFrom { document: id, sequence });
            }
            Err(problem) => {
                filling.not_written(problem.clone());
                self.move_not_saved(id, problem.clone());
                self.sealing_not_saved(id, problem);
            }
        }
    }

    /// Stops a sealing whose last answers could not be saved.
    fn sealing_not_saved(&mut self, id: DocumentId, problem: StorageProblem) {
        if let Some(sealing) = self.model.sealing.as_mut().filter(|sealing| sealing.document == id) {
            sealing.step = SealingStep::NotStored(problem);
            self.note(Topic::Sealing);
        }
    }

    /// Closes documents that are neither on the screen nor being sealed nor hold anything unsaved.
    pub(super) fn close_saved(&mut self) {
        let needed = [
            self.model.screen.document(),
            self.model.sealing.as_ref().map(|sealing| sealing.document),
            self.model.moving.as_ref().map(|moving| moving.document),
        ];
        self.model.fillings.retain(|filling| needed.contains(&Some(filling.document.id)) || !filling.is_saved());
        if self.model.is_saved() && self.model.strays.is_empty() {
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
