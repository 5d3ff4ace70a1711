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

thread_local! {
    /// The key that was opened, by its name.
    static OPEN: RefCell<Option<(Kid, CryptoKey)>> = const { RefCell::new(None) };
}

/// The opened key of this name.
pub fn open(kid: Kid) -> Option<CryptoKey> {
    OPEN.with_borrow(|open| open.as_ref().filter(|(name, _)| *name == kid).map(|(_, key)| key.clone()))
}

/// Holds an opened key until the page is left.
pub fn hold(kid: Kid, key: CryptoKey) {
    OPEN.set(Some((kid, key)));
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
    let (salt, iv) = (random(16)?, random(12)?);
    let key = wrapping_key(passphrase, &salt, ROUNDS).await?;
    let wrapped = subtle()?.wrap_key_with_object("pkcs8", private, &key, &aes(&iv)).map_err(failed)?;
    let wrapped = JsFuture::from(wrapped).await.map_err(failed)?;
    for (name, value) in [
        ("salt", salt.into()),
        ("iv", iv.into()),
        ("rounds", ROUNDS.into()),
        ("wrapped", Uint8Array::new(&wrapped).into()),
    ] {
        set(record, name, &value);
    }
    Ok(())
}

/// Opens the key of a record. A passphrase that does not fit is told from all else by the cipher's own check.
pub async fn unwrap(record: &JsValue, passphrase: &str) -> Result<CryptoKey, KeyProblem> {
    let part = |name: &str| member(record, name).ok_or(KeyProblem::NotKept);
    let rounds = part("rounds")?.as_f64().ok_or(KeyProblem::NotKept)?;
    let key = wrapping_key(passphrase, &part("salt")?, rounds).await?;
    let usages = Array::of1(&"sign".into());
    let (wrapped, iv) = (part("wrapped")?, part("iv")?);
    let unwrapped = subtle()?.unwrap_key_with_buffer_source_and_object_and_object(
        "pkcs8",
        wrapped.unchecked_ref(),
        &key,
        &aes(&iv),
        &p256(),
        false,
        &usages,
    );
    let opened = JsFuture::from(unwrapped.map_err(failed)?).await.map_err(|_| KeyProblem::WrongPassphrase)?;
    Ok(opened.unchecked_into())
}
