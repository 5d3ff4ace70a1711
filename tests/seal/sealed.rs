//! Makes real sealed files with a real P-256 key, as the browser does with WebCrypto.

use asesmen::domain::{CaseId, InstrumentPin, SealId, Timestamp};
use asesmen::json::{Value, parse};
use asesmen::seal::{
    Author, DocumentBody, Jwk, Report, SignatureCheck, Signer, SigningInput, Times, Trust, Unreadable, assemble, es256,
};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
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
    let jwk = es256::SigningKey::from_bytes(&[seed; 32]).expect("as above").jwk();
    Key { signing, jwk }
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
    let signature = key.sign(&input.bytes());
    (input, signature)
}

pub fn seal(signers: &[(&str, &Key)]) -> Vec<u8> {
    let document = body(signers).to_json();
    let signatures: Vec<_> = signers.iter().map(|(_, key)| sign(&document, key)).collect();
    assemble(&document, &signatures)
}

/// Whether each of some signatures holds.
pub fn holding(checks: &[SignatureCheck]) -> Vec<bool> {
    checks.iter().map(es256::check).collect()
}

pub fn check(bytes: &[u8], trust: &Trust) -> Result<Report, Unreadable> {
    check_at(bytes, trust, at("2026-11-22T11:00:00+07:00"))
}

pub fn check_at(bytes: &[u8], trust: &Trust, received: Timestamp) -> Result<Report, Unreadable> {
    es256::verify(bytes, trust, received)
}
