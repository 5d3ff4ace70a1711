//! The seal: what makes a document provable without trusting the tablet.
//!
//! A sealed document is a JWS (RFC 7515) in General JSON Serialization with ES256 signatures and a detached payload. The
//! payload is the RFC 8785 canonical form of the `document` member, so any JOSE library can check each signature. What
//! a library cannot know is held here: every required signer signed exactly once, nobody else did, and nothing outside
//! the signed bytes says anything.
//!
//! Invariant: no keys, clocks or storage. Signing and checking an ECDSA signature are done by the caller (WebCrypto in
//! the browser, `p256` natively); this room prepares the exact bytes and judges the outcome.

mod attachments;
mod beside;
mod content;
mod cosign;
mod digest;
mod document;
#[cfg(feature = "es256")]
pub mod es256;
mod format;
mod id;
mod instrument;
pub mod json;
mod jwe;
mod key;
mod package;
mod report;
#[cfg(feature = "schema")]
pub mod schema;
mod set;
mod signature;
mod time;
mod trust;
mod verify;

pub use attachments::{Apart, AttachmentRefusal, Detached, MOST_INSIDE, apart, apart_in, attach, detach};
pub use beside::{Beside, Presence};
pub use content::{content_digest, items_with};
pub use cosign::{JoinRefusal, add_signature, merge, signatures_of, with_kept};
pub use digest::{digest, sha256, short_form};
pub use document::{Author, DocumentBody, Signer, Times};
pub use format::{About, Credential, DocumentFacts, Format, Receipt};
pub use id::{CaseId, IdRefusal, SealId, version_7};
pub use instrument::InstrumentPin;
pub use jwe::{Encrypted, EncryptionKey, EncryptionKeyRefusal, JweRefusal, content_key, jwe_compact, jwe_header};
pub use key::{Fingerprint, Jwk, KeyRefusal, Kid};
pub use package::{
    Contained, Deliberate, Draft, Enclosed, FormText, LeftOut, LeftOutWhy, MOST_BYTES, Package, PackageBody,
    PackagePurpose, PackageRefusal, Receiver, Terms,
};
pub use report::{Finding, HeaderRefusal, Report, SignatureReport, Verdict};
pub use set::{Member, Relation, relations};
pub use signature::{Payload, SigningInput, assemble, signed_digest};
pub use time::{TimeRefusal, Timestamp};
pub use trust::{KnownKey, Revocation, Statement, Trust};
#[doc(hidden)]
pub use uuid::Uuid;
pub use verify::{Examination, SignatureCheck, Unreadable, examine};
