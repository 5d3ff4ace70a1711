//! The keys that this tablet knows: whose they are, who said so, and from when to when they count.
//!
//! Invariant: a key is known only after a person compared its fingerprint, or after somebody whose key was known in that
//! way vouched for it. What is known is never forgotten: a key that is not used any more stays, with the day from which it
//! does not count, because what it signed before still has to be judged. An older list of an issuer changes nothing that a
//! newer one said, but for a revocation, which stays whenever it is heard.

use super::enrolment::Reading;
use super::key_card::KeyCard;
use super::model::Model;
use super::shelf::Kept;
use crate::domain::{Role, Timestamp};
use crate::json::Value;
use crate::seal::{Kid, Revocation, Trust};

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
    /// The key, whose it is, and from when to when it counts.
    pub key: crate::seal::KnownKey,
    /// When it came to be known.
    pub confirmed: Timestamp,
    /// How.
    pub how: How,
    /// When that was sealed which last said from when to when it counts; nothing where nobody did, as a card says nothing of
    /// that.
    pub said: Option<Timestamp>,
}

impl Kept for KnownKey {
    type Id = Kid;

    fn id(&self) -> Kid {
        self.key.kid
    }
}

impl KnownKey {
    /// A key as it comes to be known, without anybody's word on when it counts.
    #[must_use]
    pub const fn new(key: crate::seal::KnownKey, how: How, at: Timestamp) -> Self {
        Self { key, confirmed: at, how, said: None }
    }

    /// The record: that of a key in a register, and `confirmed`, `how`, `said`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = self.key.to_object();
        object.set("confirmed", self.confirmed);
        object.set("how", self.how.code());
        object.set_some("said", self.said);
        object.into()
    }

    /// Reads the record; a part that is there but unreadable makes the whole record unreadable.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let key = crate::seal::KnownKey::from_json(value)?;
        let confirmed = Timestamp::from_json(value.get("confirmed")?)?;
        let how = How::from_json(value.get("how")?)?;
        // Records from before it was noted do not say when.
        let limits = key.valid_from.is_some() || key.valid_until.is_some();
        let said = value.as_object()?.optional("said", Timestamp::from_json)?.or(limits.then_some(confirmed));
        Some(Self { key, confirmed, how, said })
    }

    /// What is known where two windows know something of the same key, in whatever order they write and however often. Whose
    /// it is says the later word, that of a person above that of a register; from when to when it counts, what
    /// was sealed last; and of two withdrawals the earlier stays, whatever else is said.
    #[must_use]
    pub fn merged(self, other: Self) -> Self {
        let latest = if self.hearing() >= other.hearing() { &self } else { &other };
        let (said, valid_from, valid_until) = (latest.said, latest.key.valid_from, latest.key.valid_until);
        let withdrawals = [&self.key.revoked, &other.key.revoked].into_iter().flatten();
        let order = |one: &Revocation| (one.at, one.reason.is_none(), one.reason.clone());
        let revoked = withdrawals.min_by_key(|one| order(one)).cloned();
        let (first, second) = if self.word() >= other.word() { (self, other) } else { (other, self) };
        let jwk = first.key.jwk.or(second.key.jwk);
        let key = crate::seal::KnownKey { jwk, valid_from, valid_until, revoked, ..first.key };
        Self { key, said, ..first }
    }

    /// How much the word on whose key it is counts. It hangs on nothing that is said apart from it.
    fn word(&self) -> impl Ord {
        let key = &self.key;
        (self.how != How::Register, self.confirmed, self.how.code(), &key.name, &key.role, &key.organisation)
    }

    /// When it was said from when to when the key counts. Of what was said at once the narrower counts.
    fn hearing(&self) -> impl Ord + use<> {
        let until = self.key.valid_until;
        (self.said, self.key.valid_from, until.is_some(), std::cmp::Reverse(until))
    }

    /// The holder's name; empty where it is not known.
    #[must_use]
    pub fn name(&self) -> &str {
        self.key.name.as_deref().unwrap_or_default()
    }

    /// The holder's role, as a code.
    #[must_use]
    pub fn role(&self) -> &str {
        self.key.role.as_deref().unwrap_or_default()
    }

    /// Whether it counts at a time.
    #[must_use]
    pub fn standing(&self, at: Timestamp) -> Standing {
        match (&self.key.revoked, self.key.valid_from, self.key.valid_until) {
            (Some(revoked), ..) if revoked.at <= at => Standing::Withdrawn(revoked.at),
            (_, Some(from), _) if at < from => Standing::NotYet(from),
            (.., Some(until)) if until < at => Standing::Expired(until),
            _ => Standing::Counts,
        }
    }

    /// Whether its holder can be asked to sign documents at a time: the key itself is there, it counts, and it is another
    /// person's.
    #[must_use]
    pub fn can_sign(&self, at: Timestamp) -> bool {
        let person = Role::from_code(self.role()).is_some() && self.how != How::Own;
        person && self.key.jwk.is_some() && self.standing(at) == Standing::Counts
    }

    /// From when on it does not count any more; an earlier day stays.
    pub fn withdraw(&mut self, at: Timestamp, reason: Option<String>) {
        self.key.revoke(Revocation { at, reason });
    }
}

/// What this tablet believes: the keys it knows, and its own. Nothing is judged before they are read.
#[must_use]
pub fn trust(model: &Model) -> Trust {
    if model.enrolment.reading != Reading::Done {
        return Trust::not_checked();
    }
    let own = own_card(model).filter(|card| !model.known.contains(card.kid()));
    Trust::known(model.known.iter().map(|known| known.key.clone()).chain(own.map(|card| card.known())).collect())
}

/// The card of this tablet's own key.
#[must_use]
pub fn own_card(model: &Model) -> Option<KeyCard> {
    Some(KeyCard::of(model.worker.as_ref()?, model.key.as_ref().ok()?))
}

/// The keys of those who vouch for others: only those that a person compared, or the page that hosts the app gave. One who was
/// vouched for does not vouch.
pub(super) fn issuers(model: &Model) -> Trust {
    let issuers =
        model.known.iter().filter(|known| known.role() == ISSUER && matches!(known.how, How::Fingerprint | How::Host));
    Trust::known(issuers.map(|known| known.key.clone()).collect())
}
