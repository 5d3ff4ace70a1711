//! Whose keys are believed, and when.
//!
//! A tablet's clock is only a claim, so keys are judged by the time of receipt: a key that was revoked or ran out later still
//! vouches for what had arrived before.

use super::key::{Jwk, Kid};
use super::report::Finding;
use crate::Timestamp;
use crate::json::{Object, Value, array, object};
use std::cmp::Ordering;
use std::collections::HashMap;

/// A key, who holds it, and from when to when it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct KnownKey {
    /// The key's name.
    pub kid: Kid,
    /// The key itself, where it is at hand.
    pub jwk: Option<Jwk>,
    /// Who holds it.
    pub name: Option<String>,
    /// In which role, as a code.
    pub role: Option<String>,
    /// Of which organisation.
    pub organisation: Option<String>,
    /// From when it counts; always, where nothing is said.
    pub valid_from: Option<Timestamp>,
    /// Until when.
    pub valid_until: Option<Timestamp>,
    /// From when it counts no longer, whatever else is said.
    pub revoked: Option<Revocation>,
}

/// That a key counts no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Revocation {
    /// What is received from then on is not believed.
    pub at: Timestamp,
    /// Why.
    pub reason: Option<String>,
}

/// What a register or a credential says of keys, and when that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// When it was sealed; a plain list has no time.
    pub sealed: Option<Timestamp>,
    /// The keys.
    pub keys: Vec<KnownKey>,
}

/// Whose keys are believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    /// Only these; where nobody said, keys are reported, not judged.
    pub keys: Option<Vec<KnownKey>>,
    /// Keys that count no longer, whether or not they are among those.
    pub revoked: Vec<(Kid, Revocation)>,
}

impl KnownKey {
    /// A key of which nothing but its name is known.
    #[must_use]
    pub const fn of(kid: Kid) -> Self {
        let (name, role, organisation) = (None, None, None);
        Self { kid, jwk: None, name, role, organisation, valid_from: None, valid_until: None, revoked: None }
    }

    /// The record: `kid`, `jwk`, `name`, `role`, `organisation`, `validFrom`, `validUntil`, `revoked`.
    #[must_use]
    pub fn to_object(&self) -> Object {
        let mut object = Object::default();
        object.set("kid", self.kid.to_string());
        object.set_some("jwk", self.jwk.as_ref().map(Jwk::to_json));
        object.set_some("name", self.name.as_deref());
        object.set_some("role", self.role.as_deref());
        object.set_some("organisation", self.organisation.as_deref());
        object.set_some("validFrom", self.valid_from);
        object.set_some("validUntil", self.valid_until);
        object.set_some("revoked", self.revoked.as_ref().map(Revocation::to_json));
        object
    }

    /// Reads the record; a part that is there but unreadable makes the whole unreadable, as does a key that is not the one
    /// its name says.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        let kid = Kid::parse(object.text("kid")?)?;
        Some(Self {
            kid,
            jwk: object.optional("jwk", |jwk| Jwk::read(jwk).ok().filter(|jwk| jwk.kid() == kid))?,
            name: object.optional_text("name")?,
            role: object.optional_text("role")?,
            organisation: object.optional_text("organisation")?,
            valid_from: object.optional("validFrom", Timestamp::from_json)?,
            valid_until: object.optional("validUntil", Timestamp::from_json)?,
            revoked: object.optional("revoked", Revocation::from_json)?,
        })
    }

    /// Takes over what was said of this key: later (`Greater`) than what is known of it, at the same moment, or earlier.
    ///
    /// From when to when it counts is what was said last, and of two said at once the narrower; what was said earlier
    /// changes nothing of that. A revocation is never taken back, whenever it was said, and the earliest counts: a key is
    /// made anew in a minute, and one that came back would vouch for whoever has stolen it. So the order in which
    /// statements are heard does not matter, and no old one can be used against a newer one.
    pub fn hear(&mut self, said: &Self, when: Ordering) {
        match when {
            Ordering::Greater => (self.valid_from, self.valid_until) = (said.valid_from, said.valid_until),
            Ordering::Equal => {
                self.valid_from = self.valid_from.max(said.valid_from);
                self.valid_until = self.valid_until.into_iter().chain(said.valid_until).min();
            }
            Ordering::Less => {}
        }
        if let Some(revoked) = &said.revoked {
            self.revoke(revoked.clone());
        }
    }

    /// From when on it does not count any more; an earlier day stays.
    pub fn revoke(&mut self, revocation: Revocation) {
        if self.revoked.as_ref().is_none_or(|revoked| revocation.at < revoked.at) {
            self.revoked = Some(revocation);
        }
    }

    /// Takes over who holds it, where that is not known yet.
    fn name_by(&mut self, said: &Self) {
        for (place, said) in
            [(&mut self.name, &said.name), (&mut self.role, &said.role), (&mut self.organisation, &said.organisation)]
        {
            if place.is_none() {
                place.clone_from(said);
            }
        }
        if self.jwk.is_none() {
            self.jwk.clone_from(&said.jwk);
        }
    }

    /// A register: `keys`.
    #[must_use]
    pub fn list_to_json(keys: &[Self]) -> Value {
        object([("keys", array(keys.iter().map(|key| key.to_object().into())))])
    }

    /// Reads a register; one key that cannot be read makes the whole unreadable, since it may be the revoked one.
    #[must_use]
    pub fn list_from_json(value: &Value) -> Option<Vec<Self>> {
        value.get("keys")?.as_array()?.iter().map(Self::from_json).collect()
    }
}

impl Revocation {
    /// The record: `at`, `reason`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = Object::default();
        object.set("at", self.at);
        object.set_some("reason", self.reason.as_deref());
        object.into()
    }

    /// Reads it.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        Some(Self { at: Timestamp::from_json(object.get("at")?)?, reason: object.optional_text("reason")? })
    }
}

impl Trust {
    /// Nobody said whose keys are believed.
    #[must_use]
    pub fn not_checked() -> Self {
        Self::default()
    }

    /// Only these keys, at all times.
    #[must_use]
    pub fn only(kids: impl IntoIterator<Item = Kid>) -> Self {
        Self::known(kids.into_iter().map(KnownKey::of).collect())
    }

    /// Only the keys of a register.
    #[must_use]
    pub const fn known(keys: Vec<KnownKey>) -> Self {
        Self { keys: Some(keys), revoked: Vec::new() }
    }

    /// Only the keys of which something was said, each as [`KnownKey::hear`] tells: of what is sealed the newest statement
    /// about a key counts, in whatever order they come, and its limits are narrowed by plain lists. With them, for each
    /// statement, of how many of its keys another one says something newer.
    #[must_use]
    pub fn stated(statements: &[Statement]) -> (Self, Vec<usize>) {
        let mut newest: HashMap<Kid, Timestamp> = HashMap::new();
        for statement in statements {
            for (key, sealed) in statement.keys.iter().zip(statement.sealed.iter().cycle()) {
                let last = newest.entry(key.kid).or_insert(*sealed);
                *last = (*last).max(*sealed);
            }
        }
        let is_older = |statement: &Statement, key: &KnownKey| {
            statement.sealed.is_some_and(|sealed| newest.get(&key.kid).is_some_and(|newest| sealed < *newest))
        };
        let mut known: HashMap<Kid, KnownKey> = HashMap::new();
        for older in [false, true] {
            for statement in statements {
                for key in statement.keys.iter().filter(|key| is_older(statement, key) == older) {
                    let heard = known.entry(key.kid).or_insert_with(|| KnownKey::of(key.kid));
                    heard.name_by(key);
                    heard.hear(key, if older { Ordering::Less } else { Ordering::Equal });
                }
            }
        }
        let count = |statement: &Statement| statement.keys.iter().filter(|key| is_older(statement, key)).count();
        let outdated = statements.iter().map(count).collect();
        let mut keys: Vec<KnownKey> = known.into_values().collect();
        keys.sort_unstable_by_key(|key| key.kid);
        (Self::known(keys), outdated)
    }

    /// What is known of a key. Where a register names it twice, the first entry counts.
    #[must_use]
    pub fn find(&self, kid: Kid) -> Option<&KnownKey> {
        self.keys.iter().flatten().find(|key| key.kid == kid)
    }

    /// Judges a key that signed in a role, by the time of receipt.
    pub(crate) fn judge(&self, role: &str, kid: Kid, at: Timestamp, findings: &mut Vec<Finding>) {
        let role = role.to_owned();
        let entries = || self.keys.iter().flatten().filter(|key| key.kid == kid);
        let listed = self.revoked.iter().filter(|(revoked, _)| *revoked == kid).map(|(_, revocation)| revocation);
        let revocations = entries().filter_map(|key| key.revoked.as_ref()).chain(listed);
        if let Some(first) = revocations.min_by_key(|revocation| revocation.at).filter(|first| first.at <= at) {
            let (since, reason) = (first.at, first.reason.clone());
            findings.push(Finding::RevokedKey { role: role.clone(), kid, since, reason });
        }
        match (&self.keys, self.find(kid)) {
            (None, _) => findings.push(Finding::TrustNotChecked { role, kid }),
            (Some(_), None) => findings.push(Finding::UntrustedKey { role, kid }),
            (_, Some(key)) => {
                if let Some(from) = key.valid_from.filter(|from| at < *from) {
                    findings.push(Finding::KeyNotYetValid { role: role.clone(), kid, from });
                }
                if let Some(until) = key.valid_until.filter(|until| *until < at) {
                    findings.push(Finding::KeyExpired { role: role.clone(), kid, until });
                }
                if let Some(known) = key.role.as_ref().filter(|known| **known != role) {
                    findings.push(Finding::RoleDiffers { role, kid, known: known.clone() });
                }
            }
        }
    }
}
