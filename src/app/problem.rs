//! What can go wrong outside, as the screens have to put it in words. No words here.

use crate::form::LoadRefusal;

/// Storage did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageProblem {
    /// The browser gives no storage at all (private window, blocked by policy, ancient).
    #[error("the browser refuses storage: {0}")]
    Blocked(String),
    /// The tablet or the browser's share of it is full.
    #[error("storage is full")]
    Full,
    /// Another window wrote to the same place first.
    #[error("another window wrote first")]
    Conflict,
    /// The records were written by a newer version of the app.
    #[error("the records belong to a newer version")]
    NewerVersion,
    /// A record exists but cannot be read.
    #[error("record {0} cannot be read")]
    Unreadable(String),
    /// A record that should exist does not.
    #[error("record {0} is missing")]
    Missing(String),
    /// A record was read, and the part of the app that it needs could not be loaded; the browser's words.
    #[error("part of the app is missing: {0}")]
    PartMissing(String),
    /// Anything else, in the browser's words.
    #[error("storage failed: {0}")]
    Failed(String),
}

/// A form cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstrumentProblem {
    /// It could not be fetched, and no copy is on the tablet.
    #[error("{0} could not be fetched")]
    NotFetched(String),
    /// The engine refuses it.
    #[error("the form is refused: {0}")]
    Refused(LoadRefusal),
    /// The file is another version than the list names.
    #[error("expected {expected}, found {found}")]
    OtherVersion {
        /// The canonical asked for.
        expected: String,
        /// The canonical found.
        found: String,
    },
    /// The exact form a document answers is not on the tablet.
    #[error("the form {0} is not on this tablet")]
    NotKept(String),
}

/// A form from outside cannot be added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddingProblem {
    /// The file or address could not be read, in the browser's words.
    #[error("{0} could not be read")]
    Unread(String),
    /// The engine does not run it, and why.
    #[error("the form is refused for {} reasons", .0.len())]
    Refused(Vec<LoadRefusal>),
    /// It has the address of a built-in form and would take its place.
    #[error("the form has the address of a built-in one")]
    BuiltIn,
    /// It could not be kept.
    #[error("the form could not be kept: {0}")]
    NotKept(StorageProblem),
}

/// The signing key cannot be made or used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyProblem {
    /// Browsers give keys only to pages opened over https or from the tablet itself.
    #[error("the page was opened over an insecure address")]
    InsecureOrigin,
    /// The key was made but the browser did not keep it.
    #[error("the browser does not keep keys")]
    NotKept,
    /// Another key has taken the place of the one that was to sign.
    #[error("the key was replaced")]
    Replaced,
    /// The browser does not keep keys; the key lies wrapped and a passphrase opens it.
    #[error("the key is locked")]
    Locked,
    /// The passphrase does not open the key.
    #[error("the passphrase does not open the key")]
    WrongPassphrase,
    /// The passphrase is too short to wrap a key with.
    #[error("the passphrase is too short")]
    ShortPassphrase,
    /// No key has been made yet.
    #[error("there is no key")]
    Missing,
    /// Anything else, in the browser's words.
    #[error("the key failed: {0}")]
    Failed(String),
}

/// A file could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilesProblem {
    /// The file could not be read.
    #[error("the file could not be read: {0}")]
    Unread(String),
}
