//! A new key for this tablet, announced by the old one; and the passphrase of a key that the browser cannot keep by itself.

use super::Turn;
use crate::app::change::Topic;
use crate::app::effect::Effect;
use crate::app::enrolment::{CosigningStep, KeysEffect, KeysEvent, Renewal, SignedFor};
use crate::app::known::{How, KnownKey, own_card};
use crate::app::model::SealingStep;
use crate::app::packing::PackingStep;
use crate::app::problem::KeyProblem;
use crate::domain::SealId;
use crate::json::Value;
use crate::seal::{About, Author, Format, Jwk, Kid, Signer, SigningInput, assemble, examine};

/// The shortest passphrase that wraps a key, in characters: whoever copies the wrapped key can try passphrases for as long
/// as they like.
const SHORTEST: usize = 12;

impl Turn<'_> {
    pub(super) fn renewal(&mut self, event: KeysEvent) {
        match event {
            KeysEvent::RenewalAsked => self.begin_renewal(),
            KeysEvent::NextMade(made) => self.announce(made),
            KeysEvent::Signed(SignedFor::Statement, outcome) => self.statement_signed(outcome),
            KeysEvent::Renewed(outcome) => self.renewed(outcome),
            KeysEvent::StatementAsked(old) => self.give_statement(old),
            KeysEvent::PassphraseGiven(words) => self.passphrase_given(words),
            KeysEvent::Unlocked(outcome) => self.unlocked(outcome),
            _ => {}
        }
    }

    fn renewal_step(&mut self, step: Renewal) {
        self.model.enrolment.renewal = Some(step);
    }

    fn begin_renewal(&mut self) {
        let under_way = matches!(
            self.model.enrolment.renewal,
            Some(Renewal::Making | Renewal::Announcing { .. } | Renewal::Replacing(_))
        );
        // What is being signed names the old key.
        if under_way || self.model.sealing.is_some() || own_card(self.model).is_none() {
            return;
        }
        self.renewal_step(Renewal::Making);
        self.run(KeysEffect::MakeNext);
    }

    fn announce(&mut self, made: Result<Jwk, KeyProblem>) {
        if !matches!(self.model.enrolment.renewal, Some(Renewal::Making)) {
            return;
        }
        let next = match made {
            Ok(next) => next,
            Err(problem) => return self.renewal_step(Renewal::Failed(problem)),
        };
        let Some(document) = self.statement(&next) else { return };
        let Ok(old) = self.model.key.as_ref().map(Jwk::kid) else { return };
        let input = SigningInput::new(&document, old);
        self.run(KeysEffect::Sign(SignedFor::Statement, old, input.bytes()));
        self.renewal_step(Renewal::Announcing { next, document, input });
    }

    /// The statement that a key takes the place of this tablet's: a register of the two, by the old one.
    fn statement(&self, next: &Jwk) -> Option<Value> {
        let old = own_card(self.model)?;
        let now = self.stamp.now;
        let mut new = crate::app::KeyCard { jwk: next.clone(), ..old.clone() }.known();
        new.valid_from = Some(now);
        let mut retired = old.known();
        retired.valid_until = Some(now);
        let author = Author {
            name: old.name.clone(),
            role: old.role.clone(),
            organisation: old.organisation.clone(),
            licence_number: old.licence_number.clone(),
            kid: old.kid(),
        };
        let signers = [Signer { role: old.role.clone(), jwk: old.jwk.clone() }];
        let mut document = Format::Register.head(SealId::new(now, self.entropy(0)), &author, now, &signers);
        document.set("register", crate::seal::KnownKey::list_to_json(&[retired, new]));
        Some(document.into())
    }

    fn statement_signed(&mut self, outcome: Result<Vec<u8>, KeyProblem>) {
        let Some(Renewal::Announcing { next, document, input }) = &self.model.enrolment.renewal else { return };
        let next = next.kid();
        let statement = match outcome {
            Ok(signature) => assemble(document, &[(input.clone(), signature)]),
            Err(problem) => return self.renewal_step(Renewal::Failed(problem)),
        };
        let Some(old) = self.retired() else { return };
        self.renewal_step(Renewal::Replacing(statement.clone()));
        self.run(KeysEffect::Renew { old, next, statement });
    }

    /// The key of this tablet as it is known once another took its place.
    fn retired(&self) -> Option<KnownKey> {
        let mut key = own_card(self.model)?.known();
        key.valid_until = Some(self.stamp.now);
        Some(KnownKey { said: Some(self.stamp.now), ..KnownKey::new(key, How::Own, self.stamp.now) })
    }

    fn renewed(&mut self, outcome: Result<Jwk, KeyProblem>) {
        let Some(Renewal::Replacing(statement)) = self.model.enrolment.renewal.take() else { return };
        let next = match outcome {
            Ok(next) => next,
            Err(problem) => return self.renewal_step(Renewal::Failed(problem)),
        };
        let Some(retired) = self.retired() else { return };
        let old = retired.key.kid;
        super::keys::learn(&mut self.model.known, retired);
        self.model.key = Ok(next);
        self.model.enrolment.credential = None;
        self.model.enrolment.statements.push((old, statement));
        self.renewal_step(Renewal::Done(old));
        self.note(Topic::Screen);
        self.give_statement(old);
    }

    /// Gives the statement by which a former key announced the next, as often as it is asked for.
    fn give_statement(&mut self, old: Kid) {
        let kept = self.model.enrolment.statements.iter().find(|(kid, _)| *kid == old);
        let Some((_, statement)) = kept else { return };
        let kid = successor(statement, old).unwrap_or(old).fingerprint().to_string();
        let name = format!("kunci-baru-{}.asesmen.json", kid.split(' ').next().unwrap_or_default());
        self.run(Effect::Download { name, bytes: statement.clone() });
    }

    fn passphrase_given(&mut self, words: String) {
        let makes = matches!(self.model.key, Err(KeyProblem::NotKept | KeyProblem::ShortPassphrase));
        if makes && words.chars().count() < SHORTEST {
            self.model.enrolment.passphrase = Some(KeyProblem::ShortPassphrase);
            return;
        }
        self.model.enrolment.passphrase = None;
        self.run(KeysEffect::Unlock(words));
    }

    /// The key is open. What waited for it goes on by the same hand: it is asked for again.
    fn unlocked(&mut self, outcome: Result<Jwk, KeyProblem>) {
        match outcome {
            Err(problem) => self.model.enrolment.passphrase = Some(problem),
            Ok(key) => {
                self.model.key = Ok(key);
                self.model.enrolment.passphrase = None;
                self.unlock_what_waits();
                match self.model.after_worker.take() {
                    Some(screen) => self.go(screen),
                    None => self.note(Topic::Screen),
                }
            }
        }
    }

    /// Whatever failed because the key was locked stands again as before it was asked for.
    fn unlock_what_waits(&mut self) {
        if let Some(sealing) = &self.model.sealing
            && matches!(sealing.step, SealingStep::KeyFailed(_))
        {
            self.give_up_sealing();
        }
        if let Some(cosigning) = &mut self.model.enrolment.cosigning
            && matches!(cosigning.step, CosigningStep::KeyFailed(_))
        {
            cosigning.step = CosigningStep::Reading;
        }
        if let Some(Renewal::Failed(_)) = self.model.enrolment.renewal {
            self.model.enrolment.renewal = None;
        }
        if let Some(packing) = &mut self.model.packages.packing
            && let PackingStep::KeyFailed(package, _) = &packing.step
        {
            packing.step = PackingStep::Preview(package.clone());
            self.note(Topic::Packages);
        }
    }
}

/// The key that a statement says takes the place of the old one.
fn successor(statement: &[u8], old: Kid) -> Option<Kid> {
    let examination = examine(statement).ok()?;
    let About::Register(keys) = examination.about() else { return None };
    keys.iter().map(|key| key.kid).find(|kid| *kid != old)
}
