//! Signing and checking signatures here (ES256, RFC 7518 section 3.4), for whoever has no WebCrypto.

use super::key::Jwk;
use super::package::Contained;
use super::report::Report;
use super::signature::SigningInput;
use super::trust::Trust;
use super::verify::{SignatureCheck, Unreadable, examine};
use crate::Timestamp;
use p256::ecdsa::signature::{MultipartSigner as _, MultipartVerifier as _};
use p256::ecdsa::{Signature, VerifyingKey};

/// Whether a signature holds.
#[must_use]
pub fn check(check: &SignatureCheck) -> bool {
    holds(&check.jwk, &check.input.parts(), &check.value)
}

/// Whether a signature, r and s, holds over bytes that come in pieces. A key that is no point of the curve verifies nothing.
#[must_use]
pub fn holds(jwk: &Jwk, pieces: &[&[u8]], signature: &[u8]) -> bool {
    let (x, y) = jwk.coordinates();
    let point = [&[4_u8], x.as_slice(), y.as_slice()].concat();
    let key = VerifyingKey::from_sec1_bytes(&point);
    let signature = Signature::from_slice(signature);
    key.is_ok_and(|key| signature.is_ok_and(|signature| key.multipart_verify(pieces, &signature).is_ok()))
}

/// Reads a file and judges it by the whole profile, as received `at`.
///
/// # Errors
/// Refuses what is no sealed file of a known format.
pub fn verify(bytes: &[u8], trust: &Trust, at: Timestamp) -> Result<Report, Unreadable> {
    let examination = examine(bytes)?;
    let outcomes: Vec<bool> = examination.checks.iter().map(check).collect();
    Ok(examination.conclude(&outcomes, trust, at))
}

/// Judges a document in a package as any other file.
///
/// # Errors
/// Refuses what is no sealed document.
pub fn verify_contained(own: &Contained, trust: &Trust, at: Timestamp) -> Result<Report, Unreadable> {
    let examination = own.examine()?;
    let outcomes: Vec<bool> = examination.checks.iter().map(check).collect();
    Ok(examination.conclude(&outcomes, trust, at))
}

/// A private key.
pub struct SigningKey(p256::ecdsa::SigningKey);

impl SigningKey {
    /// A key of its 32 bytes, big-endian; `None` where they are no scalar of the curve.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        p256::ecdsa::SigningKey::from_slice(bytes).ok().map(Self)
    }

    /// Its public part.
    #[must_use]
    pub fn jwk(&self) -> Jwk {
        let point = self.0.verifying_key().to_sec1_point(false);
        let part = |range: std::ops::Range<usize>| {
            let mut part = [0; 32];
            part.copy_from_slice(&point.as_bytes()[range]);
            part
        };
        Jwk::of(part(1..33), part(33..65))
    }

    /// Signs, deterministically (RFC 6979).
    #[must_use]
    pub fn sign(&self, input: &SigningInput) -> Vec<u8> {
        let signature: Signature = self.0.multipart_sign(&input.parts());
        signature.to_bytes().to_vec()
    }
}
