//! The encrypted package: a JWE (RFC 7516) in Compact Serialization, ECDH-ES on P-256 in direct key agreement, A256GCM.
//!
//! Invariant: no keys and no randomness. The key agreement and AES-GCM are done by the caller (WebCrypto in the browser);
//! this room prepares the header, derives the content key from the agreed secret, and reads and writes the text form.
//! Keys for this are of their own: a key that signs is never agreed with.

use crate::digest::sha256;
use crate::json::{Object, Value, canonical, object, parse};
use crate::key::Jwk;
use base64ct::{Base64UrlUnpadded, Encoding};

/// The public key that something is encrypted to, as its owner gives it: a JWK with `use` `"enc"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncryptionKey {
    /// The key.
    pub jwk: Jwk,
    /// The name that its owner knows it by; the thumbprint where its owner gave none.
    pub kid: String,
    /// Whose it is, as the file says.
    pub name: Option<String>,
    /// Of which organisation.
    pub organisation: Option<String>,
}

/// Why a key is not encrypted to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncryptionKeyRefusal {
    /// No strict JSON, or no object.
    #[error("not a JSON Web Key")]
    NotAKey,
    /// A private key is nothing to hand around; whoever made the file has to be told.
    #[error("the file holds a private key")]
    Private,
    /// Not made for encryption: a key that signs, or one that does not say what it is for.
    #[error("the key is not one for encryption (`use` is not `enc`)")]
    NotForEncryption,
    /// Another curve or algorithm.
    #[error("not a P-256 key for ECDH-ES")]
    NotP256,
}

impl EncryptionKey {
    /// The key of a tablet, with whose it is.
    #[must_use]
    pub fn of(jwk: Jwk, name: &str, organisation: &str) -> Self {
        let kid = jwk.kid().to_string();
        Self { jwk, kid, name: Some(name.to_owned()), organisation: Some(organisation.to_owned()) }
    }

    /// The JWK: the public key with `use`, `alg`, `kid`, and `name` and `organisation` beside them.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut key = self.jwk.to_json().as_object().cloned().unwrap_or_default();
        key.set("use", "enc");
        key.set("alg", ALGORITHM);
        key.set("kid", self.kid.as_str());
        key.set_some("name", self.name.as_deref());
        key.set_some("organisation", self.organisation.as_deref());
        key.into()
    }

    /// Reads the bytes of a JWK.
    ///
    /// # Errors
    /// Refuses what is no public key for encryption on P-256. Whether the point lies on the curve is checked by who
    /// encrypts to it.
    pub fn read(bytes: &[u8]) -> Result<Self, EncryptionKeyRefusal> {
        let value = parse(bytes).map_err(|_| EncryptionKeyRefusal::NotAKey)?;
        let key = value.as_object().ok_or(EncryptionKeyRefusal::NotAKey)?;
        if key.get("d").is_some() {
            return Err(EncryptionKeyRefusal::Private);
        }
        let jwk = public(key).ok_or(EncryptionKeyRefusal::NotP256)?;
        if key.text("use") != Some("enc") {
            return Err(EncryptionKeyRefusal::NotForEncryption);
        }
        if key.get("alg").is_some_and(|alg| alg.as_str() != Some(ALGORITHM)) {
            return Err(EncryptionKeyRefusal::NotP256);
        }
        let text = |member: &str| key.optional_text(member).ok_or(EncryptionKeyRefusal::NotAKey);
        let kid = text("kid")?.unwrap_or_else(|| jwk.kid().to_string());
        Ok(Self { kid, name: text("name")?, organisation: text("organisation")?, jwk })
    }
}

/// The public key among the members of a JWK that may have others.
fn public(key: &Object) -> Option<Jwk> {
    let member = |name: &'static str| Some((name, key.get(name)?.clone()));
    Jwk::read(&object([member("kty")?, member("crv")?, member("x")?, member("y")?])).ok()
}

const ALGORITHM: &str = "ECDH-ES";
const ENCRYPTION: &str = "A256GCM";

/// The longest protected header that is read, in characters.
const LONGEST_HEADER: usize = 4096;

/// The protected header for a receiver, base64url. Its ASCII bytes are the additional data of the encryption.
#[must_use]
pub fn jwe_header(to: &EncryptionKey, ephemeral: &Jwk) -> String {
    let header = object([
        ("alg", ALGORITHM.into()),
        ("enc", ENCRYPTION.into()),
        ("kid", to.kid.as_str().into()),
        ("epk", ephemeral.to_json()),
        ("typ", "JOSE".into()),
        ("cty", "json".into()),
    ]);
    Base64UrlUnpadded::encode_string(&canonical(&header))
}

/// The key that the content is encrypted with, of the agreed secret: Concat KDF (RFC 7518, 4.6.2) for A256GCM without
/// party information. One round of SHA-256 gives all of it.
#[must_use]
pub fn content_key(secret: &[u8]) -> [u8; 32] {
    let mut input = 1_u32.to_be_bytes().to_vec();
    input.extend_from_slice(secret);
    input.extend_from_slice(&7_u32.to_be_bytes());
    input.extend_from_slice(ENCRYPTION.as_bytes());
    // No information about either party; then the length of the key in bits.
    input.extend_from_slice(&[0; 8]);
    input.extend_from_slice(&256_u32.to_be_bytes());
    sha256(&input)
}

/// The text form. `sealed` is what AES-GCM gives in WebCrypto: the encrypted bytes with the tag of 16 bytes behind them.
#[must_use]
pub fn jwe_compact(protected: &str, iv: &[u8; 12], sealed: &[u8]) -> String {
    let (ciphertext, tag) = sealed.split_at(sealed.len().saturating_sub(TAG));
    let part = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
    [protected, "", &part(iv), &part(ciphertext), &part(tag)].join(".")
}

const TAG: usize = 16;

/// An encrypted file, read and not decrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encrypted {
    /// The protected header as text: the additional data.
    pub protected: String,
    /// The name of the key that it is encrypted to.
    pub kid: String,
    /// The sender's key, made for this file alone.
    pub ephemeral: Jwk,
    /// The initialisation vector.
    pub iv: Vec<u8>,
    /// The encrypted bytes with the tag behind them.
    pub sealed: Vec<u8>,
}

/// Why an encrypted file is refused before anything is decrypted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JweRefusal {
    /// Not five parts of base64url, or a part of the wrong length.
    #[error("not a JWE in compact form")]
    NotCompact,
    /// The header is no strict JSON object with what is needed.
    #[error("the header of the JWE is not readable")]
    Header,
    /// The header asks for something that this version does not do; `zip` and `crit` are among it.
    #[error("the JWE uses “{0}”, which is not supported")]
    Unsupported(String),
}

impl Encrypted {
    /// Whether some bytes look like an encrypted file and not like JSON.
    #[must_use]
    pub fn is_likely(bytes: &[u8]) -> bool {
        let head = bytes.iter().take(LONGEST_HEADER).take_while(|byte| **byte != b'.').count();
        bytes.starts_with(b"eyJ") && bytes.get(head) == Some(&b'.')
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// Refuses what is not of this form and these algorithms.
    pub fn read(bytes: &[u8]) -> Result<Self, JweRefusal> {
        let text = std::str::from_utf8(bytes).map_err(|_| JweRefusal::NotCompact)?.trim_end();
        let parts: Vec<&str> = text.splitn(6, '.').collect();
        let [protected, "", iv, ciphertext, tag] = parts[..] else { return Err(JweRefusal::NotCompact) };
        if protected.len() > LONGEST_HEADER {
            return Err(JweRefusal::NotCompact);
        }
        let decode = |part: &str| Base64UrlUnpadded::decode_vec(part).map_err(|_| JweRefusal::NotCompact);
        let (iv, mut sealed, tag) = (decode(iv)?, decode(ciphertext)?, decode(tag)?);
        if iv.len() != 12 || tag.len() != TAG {
            return Err(JweRefusal::NotCompact);
        }
        sealed.extend(tag);
        let header = parse(&decode(protected)?).map_err(|_| JweRefusal::Header)?;
        let (kid, ephemeral) = read_header(header.as_object().ok_or(JweRefusal::Header)?)?;
        Ok(Self { protected: protected.to_owned(), kid, ephemeral, iv, sealed })
    }
}

fn read_header(header: &Object) -> Result<(String, Jwk), JweRefusal> {
    for (name, value) in header.iter() {
        let known = match name {
            "alg" => value.as_str() == Some(ALGORITHM),
            "enc" => value.as_str() == Some(ENCRYPTION),
            "kid" | "epk" | "typ" | "cty" => true,
            _ => false,
        };
        if !known {
            return Err(JweRefusal::Unsupported(name.to_owned()));
        }
    }
    let (Some(_), Some(_)) = (header.get("alg"), header.get("enc")) else { return Err(JweRefusal::Header) };
    let ephemeral = header.get("epk").and_then(|key| public(key.as_object()?));
    let kid = header.text("kid").ok_or(JweRefusal::Header)?;
    Ok((kid.to_owned(), ephemeral.ok_or(JweRefusal::Header)?))
}
