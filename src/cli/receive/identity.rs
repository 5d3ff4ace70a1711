//! Who receives: the key that receipts are signed with, and the name under which it is known.
//!
//! Receivers that run side by side share the file with the key, so that a tablet needs to know one key only.

use super::chance;
use crate::json::{Object, Value};
use crate::seal::es256::SigningKey;
use crate::seal::{Author, Format, Receipt, SealId, Signer, SigningInput, assemble};
use axum::body::Bytes;
use p256::SecretKey;
use p256::pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The role in which a receiver signs.
pub const ROLE: &str = "receiver";

/// Why there is no key to sign with.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The file cannot be read or written.
    #[error("the receiver's key {} cannot be read or made: {source}; choose another place with --key", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file holds something else.
    #[error(
        "{} holds no P-256 key in PKCS#8 PEM form; give the right file with --key, or move this one away and a new \
         key is made, which every tablet has to confirm anew", .0.display()
    )]
    NotAKey(PathBuf),
    /// No random bytes.
    #[error(transparent)]
    Chance(#[from] chance::NoChance),
}

/// A receiver's key and name.
pub struct Identity {
    key: SigningKey,
    signer: Signer,
    author: Author,
}

impl Identity {
    /// Reads the key, or makes it where there is none.
    ///
    /// # Errors
    /// Refuses a file that holds something else; a key is never written over.
    pub fn open(path: &Path, name: &str, organisation: &str) -> Result<Self, IdentityError> {
        let refused = |source| IdentityError::File { path: path.to_owned(), source };
        let pem = match std::fs::read_to_string(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => made(path)?,
            outcome => outcome.map_err(refused)?,
        };
        let not_a_key = || IdentityError::NotAKey(path.to_owned());
        let secret = SecretKey::from_pkcs8_pem(&pem).map_err(|_| not_a_key())?;
        let key = SigningKey::from_bytes(&secret.to_bytes()).ok_or_else(not_a_key)?;
        let jwk = key.jwk();
        let author = Author {
            name: name.to_owned(),
            role: ROLE.to_owned(),
            organisation: organisation.to_owned(),
            licence_number: None,
            kid: jwk.kid(),
        };
        Ok(Self { key, signer: Signer { role: ROLE.to_owned(), jwk }, author })
    }

    /// Signs that a file was received.
    ///
    /// # Errors
    /// Fails where the system has no random bytes for the receipt's own name.
    pub fn receipt(&self, receipt: &Receipt) -> Result<Bytes, chance::NoChance> {
        let seal_id = SealId::new(receipt.received, chance::bytes()?);
        let signers = [self.signer.clone()];
        let mut document = Format::Receipt.head(seal_id, &self.author, receipt.received, &signers);
        document.set("receipt", receipt.to_json());
        let document = Value::from(document);
        let input = SigningInput::new(&document, self.author.kid);
        let signature = self.key.sign(&input);
        Ok(assemble(&document, &[(input, signature)]).into())
    }

    /// What a tablet has to know of this receiver: `name`, `organisation`, `kid`, `jwk`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = Object::default();
        object.set("name", self.author.name.as_str());
        object.set("organisation", self.author.organisation.as_str());
        object.set("kid", self.author.kid.to_string());
        object.set("jwk", self.signer.jwk.to_json());
        object.into()
    }

    /// The short form of the key that people compare.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.author.kid.fingerprint().to_string()
    }
}

/// Makes a key, readable for this user alone. Of two receivers that start at once the first one's key counts.
fn made(path: &Path) -> Result<String, IdentityError> {
    let refused = |source| IdentityError::File { path: path.to_owned(), source };
    let key = loop {
        // Not every 32 bytes are a key, but all except a few of 2^256 are.
        if let Ok(key) = SecretKey::from_slice(&chance::bytes::<32>()?) {
            break key;
        }
    };
    let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|_| IdentityError::NotAKey(path.to_owned()))?;
    let beside = path.with_added_extension(chance::word()?);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside).map_err(refused)?;
    let written = file.write_all(pem.as_bytes()).and_then(|()| file.sync_all());
    // A link is made whole or not at all, and never in place of a file that is there.
    let linked = written.and_then(|()| std::fs::hard_link(&beside, path));
    std::fs::remove_file(&beside).map_err(refused)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(refused(error)),
        _ => std::fs::read_to_string(path).map_err(refused),
    }
}
