//! The key that others encrypt to: P-256 for key agreement, made in the browser, its private part never readable. It is a
//! key of its own, kept beside the signing key, which is never agreed with.

use super::keys::{self, StoredKey, failed, object, set, subtle};
use super::storage::{Database, Request, Rows, stores};
use crate::app::{KeyProblem, StorageProblem};
use crate::seal::{Encrypted, EncryptionKey, Jwk, content_key, jwe_compact, jwe_header};
use js_sys::{Array, JSON, Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

const ENCRYPTION: &str = "encryption";

fn ecdh() -> Object {
    object(&[("name", "ECDH"), ("namedCurve", "P-256")])
}

async fn load(database: &Database) -> Result<StoredKey, KeyProblem> {
    let rows = database.transact(vec![Request::one(stores::KEYS, ENCRYPTION)]).await;
    let rows = rows.map_err(|problem| KeyProblem::Failed(problem.to_string()))?;
    keys::stored(rows.first().unwrap_or(&Rows::new()))
}

/// The tablet's key; `KeyProblem::Missing` where none was made.
pub async fn read(database: &Database) -> Result<Jwk, KeyProblem> {
    load(database).await.map(|key| key.jwk)
}

/// The tablet's key; made, kept, read back and tried out if there is none yet or the kept one cannot be used.
pub async fn ensure(database: &Database) -> Result<Jwk, KeyProblem> {
    let record = match load(database).await {
        // Two windows may come here at once; whoever keeps a key first gives it to both.
        Err(KeyProblem::Missing) => Request::Add(stores::KEYS, ENCRYPTION.into(), make().await?),
        Err(KeyProblem::NotKept) => Request::Put(stores::KEYS, ENCRYPTION.into(), make().await?),
        known => return known.map(|key| key.jwk),
    };
    match database.transact(vec![record]).await {
        Ok(_) | Err(StorageProblem::Conflict) => {}
        // So do browsers refuse that cannot put a key into storage.
        Err(StorageProblem::Failed(_)) => return Err(KeyProblem::NotKept),
        Err(problem) => return Err(KeyProblem::Failed(problem.to_string())),
    }
    // A key that was not really kept would be noticed only when a package came that nobody can open.
    let jwk = read(database).await?;
    let text = encrypt(&EncryptionKey::of(jwk.clone(), "", ""), b"asesmen").await?;
    let encrypted = Encrypted::read(&text).map_err(|refusal| KeyProblem::Failed(refusal.to_string()))?;
    let back = decrypt(database, &encrypted).await?;
    if back == b"asesmen" { Ok(jwk) } else { Err(KeyProblem::NotKept) }
}

/// The record of a new key.
async fn make() -> Result<JsValue, KeyProblem> {
    keys::record_of(&pair().await?).await.map(JsValue::from)
}

async fn pair() -> Result<JsValue, KeyProblem> {
    keys::make(&ecdh(), &Array::of1(&"deriveBits".into()), false).await
}

/// Encrypts to a key, as text.
pub async fn encrypt(key: &EncryptionKey, bytes: &[u8]) -> Result<Vec<u8>, KeyProblem> {
    let subtle = subtle()?;
    let pair = pair().await?;
    let ephemeral = keys::public_of(&pair).await?;
    let private = keys::part_of(&pair, "privateKey")?;
    let secret = agree(&subtle, &private, &key.jwk).await?;
    let protected = jwe_header(key, &ephemeral);
    let mut iv = [0; 12];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok()).ok_or(KeyProblem::InsecureOrigin)?;
    crypto.get_random_values_with_u8_array(&mut iv).map_err(failed)?;
    let content = content(&subtle, &secret, "encrypt").await?;
    let sealed = subtle.encrypt_with_object_and_u8_array(&gcm(&iv, &protected), &content, bytes).map_err(failed)?;
    let sealed = Uint8Array::new(&JsFuture::from(sealed).await.map_err(failed)?).to_vec();
    Ok(jwe_compact(&protected, &iv, &sealed).into_bytes())
}

/// Decrypts with the tablet's key.
pub async fn decrypt(database: &Database, encrypted: &Encrypted) -> Result<Vec<u8>, KeyProblem> {
    let subtle = subtle()?;
    let key = load(database).await?;
    if key.jwk.kid().to_string() != encrypted.kid {
        return Err(KeyProblem::Replaced);
    }
    let secret = agree(&subtle, key.kept().ok_or(KeyProblem::NotKept)?, &encrypted.ephemeral).await?;
    let content = content(&subtle, &secret, "decrypt").await?;
    let algorithm = gcm(&encrypted.iv, &encrypted.protected);
    let opened = subtle.decrypt_with_object_and_u8_array(&algorithm, &content, &encrypted.sealed).map_err(failed)?;
    Ok(Uint8Array::new(&JsFuture::from(opened).await.map_err(failed)?).to_vec())
}

/// The secret that both sides agree on. A key that is no point of the curve is refused at import.
async fn agree(subtle: &SubtleCrypto, own: &CryptoKey, other: &Jwk) -> Result<Vec<u8>, KeyProblem> {
    let other = JSON::parse(&other.to_json().to_string()).map_err(failed)?;
    let import = subtle.import_key_with_object("jwk", other.unchecked_ref(), &ecdh(), true, &Array::new());
    let other = JsFuture::from(import.map_err(failed)?).await.map_err(failed)?;
    let algorithm = object(&[("name", "ECDH")]);
    set(&algorithm, "public", &other);
    let bits = subtle.derive_bits_with_object(&algorithm, own, 256).map_err(failed)?;
    Ok(Uint8Array::new(&JsFuture::from(bits).await.map_err(failed)?).to_vec())
}

/// The key of the content.
async fn content(subtle: &SubtleCrypto, secret: &[u8], usage: &str) -> Result<CryptoKey, KeyProblem> {
    let raw = Uint8Array::from(content_key(secret).as_slice());
    let usages = Array::of1(&usage.into());
    let algorithm = object(&[("name", "AES-GCM")]);
    let import = subtle.import_key_with_object("raw", &raw, &algorithm, false, &usages).map_err(failed)?;
    Ok(JsFuture::from(import).await.map_err(failed)?.unchecked_into())
}

fn gcm(iv: &[u8], protected: &str) -> Object {
    let algorithm = object(&[("name", "AES-GCM")]);
    set(&algorithm, "iv", &Uint8Array::from(iv));
    set(&algorithm, "additionalData", &Uint8Array::from(protected.as_bytes()));
    algorithm
}
