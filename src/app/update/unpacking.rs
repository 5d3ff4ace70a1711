//! Opening a package: reading, checking, comparing with what is here, and taking in.

use super::Turn;
use super::packing::key_file;
use crate::app::change::Topic;
use crate::app::effect::Effect;
use crate::app::known::trust;
use crate::app::packages::{Compared, ComparisonProblem, PackageEffect, PackageEvent};
use crate::app::problem::{FilesProblem, KeyProblem, StorageProblem};
use crate::app::unpacking::{Intake, Plan, UnpackRefusal, Unpacking, UnpackingStep, Unsealed};
use crate::domain::{Case, DocumentId, PassageId};
use crate::seal::{About, Encrypted, MOST_BYTES, digest, examine};

impl Turn<'_> {
    /// Makes ready for a package to be opened.
    pub(super) fn show_unpacking(&mut self) {
        self.model.packages.unpacking = None;
        self.look_at_keys();
        self.run(PackageEffect::ReadOwnKey);
    }

    #[inline(never)] // An entry of tools/parts.json.
    pub(super) fn unpacking(&mut self, event: PackageEvent) {
        self.note(Topic::Packages);
        match event {
            PackageEvent::FileGiven(name, bytes) => self.package_given(name, bytes),
            PackageEvent::Decrypted(number, outcome) if self.is_opening(number) => self.package_decrypted(outcome),
            PackageEvent::Compared(number, outcome) if self.is_opening(number) => self.compared(outcome),
            PackageEvent::TakingInAsked => self.take_in(),
            PackageEvent::TakenIn(outcome) => self.taken_in(outcome),
            PackageEvent::OwnKeyAsked => self.run(PackageEffect::MakeOwnKey),
            PackageEvent::OwnKeyRead(key) => self.model.packages.own_key = Some(key),
            PackageEvent::OwnKeyFileAsked => {
                if let Some(Ok(jwk)) = &self.model.packages.own_key {
                    let (name, bytes) = key_file(self.model, jwk);
                    self.run(Effect::Download { name, bytes });
                }
            }
            _ => {}
        }
    }

    /// Whether an outcome is that of the opening under way, and not of a file given before.
    fn is_opening(&self, number: u32) -> bool {
        self.model.packages.unpacking.as_ref().is_some_and(|unpacking| unpacking.number == number)
    }

    /// A number for an opening that no other has.
    fn next_opening(&mut self) -> u32 {
        self.model.packages.openings += 1;
        self.model.packages.openings
    }

    fn unpacking_goes_to(&mut self, step: UnpackingStep) {
        if let Some(unpacking) = &mut self.model.packages.unpacking {
            unpacking.step = step;
        }
    }

    fn refuse_package(&mut self, refusal: UnpackRefusal) {
        self.unpacking_goes_to(UnpackingStep::Refused(Box::new(refusal)));
    }

    fn package_given(&mut self, name: String, bytes: Result<Vec<u8>, FilesProblem>) {
        if matches!(&self.model.packages.unpacking, Some(Unpacking { step: UnpackingStep::Keeping(_), .. })) {
            return;
        }
        let number = self.next_opening();
        self.model.packages.unpacking = Some(Unpacking { number, name, step: UnpackingStep::Decrypting });
        match bytes {
            Err(problem) => self.refuse_package(UnpackRefusal::Unread(problem)),
            // Base64 makes four of three.
            Ok(bytes) if bytes.len() > MOST_BYTES / 3 * 4 => self.refuse_package(UnpackRefusal::TooLarge),
            Ok(bytes) if Encrypted::is_likely(&bytes) => self.decrypt_package(&bytes),
            Ok(bytes) => self.examine_package(&bytes),
        }
    }

    fn decrypt_package(&mut self, bytes: &[u8]) {
        let encrypted = match Encrypted::read(bytes) {
            Ok(encrypted) => encrypted,
            Err(refusal) => return self.refuse_package(UnpackRefusal::Encryption(refusal)),
        };
        match &self.model.packages.own_key {
            Some(Ok(jwk)) if jwk.kid().to_string() == encrypted.kid => {
                self.run(PackageEffect::Decrypt(self.model.packages.openings, Box::new(encrypted)));
            }
            _ => self.refuse_package(UnpackRefusal::OtherKey(encrypted.kid)),
        }
    }

    fn package_decrypted(&mut self, outcome: Result<Vec<u8>, KeyProblem>) {
        let Some(Unpacking { step: UnpackingStep::Decrypting, .. }) = &self.model.packages.unpacking else { return };
        match outcome {
            Ok(bytes) => self.examine_package(&bytes),
            Err(problem) => self.refuse_package(UnpackRefusal::NotDecrypted(problem)),
        }
    }

    fn examine_package(&mut self, bytes: &[u8]) {
        match unseal(bytes) {
            Err(refusal) => self.refuse_package(refusal),
            Ok(unsealed) => self.compare(unsealed),
        }
    }

    /// Judges what would come in once more, as more is known of keys now.
    pub(super) fn judge_package(&mut self) {
        if let Some(Unpacking { step: UnpackingStep::Ready(plan), .. }) = &self.model.packages.unpacking {
            self.compare(plan.unsealed.clone());
            self.note(Topic::Packages);
        }
    }

    /// Asks for the outcomes of all checks and for what is here of what came.
    fn compare(&mut self, unsealed: Unsealed) {
        self.want_keys();
        let number = self.next_opening();
        if let Some(unpacking) = &mut self.model.packages.unpacking {
            unpacking.number = number;
        }
        let package = &unsealed.package;
        let sealed = package.documents.iter().map(|document| document.id.as_str());
        let ids = sealed.chain(package.drafts.iter().map(|draft| draft.id()));
        self.run(PackageEffect::Compare {
            number,
            checks: unsealed.checks(),
            seals: package.documents.iter().map(|document| document.seal_id).collect(),
            documents: ids.filter_map(|id| DocumentId::parse(id).ok()).collect(),
            forms: package.forms.iter().map(|form| form.text.as_bytes().to_vec()).collect(),
        });
        self.unpacking_goes_to(UnpackingStep::Checking(Box::new(unsealed)));
    }

    fn compared(&mut self, outcome: Result<Compared, ComparisonProblem>) {
        let Some(Unpacking { step: UnpackingStep::Checking(unsealed), .. }) = &self.model.packages.unpacking else {
            return;
        };
        let compared = match outcome {
            Ok(compared) => compared,
            Err(ComparisonProblem::Key(_)) => return self.refuse_package(UnpackRefusal::NoCrypto),
            Err(ComparisonProblem::Storage(problem)) => {
                return self.refuse_package(UnpackRefusal::NotCompared(problem));
            }
        };
        let note = (self.stamp.now, PassageId::new(self.stamp.now, self.entropy(0)));
        let (outcomes, trust) = (&compared.outcomes, trust(self.model));
        match Plan::of(self.model, (**unsealed).clone(), outcomes, &compared.here, &trust, note) {
            Ok(plan) => self.unpacking_goes_to(UnpackingStep::Ready(Box::new(plan))),
            Err(report) => self.refuse_package(UnpackRefusal::Broken(report)),
        }
        self.note(Topic::Screen);
    }

    fn take_in(&mut self) {
        let Some(unpacking) = &self.model.packages.unpacking else { return };
        let plan = match &unpacking.step {
            UnpackingStep::Ready(plan) => plan,
            // What is here may be another by now.
            UnpackingStep::NotKept(plan, _) => return self.compare(plan.unsealed.clone()),
            _ => return,
        };
        let is_open = |id: DocumentId| self.model.filling_of(id).is_some_and(|filling| !filling.is_saved());
        let closes = plan.intake.documents.iter().any(|document| document.closes && is_open(document.head.id));
        if !plan.brings_something() || closes || plan.intake.drafts.iter().any(|draft| is_open(draft.head.id)) {
            return;
        }
        let (plan, intake) = (plan.clone(), plan.intake.clone());
        self.run(PackageEffect::Keep(Box::new(intake)));
        self.unpacking_goes_to(UnpackingStep::Keeping(plan));
    }

    fn taken_in(&mut self, outcome: Result<(), StorageProblem>) {
        let Some(Unpacking { step: UnpackingStep::Keeping(plan), .. }) = &self.model.packages.unpacking else { return };
        let plan = plan.clone();
        match outcome {
            Err(problem) => self.unpacking_goes_to(UnpackingStep::NotKept(plan, problem)),
            Ok(()) => {
                self.take_over(plan.intake.clone());
                self.unpacking_goes_to(UnpackingStep::Kept(plan));
                self.note(Topic::Cases);
                self.note(Topic::Screen);
            }
        }
    }

    fn take_over(&mut self, intake: Intake) {
        let sealed = intake.documents.into_iter().map(|document| document.head);
        // The sealed file is read anew, with all its signatures.
        let signed = intake.signatures.into_iter().map(|signed| signed.head);
        for head in sealed.chain(signed).chain(intake.drafts.into_iter().map(|draft| draft.head)) {
            // What was open of it was read before.
            self.model.fillings.retain(|filling| filling.document.id != head.id);
            self.outbox_sealed(&head);
            self.model.documents.put(head);
        }
        if let Some(case) = intake.case {
            self.model.cases.put(case);
        }
        self.model.packages.passages.extend(intake.passage);
    }
}

/// Reads a file as a package, its documents included.
fn unseal(bytes: &[u8]) -> Result<Unsealed, UnpackRefusal> {
    if bytes.len() > MOST_BYTES {
        return Err(UnpackRefusal::TooLarge);
    }
    let examination = examine(bytes).map_err(|unreadable| match unreadable {
        crate::seal::Unreadable::Package(refusal) => UnpackRefusal::Package(refusal),
        other => UnpackRefusal::Unreadable(other),
    })?;
    let About::Package(package) = examination.about() else { return Err(UnpackRefusal::NoPackage) };
    let package = (**package).clone();
    let case = Case::from_json(&package.case).ok_or(UnpackRefusal::Record)?;
    let seals = package.documents.iter().map(crate::seal::Contained::examine).collect();
    Ok(Unsealed { examination, package, digest: digest(bytes), case, seals })
}
