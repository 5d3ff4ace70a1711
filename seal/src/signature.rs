//! Making signatures: the bytes to sign, and the file from document and signatures.

use super::digest::digest;
use super::key::Kid;
use crate::json::{Value, array, canonical, object};
use base64ct::{Base64UrlUnpadded, Encoding};
use std::sync::Arc;

/// The payload of every signature of a document: its canonical bytes, base64url. It may be large, so all signatures share it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload(Arc<String>);

impl Payload {
    /// The payload of a document.
    #[must_use]
    pub fn of(document: &Value) -> Self {
        Self(Arc::new(Base64UrlUnpadded::encode_string(&canonical(document))))
    }
}

/// What one signer signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningInput {
    /// The protected header, base64url.
    pub protected: String,
    /// What it stands over.
    pub payload: Payload,
}

impl SigningInput {
    /// Prepares the signature of a document by a key.
    #[must_use]
    pub fn new(document: &Value, kid: Kid) -> Self {
        Self { protected: protected(kid), payload: Payload::of(document) }
    }

    /// The bytes to sign: JWS Signing Input (RFC 7515, 5.1), a copy of the payload behind its header.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.parts().concat()
    }

    /// The same bytes piece by piece, for whoever can take them so.
    #[must_use]
    pub fn parts(&self) -> [&[u8]; 3] {
        [self.protected.as_bytes(), b".", self.payload.0.as_bytes()]
    }
}

/// The protected header of a key's signature, base64url. It holds `alg` and `kid`, nothing else: libraries differ in which
/// other parameters they let pass, and the time of sealing stands in the document.
pub fn protected(kid: Kid) -> String {
    let header = object([("alg", "ES256".into()), ("kid", kid.to_string().into())]);
    Base64UrlUnpadded::encode_string(&canonical(&header))
}

/// `sha-256:` and the hash of what a file's signatures stand for, whoever signed: the canonical bytes of `document`. None
/// where there is no document.
#[must_use]
pub fn signed_digest(file: &Value) -> Option<String> {
    file.get("document").map(|document| digest(&canonical(document)))
}

/// The file: the document in canonical form and its signatures.
///
/// Canonical bytes are written although any JSON form of the same document would verify: a changed byte then always
/// changes what the document says.
#[must_use]
pub fn assemble(document: &Value, signatures: &[(SigningInput, Vec<u8>)]) -> Vec<u8> {
    let entry = |(input, signature): &(SigningInput, Vec<u8>)| {
        let signature = Base64UrlUnpadded::encode_string(signature);
        object([("protected", input.protected.as_str().into()), ("signature", signature.into())])
    };
    canonical(&object([("document", document.clone()), ("signatures", array(signatures.iter().map(entry)))]))
}
