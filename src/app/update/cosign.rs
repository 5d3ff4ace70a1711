//! Signing files that others sealed, and adding what came back to the documents of this tablet.

use super::Turn;
use crate::app::change::Topic;
use crate::app::cosign::{FileUse, asks_here, awaited, ended, file_use};
use crate::app::effect::Effect;
use crate::app::enrolment::{Cosigning, CosigningStep, JoinProblem, KeysEffect, KeysEvent, SIGNED_HERE, SignedFor};
use crate::app::filling::SealCheck;
use crate::app::model::{CheckedFile, FileOutcome};
use crate::app::problem::{KeyProblem, StorageProblem};
use crate::app::screen::Screen;
use crate::domain::{Document, DocumentId};
use crate::json::parse;
use crate::seal::{JoinRefusal, Kid, Report, SigningInput, add_signature, examine, merge, signatures_of};
use std::sync::Arc;

impl Turn<'_> {
    pub(super) fn cosign(&mut self, event: KeysEvent) {
        match event {
            KeysEvent::SignFileAsked(number) => self.read_to_sign(number),
            KeysEvent::SignKeptAsked => self.read_kept_to_sign(),
            KeysEvent::FileSignAsked => self.sign_file(),
            KeysEvent::Signed(SignedFor::File, outcome) => self.file_signed(outcome),
            KeysEvent::SignedFileAsked => self.give_signed_file(),
            KeysEvent::JoinAsked(number) => self.join(number),
            KeysEvent::SealRead(number, kept) => self.seal_read(number, kept),
            KeysEvent::Joined(number, document, outcome) => self.joined(number, *document, outcome),
            _ => {}
        }
    }

    fn checked_file(&self, number: u32) -> Option<&CheckedFile> {
        self.model.files.iter().find(|file| file.number == number)
    }

    /// Opens a file that asks for this tablet's signature, to be read first.
    fn read_to_sign(&mut self, number: u32) {
        let Some(file) = self.checked_file(number) else { return };
        let (FileOutcome::Done(report), Some(FileUse::Sign(role))) = (&file.outcome, file_use(self.model, file)) else {
            return;
        };
        let is_it = |document: &&Document| document.seal.is_some_and(|seal| seal.id == report.seal_id);
        let own = self.model.documents.iter().find(is_it).map(|document| document.id);
        let (name, bytes, report) = (file.name.clone(), Arc::clone(&file.bytes), (**report).clone());
        self.read_in_full(name, bytes, report, role, own);
    }

    /// Opens the sealed document on the screen, which came from somebody else and asks for this tablet's signature.
    fn read_kept_to_sign(&mut self) {
        let Some(filling) = self.model.filling() else { return };
        let (Some(SealCheck::Done(report)), Some(bytes)) = (&filling.check, &filling.sealed) else { return };
        let (Some(role), Some(seal)) = (asks_here(self.model, report), filling.document.seal) else { return };
        let name = super::sealing::file_name(self.model.case_of(filling.document.id), &filling.document, seal.at);
        let (own, bytes, report) = (filling.document.id, Arc::new(bytes.clone()), (**report).clone());
        self.read_in_full(name, bytes, report, role, Some(own));
    }

    fn read_in_full(
        &mut self,
        name: String,
        bytes: Arc<Vec<u8>>,
        report: Report,
        role: String,
        own: Option<DocumentId>,
    ) {
        let Some(document) = parse(&bytes).ok().and_then(|parsed| parsed.get("document").cloned()) else { return };
        let cosigning = Cosigning { name, bytes, report, document, role, own, step: CosigningStep::Reading };
        self.model.enrolment.cosigning = Some(Box::new(cosigning));
        self.model.enrolment.joining = None;
        self.go(Screen::Cosign);
    }

    pub(super) fn sign_file(&mut self) {
        if self.model.worker.is_none() {
            return self.ask_for_worker(Screen::Cosign);
        }
        let Ok(key) = &self.model.key else { return };
        let kid = key.kid();
        let Some(cosigning) = &mut self.model.enrolment.cosigning else { return };
        if matches!(cosigning.step, CosigningStep::Signing(_) | CosigningStep::Signed(_)) {
            return;
        }
        let input = SigningInput::new(&cosigning.document, kid);
        let bytes = input.bytes();
        cosigning.step = CosigningStep::Signing(input);
        self.run(KeysEffect::Sign(SignedFor::File, kid, bytes));
        self.note(Topic::Keys);
    }

    fn file_signed(&mut self, outcome: Result<Vec<u8>, KeyProblem>) {
        let Some(cosigning) = &mut self.model.enrolment.cosigning else { return };
        let CosigningStep::Signing(input) = &cosigning.step else { return };
        cosigning.step = match outcome {
            Err(problem) => CosigningStep::KeyFailed(problem),
            Ok(signature) => match add_signature(&cosigning.bytes, input, &signature) {
                Ok(file) => CosigningStep::Signed(file),
                Err(refusal) => CosigningStep::Refused(refusal),
            },
        };
        self.note(Topic::Keys);
        match self.added_here() {
            Some(effect) => self.run(effect),
            None => self.give_signed_file(),
        }
    }

    /// What adds the signature that was just made to the document, where that is kept here.
    fn added_here(&self) -> Option<KeysEffect> {
        let cosigning = self.model.enrolment.cosigning.as_ref()?;
        let (CosigningStep::Signed(file), Ok(key)) = (&cosigning.step, &self.model.key) else { return None };
        let mut head = self.model.documents.get(cosigning.own?)?.clone();
        let (seal, own) = (head.seal.filter(|seal| seal.id == cosigning.report.seal_id)?, key.kid());
        let mut entries = signatures_of(file).ok()?;
        entries.retain(|(kid, _)| *kid == own);
        head.awaits.retain(|awaited| awaited.kid != own);
        let document = Box::new(head);
        Some(KeysEffect::Join { file: SIGNED_HERE, document, seal: seal.id, entries, at: self.stamp.now })
    }

    fn give_signed_file(&mut self) {
        let Some(cosigning) = &self.model.enrolment.cosigning else { return };
        let CosigningStep::Signed(bytes) = &cosigning.step else { return };
        let (name, bytes) = (name_of_signed(&cosigning.name), bytes.clone());
        self.run(Effect::Download { name, bytes });
    }

    /// Reads the kept file that a given one brings signatures for.
    fn join(&mut self, number: u32) {
        let Some(file) = self.checked_file(number) else { return };
        let Some(FileUse::Join(id)) = file_use(self.model, file) else { return };
        let Some(seal) = self.model.documents.get(id).and_then(|document| document.seal) else { return };
        self.model.enrolment.joining = Some((number, None));
        self.run(KeysEffect::ReadSeal(number, seal.id));
        self.note(Topic::Verification);
    }

    fn seal_read(&mut self, number: u32, kept: Result<Vec<u8>, StorageProblem>) {
        let joined = kept.map_err(JoinProblem::NotKept).and_then(|kept| self.joining(number, &kept));
        match joined {
            Ok(Some(effect)) => self.run(effect),
            Ok(None) => {}
            Err(problem) => self.not_joined(number, problem),
        }
    }

    /// What keeps the signatures that a given file adds to the kept one; nothing where the file is gone.
    fn joining(&self, number: u32, kept: &[u8]) -> Result<Option<KeysEffect>, JoinProblem> {
        let Some(file) = self.checked_file(number) else { return Ok(None) };
        let (Some(FileUse::Join(id)), Some(checked)) = (file_use(self.model, file), &file.checked) else {
            return Ok(None);
        };
        let Some(mut head) = self.model.documents.get(id).cloned() else { return Ok(None) };
        let Some(seal) = head.seal else { return Ok(None) };
        let refused = |refusal: JoinRefusal| JoinProblem::Refused(refusal);
        // What lies in storage was checked when it was sealed or added; a damaged one is refused by its structure.
        let held = examine(kept).map(|read| vec![true; read.checks.len()]);
        let held = held.map_err(|unreadable| refused(unreadable.into()))?;
        let whole = merge(&[(kept, &held), (&file.bytes, &checked.1)]).map_err(refused)?;
        let before: Vec<Kid> = signatures_of(kept).map_err(refused)?.into_iter().map(|(kid, _)| kid).collect();
        let mut entries = signatures_of(&whole).map_err(refused)?;
        head.awaits.retain(|awaited| !entries.iter().any(|(kid, _)| *kid == awaited.kid));
        entries.retain(|(kid, _)| !before.contains(kid));
        let FileOutcome::Done(report) = &file.outcome else { return Ok(None) };
        if let Some(finding) = ended(report, &entries) {
            return Err(refused(JoinRefusal::Broken(finding)));
        }
        Ok(Some(KeysEffect::Join {
            file: number,
            document: Box::new(head),
            seal: seal.id,
            entries,
            at: self.stamp.now,
        }))
    }

    fn joined(&mut self, number: u32, document: Document, outcome: Result<(), StorageProblem>) {
        match outcome {
            Ok(()) => {
                let id = document.id;
                self.outbox_sealed(&document);
                self.model.documents.put(document);
                self.model.enrolment.joining = None;
                // The sealed file is read anew, with all its signatures.
                self.model.fillings.retain(|filling| filling.document.id != id);
                self.note(Topic::Cases);
                self.go(Screen::Sealed(id));
            }
            Err(problem) => self.not_joined(number, JoinProblem::NotKept(problem)),
        }
    }

    fn not_joined(&mut self, number: u32, problem: JoinProblem) {
        self.model.enrolment.joining = Some((number, Some(problem)));
        self.note(if number == SIGNED_HERE { Topic::Keys } else { Topic::Verification });
    }

    /// Whose signatures a file that was just sealed waits for.
    pub(super) fn awaited_by(&self, file: &[u8]) -> Vec<crate::domain::Awaited> {
        let Ok(examination) = examine(file) else { return Vec::new() };
        let held = vec![true; examination.checks.len()];
        let report = examination.conclude(&held, &crate::seal::Trust::not_checked(), self.stamp.now);
        awaited(self.model, report.awaited().into_iter())
    }
}

/// The name of a file that was signed: that under which it came. Who gave it finds it again by that.
fn name_of_signed(name: &str) -> String {
    let stem = name.strip_suffix(".asesmen.json").or_else(|| name.strip_suffix(".json")).unwrap_or(name);
    let stem = stem.split(" (").next().unwrap_or(stem);
    format!("{stem}.asesmen.json")
}
