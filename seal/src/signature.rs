//! Making signatures: the bytes to sign, and the file from document and signatures.

use super::digest::digest;
use super::key::Kid;
use crate::json::{Value, array, canonical, object};
use base64ct::{Base64UrlUnpadded, Encoding};

/// What one signer signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningInput {
    /// The protected header, base64url.
    pub protected: String,
    /// The bytes to sign: JWS Signing Input (RFC 7515, 5.1).
    pub bytes: Vec<u8>,
}

impl SigningInput {
    /// Prepares the signature of a document by a key. The header holds `alg` and `kid`, nothing else: libraries differ
    /// in which other parameters they let pass, and the time of sealing stands in the document.
    #[must_use]
    pub fn new(document: &Value, kid: Kid) -> Self {
        let header = object([("alg", "ES256".into()), ("kid", kid.to_string().into())]);
        let protected = Base64UrlUnpadded::encode_string(&canonical(&header));
        let bytes = signing_bytes(&protected, &encoded(document));
        Self { protected, bytes }
    }
}

/// The payload of every signature: the canonical bytes of the document, base64url.
pub fn encoded(document: &Value) -> String {
    Base64UrlUnpadded::encode_string(&canonical(document))
}

/// `sha-256:` and the hash of what a file's signatures stand for, whoever signed: the canonical bytes of `document`. None
/// where there is no document.
#[must_use]
pub fn signed_digest(file: &Value) -> Option<String> {
    file.get("document").map(|document| digest(&canonical(document)))
}

/// The JWS Signing Input of a protected header over a payload.
pub fn signing_bytes(protected: &str, payload: &str) -> Vec<u8> {
    format!("{protected}.{payload}").into_bytes()
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
