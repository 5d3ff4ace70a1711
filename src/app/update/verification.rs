//! Checking files that somebody gives, and the sealed document on the screen.

use super::Turn;
use crate::app::change::Topic;
use crate::app::cosign::awaited;
use crate::app::effect::Effect;
use crate::app::event::{Checked, Event, Ticket};
use crate::app::filling::{Filling, SealCheck};
use crate::app::known::{How, RECEIVER, trust};
use crate::app::model::{CheckedFile, FileOutcome, Model};
use crate::app::problem::FilesProblem;
use crate::domain::{Awaited, DocumentId, Timestamp};
use crate::seal::{About, Apart, Beside, Jwk, Kid, Receipt, Report, Verdict, digest, examine};
use std::sync::Arc;

impl Turn<'_> {
    #[inline(never)] // An entry of tools/parts.json.
    pub(super) fn verification(&mut self, event: Event) {
        match event {
            Event::FilesGiven(files) => {
                for (name, bytes) in files {
                    self.file_given(name, bytes);
                }
                // A document may have been judged before its attachments came.
                self.judge_files();
                self.note(Topic::Verification);
            }
            Event::SignaturesChecked(Ticket::File(number), checked) => self.file_checked(number, checked),
            Event::SignaturesChecked(Ticket::Document(id), checked) => self.document_checked(id, checked),
            _ => {}
        }
    }

    fn document_checked(&mut self, id: DocumentId, checked: Checked) {
        let Some(filling) = self.model.filling_of(id) else { return };
        let Some(SealCheck::Running(examination)) = &filling.check else { return };
        let signers: Vec<Kid> = examination.checks.iter().map(|check| check.jwk.kid()).collect();
        let at = kept_at(self.model, filling, &signers).unwrap_or(self.stamp.now);
        let mut awaits = None;
        let check = match checked {
            Ok(outcomes) => {
                let mut report = (**examination).clone().conclude(&outcomes, &trust(self.model), at);
                let open = report.awaited();
                // A file that is broken says nothing of it.
                if report.verdict == Verdict::Valid || !open.is_empty() {
                    awaits = Some(awaited(self.model, open.into_iter()));
                }
                // What is kept beside it is looked at as whatever lies beside anybody's file.
                let beside: Vec<Beside> = filling.attachments.iter().map(|(_, bytes)| Beside::new("", bytes)).collect();
                report.look_beside(&beside);
                SealCheck::Done(Box::new(report))
            }
            Err(_) => SealCheck::NoCrypto,
        };
        if let Some(filling) = self.model.filling_of_mut(id) {
            filling.check = Some(check);
        }
        if let Some(awaits) = awaits {
            self.note_awaited(id, awaits);
        }
        self.note(Topic::Sealing);
    }

    /// Takes over whose signatures the kept file awaits. Another window may have sealed it, or added a signature: storage has
    /// that in the head by then, and the head here does not.
    fn note_awaited(&mut self, id: DocumentId, awaits: Vec<Awaited>) {
        let kids = |awaits: &[Awaited]| awaits.iter().map(|one| one.kid).collect::<Vec<_>>();
        let Some(head) = self.model.documents.get_mut(id).filter(|head| kids(&head.awaits) != kids(&awaits)) else {
            return;
        };
        head.awaits.clone_from(&awaits);
        let head = head.clone();
        if let Some(filling) = self.model.filling_of_mut(id) {
            filling.document.awaits = awaits;
        }
        self.note(Topic::Cases);
        self.outbox_sealed(&head);
    }

    fn file_given(&mut self, name: String, bytes: Result<Vec<u8>, FilesProblem>) {
        let number = self.model.next_file;
        self.model.next_file += 1;
        let mut kept = Vec::new();
        let beside = bytes.as_ref().ok().map(|bytes| Beside::new(&name, bytes));
        let outcome = match bytes.map(|bytes| (examine(&bytes), bytes)) {
            Err(problem) => FileOutcome::Unread(problem),
            Ok((Err(unreadable), _)) => FileOutcome::Unreadable(unreadable),
            Ok((Ok(examination), bytes)) => {
                let ticket = Ticket::File(number);
                self.run(Effect::CheckSignatures { ticket, checks: examination.checks.clone() });
                kept = bytes;
                FileOutcome::Running(Box::new(examination))
            }
        };
        let bytes = Arc::new(kept);
        self.model.files.push(CheckedFile { number, name, bytes, checked: None, received: None, beside, outcome });
    }

    fn file_checked(&mut self, number: u32, checked: Checked) {
        let Some(file) = self.model.files.iter_mut().find(|file| file.number == number) else { return };
        let FileOutcome::Running(examination) = &file.outcome else { return };
        match checked {
            Ok(outcomes) => file.checked = Some(Arc::new(((**examination).clone(), outcomes))),
            Err(_) => file.outcome = FileOutcome::NoCrypto,
        }
        self.judge_files();
        self.note(Topic::Verification);
    }

    /// Judges all files whose signatures were checked: receipts first, since they say when the others were received.
    pub(super) fn judge_files(&mut self) {
        let (now, trust) = (self.stamp.now, trust(self.model));
        let judge = |file: &mut CheckedFile, at: Timestamp| {
            if let Some(checked) = &file.checked {
                let report = checked.0.clone().conclude(&checked.1, &trust, at);
                file.outcome = FileOutcome::Done(Box::new(report));
            }
        };
        self.model.files.iter_mut().for_each(|file| judge(file, now));
        let receipts: Vec<Receipt> = self
            .model
            .files
            .iter()
            .filter_map(|file| believed_receipt(self.model, &file.outcome, now).cloned())
            .collect();
        for file in self.model.files.iter_mut().filter(|file| file.checked.is_some()) {
            let bytes = digest(&file.bytes);
            let is_of = |receipt: &&Receipt| receipt.digest == bytes && receipt.size == file.bytes.len() as u64;
            file.received = receipts.iter().find(is_of).map(|receipt| receipt.received);
            if let Some(received) = file.received {
                judge(file, received);
            }
        }
        self.look_beside();
    }

    /// Says of the attachments that the documents name whether they are among the files.
    fn look_beside(&mut self) {
        let files = &mut self.model.files;
        let reports = files.iter().filter_map(|file| match &file.outcome {
            FileOutcome::Done(report) => Some(report.attachments()),
            _ => None,
        });
        let wanted: Vec<Apart> = reports.flatten().cloned().collect();
        if wanted.is_empty() {
            return;
        }
        let beside: Vec<Beside> = files.iter().filter_map(|file| file.beside.clone()).collect();
        for file in files {
            match &mut file.outcome {
                FileOutcome::Done(report) => report.look_beside(&beside),
                FileOutcome::Unreadable(_)
                    if file.beside.as_ref().is_some_and(|own| wanted.iter().any(|apart| own.is(apart))) =>
                {
                    file.outcome = FileOutcome::Attachment;
                }
                _ => {}
            }
        }
    }
}

/// A receipt that counts: whole, of the past, and by a key that is known as a receiver's. Nobody else can say when something was
/// received.
fn believed_receipt<'a>(model: &Model, outcome: &'a FileOutcome, now: Timestamp) -> Option<&'a Receipt> {
    let FileOutcome::Done(report) = outcome else { return None };
    let Report { about: About::Receipt(receipt), verdict: Verdict::Valid, signatures, .. } = &**report else {
        return None;
    };
    let receives = |kid: Kid| model.known.get(kid).is_some_and(|known| known.role() == RECEIVER);
    (receipt.received <= now && signatures.iter().all(|signature| receives(signature.kid))).then_some(receipt)
}

/// When this tablet kept a file that it sealed itself, as its author, who signs first: its own key then counted, whatever became
/// of it since.
fn kept_at(model: &Model, filling: &Filling, signers: &[Kid]) -> Option<Timestamp> {
    let own = |kid: &Kid| {
        model.key.as_ref().ok().map(Jwk::kid) == Some(*kid)
            || model.known.get(*kid).is_some_and(|known| known.how == How::Own)
    };
    filling.document.seal.map(|seal| seal.at).filter(|_| signers.first().is_some_and(own))
}
