//! Records in IndexedDB.
//!
//! Every write is one short transaction with `strict` durability, computed beforehand (but for what merges with what is
//! there), and counts only when the browser reports it complete. Nothing sealed and no operation is ever overwritten: both are added, never put.

mod database;
pub mod documents;
pub mod known;
pub mod outbox;
pub mod packages;
mod problem;
mod record;
mod request;
pub mod small;

pub use database::Database;
pub use request::{Request, Rows};

/// Object stores and what their keys are.
pub mod stores {
    /// Cases by case id.
    pub const CASES: &str = "cases";
    /// Heads of documents by document id.
    pub const DOCUMENTS: &str = "documents";
    /// Operations by `[document id, sequence]`.
    pub const OPERATIONS: &str = "operations";
    /// Sealed files by seal id, byte for byte as they were sealed, signatures that came later by `{seal id}/{kid}`, and
    /// attachments that stand beside the file by `{seal id}/{digest}`.
    pub const SEALS: &str = "seals";
    /// Questionnaires by digest, byte for byte as loaded.
    pub const INSTRUMENTS: &str = "instruments";
    /// The worker, by the fixed key `worker`; known keys by `key:{kid}`; the credential, by the fixed key `credential`; what
    /// former keys said by `statement:{kid}`; added forms and notes by keys of their own.
    pub const PROFILE: &str = "profile";
    /// The signing key, by the fixed key `signing`, its private part not to be read out or wrapped; `next` while it is being
    /// renewed; the key for what is encrypted to this tablet, by `encryption`.
    pub const KEYS: &str = "keys";

    /// All of them.
    pub const ALL: [&str; 7] = [CASES, DOCUMENTS, OPERATIONS, SEALS, INSTRUMENTS, PROFILE, KEYS];
}
