//! Making a package: choosing, looking at it as its receiver will, sealing, encrypting, and noting a handover.

use super::Turn;
use super::sealing::author;
use crate::app::change::Topic;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::packages::{PackageEffect, PackageEvent, TakingBack};
use crate::app::packing::{Made, Packing, PackingField, PackingRefusal, PackingStep, documents_of};
use crate::app::passage::{Passage, Way, given};
use crate::app::problem::{FilesProblem, KeyProblem, StorageProblem};
use crate::app::screen::Screen;
use crate::domain::{CaseId, Initials, PassageId, SealId};
use crate::json::Value;
use crate::seal::{
    EncryptionKey, EncryptionKeyRefusal, Jwk, MOST_BYTES, Package, PackageBody, PackagePurpose, Signer, SigningInput,
    assemble, digest, examine,
};

impl Turn<'_> {
    /// Begins a package of a case.
    pub(super) fn show_packing(&mut self, case: CaseId) {
        self.model.packages.packing = Some(Packing::new(case));
        let documents = documents_of(self.model, case);
        self.run(PackageEffect::ReadCase { case, documents });
    }

    #[inline(never)] // An entry of tools/parts.json.
    pub(super) fn packing(&mut self, event: PackageEvent) {
        self.note(Topic::Packages);
        let now = self.stamp.now;
        match event {
            PackageEvent::CaseRead(case, read) => {
                let Some(mut packing) = self.model.packages.packing.take_if(|packing| packing.case == case) else {
                    return;
                };
                match read {
                    Ok(parts) => packing.read(self.model, parts.opened, parts.forms, now),
                    Err(problem) => packing.step = PackingStep::NotRead(problem),
                }
                self.model.packages.packing = Some(packing);
            }
            PackageEvent::PreviewAsked => self.preview(),
            PackageEvent::SealAsked => self.seal_package(),
            PackageEvent::Signed(outcome) => self.package_signed(outcome),
            PackageEvent::Encrypted(outcome) => self.package_encrypted(outcome),
            PackageEvent::Noted(passage, outcome) => self.passage_noted(*passage, outcome),
            PackageEvent::FileAsked => {
                if let Some(PackingStep::Done(made)) = self.packing_step() {
                    let (name, bytes) = (made.name.clone(), made.bytes.clone());
                    self.run(Effect::Download { name, bytes });
                }
            }
            PackageEvent::TakingBackTyped(text) => self.model.packages.taking_back.reason = text,
            PackageEvent::TakingBackAsked(case) => self.take_back_case(case),
            choice => {
                if let Some(packing) = &mut self.model.packages.packing {
                    choose(packing, choice);
                }
            }
        }
    }

    fn packing_step(&self) -> Option<&PackingStep> {
        self.model.packages.packing.as_ref().map(|packing| &packing.step)
    }

    fn packing_goes_to(&mut self, step: PackingStep) {
        if let Some(packing) = &mut self.model.packages.packing {
            packing.step = step;
        }
    }

    fn preview(&mut self) {
        let Some(packing) = &self.model.packages.packing else { return };
        let made = match packing.purpose {
            // What is not on the tablet yet would not go along.
            PackagePurpose::Handover if !self.model.is_saved() => Err(PackingRefusal::Unsaved),
            _ => packing.package(self.model),
        };
        let Some(packing) = &mut self.model.packages.packing else { return };
        packing.refusal = made.as_ref().err().copied();
        if let Ok(package) = made {
            packing.step = PackingStep::Preview(Box::new(package));
            self.note(Topic::Screen);
        }
    }

    fn seal_package(&mut self) {
        let Some(packing) = &self.model.packages.packing else { return };
        let (PackingStep::Preview(package)
        | PackingStep::KeyFailed(package, _)
        | PackingStep::NotEncrypted(package, _)
        | PackingStep::NotNoted(package, _)) = &packing.step
        else {
            return;
        };
        let (Some(worker), Ok(key)) = (&self.model.worker, &self.model.key) else {
            return self.ask_for_worker(Screen::Pack(packing.case));
        };
        let body = PackageBody {
            seal_id: SealId::new(self.stamp.now, self.entropy(0)),
            author: author(worker, key),
            sealed: self.stamp.now,
            required_signers: vec![Signer { role: worker.role.code().to_owned(), jwk: key.clone() }],
            package: (**package).clone(),
        };
        let (document, package) = (body.to_json(), package.clone());
        let input = SigningInput::new(&document, body.author.kid);
        self.run(PackageEffect::Sign { kid: body.author.kid, bytes: input.bytes() });
        self.packing_goes_to(PackingStep::Signing(package, Box::new((document, input))));
    }

    fn package_signed(&mut self, outcome: Result<Vec<u8>, KeyProblem>) {
        let Some(packing) = &self.model.packages.packing else { return };
        let PackingStep::Signing(package, signing) = &packing.step else { return };
        let (package, case) = (package.clone(), packing.case);
        let signature = match outcome {
            Ok(signature) => signature,
            Err(problem) => return self.packing_goes_to(PackingStep::KeyFailed(package, problem)),
        };
        let (document, input) = &**signing;
        let bytes = assemble(document, &[(input.clone(), signature)]);
        // What our own check refuses, as too deep or too large, would be opened by nobody.
        let (Ok(examination), true) = (examine(&bytes), bytes.len() <= MOST_BYTES) else {
            let Some(packing) = &mut self.model.packages.packing else { return };
            packing.refusal = Some(PackingRefusal::TooLarge);
            packing.step = PackingStep::Choosing;
            return self.note(Topic::Screen);
        };
        let seal_id = examination.seal_id();
        let made =
            Made { seal_id, digest: digest(&bytes), name: file_name(self.model, case, &package, document), bytes };
        match &packing.key {
            Some(key) => {
                let (key, bytes) = (key.clone(), made.bytes.clone());
                self.run(PackageEffect::Encrypt { key, bytes });
                self.packing_goes_to(PackingStep::Encrypting(package, made));
            }
            None => self.package_ready(package, made),
        }
    }

    fn package_encrypted(&mut self, outcome: Result<Vec<u8>, KeyProblem>) {
        let Some(PackingStep::Encrypting(package, made)) = self.packing_step() else { return };
        let (package, mut made) = (package.clone(), made.clone());
        match outcome {
            Ok(bytes) => {
                made.bytes = bytes;
                self.package_ready(package, made);
            }
            Err(problem) => self.packing_goes_to(PackingStep::NotEncrypted(package, problem)),
        }
    }

    /// Gives the file to the worker; of a handover it is noted first, so that no case is in two hands unknown.
    fn package_ready(&mut self, package: Box<Package>, made: Made) {
        if package.purpose == PackagePurpose::Export {
            return self.package_done(made);
        }
        let Some(packing) = &self.model.packages.packing else { return };
        let passage = Passage {
            id: PassageId::new(self.stamp.now, self.entropy(1)),
            case: packing.case,
            way: Way::Given,
            at: self.stamp.now,
            who: [package.receiver.name.clone(), package.receiver.organisation.clone()],
            package: Some((made.seal_id, made.digest.clone())),
            reason: None,
            drafts: packing.draft_lengths(),
        };
        self.run(PackageEffect::Note(Box::new(passage)));
        self.packing_goes_to(PackingStep::Noting(package, made));
    }

    fn package_done(&mut self, made: Made) {
        let (name, bytes) = (made.name.clone(), made.bytes.clone());
        self.run(Effect::Download { name, bytes });
        self.packing_goes_to(PackingStep::Done(made));
        self.note(Topic::Screen);
    }

    fn passage_noted(&mut self, passage: Passage, outcome: Result<(), StorageProblem>) {
        let way = passage.way;
        if outcome.is_ok() {
            self.model.packages.passages.push(passage);
            self.note(Topic::Cases);
            self.note(Topic::Screen);
        }
        if way == Way::TakenBack {
            let taking_back = &mut self.model.packages.taking_back;
            match outcome {
                Ok(()) => *taking_back = TakingBack::default(),
                Err(problem) => {
                    *taking_back =
                        TakingBack { problem: Some(problem), is_writing: false, ..std::mem::take(taking_back) };
                }
            }
            return;
        }
        let Some(PackingStep::Noting(package, made)) = self.packing_step() else { return };
        let (package, made) = (package.clone(), made.clone());
        match outcome {
            Ok(()) => self.package_done(made),
            Err(problem) => self.packing_goes_to(PackingStep::NotNoted(package, problem)),
        }
    }

    fn take_back_case(&mut self, case: CaseId) {
        if given(self.model, case).is_none() || self.model.packages.taking_back.is_writing {
            return;
        }
        let reason = self.model.packages.taking_back.reason.trim().to_owned();
        let who = self.model.worker.as_ref().map(|worker| [worker.name.clone(), worker.organisation.clone()]);
        let Some(who) = who else { return self.ask_for_worker(Screen::Case(case)) };
        let taking_back = &mut self.model.packages.taking_back;
        taking_back.problem = None;
        taking_back.is_refused = reason.is_empty();
        if reason.is_empty() {
            return;
        }
        taking_back.is_writing = true;
        let passage = Passage {
            id: PassageId::new(self.stamp.now, self.entropy(0)),
            case,
            way: Way::TakenBack,
            at: self.stamp.now,
            who,
            package: None,
            reason: Some(reason),
            drafts: Vec::new(),
        };
        self.run(PackageEffect::Note(Box::new(passage)));
    }
}

/// What the worker chooses and types, while nothing is under way.
fn choose(packing: &mut Packing, choice: PackageEvent) {
    if matches!(
        packing.step,
        PackingStep::Preview(_)
            | PackingStep::KeyFailed(..)
            | PackingStep::NotEncrypted(..)
            | PackingStep::NotNoted(..)
    ) {
        if matches!(choice, PackageEvent::ChoosingAsked) {
            packing.step = PackingStep::Choosing;
        }
        return;
    }
    match choice {
        _ if !matches!(packing.step, PackingStep::Choosing) => {}
        PackageEvent::PurposeChosen(purpose) => packing.purpose = purpose,
        PackageEvent::Typed(field, text) => {
            let [name, organisation] = &mut packing.receiver;
            *match field {
                PackingField::Name => name,
                PackingField::Organisation => organisation,
                PackingField::Reason => &mut packing.reason,
                PackingField::Introduced => &mut packing.introduced,
                PackingField::Note => &mut packing.note,
            } = text;
        }
        PackageEvent::Chosen(id, chosen) => {
            if let Some(piece) = packing.pieces.iter_mut().find(|piece| piece.head.id == id) {
                piece.by_hand = Some(chosen);
            }
        }
        PackageEvent::SpecificLeftOut(out) => packing.without_specific = out,
        PackageEvent::ConsentChosen(consent) => packing.consent = consent,
        PackageEvent::KeyGiven(file) => take_key(packing, file),
        PackageEvent::KeyDropped => (packing.key, packing.key_refusal) = (None, None),
        _ => {}
    }
}

/// Takes a key to encrypt to; whose it is fills in for whom the package is, where nobody said yet.
fn take_key(packing: &mut Packing, file: Result<Vec<u8>, FilesProblem>) {
    match file.map_err(|_| EncryptionKeyRefusal::NotAKey).and_then(|bytes| EncryptionKey::read(&bytes)) {
        Err(refusal) => packing.key_refusal = Some(refusal),
        Ok(key) => {
            let whose = [key.name.clone(), key.organisation.clone()];
            for (field, own) in packing.receiver.iter_mut().zip(whose) {
                if field.trim().is_empty() {
                    *field = own.unwrap_or_default();
                }
            }
            packing.key_refusal = None;
            packing.key = Some(key);
        }
    }
}

/// A name without the client's: initials, day and the end of the seal. What is encrypted shows no initials either.
fn file_name(model: &Model, case: CaseId, package: &Package, document: &Value) -> String {
    let text = |path: &[&str]| document.at(path).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (sealed, id) = (text(&["times", "sealed"]), text(&["sealId"]));
    let (day, end) = (sealed.get(..10).unwrap_or_default(), id.get(id.len().saturating_sub(6)..).unwrap_or_default());
    if package.receiver.kid.is_some() {
        return format!("paket-{day}-{end}.asesmen-package.jwe");
    }
    let Initials(initials) = Initials::of(model.cases.get(case).map_or("", |case| &case.name));
    format!("{initials}-paket-{day}-{end}.asesmen-package.json")
}

/// The file of the key that others encrypt to.
pub(super) fn key_file(model: &Model, jwk: &Jwk) -> (String, Vec<u8>) {
    let whose = model.worker.as_ref().map_or(["", ""], |worker| [&worker.name, &worker.organisation]);
    let key = EncryptionKey::of(jwk.clone(), whose[0], whose[1]);
    let end: String = jwk.kid().fingerprint().to_string().chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    (format!("kunci-penerima-{end}.jwk.json"), key.to_json().to_string().into_bytes())
}
