//! The signing key: P-256, made in the browser, its private part never readable, kept in IndexedDB; wrapped under a
//! passphrase where the browser keeps no keys.

use super::network::words;
use super::storage::{Database, Request, Rows, stores};
use super::wrapped;
use crate::app::{KeyProblem, StorageProblem};
use crate::json::{self, Value, parse};
use crate::seal::{Jwk, Kid, SignatureCheck};
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

const SIGNING: &str = "signing";
/// A key that will take its place.
const NEXT: &str = "next";

/// WebCrypto; browsers hide it from pages opened over an insecure address.
pub fn subtle() -> Result<SubtleCrypto, KeyProblem> {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok()).ok_or(KeyProblem::InsecureOrigin)?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).map_err(failed)?;
    if subtle.is_undefined() { Err(KeyProblem::InsecureOrigin) } else { Ok(subtle.unchecked_into()) }
}

/// A failure in the browser's words.
pub fn failed(error: JsValue) -> KeyProblem {
    KeyProblem::Failed(words(error))
}

pub(super) fn object(members: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (member, value) in members {
        set(&object, member, &JsValue::from_str(value));
    }
    object
}

/// Sets a member.
pub fn set(object: &Object, member: &str, value: &JsValue) {
    // Setting a member of a plain object cannot fail.
    let _ = Reflect::set(object, &member.into(), value);
}

fn es256() -> Object {
    object(&[("name", "ECDSA"), ("hash", "SHA-256")])
}

/// The kind of key.
pub fn p256() -> Object {
    object(&[("name", "ECDSA"), ("namedCurve", "P-256")])
}

/// The kept key: its public part to show, its private part to sign with.
pub struct StoredKey {
    /// The public key.
    pub jwk: Jwk,
    private: Private,
}

impl StoredKey {
    /// The private part, where it was kept as a key.
    pub const fn kept(&self) -> Option<&CryptoKey> {
        match &self.private {
            Private::Kept(key) => Some(key),
            Private::Wrapped(_) => None,
        }
    }
}

/// The private part as it was found.
enum Private {
    /// A key to sign with.
    Kept(CryptoKey),
    /// Wrapped under a passphrase.
    Wrapped(JsValue),
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
    let private = if wrapped::is_wrapped(record) {
        Private::Wrapped(record.clone())
    } else {
        Private::Kept(part("private")?.dyn_into::<CryptoKey>().map_err(|_| KeyProblem::NotKept)?)
    };
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
        Err(KeyProblem::Missing) => {
            Request::Add(stores::KEYS, SIGNING.into(), record_of(&pair(false).await?).await?.into())
        }
        Err(KeyProblem::NotKept) => {
            Request::Put(stores::KEYS, SIGNING.into(), record_of(&pair(false).await?).await?.into())
        }
        known => return known.map(|key| key.jwk),
    };
    match database.transact(vec![record]).await {
        Ok(_) | Err(StorageProblem::Conflict) => {}
        // So do browsers refuse that cannot put a key into storage; then it is wrapped.
        Err(StorageProblem::Failed(_)) => return Err(KeyProblem::NotKept),
        Err(problem) => return Err(KeyProblem::Failed(problem.to_string())),
    }
    // A key that was not really kept would be noticed only after days of work, so it is tried out now.
    let jwk = load(database).await?.jwk;
    sign(database, jwk.kid(), b"asesmen").await?;
    Ok(jwk)
}

/// A new pair of keys to sign with.
async fn pair(extractable: bool) -> Result<JsValue, KeyProblem> {
    make(&p256(), &Array::of2(&"sign".into(), &"verify".into()), extractable).await
}

/// A new pair of keys.
pub async fn make(algorithm: &Object, usages: &Array, extractable: bool) -> Result<JsValue, KeyProblem> {
    let pair = subtle()?.generate_key_with_object(algorithm, extractable, usages).map_err(failed)?;
    JsFuture::from(pair).await.map_err(failed)
}

/// One of a pair: `publicKey` or `privateKey`.
pub fn part_of(pair: &JsValue, name: &str) -> Result<CryptoKey, KeyProblem> {
    Reflect::get(pair, &name.into()).map_err(failed).map(JsCast::unchecked_into)
}

/// The public part of a pair, as text.
async fn public_text(pair: &JsValue) -> Result<String, KeyProblem> {
    let exported = subtle()?.export_key("jwk", &part_of(pair, "publicKey")?).map_err(failed)?;
    let exported = JsFuture::from(exported).await.map_err(failed)?;
    let coordinate = |member: &str| {
        let value = Reflect::get(&exported, &member.into()).map_err(failed)?;
        value.as_string().map(Value::from).ok_or_else(|| KeyProblem::Failed(format!("exported key has no {member}")))
    };
    let (x, y) = (coordinate("x")?, coordinate("y")?);
    Ok(json::object([("crv", "P-256".into()), ("kty", "EC".into()), ("x", x), ("y", y)]).to_string())
}

/// The public part of a pair.
pub async fn public_of(pair: &JsValue) -> Result<Jwk, KeyProblem> {
    let unfit = |words: &str| KeyProblem::Failed(words.to_owned());
    let value = parse(public_text(pair).await?.as_bytes()).map_err(|_| unfit("exported key"))?;
    Jwk::read(&value).map_err(|refusal| unfit(&refusal.to_string()))
}

/// The record of a pair.
pub async fn record_of(pair: &JsValue) -> Result<Object, KeyProblem> {
    let record = object(&[("jwk", &public_text(pair).await?)]);
    set(&record, "private", &part_of(pair, "privateKey")?.into());
    Ok(record)
}

/// Opens the wrapped key with a passphrase; where there is none, or what there is cannot be used, makes one that it opens.
pub async fn unlock(database: &Database, passphrase: &str) -> Result<Jwk, KeyProblem> {
    let known = match load(database).await {
        Err(KeyProblem::Missing | KeyProblem::NotKept) => {
            make_wrapped(database, passphrase).await?;
            load(database).await?
        }
        known => known?,
    };
    let kid = known.jwk.kid();
    if let Private::Wrapped(record) = &known.private {
        wrapped::unlock(record, kid, passphrase).await?;
    }
    // Tried out at once, as every new key is.
    sign(database, kid, b"asesmen").await?;
    Ok(known.jwk)
}

async fn make_wrapped(database: &Database, passphrase: &str) -> Result<(), KeyProblem> {
    let pair = pair(true).await?;
    let record = object(&[("jwk", &public_text(&pair).await?)]);
    wrapped::wrap(&record, &part_of(&pair, "privateKey")?, passphrase).await?;
    let kept = database.transact(vec![Request::Put(stores::KEYS, SIGNING.into(), record.into())]).await;
    kept.map(drop).map_err(|problem| KeyProblem::Failed(problem.to_string()))
}

/// Makes a key that will take the place of the tablet's, and keeps it beside that, in the same way.
pub async fn make_next(database: &Database) -> Result<Jwk, KeyProblem> {
    let own = load(database).await?;
    let record = match own.private {
        Private::Kept(_) => record_of(&pair(false).await?).await?,
        Private::Wrapped(_) => {
            let pair = pair(true).await?;
            let record = object(&[("jwk", &public_text(&pair).await?)]);
            let kids = [own.jwk.kid(), public_of(&pair).await?.kid()];
            wrapped::wrap_beside(&record, &part_of(&pair, "privateKey")?, kids).await?;
            record
        }
    };
    let kept = database.transact(vec![Request::Put(stores::KEYS, NEXT.into(), record.into())]).await;
    kept.map_err(|problem| KeyProblem::Failed(problem.to_string()))?;
    Ok(next(database).await?.0.jwk)
}

/// That key, tried out, and its record.
async fn next(database: &Database) -> Result<(StoredKey, JsValue), KeyProblem> {
    let rows = database.transact(vec![Request::one(stores::KEYS, NEXT)]).await;
    let rows = rows.map_err(|problem| KeyProblem::Failed(problem.to_string()))?.pop().unwrap_or_default();
    let key = stored(&rows)?;
    sign_with(&key, b"asesmen").await?;
    let (_, record) = rows.into_iter().next().ok_or(KeyProblem::Missing)?;
    Ok((key, record))
}

/// Puts the next key into the place of this one, together with other writing, where both are those that are named: another
/// window may have made another. The private part of the old one is gone then: nobody can sign with it any more.
pub async fn renew(database: &Database, [old, new]: [Kid; 2], others: Vec<Request>) -> Result<Jwk, KeyProblem> {
    if load(database).await?.jwk.kid() != old {
        return Err(KeyProblem::Replaced);
    }
    let (key, record) = next(database).await?;
    if key.jwk.kid() != new {
        return Err(KeyProblem::Replaced);
    }
    let mut requests = others;
    requests.push(Request::Put(stores::KEYS, SIGNING.into(), record));
    requests.push(Request::Delete(stores::KEYS, NEXT.into()));
    database.transact(requests).await.map_err(|problem| KeyProblem::Failed(problem.to_string()))?;
    wrapped::keep_only(new);
    Ok(key.jwk)
}

/// Signs bytes with the kept key (ES256: r and s, 64 bytes) and checks the signature before giving it out. The bytes name
/// their key, so another one that was made meanwhile signs nothing.
pub async fn sign(database: &Database, kid: Kid, bytes: &[u8]) -> Result<Vec<u8>, KeyProblem> {
    let key = load(database).await?;
    if key.jwk.kid() != kid {
        return Err(KeyProblem::Replaced);
    }
    sign_with(&key, bytes).await
}

async fn sign_with(key: &StoredKey, bytes: &[u8]) -> Result<Vec<u8>, KeyProblem> {
    let subtle = subtle()?;
    let private = match &key.private {
        Private::Kept(private) => private.clone(),
        Private::Wrapped(_) => wrapped::open(key.jwk.kid()).ok_or(KeyProblem::Locked)?,
    };
    let signature = subtle.sign_with_object_and_u8_array(&es256(), &private, bytes).map_err(failed)?;
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
        outcomes.push(verifies(&subtle, &check.jwk, &check.input.bytes(), &check.value).await.unwrap_or(false));
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
