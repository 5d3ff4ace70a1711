//! Makes real sealed files with a real P-256 key, as the browser does with WebCrypto.

use asesmen::domain::{CaseId, InstrumentPin, SealId, Timestamp};
use asesmen::json::{Value, parse};
use asesmen::seal::{
    Author, DocumentBody, Jwk, Report, SignatureCheck, Signer, SigningInput, Times, Trust, Unreadable, assemble,
    examine,
};
use base64ct::{Base64UrlUnpadded, Encoding};
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use serde_json::json;

#[derive(Clone)]
pub struct Key {
    signing: SigningKey,
    pub jwk: Jwk,
}

impl Key {
    /// An ES256 signature over bytes, r and s.
    pub fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        let signature: Signature = self.signing.sign(bytes);
        signature.to_bytes().to_vec()
    }
}

/// The app's own tree of a value written with `serde_json`, which is handier to write in tests.
pub fn tree(value: &serde_json::Value) -> Value {
    parse(value.to_string().as_bytes()).expect("serde_json writes JSON")
}

/// The other way round.
pub fn loose(value: &Value) -> serde_json::Value {
    serde_json::from_str(&value.to_string()).expect("the app writes JSON")
}

pub fn jwk_of(value: &serde_json::Value) -> Result<Jwk, asesmen::seal::KeyRefusal> {
    Jwk::read(&tree(value))
}

pub fn key(seed: u8) -> Key {
    let signing = SigningKey::from_slice(&[seed; 32]).expect("a small scalar is a key");
    let point = signing.verifying_key().to_sec1_point(false);
    let part = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
    let bytes = point.as_bytes();
    let jwk = json!({"kty": "EC", "crv": "P-256", "x": part(&bytes[1..33]), "y": part(&bytes[33..])});
    Key { signing, jwk: jwk_of(&jwk).expect("a public key") }
}

pub fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).expect("a time")
}

pub fn body(signers: &[(&str, &Key)]) -> DocumentBody {
    let sealed = at("2026-11-22T10:32:05.123+07:00");
    DocumentBody {
        seal_id: SealId::new(sealed, [7; 10]),
        case: CaseId::new(sealed, [1; 10]),
        register_number: Some("014/2026".to_owned()),
        instrument: InstrumentPin { canonical: "https://example.org/f|1".to_owned(), digest: "sha-256:00".to_owned() },
        revision: 1,
        replaces: None,
        author: Author {
            name: "Ratri Wulansari".to_owned(),
            role: "social-worker".to_owned(),
            organisation: "Rumah Singgah Contoh".to_owned(),
            licence_number: None,
            kid: signers[0].1.jwk.kid(),
        },
        times: Times { contact: None, written: sealed, sealed },
        required_signers: signers
            .iter()
            .map(|(role, key)| Signer { role: (*role).to_owned(), jwk: key.jwk.clone() })
            .collect(),
        response: tree(&json!({"resourceType": "QuestionnaireResponse", "item": [{"linkId": "weight",
            "answer": [{"valueDecimal": 52.5}]}, {"linkId": "note", "answer": [{"valueString": "é — \u{1F33F}"}]}]})),
    }
}

pub fn sign(document: &Value, key: &Key) -> (SigningInput, Vec<u8>) {
    let input = SigningInput::new(document, key.jwk.kid());
    let signature = key.sign(&input.bytes);
    (input, signature)
}

pub fn seal(signers: &[(&str, &Key)]) -> Vec<u8> {
    let document = body(signers).to_json();
    let signatures: Vec<_> = signers.iter().map(|(_, key)| sign(&document, key)).collect();
    assemble(&document, &signatures)
}

/// Whether each of some signatures holds.
pub fn holding(checks: &[SignatureCheck]) -> Vec<bool> {
    let holds = |check: &SignatureCheck| {
        let (x, y) = check.jwk.coordinates();
        let key = VerifyingKey::from_sec1_bytes(&[&[4_u8], x.as_slice(), y.as_slice()].concat()).ok()?;
        key.verify(&check.bytes, &Signature::from_slice(&check.value).ok()?).ok()
    };
    checks.iter().map(|check| holds(check).is_some()).collect()
}

pub fn check(bytes: &[u8], trust: &Trust) -> Result<Report, Unreadable> {
    let examination = examine(bytes)?;
    let outcomes = holding(&examination.checks);
    Ok(examination.conclude(&outcomes, trust, at("2026-11-22T11:00:00+07:00")))
}
