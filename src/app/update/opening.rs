//! Opening a case's file: who may, and the note that somebody did (R6).

use super::Turn;
use crate::app::change::Topic;
use crate::app::effect::Records;
use crate::app::event::Event;
use crate::app::openings::{Access, Opening, Openings, access};
use crate::app::screen::{Part, Screen};
use crate::domain::{CaseId, OpeningId};

impl Turn<'_> {
    /// Shows a case's file, once it is known who opened it before.
    pub(super) fn show_file(&mut self, case: CaseId, part: Part) {
        if self.model.openings.as_ref().is_some_and(|openings| openings.case == case) {
            return self.open_file(case, part);
        }
        self.model.openings = None;
        self.model.record = None;
        self.run(Records::ReadOpenings(case));
    }

    /// Reads a part of a case's file where it may be read, and notes that.
    #[inline(never)] // An entry of tools/parts.json.
    fn open_file(&mut self, case: CaseId, part: Part) {
        if access(self.model, case, part, self.stamp.now) != Access::Open {
            // What was read for another part stays out of sight.
            self.model.record = None;
            return;
        }
        let worker = self.model.worker.as_ref().filter(|_| part != Part::Contents);
        let is_noted = |worker| self.model.openings.as_ref().is_some_and(|own| own.has(worker, part, self.stamp.now));
        if worker.is_some_and(|worker| !is_noted(worker)) {
            self.note_opening(case, part, None);
        }
        self.show_record(Screen::CaseFile(case, part));
    }

    fn note_opening(&mut self, case: CaseId, part: Part, reason: Option<String>) {
        let Some(worker) = &self.model.worker else { return };
        let (id, at) = (OpeningId::new(self.stamp.now, self.entropy(0)), self.stamp.now);
        let opening = Opening { id, case, part, at, name: worker.name.clone(), role: worker.role, reason };
        self.run(Records::NoteOpening(opening));
    }

    #[inline(never)] // An entry of tools/parts.json.
    pub(super) fn opening(&mut self, event: Event) {
        let Screen::CaseFile(case, part) = self.model.screen else { return };
        match (event, &mut self.model.openings) {
            (Event::OpeningsRead(of, read), _) if of == case => {
                self.model.openings = Some(Openings::read(case, read));
                self.open_file(case, part);
                // The list of parts stands already.
                self.note(if part == Part::Contents { Topic::Openings } else { Topic::Screen });
            }
            (Event::OpeningReasonTyped(text), Some(openings)) => openings.typed = text,
            (Event::OpeningReasonGiven, Some(openings)) if !openings.is_writing => {
                let reason = openings.typed.trim().to_owned();
                openings.is_refused = reason.is_empty();
                openings.is_writing = !openings.is_refused;
                openings.problem = None;
                if openings.is_writing {
                    self.note_opening(case, part, Some(reason));
                }
                self.note(Topic::Openings);
            }
            (Event::OpeningNoted(opening, noted), Some(openings)) if opening.case == case => {
                openings.is_writing = false;
                openings.problem = noted.err();
                if openings.problem.is_none() {
                    let was_closed = opening.reason.is_some();
                    openings.notes.push(*opening);
                    if was_closed {
                        openings.typed.clear();
                        self.open_file(case, part);
                        self.note(Topic::Screen);
                    }
                }
                self.note(Topic::Openings);
            }
            _ => {}
        }
    }
}
