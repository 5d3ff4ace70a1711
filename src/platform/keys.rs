//! The signing key: P-256, made in the browser, its private part never readable, kept in IndexedDB.

use super::network::words;
use super::storage::{Database, Request, Rows, stores};
use crate::app::{KeyProblem, StorageProblem};
use crate::json::{self, Value, parse};
use crate::seal::{Jwk, Kid, SignatureCheck};
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

const SIGNING: &str = "signing";

/// WebCrypto; browsers hide it from pages opened over an insecure address.
pub(super) fn subtle() -> Result<SubtleCrypto, KeyProblem> {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok()).ok_or(KeyProblem::InsecureOrigin)?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).map_err(failed)?;
    if subtle.is_undefined() { Err(KeyProblem::InsecureOrigin) } else { Ok(subtle.unchecked_into()) }
}

pub(super) fn failed(error: JsValue) -> KeyProblem {
    KeyProblem::Failed(words(error))
}

pub(super) fn object(members: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (member, value) in members {
        set(&object, member, &JsValue::from_str(value));
    }
    object
}

pub(super) fn set(object: &Object, member: &str, value: &JsValue) {
    // Setting a member of a plain object cannot fail.
    let _ = Reflect::set(object, &member.into(), value);
}

fn es256() -> Object {
    object(&[("name", "ECDSA"), ("hash", "SHA-256")])
}

fn p256() -> Object {
    object(&[("name", "ECDSA"), ("namedCurve", "P-256")])
}

/// The kept key: its public part to show, its private part to sign with.
pub struct StoredKey {
    /// The public key.
    pub jwk: Jwk,
    pub(super) private: CryptoKey,
}

/// Reads the tablet's key.
pub fn read() -> Request {
    Request::one(stores::KEYS, SIGNING)
}

/// The key among what was read.
pub fn stored(rows: &Rows) -> Result<StoredKey, KeyProblem> {
    subtle()?;
    let (_, record) = rows.first().ok_or(KeyProblem::Missing)?;
    let part = |member: &str| Reflect::get(record, &member.into()).map_err(failed);
    let text = part("jwk")?.as_string().ok_or(KeyProblem::NotKept)?;
    let value = parse(text.as_bytes()).map_err(|_| KeyProblem::NotKept)?;
    let jwk = Jwk::read(&value).map_err(|_| KeyProblem::NotKept)?;
    let private = part("private")?.dyn_into::<CryptoKey>().map_err(|_| KeyProblem::NotKept)?;
    Ok(StoredKey { jwk, private })
}

async fn load(database: &Database) -> Result<StoredKey, KeyProblem> {
    let rows = database.transact(vec![read()]).await.map_err(|problem| KeyProblem::Failed(problem.to_string()))?;
    stored(rows.first().unwrap_or(&Rows::new()))
}

/// The tablet's key; made, kept, read back and tried out if there is none yet or the kept one cannot be used.
pub async fn ensure(database: &Database) -> Result<Jwk, KeyProblem> {
    let record = match load(database).await {
        // Two windows may come here at once; whoever keeps a key first gives it to both.
        Err(KeyProblem::Missing) => Request::Add(stores::KEYS, SIGNING.into(), make_signing().await?),
        Err(KeyProblem::NotKept) => Request::Put(stores::KEYS, SIGNING.into(), make_signing().await?),
        known => return known.map(|key| key.jwk),
    };
    match database.transact(vec![record]).await {
        Ok(_) | Err(StorageProblem::Conflict) => {}
        Err(problem) => return Err(KeyProblem::Failed(problem.to_string())),
    }
    // A key that was not really kept would be noticed only after days of work, so it is tried out now.
    let jwk = load(database).await?.jwk;
    sign(database, jwk.kid(), b"asesmen").await?;
    Ok(jwk)
}

/// The record of a new signing key.
async fn make_signing() -> Result<JsValue, KeyProblem> {
    let pair = make(&p256(), &Array::of2(&"sign".into(), &"verify".into())).await?;
    record(&subtle()?, &pair).await
}

/// A new pair of keys, whose private part cannot be read.
pub(super) async fn make(algorithm: &Object, usages: &Array) -> Result<JsValue, KeyProblem> {
    let pair = subtle()?.generate_key_with_object(algorithm, false, usages).map_err(failed)?;
    JsFuture::from(pair).await.map_err(failed)
}

/// The public part of a pair.
pub(super) async fn public_of(subtle: &SubtleCrypto, pair: &JsValue) -> Result<Jwk, KeyProblem> {
    let public: CryptoKey = Reflect::get(pair, &"publicKey".into()).map_err(failed)?.unchecked_into();
    let exported = JsFuture::from(subtle.export_key("jwk", &public).map_err(failed)?).await.map_err(failed)?;
    let coordinate = |member: &str| {
        let value = Reflect::get(&exported, &member.into()).map_err(failed)?;
        value.as_string().map(Value::from).ok_or_else(|| KeyProblem::Failed(format!("exported key has no {member}")))
    };
    let (x, y) = (coordinate("x")?, coordinate("y")?);
    let jwk = json::object([("crv", "P-256".into()), ("kty", "EC".into()), ("x", x), ("y", y)]);
    Jwk::read(&jwk).map_err(|refusal| KeyProblem::Failed(refusal.to_string()))
}

/// What is kept of a pair.
pub(super) async fn record(subtle: &SubtleCrypto, pair: &JsValue) -> Result<JsValue, KeyProblem> {
    let record = object(&[("jwk", &public_of(subtle, pair).await?.to_json().to_string())]);
    set(&record, "private", &Reflect::get(pair, &"privateKey".into()).map_err(failed)?);
    Ok(record.into())
}

/// Signs bytes with the kept key (ES256: r and s, 64 bytes) and checks the signature before giving it out. The bytes name
/// their key, so another one that was made meanwhile signs nothing.
pub async fn sign(database: &Database, kid: Kid, bytes: &[u8]) -> Result<Vec<u8>, KeyProblem> {
    let subtle = subtle()?;
    let key = load(database).await?;
    if key.jwk.kid() != kid {
        return Err(KeyProblem::Replaced);
    }
    let signature = subtle.sign_with_object_and_u8_array(&es256(), &key.private, bytes).map_err(failed)?;
    let signature = JsFuture::from(signature).await.map_err(failed)?;
    let signature = Uint8Array::new(&signature).to_vec();
    if verifies(&subtle, &key.jwk, bytes, &signature).await? { Ok(signature) } else { Err(KeyProblem::NotKept) }
}

/// Checks signatures in their order.
pub async fn check(checks: &[SignatureCheck]) -> Result<Vec<bool>, KeyProblem> {
    let subtle = subtle()?;
    let mut outcomes = Vec::with_capacity(checks.len());
    for check in checks {
        // A key that is no point of the curve is refused at import; it verifies nothing.
        outcomes.push(verifies(&subtle, &check.jwk, &check.bytes, &check.value).await.unwrap_or(false));
    }
    Ok(outcomes)
}

async fn verifies(subtle: &SubtleCrypto, jwk: &Jwk, bytes: &[u8], signature: &[u8]) -> Result<bool, KeyProblem> {
    let key = js_sys::JSON::parse(&jwk.to_json().to_string()).map_err(failed)?;
    let usages = Array::of1(&"verify".into());
    let import = subtle.import_key_with_object("jwk", key.unchecked_ref(), &p256(), true, &usages).map_err(failed)?;
    let key: CryptoKey = JsFuture::from(import).await.map_err(failed)?.unchecked_into();
    let verification =
        subtle.verify_with_object_and_u8_array_and_u8_array(&es256(), &key, signature, bytes).map_err(failed)?;
    Ok(JsFuture::from(verification).await.map_err(failed)?.is_truthy())
}
