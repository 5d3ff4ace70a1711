//! What a check of a sealed document found, in terms that a command line, a portal and a screen can each put in words.

use super::format::About;
use super::key::Kid;
use crate::json::{Object, Value, array};
use crate::{SealId, Timestamp};

/// The outcome for a whole file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Unchanged, and signed by everybody required (and trusted, where trust was asked for).
    Valid,
    /// At least one finding breaks the seal.
    Invalid,
}

/// One thing found. Positions of signatures count from 1, as people do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// A signature does not belong to this document: the document, the header or the signature was changed.
    #[error("signature {signature} ({role}, key {kid}) does not match the document")]
    SignatureMismatch {
        /// Which signature.
        signature: usize,
        /// The signer's role.
        role: String,
        /// The key.
        kid: Kid,
    },
    /// A signature's header breaks the profile.
    #[error("signature {signature}: {reason}")]
    HeaderRefused {
        /// Which signature.
        signature: usize,
        /// What is wrong with it.
        reason: HeaderRefusal,
    },
    /// Somebody signed who is not named in the document.
    #[error("signature {signature} is by key {kid}, which the document does not ask for")]
    UnexpectedSigner {
        /// Which signature.
        signature: usize,
        /// The key.
        kid: Kid,
    },
    /// The same key signed twice.
    #[error("signature {signature} repeats key {kid}")]
    RepeatedSigner {
        /// Which signature.
        signature: usize,
        /// The key.
        kid: Kid,
    },
    /// Somebody who has to sign did not.
    #[error("the signature of {role} (key {kid}) is missing")]
    MissingSigner {
        /// The role.
        role: String,
        /// The key.
        kid: Kid,
    },
    /// A public key in the document is not the one its name says.
    #[error("the public key given for {role} is not key {kid}")]
    KeyMismatch {
        /// The role.
        role: String,
        /// The name.
        kid: Kid,
    },
    /// The author's key is not among those who have to sign.
    #[error("the author's key is not among the required signers")]
    AuthorDoesNotSign,
    /// A member stands outside the signed document.
    #[error("member “{member}” stands outside what is signed")]
    UnsignedMember {
        /// Its name.
        member: String,
    },
    /// A key is not in the list of trusted keys.
    #[error("key {kid} ({role}) is not on the trust list")]
    UntrustedKey {
        /// The role.
        role: String,
        /// The key.
        kid: Kid,
    },
    /// No trust list was given, so it is proven that the document is unchanged but not who holds the key.
    #[error("key {kid} ({role}) was not compared with a trust list")]
    TrustNotChecked {
        /// The role.
        role: String,
        /// The key.
        kid: Kid,
    },
    /// A key counted no longer when the file was received.
    #[error("key {kid} ({role}) was revoked at {since}{}", reason.as_ref().map(|words| format!(": {words}")).unwrap_or_default())]
    RevokedKey {
        /// The role.
        role: String,
        /// The key.
        kid: Kid,
        /// From when it counts no longer.
        since: Timestamp,
        /// Why.
        reason: Option<String>,
    },
    /// A key had run out when the file was received.
    #[error("key {kid} ({role}) was valid until {until}")]
    KeyExpired {
        /// The role.
        role: String,
        /// The key.
        kid: Kid,
        /// Until when it counted.
        until: Timestamp,
    },
    /// A key did not count yet when the file was received.
    #[error("key {kid} ({role}) is valid only from {from}")]
    KeyNotYetValid {
        /// The role.
        role: String,
        /// The key.
        kid: Kid,
        /// From when it counts.
        from: Timestamp,
    },
    /// Somebody signed in another role than the one under which their key is known. People change roles and stand in for
    /// each other, so this is only to be known.
    #[error("key {kid} signed as {role}, but is known as {known}")]
    RoleDiffers {
        /// The role as signed.
        role: String,
        /// The key.
        kid: Kid,
        /// The role as known.
        known: String,
    },
    /// The tablet's clock was ahead of the checker's.
    #[error("the sealing time {sealed} lies in the future")]
    FutureTime {
        /// The claimed time.
        sealed: Timestamp,
    },
    /// An attachment that stands beside the document was not given with it.
    #[error("the attachment {digest} ({size} bytes) is not among the files")]
    AttachmentMissing {
        /// Its digest.
        digest: String,
        /// Its size in bytes.
        size: u64,
    },
    /// The file that goes by the name of an attachment is another one.
    #[error("the file beside is not the attachment {digest} ({size} bytes)")]
    AttachmentDiffers {
        /// The digest of the one that was sealed.
        digest: String,
        /// Its size in bytes.
        size: u64,
    },
}

impl Finding {
    /// Whether it breaks the seal, or is only to be known.
    #[must_use]
    pub const fn breaks_seal(&self) -> bool {
        !matches!(
            self,
            Self::TrustNotChecked { .. }
                | Self::RoleDiffers { .. }
                | Self::FutureTime { .. }
                | Self::AttachmentMissing { .. }
                | Self::AttachmentDiffers { .. }
        )
    }

    /// Whether it is about whose key it is and when that counts, not about the file.
    #[must_use]
    pub const fn is_about_trust(&self) -> bool {
        matches!(
            self,
            Self::TrustNotChecked { .. }
                | Self::UntrustedKey { .. }
                | Self::RevokedKey { .. }
                | Self::KeyExpired { .. }
                | Self::KeyNotYetValid { .. }
                | Self::RoleDiffers { .. }
        )
    }

    /// The name of this kind of finding, for machines.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::SignatureMismatch { .. } => "signature-mismatch",
            Self::HeaderRefused { .. } => "header-refused",
            Self::UnexpectedSigner { .. } => "unexpected-signer",
            Self::RepeatedSigner { .. } => "repeated-signer",
            Self::MissingSigner { .. } => "missing-signer",
            Self::KeyMismatch { .. } => "key-mismatch",
            Self::AuthorDoesNotSign => "author-does-not-sign",
            Self::UnsignedMember { .. } => "unsigned-member",
            Self::UntrustedKey { .. } => "untrusted-key",
            Self::TrustNotChecked { .. } => "trust-not-checked",
            Self::RevokedKey { .. } => "revoked-key",
            Self::KeyExpired { .. } => "key-expired",
            Self::KeyNotYetValid { .. } => "key-not-yet-valid",
            Self::RoleDiffers { .. } => "role-differs",
            Self::FutureTime { .. } => "future-time",
            Self::AttachmentMissing { .. } => "attachment-missing",
            Self::AttachmentDiffers { .. } => "attachment-differs",
        }
    }

    /// For machines: `finding` (the code), `breaksSeal`, `message`, and which `signature`, `role` and `kid` it is about.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = Object::default();
        object.set("finding", self.code());
        object.set("breaksSeal", self.breaks_seal());
        object.set("message", self.to_string());
        let (signature, role, kid) = match self {
            Self::SignatureMismatch { signature, role, kid } => (Some(*signature), Some(role), Some(kid)),
            Self::HeaderRefused { signature, .. } => (Some(*signature), None, None),
            Self::UnexpectedSigner { signature, kid } | Self::RepeatedSigner { signature, kid } => {
                (Some(*signature), None, Some(kid))
            }
            Self::MissingSigner { role, kid }
            | Self::KeyMismatch { role, kid }
            | Self::UntrustedKey { role, kid }
            | Self::TrustNotChecked { role, kid }
            | Self::RevokedKey { role, kid, .. }
            | Self::KeyExpired { role, kid, .. }
            | Self::KeyNotYetValid { role, kid, .. }
            | Self::RoleDiffers { role, kid, .. } => (None, Some(role), Some(kid)),
            Self::AuthorDoesNotSign
            | Self::UnsignedMember { .. }
            | Self::FutureTime { .. }
            | Self::AttachmentMissing { .. }
            | Self::AttachmentDiffers { .. } => (None, None, None),
        };
        object.set_some("signature", signature.map(|position| position as u64));
        object.set_some("role", role.map(String::as_str));
        object.set_some("kid", kid.map(ToString::to_string));
        if let Self::AttachmentMissing { digest, .. } | Self::AttachmentDiffers { digest, .. } = self {
            object.set("digest", digest.as_str());
        }
        object.into()
    }
}

/// Why a protected header is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderRefusal {
    /// The entry has other members than `protected` and `signature`, such as an unprotected `header`.
    #[error("has member “{0}”, which is not allowed")]
    Member(String),
    /// `protected` or `signature` is missing or no text.
    #[error("has no {0}")]
    Missing(String),
    /// Not base64url without padding.
    #[error("“{0}” is not base64url")]
    Encoding(String),
    /// The decoded header is no strict JSON object.
    #[error("the protected header is not a JSON object")]
    NotAnObject,
    /// Another algorithm than ES256.
    #[error("algorithm “{0}” is not ES256")]
    Algorithm(String),
    /// A header parameter the profile does not know; `jwk`, `jku`, `b64` and `crit` are among them.
    #[error("header parameter “{0}” is not allowed")]
    Parameter(String),
    /// `kid` is no thumbprint.
    #[error("kid is not a key thumbprint")]
    Kid,
    /// The signature is not 64 bytes.
    #[error("the signature is not 64 bytes")]
    Length,
}

/// One signature that could be assigned to a signer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureReport {
    /// Which signature, from 1.
    pub signature: usize,
    /// The signer's role.
    pub role: String,
    /// The key.
    pub kid: Kid,
    /// The key's short form.
    pub fingerprint: String,
    /// Whether it matches the document.
    pub matches: bool,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The outcome.
    pub verdict: Verdict,
    /// Identifies the seal; files are the same when this is.
    pub seal_id: SealId,
    /// What it is about, by its format.
    pub about: About,
    /// The author's name as sealed.
    pub author: String,
    /// The author's organisation as sealed.
    pub organisation: String,
    /// The tablet's claim of when it was sealed.
    pub sealed: Timestamp,
    /// The signatures that could be assigned.
    pub signatures: Vec<SignatureReport>,
    /// Everything found.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// The word for machines.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
        }
    }
}

impl Report {
    /// For machines; the client's name is left out, so that logs do not gather names.
    #[must_use]
    pub fn to_json(&self) -> Object {
        let mut object = Object::default();
        object.set("verdict", self.verdict.code());
        object.set("format", self.about.format().code());
        object.set("sealId", self.seal_id);
        object.set("author", self.author.as_str());
        object.set("organisation", self.organisation.as_str());
        object.set("sealed", self.sealed);
        self.about.report(&mut object);
        object.set("signatures", array(self.signatures.iter().map(SignatureReport::to_json)));
        object.set("findings", array(self.findings.iter().map(Finding::to_json)));
        object
    }
}

impl SignatureReport {
    fn to_json(&self) -> Value {
        let mut object = Object::default();
        object.set("signature", self.signature as u64);
        object.set("role", self.role.as_str());
        object.set("kid", self.kid.to_string());
        object.set("fingerprint", self.fingerprint.as_str());
        object.set("matches", self.matches);
        object.into()
    }
}
