//! Checking files that somebody gives, and the sealed document on the screen.

use super::Turn;
use crate::app::change::Topic;
use crate::app::effect::Effect;
use crate::app::event::{Checked, Event, Ticket};
use crate::app::filling::SealCheck;
use crate::app::model::{CheckedFile, FileOutcome};
use crate::app::problem::FilesProblem;
use crate::seal::{Examination, Report, Trust, examine};

impl Turn<'_> {
    #[inline(never)] // An entry of tools/parts.json.
    pub(super) fn verification(&mut self, event: Event) {
        match event {
            Event::FilesGiven(files) => {
                for (name, bytes) in files {
                    self.file_given(name, bytes);
                }
                self.note(Topic::Verification);
            }
            Event::SignaturesChecked(Ticket::File(number), checked) => self.file_checked(number, &checked),
            Event::SignaturesChecked(Ticket::Document(id), checked) => {
                let now = self.stamp.now;
                let filling = self.model.filling_of_mut(id);
                if let Some(check) = filling.and_then(|filling| filling.check.as_mut())
                    && let SealCheck::Running(examination) = check
                {
                    *check = match conclude(examination, &checked, now) {
                        Some(report) => SealCheck::Done(Box::new(report)),
                        None => SealCheck::NoCrypto,
                    };
                    self.note(Topic::Sealing);
                }
            }
            _ => {}
        }
    }

    fn file_given(&mut self, name: String, bytes: Result<Vec<u8>, FilesProblem>) {
        let number = self.model.next_file;
        self.model.next_file += 1;
        let outcome = match bytes.map(|bytes| examine(&bytes)) {
            Err(problem) => FileOutcome::Unread(problem),
            Ok(Err(unreadable)) => FileOutcome::Unreadable(unreadable),
            Ok(Ok(examination)) => {
                let ticket = Ticket::File(number);
                self.run(Effect::CheckSignatures { ticket, checks: examination.checks.clone() });
                FileOutcome::Running(Box::new(examination))
            }
        };
        self.model.files.push(CheckedFile { number, name, outcome });
    }

    fn file_checked(&mut self, number: u32, checked: &Checked) {
        let now = self.stamp.now;
        let Some(file) = self.model.files.iter_mut().find(|file| file.number == number) else { return };
        let FileOutcome::Running(examination) = &file.outcome else { return };
        file.outcome = match conclude(examination, checked, now) {
            Some(report) => FileOutcome::Done(Box::new(report)),
            None => FileOutcome::NoCrypto,
        };
        self.note(Topic::Verification);
    }
}

fn conclude(examination: &Examination, checked: &Checked, now: crate::domain::Timestamp) -> Option<Report> {
    let outcomes = checked.as_ref().ok()?;
    Some(examination.clone().conclude(outcomes, &Trust::not_checked(), now))
}
