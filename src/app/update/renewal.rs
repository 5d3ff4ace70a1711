//! A new key for this tablet, announced by the old one; and the passphrase of a key that the browser cannot keep by itself.

use super::Turn;
use crate::app::change::Topic;
use crate::app::effect::Effect;
use crate::app::enrolment::{KeysEffect, KeysEvent, Renewal, SignedFor};
use crate::app::known::{How, KnownKey, own_card};
use crate::app::model::SealingStep;
use crate::app::problem::KeyProblem;
use crate::domain::SealId;
use crate::json::Value;
use crate::seal::{Author, Format, Jwk, Signer, SigningInput, assemble};

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
            KeysEvent::StatementAsked => self.give_statement(),
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
        let Some(card) = own_card(self.model) else { return };
        let mut key = card.known();
        key.valid_until = Some(self.stamp.now);
        self.renewal_step(Renewal::Replacing(statement));
        self.run(KeysEffect::Renew(KnownKey { key, confirmed: self.stamp.now, how: How::Own, said: None }, next));
    }

    fn renewed(&mut self, outcome: Result<Jwk, KeyProblem>) {
        let Some(Renewal::Replacing(statement)) = self.model.enrolment.renewal.take() else { return };
        match outcome {
            Ok(next) => {
                if let Some(card) = own_card(self.model) {
                    let mut key = card.known();
                    key.valid_until = Some(self.stamp.now);
                    self.model.known.put(KnownKey { key, confirmed: self.stamp.now, how: How::Own, said: None });
                }
                self.model.key = Ok(next);
                self.model.enrolment.credential = None;
                self.renewal_step(Renewal::Done(statement));
                self.note(Topic::Screen);
                self.give_statement();
            }
            Err(problem) => self.renewal_step(Renewal::Failed(problem)),
        }
    }

    fn give_statement(&mut self) {
        let Some(Renewal::Done(statement)) = &self.model.enrolment.renewal else { return };
        let Ok(key) = &self.model.key else { return };
        let kid = key.kid().fingerprint().to_string();
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

    /// The key is open. What waited for it goes on by the same hand: sealing is asked for again.
    fn unlocked(&mut self, outcome: Result<Jwk, KeyProblem>) {
        match outcome {
            Err(problem) => self.model.enrolment.passphrase = Some(problem),
            Ok(key) => {
                self.model.key = Ok(key);
                self.model.enrolment.passphrase = None;
                if let Some(sealing) = &self.model.sealing
                    && matches!(sealing.step, SealingStep::KeyFailed(_))
                {
                    self.give_up_sealing();
                }
                match self.model.after_worker.take() {
                    Some(screen) => self.go(screen),
                    None => self.note(Topic::Screen),
                }
            }
        }
    }
}
