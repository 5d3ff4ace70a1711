//! Reading sealed documents together, for what is derived of several of them.

use super::Turn;
use crate::app::change::Topic;
use crate::app::effect::Records;
use crate::app::journal::OpenedDocument;
use crate::app::record::{Record, wanted};
use crate::app::screen::Screen;

impl Turn<'_> {
    /// Remembers the screen from which reading begins, and lets go of what was read when it ends.
    pub(super) fn leave_for(&mut self, screen: Screen) {
        let reads = |screen: Screen| matches!(screen, Screen::Change(_) | Screen::CaseFile(..));
        if !reads(screen) {
            self.model.record = None;
            self.model.openings = None;
        } else if !reads(self.model.screen) {
            self.model.record_from = self.model.screen;
        }
    }

    /// Reads the documents that a screen shows together, unless they are there already.
    pub(super) fn show_record(&mut self, screen: Screen) {
        let wanted = wanted(self.model, screen);
        let known = self.model.record.as_ref().is_some_and(|record| {
            let is_there = |id| record.get(id).is_some() || record.unread.contains(&id);
            wanted.iter().all(|document| is_there(document.id))
        });
        if wanted.is_empty() {
            self.model.record = Some(Record::default());
        } else if !known {
            self.model.record = None;
            self.run(Records::ReadRecord(screen, wanted));
        }
    }

    #[inline(never)] // An entry of tools/parts.json.
    pub(super) fn record_read(&mut self, screen: Screen, read: Vec<OpenedDocument>) {
        if self.model.screen != screen {
            return;
        }
        let wanted = wanted(self.model, screen);
        self.model.record = Some(Record::read(self.model, &wanted, read, self.stamp.now));
        self.note(Topic::Screen);
    }
}
