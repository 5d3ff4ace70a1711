//! Records in IndexedDB.
//!
//! Every write is one short transaction with `strict` durability, computed beforehand, and counts only when the browser
//! reports it complete. Nothing sealed and no operation is ever overwritten: both are added, never put.

mod database;
pub mod documents;
pub mod outbox;
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
    /// Sealed files by seal id, byte for byte as exported.
    pub const SEALS: &str = "seals";
    /// Questionnaires by digest, byte for byte as loaded.
    pub const INSTRUMENTS: &str = "instruments";
    /// The worker, by the fixed key `worker`.
    pub const PROFILE: &str = "profile";
    /// Signing keys, by the fixed key `signing`; the private part cannot be read out.
    pub const KEYS: &str = "keys";

    /// All of them.
    pub const ALL: [&str; 7] = [CASES, DOCUMENTS, OPERATIONS, SEALS, INSTRUMENTS, PROFILE, KEYS];
}
