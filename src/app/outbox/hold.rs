//! What a person has to decide before a document is sent, and what stands in the way of sending for now.

use crate::app::problem::StorageProblem;
use crate::domain::{SealId, Timestamp};
use crate::json::{Object, Value};
use crate::seal::Unreadable;

/// A document that is not sent to an endpoint until a person says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// The seal.
    pub seal: SealId,
    /// The endpoint.
    pub url: String,
    /// Why.
    pub reason: HoldReason,
    /// Since when.
    pub at: Timestamp,
    /// Whether a person decided to leave it so.
    pub left: bool,
}

/// Why a document waits for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HoldReason {
    /// The receiver refused it, with this status and these words.
    Refused(u16, String),
    /// The receiver has other bytes under the same seal: the digest of those on this tablet, and of its own where they
    /// could be had.
    Conflict(String, Option<String>),
}

impl Hold {
    /// The record: `sealId`, `endpoint`, `at`, `left`, and `status` with `words`, or `mine` with `theirs`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = Object::default();
        object.set("sealId", self.seal);
        object.set("endpoint", self.url.as_str());
        object.set("at", self.at);
        object.set("left", self.left);
        match &self.reason {
            HoldReason::Refused(status, words) => {
                object.set("status", u32::from(*status));
                object.set("words", words.as_str());
            }
            HoldReason::Conflict(mine, theirs) => {
                object.set("mine", mine.as_str());
                object.set_some("theirs", theirs.as_deref());
            }
        }
        object.into()
    }

    /// Reads the record.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        let reason = match object.text("mine") {
            Some(mine) => HoldReason::Conflict(mine.to_owned(), object.optional_text("theirs")?),
            None => {
                let status = object.get("status")?.as_u64()?.try_into().ok()?;
                HoldReason::Refused(status, object.text("words")?.to_owned())
            }
        };
        Some(Self {
            seal: SealId::from_json(object.get("sealId")?)?,
            url: object.text("endpoint")?.to_owned(),
            reason,
            at: Timestamp::from_json(object.get("at")?)?,
            left: matches!(object.get("left")?, Value::Bool(true)),
        })
    }
}

/// Why a document was not sent this time; it is tried again by itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// No answer came; the browser's words.
    #[error("no answer: {0}")]
    Silent(String),
    /// The receiver cannot take it now.
    #[error("HTTP {0}: {1}")]
    Status(u16, String),
    /// What came as a receipt is not believed.
    #[error("{0}")]
    Receipt(#[from] ReceiptProblem),
    /// The tablet's storage did not do what it was asked.
    #[error("{0}")]
    Storage(StorageProblem),
    /// Somebody still has to sign it.
    #[error("a signature is awaited")]
    Awaited,
}

/// Why a receipt is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptProblem {
    /// It is no sealed file.
    #[error("the receipt cannot be read: {0}")]
    Unreadable(Unreadable),
    /// It is sealed, but no receipt.
    #[error("what came is no receipt")]
    NotAReceipt,
    /// It is for another document.
    #[error("the receipt is for another document")]
    OtherDocument,
    /// It is for other bytes.
    #[error("the receipt is for other bytes")]
    OtherBytes,
    /// It is signed by a key that was not confirmed for this endpoint.
    #[error("the receipt is signed by another key than the one that was confirmed")]
    OtherKey,
    /// Its signature does not hold.
    #[error("the seal of the receipt does not hold")]
    Forged,
    /// The browser cannot check signatures.
    #[error("this browser cannot check signatures")]
    NotChecked,
}
