//! Identifiers: UUID version 7 (RFC 9562, 5.7), so that they sort by the time they were made and never collide between
//! tablets that have never met.

use crate::time::Timestamp;
use uuid::{Builder, Uuid};

/// A text that is not a UUID.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a UUID")]
pub struct IdRefusal(pub String);

/// A UUID of version 7; what [`identifier!`](crate::identifier) makes identifiers of.
#[doc(hidden)]
#[must_use]
pub fn version_7(at: Timestamp, random: [u8; 10]) -> Uuid {
    // Times before 1970 come only from a broken clock; zero keeps the identifier valid and still unique.
    let millis = u64::try_from(at.millis()).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// Makes a type of identifiers: `identifier!("What it names.", Name)`.
#[macro_export]
macro_rules! identifier {
    ($doc:literal, $name:ident) => {
        #[doc = $doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($crate::Uuid);

        impl $name {
            /// Makes an identifier from a time and ten random bytes.
            #[must_use]
            pub fn new(at: $crate::Timestamp, random: [u8; 10]) -> Self {
                Self($crate::version_7(at, random))
            }

            /// Reads the hyphenated lower-case text form, and no other: one identifier has one text.
            ///
            /// # Errors
            /// Refuses anything else.
            pub fn parse(text: &str) -> Result<Self, $crate::IdRefusal> {
                let read = $crate::Uuid::try_parse(text).ok().map(Self).filter(|id| id.to_string() == text);
                read.ok_or_else(|| $crate::IdRefusal(text.to_owned()))
            }

            /// Reads a JSON string that is such a text.
            #[must_use]
            pub fn from_json(value: &$crate::json::Value) -> Option<Self> {
                Self::parse(value.as_str()?).ok()
            }
        }

        impl From<$name> for $crate::json::Value {
            fn from(id: $name) -> Self {
                id.to_string().into()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
    };
}

identifier!("Names a case on every tablet and portal.", CaseId);
identifier!("Names one sealed state of a document; a correction gets a new one.", SealId);
