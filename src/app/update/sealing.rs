//! Sealing a draft, exporting the sealed file, beginning a correction.

use super::Turn;
use crate::app::binding;
use crate::app::casework;
use crate::app::change::Topic;
use crate::app::cosign;
use crate::app::effect::{Effect, Records};
use crate::app::event::{Event, Ticket};
use crate::app::filling::{Filling, SealCheck};
use crate::app::model::{Model, Sealing, SealingStep};
use crate::app::outbox::Upload;
use crate::app::problem::{KeyProblem, StorageProblem};
use crate::app::screen::Screen;
use crate::domain::{Case, Document, DocumentId, Initials, Seal, SealId, Timestamp, Worker};
use crate::fhir::{Form, bundle};
use crate::form::{About, Answer, Detail, Severity, issues, questionnaire_response};
use crate::json::{Value, parse};
use crate::seal::{
    Apart, Author, Detached, DocumentBody, Enclosed, Jwk, Signer, SigningInput, Times, Verdict, apart_in, assemble,
    detach, examine,
};

impl Turn<'_> {
    #[inline(never)] // An entry of tools/parts.json.
    pub(super) fn sealing(&mut self, event: Event) {
        match event {
            Event::SealAsked => self.ask_seal(),
            Event::Signed(outcome) => self.signed(outcome),
            Event::SealStored(outcome) => self.seal_stored(outcome),
            Event::ExportAsked => self.export(),
            Event::FhirAsked => self.export_fhir(),
            Event::CorrectionAsked => self.correct(),
            _ => {}
        }
    }

    fn ask_seal(&mut self) {
        let Some(filling) = self.model.filling().filter(|filling| filling.document.is_draft()) else { return };
        let id = filling.document.id;
        if filling.unreadable > 0 {
            // A seal would say of what cannot be read that it was never asked.
            return self.tell_unreadable_part();
        }
        if self.model.worker.is_none() || self.model.key.is_err() {
            return self.ask_for_worker(Screen::Review(id));
        }
        let under_way = matches!(
            self.model.sealing,
            Some(Sealing {
                step: SealingStep::AwaitingSave | SealingStep::Signing { .. } | SealingStep::Storing { .. },
                ..
            })
        );
        let gated = self.model.rules_problem.is_some()
            || !casework::gates(self.model, &filling.document, self.stamp.now).is_empty();
        if under_way || self.model.is_closing(id) || gated || holds_up(filling) {
            return;
        }
        let seal = Seal { id: SealId::new(self.stamp.now, self.entropy(0)), at: self.stamp.now };
        self.model.sealing = Some(Sealing { document: id, seal, step: SealingStep::AwaitingSave });
        self.note(Topic::Sealing);
        self.try_again();
        self.sealing_may_go_on();
    }

    /// Signs once the last answer is on the tablet: what is sealed must be what is kept.
    pub(super) fn sealing_may_go_on(&mut self) {
        let Some(Sealing { document, seal, step: SealingStep::AwaitingSave }) = &self.model.sealing else { return };
        let (document, seal) = (*document, *seal);
        if self.model.filling_of(document).is_some_and(Filling::is_saved) {
            self.sign(document, seal);
        }
    }

    /// Makes the document and asks for its signature.
    #[inline(never)] // As `sealing`.
    fn sign(&mut self, id: DocumentId, seal: Seal) {
        let Some(filling) = self.model.filling_of(id) else { return };
        // An answer given while the save was awaited may have opened a gap, which the review has to show first.
        if holds_up(filling) {
            return self.give_up_sealing();
        }
        let Some((body, attachments)) = body(self.model, filling, seal) else {
            let step = match &self.model.key {
                Err(problem) => SealingStep::KeyFailed(problem.clone()),
                Ok(_) => SealingStep::NotStored(StorageProblem::Missing(filling.document.case.to_string())),
            };
            return self.step(step);
        };
        let document = body.to_json();
        let input = SigningInput::new(&document, body.author.kid);
        self.run(Effect::Sign { kid: body.author.kid, bytes: input.bytes() });
        self.step(SealingStep::Signing { document, input, attachments });
    }

    /// Ends a sealing that is not on its way into storage; the draft stays as it is.
    pub(super) fn give_up_sealing(&mut self) {
        self.model.sealing = None;
        self.note(Topic::Sealing);
    }

    /// Signs anew, as of now, because an answer arrived while the key was at work.
    fn sign_again(&mut self) {
        if let Some(sealing) = &mut self.model.sealing {
            sealing.seal.at = self.stamp.now;
        }
        self.step(SealingStep::AwaitingSave);
        self.flush();
        self.sealing_may_go_on();
    }

    /// Whether a document about to be sealed says what is on the screen and on the tablet now.
    fn is_current(&self, id: DocumentId, seal: Seal, document: &Value) -> bool {
        let filling = self.model.filling_of(id).filter(|filling| filling.is_saved());
        let body = filling.and_then(|filling| body(self.model, filling, seal));
        body.is_some_and(|(body, _)| body.to_json() == *document)
    }

    fn step(&mut self, step: SealingStep) {
        if let Some(sealing) = &mut self.model.sealing {
            sealing.step = step;
        }
        self.note(Topic::Sealing);
    }

    fn signed(&mut self, outcome: Result<Vec<u8>, KeyProblem>) {
        let Some(Sealing { document: id, seal, step: SealingStep::Signing { document, input, attachments } }) =
            &self.model.sealing
        else {
            return;
        };
        match outcome {
            Err(problem) => self.step(SealingStep::KeyFailed(problem)),
            Ok(_) if !self.is_current(*id, *seal, document) => self.sign_again(),
            Ok(signature) => {
                let bytes = assemble(document, &[(input.clone(), signature)]);
                // A file that our own check cannot read would be a seal for nothing.
                if let Err(unreadable) = examine(&bytes) {
                    return self.step(SealingStep::NotStored(StorageProblem::Failed(unreadable.to_string())));
                }
                let Some(mut head) = self.model.documents.get(*id).cloned() else { return };
                let Some(sequence) = self.model.filling_of(*id).map(Filling::next_sequence) else { return };
                let (seal, attachments) = (*seal, attachments.clone());
                head.seal = Some(seal);
                head.awaits = self.awaited_by(&bytes);
                if let Some(filling) = self.model.filling_of(*id) {
                    head.facts = casework::facts(&self.model.rules, &head, &filling.response);
                }
                let (kept, beside) = (bytes.clone(), attachments.clone());
                self.run(Records::StoreSealed { document: head, seal, sequence, bytes: kept, attachments: beside });
                self.step(SealingStep::Storing { bytes, attachments });
            }
        }
    }

    fn seal_stored(&mut self, outcome: Result<(), StorageProblem>) {
        let Some(sealing) = self.model.sealing.take() else { return };
        let SealingStep::Storing { bytes, attachments } = sealing.step else { return };
        self.note(Topic::Sealing);
        let id = sealing.document;
        if let Err(problem) = outcome {
            if problem == StorageProblem::Conflict {
                // Another window went on writing, or sealed: its part of the journal says which.
                let sequence = self.model.filling_of(id).map_or(0, Filling::next_sequence);
                self.run(Records::ReadFrom { document: id, sequence });
            }
            self.model.sealing = Some(Sealing { step: SealingStep::NotStored(problem), ..sealing });
            return;
        }
        let awaits = self.awaited_by(&bytes);
        let facts = self
            .model
            .filling_of(id)
            .map(|filling| casework::facts(&self.model.rules, &filling.document, &filling.response));
        if let Some(document) = self.model.documents.get_mut(id) {
            document.seal = Some(sealing.seal);
            document.facts = facts.clone().unwrap_or_default();
            document.awaits.clone_from(&awaits);
        }
        if let Some(filling) = self.model.filling_of_mut(id) {
            filling.document.seal = Some(sealing.seal);
            filling.document.facts = facts.unwrap_or_default();
            filling.document.awaits = awaits;
            filling.sealed = Some(bytes);
            filling.attachments = attachments;
        }
        if let Some(document) = self.model.documents.get(id).cloned() {
            self.outbox_sealed(&document);
        }
        self.go(Screen::Sealed(id));
    }

    /// Where another window has sealed a document that is open here as a draft: shows the sealed document; answers that
    /// are here alone become a correction of it, so that none is lost.
    pub(super) fn sealed_elsewhere(&mut self, id: DocumentId) {
        let Some(filling) = self.model.filling_of_mut(id) else { return };
        let Some(seal) = filling.ended.filter(|_| filling.sealed.is_none()) else { return };
        filling.document.seal = Some(seal);
        if let Some(head) = self.model.documents.get_mut(id) {
            head.seal = Some(seal);
        }
        self.note(Topic::Cases);
        if self.model.outbox.is_read {
            // That window may be closed before it has sent it.
            self.run(Upload::Read);
        }
        let Some(filling) = self.model.filling_of(id) else { return };
        if filling.is_saved() {
            self.model.fillings.retain(|filling| filling.document.id != id);
            if self.model.screen.document() == Some(id) {
                self.go(Screen::Sealed(id));
            }
            return;
        }
        if !filling.carried {
            self.begin_correction(id, seal.id);
            if let Some(filling) = self.model.filling_of_mut(id) {
                filling.carried = true;
            }
        }
    }

    /// Checks the kept file of the sealed document on the screen, as anybody else would.
    pub(super) fn check_sealed(&mut self) {
        let Some(filling) = self.model.filling_mut() else { return };
        let Some(bytes) = filling.sealed.as_deref().filter(|_| filling.check.is_none()) else { return };
        match examine(bytes) {
            Ok(examination) => {
                let (ticket, checks) = (Ticket::Document(filling.document.id), examination.checks.clone());
                filling.check = Some(SealCheck::Running(Box::new(examination)));
                self.run(Effect::CheckSignatures { ticket, checks });
            }
            Err(unreadable) => filling.check = Some(SealCheck::Unreadable(unreadable)),
        }
        self.note(Topic::Sealing);
    }

    fn export(&mut self) {
        let Some(filling) = self.model.filling() else { return };
        let Some((bytes, seal)) = filling.sealed.clone().zip(filling.document.seal) else { return };
        let name = file_name(self.model.case_of(filling.document.id), &filling.document, seal.at);
        let named = apart_in(&bytes);
        let found = |apart: Apart| {
            let (_, bytes) = filling.attachments.iter().find(|(digest, _)| *digest == apart.digest)?;
            Some(Effect::Download { name: apart.file_name(), bytes: bytes.clone() })
        };
        let beside: Vec<Effect> = named.into_iter().filter_map(found).collect();
        self.run(Effect::Download { name, bytes });
        // Each by itself, so that whoever has only one of them can still open it.
        beside.into_iter().for_each(|file| self.run(file));
    }

    /// The same content as a FHIR Bundle. A file that does not hold travels as what it is, never as a record that does.
    fn export_fhir(&mut self) {
        let Some(filling) = self.model.filling() else { return };
        let Some((bytes, seal)) = filling.sealed.as_ref().zip(filling.document.seal) else { return };
        let holds = matches!(&filling.check, Some(SealCheck::Done(report)) if report.verdict == Verdict::Valid);
        let Some(file) = parse(bytes).ok().filter(|_| holds) else { return };
        let forms: Vec<Form> = Form::read(&filling.questionnaire).into_iter().collect();
        let name = name_of(self.model.case_of(filling.document.id), &filling.document, seal.at);
        let bytes = bundle(&[file], &forms).to_string().into_bytes();
        self.run(Effect::Download { name: format!("{name}.fhir.json"), bytes });
    }

    /// Begins a new draft with the same answers, which will replace the seal.
    fn correct(&mut self) {
        let Some(filling) = self.model.filling() else { return };
        let Some(seal) = filling.document.seal else { return };
        let document = filling.document.clone();
        let replaced = |other: &&Document| other.replaces == Some(seal.id);
        if let Some(begun) = self.model.documents.iter().find(replaced) {
            let screen = if begun.is_draft() { Screen::Section(begun.id, 0) } else { Screen::Sealed(begun.id) };
            return self.go(screen);
        }
        self.begin_correction(document.id, seal.id);
    }

    fn begin_correction(&mut self, id: DocumentId, replaces: SealId) {
        let Some(filling) = self.model.filling_of(id) else { return };
        let document = filling.document.clone();
        let operations = filling.operations_of_copy(self.stamp.now);
        let questionnaire = filling.questionnaire.clone();
        let revision = document.revision + 1;
        self.create(document.case, document.instrument, questionnaire, operations, revision, Some(replaces));
    }
}

/// The document to be sealed, and the attachments that stand beside it; `None` while case, worker or key are missing.
fn body(model: &Model, filling: &Filling, seal: Seal) -> Option<(DocumentBody, Vec<Enclosed>)> {
    let (worker, key) = (model.worker.as_ref()?, model.key.as_ref().ok()?);
    let case = model.cases.get(filling.document.case)?;
    let mut required_signers = vec![Signer { role: worker.role.code().to_owned(), jwk: key.clone() }];
    required_signers.extend(cosign::cosigners(model, filling, seal.at));
    let Detached { response, files } = detach(&response(model, filling, case, worker, seal.at));
    let body = DocumentBody {
        seal_id: seal.id,
        case: case.id,
        register_number: case.register_number.clone(),
        instrument: filling.document.instrument.clone(),
        revision: filling.document.revision,
        replaces: filling.document.replaces,
        author: author(worker, key),
        times: Times { contact: contact_time(filling), written: filling.written, sealed: seal.at },
        required_signers,
        response,
    };
    Some((body, files))
}

pub(super) fn author(worker: &Worker, key: &Jwk) -> Author {
    Author {
        name: worker.name.clone(),
        role: worker.role.code().to_owned(),
        organisation: worker.organisation.clone(),
        licence_number: worker.licence_number.clone(),
        kid: key.kid(),
    }
}

fn response(model: &Model, filling: &Filling, case: &Case, worker: &Worker, authored: Timestamp) -> Value {
    let subject = case.id.to_string();
    let about = About {
        subject: &subject,
        subject_display: &case.name,
        author_display: &worker.name,
        authored,
        language: model.locale().tag(),
        detail: Detail::Record,
    };
    questionnaire_response(&filling.response, &about)
}

/// When worker and client met, where the form asks for it (code `contact-at`).
fn contact_time(filling: &Filling) -> Option<Timestamp> {
    let response = &filling.response;
    let nodes = response.walk(response.roots()).into_iter();
    let mut asked = nodes.filter(|node| response.item(*node).is_contact_time());
    match response.node(asked.next()?).content.answers.first()? {
        Answer::DateTime(text) => Timestamp::parse(text).ok(),
        _ => None,
    }
}

/// The name of a sealed file.
pub(super) fn file_name(case: Option<&Case>, document: &Document, sealed: Timestamp) -> String {
    format!("{}.asesmen.json", name_of(case, document, sealed))
}

/// A name for files without the client's name: initials, form, local date, revision, and the end of the seal's identifier
/// (of the document's, while it is a draft), by which the files of two clients with the same initials differ.
pub(super) fn name_of(case: Option<&Case>, document: &Document, day: Timestamp) -> String {
    let Initials(initials) = Initials::of(case.map_or("", |case| &case.name));
    let form = document.instrument.url().rsplit('/').next().unwrap_or("form");
    let form: String = form.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let id = document.seal.map_or_else(|| document.id.to_string(), |seal| seal.id.to_string());
    let end = id.rsplit('-').next().map_or("", |end| &end[end.len().saturating_sub(6)..]);
    format!("{initials}-{form}-{}-r{}-{end}", day.date(), document.revision)
}

/// Whether something has to be mended before sealing.
fn holds_up(filling: &Filling) -> bool {
    let wrong = issues(&filling.response).iter().any(|issue| issue.problem.severity() == Severity::Error);
    wrong || !binding::stale(filling).is_empty()
}
