//! What becomes of each document and draft of a package.

use crate::domain::{Awaited, SealId};
use crate::seal::{Finding, Report, Unreadable};

/// What becomes of a sealed document.
#[derive(Clone, Debug)]
pub enum Fate {
    /// It comes in.
    New,
    /// It is here already.
    Here,
    /// It is here already, and these people's signatures join it.
    Signed(Vec<Awaited>),
    /// It is here already, and a signature that came does not count: refused, the one here stays.
    NotSigned(Finding),
    /// Another file lies here under its seal: refused, the one here stays.
    OtherBytes,
    /// Its seal does not hold: refused.
    Broken(Box<Report>),
    /// It is no sealed document: refused.
    NoSeal(Unreadable),
    /// Its form cannot be used by this version of the app: refused.
    FormRefused,
}

/// A sealed document in a package.
#[derive(Clone, Debug)]
pub struct IncomingDocument {
    /// Its seal.
    pub seal_id: SealId,
    /// The form that it answers, `url|version`.
    pub instrument: String,
    /// What its own seal says, where it has one.
    pub report: Option<Box<Report>>,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftFate {
    /// It comes in.
    New,
    /// All of it is here already.
    Here,
    /// It goes on where the one here ends, by so many entries.
    Longer(usize),
    /// It was sealed here meanwhile.
    Sealed,
    /// Each of the two has what the other has not: the one here stays.
    Apart,
    /// It cannot be read.
    Unreadable,
}

/// A draft in a package.
#[derive(Clone, Debug)]
pub struct IncomingDraft {
    /// Which.
    pub id: String,
    /// The form that it answers, `url|version`.
    pub instrument: String,
    /// What becomes of it.
    pub fate: DraftFate,
}
