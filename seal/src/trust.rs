//! Whose keys are believed, and when.
//!
//! A tablet's clock is only a claim, so keys are judged by the time of receipt: a key that was revoked or ran out later still
//! vouches for what had arrived before.

use super::key::{Jwk, Kid};
use super::report::Finding;
use crate::Timestamp;
use crate::json::{Object, Value, array, object};

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
