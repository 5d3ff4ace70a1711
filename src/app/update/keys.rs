//! The keys that this tablet knows, and what is given to it about keys.

use super::Turn;
use crate::app::change::Topic;
use crate::app::effect::Effect;
use crate::app::enrolment::{
    Checking, Given, Kept, KeptCredential, KeyRefused, KeysEffect, KeysEvent, ReadKeys, Reading, SignedFor, Told,
};
use crate::app::event::Checked;
use crate::app::key_card::{CardRefusal, KeyCard};
use crate::app::known::{How, ISSUER, KnownKey, Standing, issuers, own_card};
use crate::app::problem::{FilesProblem, StorageProblem};
use crate::app::shelf::Shelf;
use crate::domain::{DocumentId, Timestamp};
use crate::seal::{self, About, Credential, Kid, Report, Trust, examine};
use std::cmp::Ordering;
use std::collections::HashSet;

impl Turn<'_> {
    #[inline(never)] // An entry of tools/parts.json.
    pub(super) fn keys(&mut self, event: KeysEvent) {
        match event {
            KeysEvent::Read(read) => {
                // Where nothing is new, nothing is drawn anew.
                if !self.keys_read(read) {
                    return;
                }
            }
            KeysEvent::CodeGiven(code) => self.card_given(code.as_bytes()),
            KeysEvent::FilesGiven(files) => files.into_iter().for_each(|(_, bytes)| self.key_file_given(bytes)),
            KeysEvent::Checked(checking, checked) => self.key_file_checked(*checking, &checked),
            KeysEvent::GivenConfirmed => self.confirm_given(),
            KeysEvent::GivenDropped => self.model.enrolment.given = None,
            KeysEvent::Kept(kept) => self.keys_kept(kept),
            KeysEvent::Withdrawn(kid) => self.withdraw(kid),
            KeysEvent::CardAsked => self.give_card(),
            KeysEvent::SignerChosen(id, kid, chosen) => self.choose_signer(id, kid, chosen),
            KeysEvent::RenewalAsked
            | KeysEvent::NextMade(_)
            | KeysEvent::Signed(SignedFor::Statement, _)
            | KeysEvent::Renewed(_)
            | KeysEvent::StatementAsked(_)
            | KeysEvent::PassphraseGiven(_)
            | KeysEvent::Unlocked(_) => self.renewal(event),
            _ => return self.cosign(event),
        }
        self.note(Topic::Keys);
    }

    /// Reads the known keys, where that was not done yet.
    pub(super) fn want_keys(&mut self) {
        if self.model.enrolment.reading == Reading::Unasked {
            self.model.enrolment.reading = Reading::UnderWay;
            self.run(KeysEffect::Read);
        }
    }

    /// Reads the known keys, also where that was done: another window may have written since. What is known is judged by
    /// until then.
    pub(super) fn look_at_keys(&mut self) {
        match self.model.enrolment.reading {
            Reading::Done => self.run(KeysEffect::Read),
            _ => self.want_keys(),
        }
    }

    /// Takes over what was read; whether anything of it is new.
    fn keys_read(&mut self, read: Result<ReadKeys, StorageProblem>) -> bool {
        let again = self.model.enrolment.reading == Reading::Done;
        let read = match read {
            Ok(read) => read,
            // What was read before goes on to count.
            Err(_) if again => return false,
            Err(problem) => {
                // They are read again when they are needed next; until then nothing is judged.
                self.model.enrolment.reading = Reading::Unasked;
                self.model.enrolment.unreadable = vec![problem];
                self.trust_changed();
                return true;
            }
        };
        let enrolment = &mut self.model.enrolment;
        enrolment.reading = Reading::Done;
        let credential = read.credential.and_then(credential_of).map(Box::new);
        let mut unreadable = Vec::new();
        let mut learned = !again;
        for record in read.known {
            match record {
                Ok(known) => learned |= learn(&mut self.model.known, known),
                Err(problem) => unreadable.push(problem),
            }
        }
        let new = learned
            || (&enrolment.credential, &enrolment.statements, &enrolment.unreadable)
                != (&credential, &read.statements, &unreadable);
        (enrolment.credential, enrolment.statements, enrolment.unreadable) = (credential, read.statements, unreadable);
        if learned {
            self.trust_changed();
        }
        new
    }

    /// Judges again what stands on the screen.
    pub(super) fn trust_changed(&mut self) {
        self.judge_files();
        self.judge_package();
        if let Some(filling) = self.model.filling_mut() {
            filling.check = None;
        }
        self.check_sealed();
        self.note(Topic::Sealing);
    }

    fn tell(&mut self, refused: KeyRefused) {
        self.model.enrolment.told = Some(Told::Refused(refused));
    }

    fn key_file_given(&mut self, bytes: Result<Vec<u8>, FilesProblem>) {
        match bytes {
            Err(problem) => self.tell(KeyRefused::Unread(problem)),
            Ok(bytes) => match examine(&bytes) {
                Ok(examination) if matches!(examination.about(), About::Credential(_) | About::Register(_)) => {
                    self.run(KeysEffect::Check(Box::new(Checking { bytes, examination })));
                }
                Ok(_) => self.tell(KeyRefused::NotAboutKeys),
                Err(unreadable) => match KeyCard::read(&bytes) {
                    Err(CardRefusal::NoCard) if is_sealed(&bytes) => self.tell(KeyRefused::Unreadable(unreadable)),
                    _ => self.card_given(&bytes),
                },
            },
        }
    }

    fn card_given(&mut self, bytes: &[u8]) {
        self.model.enrolment.told = None;
        match KeyCard::read(bytes) {
            Err(refusal) => self.tell(KeyRefused::Card(refusal)),
            Ok(card) if self.is_own(card.kid()) => self.tell(KeyRefused::Own),
            Ok(card) => self.model.enrolment.given = Some(Given { card, replaces: None, limits: [None, None] }),
        }
    }

    fn is_own(&self, kid: Kid) -> bool {
        self.model.key.as_ref().is_ok_and(|key| key.kid() == kid)
    }

    fn key_file_checked(&mut self, checking: Checking, checked: &Checked) {
        self.model.enrolment.told = None;
        let outcomes = match checked {
            Ok(outcomes) => outcomes,
            Err(problem) => return self.tell(KeyRefused::NoCrypto(problem.clone())),
        };
        let now = self.stamp.now;
        let report = checking.examination.clone().conclude(outcomes, &issuers(self.model), now);
        let taken = match (broken(&report), &report.about) {
            (None, About::Credential(credential)) => self.take_credential(checking.bytes, credential, &report),
            (None, About::Register(keys)) => self.take_register(keys, &report),
            // Whoever holds a known key may say which one takes its place, and nothing else.
            (Some(KeyRefused::UnknownIssuer(kid)), About::Register(keys)) => {
                let whole = checking.examination.conclude(outcomes, &crate::app::known::trust(self.model), now);
                if broken(&whole).is_some() {
                    Err(KeyRefused::UnknownIssuer(kid))
                } else {
                    self.take_successor(kid, keys, &whole)
                }
            }
            (Some(refused), _) => Err(refused),
            (None, _) => Err(KeyRefused::NotAboutKeys),
        };
        if let Err(refused) = taken {
            self.tell(refused);
        }
    }

    fn take_credential(&mut self, bytes: Vec<u8>, credential: &Credential, report: &Report) -> Result<(), KeyRefused> {
        if !self.is_own(credential.key.kid) {
            return Err(KeyRefused::OtherKey(credential.key.kid));
        }
        let key = KnownKey::new(credential.key.clone(), How::Credential, self.stamp.now);
        if key.standing(self.stamp.now) != Standing::Counts {
            return Err(KeyRefused::NotNow);
        }
        let issuer = format!("{}, {}", report.author, report.organisation);
        let kept = KeptCredential { bytes, credential: credential.clone(), issuer };
        self.keep(Vec::new(), Some(kept), Told::Credential);
        Ok(())
    }

    /// Takes over what a register says. Of keys that are known it says from when to when they count, unless a newer one said
    /// so already; what was withdrawn before stays withdrawn, and what a person compared keeps its name and role. Nobody
    /// comes to vouch for keys by a register: a person has to compare such a key.
    fn take_register(&mut self, entries: &[seal::KnownKey], report: &Report) -> Result<(), KeyRefused> {
        of_the_past(report)?;
        let (mut taken, mut older): (Vec<KnownKey>, HashSet<Kid>) = (Vec::new(), HashSet::new());
        for entry in entries {
            let before = taken.iter().find(|one| one.key.kid == entry.kid).or_else(|| self.model.known.get(entry.kid));
            let Some(new) = registered(entry, before, report.sealed, self.stamp.now) else { continue };
            if new.said > Some(report.sealed) {
                older.insert(entry.kid);
            }
            taken.retain(|one| one.key.kid != entry.kid);
            taken.push(new);
        }
        let told = match older.len() {
            0 => Told::Register(taken.len()),
            count => Told::Refused(KeyRefused::OlderRegister { keys: count, sealed: report.sealed }),
        };
        self.keep(taken, None, told);
        Ok(())
    }

    /// A register by somebody whose key is known, about that key and the one that takes its place: the new one is shown to
    /// be compared, as any other that is given.
    fn take_successor(&mut self, kid: Kid, entries: &[seal::KnownKey], report: &Report) -> Result<(), KeyRefused> {
        of_the_past(report)?;
        let unknown = || KeyRefused::UnknownIssuer(kid);
        let (Some(known), [one, other]) = (self.model.known.get(kid), entries) else { return Err(unknown()) };
        let (old, new) = if one.kid == kid { (one, other) } else { (other, one) };
        // Nobody makes more of themselves than others know them for: neither another role nor a longer time.
        let same = |card: &KeyCard| old.kid == kid && card.kid() != kid && card.role == known.role();
        let card = KeyCard::of_known(new).filter(same).ok_or_else(unknown)?;
        // When it begins, the clock of the other tablet says, which may be ahead.
        let limits = [known.key.valid_from, earlier(new.valid_until, known.key.valid_until)];
        let mut replaced = known.clone();
        replaced.key.valid_until = earlier(old.valid_until, known.key.valid_until);
        replaced.said = known.said.max(Some(report.sealed));
        if let Some(revoked) = &old.revoked {
            replaced.withdraw(revoked.at, revoked.reason.clone());
        }
        self.model.enrolment.given = Some(Given { card, replaces: Some(Box::new(replaced)), limits });
        Ok(())
    }

    /// What of the known keys could not be read: nothing is written over that, since it may be what was withdrawn.
    fn unread(&self, kid: Kid) -> Option<StorageProblem> {
        let (reading, lost) = (self.model.enrolment.reading, &self.model.enrolment.unreadable);
        let kid = kid.to_string();
        lost.iter().find(|problem| reading != Reading::Done || problem.to_string().contains(&kid)).cloned()
    }

    fn confirm_given(&mut self) {
        let Some(Given { card, replaces, limits: [from, until] }) = self.model.enrolment.given.clone() else { return };
        let now = self.stamp.now;
        let mut given = KnownKey::new(card.known(), How::Fingerprint, now);
        (given.key.valid_from, given.key.valid_until) = (from, until);
        given.said = replaces.as_ref().and_then(|replaced| replaced.said);
        if let Some(known) = self.model.known.get(card.kid()) {
            // A card says nothing of limits, so those that are known stay; a statement may only make them narrower.
            let key = &mut given.key;
            key.valid_from = from.max(known.key.valid_from);
            key.valid_until = earlier(until, known.key.valid_until);
            key.revoked.clone_from(&known.key.revoked);
            given.said = given.said.max(known.said);
        }
        let mut keys = vec![given];
        keys.extend(replaces.map(|replaced| *replaced));
        self.keep(keys, None, Told::Known(card.name));
    }

    fn withdraw(&mut self, kid: Kid) {
        let Some(mut known) = self.model.known.get(kid).cloned() else { return };
        known.withdraw(self.stamp.now, None);
        let effect = KeysEffect::Keep(Kept { keys: vec![known], credential: None, told: None, outcome: Ok(()) });
        self.run(effect);
    }

    fn keep(&mut self, keys: Vec<KnownKey>, credential: Option<KeptCredential>, told: Told) {
        if let Some(problem) = keys.iter().find_map(|known| self.unread(known.key.kid)) {
            return self.tell(KeyRefused::NotKept(problem));
        }
        let credential = credential.map(Box::new);
        self.run(KeysEffect::Keep(Kept { keys, credential, told: Some(told), outcome: Ok(()) }));
    }

    fn keys_kept(&mut self, kept: Kept) {
        match kept.outcome {
            Err(problem) => self.tell(KeyRefused::NotKept(problem)),
            Ok(()) => {
                let given = self.model.enrolment.given.as_ref().map(|given| given.card.kid());
                if kept.keys.iter().any(|known| Some(known.key.kid) == given) {
                    self.model.enrolment.given = None;
                }
                for known in kept.keys {
                    learn(&mut self.model.known, known);
                }
                if kept.credential.is_some() {
                    self.model.enrolment.credential = kept.credential;
                }
                self.model.enrolment.told = kept.told;
                self.trust_changed();
            }
        }
    }

    fn give_card(&mut self) {
        let Some(card) = own_card(self.model) else { return };
        let name: String = card.name.chars().filter(|letter| letter.is_alphanumeric()).collect();
        let kid = card.kid().fingerprint().to_string();
        let name = format!("kunci-{name}-{}.json", kid.split(' ').next().unwrap_or_default());
        self.run(Effect::Download { name, bytes: card.to_json().to_string().into_bytes() });
    }

    fn choose_signer(&mut self, id: DocumentId, kid: Kid, chosen: bool) {
        let now = self.stamp.now;
        let Some(filling) = self.model.filling_of(id) else { return };
        let candidates = crate::app::cosign::candidates(self.model, filling, now);
        let before = candidates.iter().filter(|candidate| candidate.chosen).map(|candidate| candidate.kid);
        let mut choice: Vec<Kid> = before.filter(|other| *other != kid).collect();
        if chosen {
            choice.push(kid);
        }
        self.model.enrolment.choice = Some((id, choice));
    }
}

/// Why a sealed file about keys does not count, if it does not.
fn broken(report: &Report) -> Option<KeyRefused> {
    let mut breaking = report.findings.iter().filter(|finding| finding.breaks_seal());
    let of_file = breaking.clone().find(|finding| !finding.is_about_trust());
    match of_file.or_else(|| breaking.next())? {
        seal::Finding::UntrustedKey { kid, .. } => Some(KeyRefused::UnknownIssuer(*kid)),
        finding => Some(KeyRefused::Broken(finding.clone())),
    }
}

/// Refuses what is sealed ahead of this tablet's clock: it would count before all that is said until then.
fn of_the_past(report: &Report) -> Result<(), KeyRefused> {
    let ahead = report.findings.iter().find(|finding| matches!(finding, seal::Finding::FutureTime { .. }));
    ahead.map_or(Ok(()), |ahead| Err(KeyRefused::Broken(ahead.clone())))
}

/// Whether some bytes are meant as a sealed file, so that it is told what is wrong with that.
fn is_sealed(bytes: &[u8]) -> bool {
    let parsed = crate::json::parse(bytes);
    parsed.is_ok_and(|parsed| parsed.get("signatures").is_some())
}

/// A credential as it was kept. It was checked before it was kept, and whoever gets it checks it again.
fn credential_of(bytes: Vec<u8>) -> Option<KeptCredential> {
    let at = Timestamp::from_millis(0, 0).ok()?;
    let report = examine(&bytes).ok()?.conclude(&[], &Trust::not_checked(), at);
    let About::Credential(credential) = report.about else { return None };
    Some(KeptCredential { bytes, credential, issuer: format!("{}, {}", report.author, report.organisation) })
}

/// What is known of a key once a register was heard that was sealed then; nothing new where that is for a person to say.
fn registered(
    entry: &seal::KnownKey,
    before: Option<&KnownKey>,
    sealed: Timestamp,
    now: Timestamp,
) -> Option<KnownKey> {
    let mut key = before.map_or_else(|| seal::KnownKey::of(entry.kid), |known| known.key.clone());
    let heard = before.and_then(|known| known.said);
    let when = heard.map_or(Ordering::Greater, |heard| sealed.cmp(&heard));
    if before.is_none_or(|known| known.how == How::Register) {
        if entry.role.as_deref() == Some(ISSUER) {
            return None;
        }
        for (place, said) in
            [(&mut key.name, &entry.name), (&mut key.role, &entry.role), (&mut key.organisation, &entry.organisation)]
        {
            if said.is_some() && (when.is_ge() || place.is_none()) {
                place.clone_from(said);
            }
        }
    }
    key.jwk = entry.jwk.clone().or(key.jwk);
    key.hear(entry, when);
    let words = |key: &seal::KnownKey| [key.name.clone(), key.role.clone(), key.organisation.clone()];
    // Another word on whose key it is counts from now on.
    let same = before.filter(|known| words(&known.key) == words(&key));
    let (confirmed, how) = same.map_or((now, How::Register), |known| (known.confirmed, known.how));
    Some(KnownKey { key, confirmed, how, said: heard.max(Some(sealed)) })
}

/// The earlier of two ends; one that is not there is never.
fn earlier(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    one.into_iter().chain(other).min()
}

/// Adds to what is known of a key; whether anything of it is new.
pub(super) fn learn(known: &mut Shelf<KnownKey>, new: KnownKey) -> bool {
    let before = known.get(new.key.kid).cloned();
    let merged = before.clone().map_or_else(|| new.clone(), |before| before.merged(new.clone()));
    let is_new = before.as_ref() != Some(&merged);
    known.put(merged);
    is_new
}
