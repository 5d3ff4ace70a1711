//! A signing key for browsers that keep no `CryptoKey`: it lies wrapped under a passphrase, and is open in memory only for
//! as long as the page stands.
//!
//! Invariant: the private part never lies readable in storage, and in memory only as a key that cannot be read out. What
//! this protects depends on the passphrase alone: whoever copies the storage may try passphrases for as long as they like.

use super::keys::{failed, p256, set, subtle};
use crate::app::KeyProblem;
use crate::seal::Kid;
use js_sys::{Array, Object, Reflect, Uint8Array};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;

/// How often PBKDF2 hashes the passphrase.
const ROUNDS: f64 = 600_000.0;

/// A key that was opened, and what wraps another like it.
struct Opened {
    kid: Kid,
    key: CryptoKey,
    wrapping: CryptoKey,
    /// What the passphrase was hashed with, and how often.
    hashing: [JsValue; 2],
}

thread_local! {
    /// The keys that were opened: that of the tablet, and the one that will take its place.
    static OPEN: RefCell<Vec<Opened>> = const { RefCell::new(Vec::new()) };
}

/// The opened key of this name.
pub fn open(kid: Kid) -> Option<CryptoKey> {
    OPEN.with_borrow(|open| open.iter().find(|one| one.kid == kid).map(|one| one.key.clone()))
}

/// Lets go of all opened keys but this one.
pub fn keep_only(kid: Kid) {
    OPEN.with_borrow_mut(|open| open.retain(|one| one.kid == kid));
}

fn hold(opened: Opened) {
    OPEN.with_borrow_mut(|open| {
        open.retain(|one| one.kid != opened.kid);
        open.push(opened);
    });
}

/// Whether a record holds a wrapped key.
pub fn is_wrapped(record: &JsValue) -> bool {
    member(record, "wrapped").is_some_and(|wrapped| wrapped.has_type::<Uint8Array>())
}

fn member(record: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(record, &name.into()).ok().filter(|value| !value.is_undefined())
}

fn random(length: u32) -> Result<Uint8Array, KeyProblem> {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok()).ok_or(KeyProblem::InsecureOrigin)?;
    let bytes = Uint8Array::new_with_length(length);
    crypto.get_random_values_with_array_buffer_view(&bytes).map_err(failed)?;
    Ok(bytes)
}

/// The key that a passphrase makes, with a salt.
async fn wrapping_key(passphrase: &str, salt: &JsValue, rounds: f64) -> Result<CryptoKey, KeyProblem> {
    let subtle = subtle()?;
    let words = Uint8Array::from(passphrase.as_bytes());
    let usages = Array::of1(&"deriveKey".into());
    let words = subtle.import_key_with_str("raw", &words, "PBKDF2", false, &usages).map_err(failed)?;
    let words: CryptoKey = JsFuture::from(words).await.map_err(failed)?.unchecked_into();
    let derivation = Object::new();
    set(&derivation, "name", &"PBKDF2".into());
    set(&derivation, "hash", &"SHA-256".into());
    set(&derivation, "salt", salt);
    set(&derivation, "iterations", &rounds.into());
    let kind = Object::new();
    set(&kind, "name", &"AES-GCM".into());
    set(&kind, "length", &256.into());
    let usages = Array::of2(&"wrapKey".into(), &"unwrapKey".into());
    let derived = subtle.derive_key_with_object_and_object(&derivation, &words, &kind, false, &usages);
    Ok(JsFuture::from(derived.map_err(failed)?).await.map_err(failed)?.unchecked_into())
}

fn aes(iv: &JsValue) -> Object {
    let algorithm = Object::new();
    set(&algorithm, "name", &"AES-GCM".into());
    set(&algorithm, "iv", iv);
    algorithm
}

/// Wraps a private key into a record that has its public part already.
pub async fn wrap(record: &Object, private: &CryptoKey, passphrase: &str) -> Result<(), KeyProblem> {
    let salt: JsValue = random(16)?.into();
    let key = wrapping_key(passphrase, &salt, ROUNDS).await?;
    wrap_with(record, private, &key, &[salt, ROUNDS.into()]).await
}

/// Wraps another private key into a record as the opened one of this name is, and opens it under its own.
pub async fn wrap_beside(record: &Object, private: &CryptoKey, [open, kid]: [Kid; 2]) -> Result<(), KeyProblem> {
    let beside = OPEN.with_borrow(|all| {
        let open = all.iter().find(|one| one.kid == open)?;
        Some((open.wrapping.clone(), open.hashing.clone()))
    });
    let (wrapping, hashing) = beside.ok_or(KeyProblem::Locked)?;
    wrap_with(record, private, &wrapping, &hashing).await?;
    hold(Opened { kid, key: unwrap_with(record, &wrapping).await?, wrapping, hashing });
    Ok(())
}

async fn wrap_with(
    record: &Object,
    private: &CryptoKey,
    wrapping: &CryptoKey,
    [salt, rounds]: &[JsValue; 2],
) -> Result<(), KeyProblem> {
    let iv = random(12)?;
    let wrapped = subtle()?.wrap_key_with_object("pkcs8", private, wrapping, &aes(&iv)).map_err(failed)?;
    let wrapped = JsFuture::from(wrapped).await.map_err(failed)?;
    set(record, "salt", salt);
    set(record, "iv", &iv);
    set(record, "rounds", rounds);
    set(record, "wrapped", &Uint8Array::new(&wrapped));
    Ok(())
}

/// Opens the key of a record, until the page is left.
pub async fn unlock(record: &JsValue, kid: Kid, passphrase: &str) -> Result<(), KeyProblem> {
    let part = |name: &str| member(record, name).ok_or(KeyProblem::NotKept);
    let hashing = [part("salt")?, part("rounds")?];
    let rounds = hashing[1].as_f64().ok_or(KeyProblem::NotKept)?;
    let wrapping = wrapping_key(passphrase, &hashing[0], rounds).await?;
    let key = unwrap_with(record, &wrapping).await?;
    hold(Opened { kid, key, wrapping, hashing });
    Ok(())
}

/// A passphrase that does not fit is told from all else by the cipher's own check.
async fn unwrap_with(record: &JsValue, wrapping: &CryptoKey) -> Result<CryptoKey, KeyProblem> {
    let part = |name: &str| member(record, name).ok_or(KeyProblem::NotKept);
    let usages = Array::of1(&"sign".into());
    let (wrapped, iv) = (part("wrapped")?, part("iv")?);
    let unwrapped = subtle()?.unwrap_key_with_buffer_source_and_object_and_object(
        "pkcs8",
        wrapped.unchecked_ref(),
        wrapping,
        &aes(&iv),
        &p256(),
        false,
        &usages,
    );
    let opened = JsFuture::from(unwrapped.map_err(failed)?).await.map_err(|_| KeyProblem::WrongPassphrase)?;
    Ok(opened.unchecked_into())
}
