//! The keys that this tablet knows: whose they are, who said so, and from when to when they count.
//!
//! Invariant: a key is known only after a person compared its fingerprint, or after somebody whose key was known in that
//! way vouched for it. What is known is never forgotten: a key that is not used any more stays, with the day from which it
//! does not count, because what it signed before still has to be judged.

use super::shelf::{Kept, Shelf};
use crate::domain::{Role, Timestamp};
use crate::json::{Object, Value};
use crate::seal::{Jwk, Kid};

/// The role of whoever vouches for keys with credentials and registers.
pub const ISSUER: &str = "issuer";
/// The role of whoever receives sealed files and gives receipts.
pub const RECEIVER: &str = "receiver";

/// How a key came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Somebody compared its fingerprint with its holder.
    Fingerprint,
    /// A credential by a known issuer names it.
    Credential,
    /// A register by a known issuer names it.
    Register,
    /// The page that hosts the app gave it.
    Host,
    /// It was this tablet's own.
    Own,
}

impl How {
    const ALL: [Self; 5] = [Self::Fingerprint, Self::Credential, Self::Register, Self::Host, Self::Own];

    /// The code used in records.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fingerprint => "fingerprint",
            Self::Credential => "credential",
            Self::Register => "register",
            Self::Host => "host",
            Self::Own => "own",
        }
    }

    fn from_json(value: &Value) -> Option<Self> {
        let code = value.as_str()?;
        Self::ALL.into_iter().find(|how| how.code() == code)
    }
}

/// From when a key does not count any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// From when.
    pub at: Timestamp,
    /// Why, as written in a register; none where this tablet's worker took it away.
    pub reason: Option<String>,
}

impl Withdrawal {
    fn to_json(&self) -> Value {
        let mut object = Object::default();
        object.set("at", self.at);
        object.set_some("reason", self.reason.as_deref());
        object.into()
    }

    /// Reads `at` and `reason`.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        Some(Self { at: Timestamp::from_json(object.get("at")?)?, reason: object.optional_text("reason")? })
    }
}

/// Whether a key counts at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Counts,
    /// It counts only from a later time on.
    NotYet(Timestamp),
    /// It counted until then.
    Expired(Timestamp),
    /// It does not count from then on.
    Withdrawn(Timestamp),
}

/// A key that this tablet knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownKey {
    /// Its name.
    pub kid: Kid,
    /// The key itself, where it was given; a register may name keys alone.
    pub jwk: Option<Jwk>,
    /// Whose it is.
    pub name: String,
    /// In which role they sign, as a code.
    pub role: String,
    /// Their organisation.
    pub organisation: String,
    /// From when it counts.
    pub valid_from: Option<Timestamp>,
    /// Until when it counts.
    pub valid_until: Option<Timestamp>,
    /// From when it does not count any more.
    pub revoked: Option<Withdrawal>,
    /// When it came to be known.
    pub confirmed: Timestamp,
    /// How.
    pub how: How,
}

impl Kept for KnownKey {
    type Id = Kid;

    fn id(&self) -> Kid {
        self.kid
    }
}

impl KnownKey {
    /// The record: `kid`, `jwk`, `name`, `role`, `organisation`, `validFrom`, `validUntil`, `revoked`, `confirmed`, `how`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = Object::default();
        object.set("kid", self.kid.to_string());
        object.set_some("jwk", self.jwk.as_ref().map(Jwk::to_json));
        object.set("name", self.name.as_str());
        object.set("role", self.role.as_str());
        object.set("organisation", self.organisation.as_str());
        object.set_some("validFrom", self.valid_from);
        object.set_some("validUntil", self.valid_until);
        object.set_some("revoked", self.revoked.as_ref().map(Withdrawal::to_json));
        object.set("confirmed", self.confirmed);
        object.set("how", self.how.code());
        object.into()
    }

    /// Reads the record; a part that is there but unreadable makes the whole record unreadable, and so does a key that is
    /// not the one that is named.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        let kid = Kid::parse(object.text("kid")?)?;
        let jwk = object.optional("jwk", |jwk| Jwk::read(jwk).ok())?;
        if jwk.as_ref().is_some_and(|jwk| jwk.kid() != kid) {
            return None;
        }
        Some(Self {
            kid,
            jwk,
            name: object.text("name")?.to_owned(),
            role: object.text("role")?.to_owned(),
            organisation: object.text("organisation")?.to_owned(),
            valid_from: object.optional("validFrom", Timestamp::from_json)?,
            valid_until: object.optional("validUntil", Timestamp::from_json)?,
            revoked: object.optional("revoked", Withdrawal::from_json)?,
            confirmed: Timestamp::from_json(object.get("confirmed")?)?,
            how: How::from_json(object.get("how")?)?,
        })
    }

    /// Whether it counts at a time.
    #[must_use]
    pub fn standing(&self, at: Timestamp) -> Standing {
        let later = |time: Timestamp| time.millis() > at.millis();
        match (&self.revoked, self.valid_from, self.valid_until) {
            (Some(revoked), ..) if !later(revoked.at) => Standing::Withdrawn(revoked.at),
            (_, Some(from), _) if later(from) => Standing::NotYet(from),
            (.., Some(until)) if !later(until) => Standing::Expired(until),
            _ => Standing::Counts,
        }
    }

    /// Whether its holder can be asked to sign documents at a time: the key itself is there, it counts, and it is a
    /// person's.
    #[must_use]
    pub fn can_sign(&self, at: Timestamp) -> bool {
        self.jwk.is_some() && self.how != How::Own && self.role_of_a_person() && self.standing(at) == Standing::Counts
    }

    fn role_of_a_person(&self) -> bool {
        Role::from_code(&self.role).is_some()
    }
}

/// Whether a key is known as that of somebody in a role, and counts at a time.
#[must_use]
pub fn counts_as(known: &Shelf<KnownKey>, kid: Kid, role: &str, at: Timestamp) -> bool {
    known.get(kid).is_some_and(|key| key.role == role && key.standing(at) == Standing::Counts)
}
