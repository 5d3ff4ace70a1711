//! The encrypted package: its text form and the key of its content, against files that outside libraries made.

use super::sealed::{key, loose, tree};
use asesmen::seal::{Encrypted, EncryptionKey, EncryptionKeyRefusal, JweRefusal, content_key, jwe_compact, jwe_header};
use base64ct::{Base64UrlUnpadded, Encoding};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Encrypted to key 9 by npm `jose` and PyPI `joserfc`.
const JOSE: &[u8] = include_bytes!("../fixtures/jwe/jose.jwe");
const JOSERFC: &[u8] = include_bytes!("../fixtures/jwe/joserfc.jwe");

fn receiver() -> EncryptionKey {
    EncryptionKey::of(key(9).jwk, "Bima Prasetya", "Balai Contoh")
}

#[test]
fn what_outside_libraries_encrypt_is_read() {
    for file in [JOSE, JOSERFC] {
        assert!(Encrypted::is_likely(file));
        let encrypted = Encrypted::read(file).expect("readable");
        assert_eq!(encrypted.kid, receiver().kid);
        assert_eq!((encrypted.iv.len(), encrypted.sealed.len()), (12, "{\"isi\":\"paket\"}".len() + 16));
        let iv = encrypted.iv.clone().try_into().expect("twelve bytes");
        let written = jwe_compact(&encrypted.protected, &iv, &encrypted.sealed);
        assert_eq!(written.as_bytes(), file.trim_ascii_end());
    }
}

/// The secret that key 9 and the sender of `jose.jwe` agree on, and the key that the library derived of it, both reckoned
/// by the Python package `cryptography`, which decrypts the file with that.
#[test]
fn the_key_of_the_content_is_the_one_that_others_derive() {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let secret: Vec<u8> = (0..32)
        .map(|at| &"7c8184329e32d5f5eb6276fa1a3db195f60ac27bd40ecb3a25ec60db30bf00df"[at * 2..at * 2 + 2])
        .map(|pair| u8::from_str_radix(pair, 16).expect("hexadecimal"))
        .collect();
    let derived = hex(&content_key(&secret));
    assert_eq!(derived, "08f374751b538304dc4cf4e6af36e97e48808b920da377e07d6e076b4fb5282d");
}

#[test]
fn the_header_names_the_key_and_nothing_that_is_not_needed() {
    let header = Base64UrlUnpadded::decode_vec(&jwe_header(&receiver(), &key(4).jwk)).expect("base64url");
    let header: Value = serde_json::from_slice(&header).expect("JSON");
    let epk = loose(&key(4).jwk.to_json());
    let kid = receiver().kid;
    let whole = json!({"alg": "ECDH-ES", "enc": "A256GCM", "kid": kid, "epk": epk, "typ": "JOSE", "cty": "json"});
    assert_eq!(header, whole);
}

fn with_header(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let text = std::str::from_utf8(JOSE).expect("text");
    let (protected, rest) = text.split_once('.').expect("parts");
    let header = Base64UrlUnpadded::decode_vec(protected).expect("base64url");
    let mut header = serde_json::from_slice(&header).expect("JSON");
    change(&mut header);
    format!("{}.{rest}", Base64UrlUnpadded::encode_string(header.to_string().as_bytes())).into_bytes()
}

#[test]
fn other_algorithms_and_headers_are_refused_by_name() {
    let unsupported = |name: &str| Err(JweRefusal::Unsupported(name.to_owned()));
    for (name, value) in [
        ("alg", json!("RSA-OAEP")),
        ("alg", json!("ECDH-ES+A256KW")),
        ("enc", json!("A128CBC-HS256")),
        ("zip", json!("DEF")),
        ("crit", json!(["exp"])),
        ("jku", json!("https://example.org")),
        ("apu", json!("QQ")),
    ] {
        assert_eq!(Encrypted::read(&with_header(|header| header[name] = value)), unsupported(name));
    }
    for name in ["alg", "enc", "kid", "epk"] {
        let without = with_header(|header| drop(header.as_object_mut().expect("an object").remove(name)));
        assert_eq!(Encrypted::read(&without), Err(JweRefusal::Header), "{name}");
    }
    assert_eq!(Encrypted::read(&with_header(|header| header["epk"]["crv"] = "P-384".into())), Err(JweRefusal::Header));
    let text = String::from_utf8(JOSE.to_vec()).expect("text");
    let wrapped = text.replacen("..", ".QUJD.", 1);
    let parts = [text.replace('.', ":"), format!("{text}.more"), text.replacen("..", ".", 1), wrapped, String::new()];
    for broken in parts {
        assert_eq!(Encrypted::read(broken.as_bytes()), Err(JweRefusal::NotCompact), "{broken}");
    }
}

fn read(change: impl FnOnce(&mut Value)) -> Result<EncryptionKey, EncryptionKeyRefusal> {
    let mut key = loose(&receiver().to_json());
    change(&mut key);
    EncryptionKey::read(key.to_string().as_bytes())
}

#[test]
fn only_a_public_key_for_encryption_is_taken() {
    use EncryptionKeyRefusal as R;
    assert_eq!(read(|_| ()), Ok(receiver()));
    let named = read(|key| key["kid"] = "portal-2026".into()).expect("a key");
    assert_eq!(named.kid, "portal-2026", "a portal names its keys as it likes");
    let nameless = read(|key| drop(key.as_object_mut().expect("an object").remove("kid"))).expect("a key");
    assert_eq!(nameless.kid, key(9).jwk.kid().to_string());
    assert_eq!(read(|key| key["use"] = "sig".into()), Err(R::NotForEncryption));
    // A signing key as the app shows it says nothing of its use, and is not agreed with.
    let signing = tree(&loose(&key(3).jwk.to_json())).to_string();
    assert_eq!(EncryptionKey::read(signing.as_bytes()), Err(R::NotForEncryption));
    assert_eq!(read(|key| key["d"] = key["x"].clone()), Err(R::Private));
    assert_eq!(read(|key| key["crv"] = "P-384".into()), Err(R::NotP256));
    assert_eq!(read(|key| key["alg"] = "ES256".into()), Err(R::NotP256));
    assert_eq!(read(|key| key["name"] = 7.into()), Err(R::NotAKey));
    assert_eq!(EncryptionKey::read(b"ssh-rsa AAAA"), Err(R::NotAKey));
}

proptest! {
    /// No bytes make the readers panic, and JSON is never taken for an encrypted file.
    #[test]
    fn no_input_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>()) {
        let _ = (Encrypted::read(&bytes), EncryptionKey::read(&bytes), Encrypted::is_likely(&bytes));
        let mut file = JOSE.to_vec();
        let place = at.index(file.len());
        file[place] = bytes.first().copied().unwrap_or_default();
        let _ = Encrypted::read(&file);
        let json = b"{\"document\": {}}";
        prop_assert!(!Encrypted::is_likely(json));
    }
}
