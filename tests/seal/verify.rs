use super::sealed::{Key, body, check, jwk_of, key, loose, seal, sign, tree};
use asesmen::seal::{Finding, HeaderRefusal, Trust, Unreadable, Verdict, assemble, es256, examine};
use base64ct::{Base64UrlUnpadded, Encoding};
use proptest::prelude::*;
use serde_json::{Value, json};

fn worker() -> Key {
    key(3)
}

fn sealed() -> Vec<u8> {
    seal(&[("social-worker", &worker())])
}

fn findings(bytes: &[u8]) -> Vec<Finding> {
    check(bytes, &Trust::not_checked()).expect("readable").findings
}

fn breaking(bytes: &[u8]) -> Vec<Finding> {
    findings(bytes).into_iter().filter(Finding::breaks_seal).collect()
}

fn edited(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut file = serde_json::from_slice(&sealed()).expect("JSON");
    change(&mut file);
    file.to_string().into_bytes()
}

fn with_header(header: &Value) -> Vec<u8> {
    edited(|file| {
        file["signatures"][0]["protected"] = Base64UrlUnpadded::encode_string(header.to_string().as_bytes()).into();
    })
}

#[test]
fn all_signatures_of_a_file_share_what_they_stand_over() {
    let keys = [key(3), key(4), key(5)];
    let file = seal(&[("social-worker", &keys[0]), ("supervisor", &keys[1]), ("trainer", &keys[2])]);
    let checks = examine(&file).expect("readable").checks;
    let places: Vec<*const u8> = checks.iter().map(|check| check.input.parts()[2].as_ptr()).collect();
    assert_eq!((places.len(), &places[1..]), (3, &[places[0]; 2][..]), "not a copy for each");
    for check in &checks {
        assert_eq!(check.input.bytes(), check.input.parts().concat());
        assert!(es256::holds(&check.jwk, &[&check.input.bytes()], &check.value) && es256::check(check));
    }
}

#[test]
fn a_sealed_file_holds() {
    let report = check(&sealed(), &Trust::only([worker().jwk.kid()])).expect("readable");
    assert_eq!((report.verdict, report.findings), (Verdict::Valid, vec![]));
    assert!(report.signatures[0].matches);
}

#[test]
fn another_writing_of_the_same_json_holds() {
    let pretty =
        serde_json::to_string_pretty(&serde_json::from_slice::<Value>(&sealed()).expect("JSON")).expect("JSON");
    assert_eq!(check(pretty.as_bytes(), &Trust::not_checked()).expect("readable").verdict, Verdict::Valid);
}

#[test]
fn without_a_trust_list_the_key_is_reported_not_judged() {
    let kid = worker().jwk.kid();
    let report = check(&sealed(), &Trust::not_checked()).expect("readable");
    assert_eq!(report.verdict, Verdict::Valid);
    assert_eq!(report.findings, [Finding::TrustNotChecked { role: "social-worker".to_owned(), kid }]);
}

#[test]
fn an_unlisted_key_is_not_trusted() {
    let report = check(&sealed(), &Trust::only([key(9).jwk.kid()])).expect("readable");
    assert_eq!(report.verdict, Verdict::Invalid);
    assert!(matches!(report.findings[..], [Finding::UntrustedKey { .. }]));
}

#[test]
fn two_signers_must_both_sign_once() {
    let (one, two) = (key(3), key(4));
    let signers = [("social-worker", &one), ("supervisor", &two)];
    let document = body(&signers).to_json();
    let (first, second) = (sign(&document, &one), sign(&document, &two));
    assert_eq!(breaking(&assemble(&document, &[first.clone(), second.clone()])), []);
    assert!(matches!(
        breaking(&assemble(&document, std::slice::from_ref(&first)))[..],
        [Finding::MissingSigner { .. }]
    ));
    let doubled = assemble(&document, &[first.clone(), first, second]);
    assert!(matches!(breaking(&doubled)[..], [Finding::RepeatedSigner { signature: 2, .. }]));
}

#[test]
fn a_stranger_may_not_sign() {
    let document = body(&[("social-worker", &worker())]).to_json();
    let file = assemble(&document, &[sign(&document, &worker()), sign(&document, &key(5))]);
    assert!(matches!(breaking(&file)[..], [Finding::UnexpectedSigner { signature: 2, .. }]));
}

#[test]
fn no_signatures_means_a_missing_signer() {
    assert!(matches!(breaking(&edited(|file| file["signatures"] = json!([])))[..], [Finding::MissingSigner { .. }]));
}

#[test]
fn a_changed_document_names_the_signature_that_fails() {
    let file = edited(|file| file["document"]["response"]["item"][0]["answer"][0]["valueDecimal"] = json!(52.6));
    assert!(matches!(breaking(&file)[..], [Finding::SignatureMismatch { signature: 1, .. }]));
}

#[test]
fn composed_and_decomposed_letters_are_different_documents() {
    let file =
        edited(|file| file["document"]["response"]["item"][1]["answer"][0]["valueString"] = json!("e\u{301} — 🌿"));
    assert!(matches!(breaking(&file)[..], [Finding::SignatureMismatch { .. }]));
}

#[test]
fn swapped_keys_are_seen() {
    let other = key(6).jwk;
    let file = edited(|file| file["document"]["requiredSigners"][0]["jwk"] = loose(&other.to_json()));
    let found = breaking(&file);
    assert!(found.iter().any(|finding| matches!(finding, Finding::KeyMismatch { .. })), "{found:?}");
}

#[test]
fn an_author_who_does_not_sign_is_seen() {
    let mut document = loose(&body(&[("social-worker", &worker())]).to_json());
    document["author"]["kid"] = json!(key(8).jwk.kid().to_string());
    let document = tree(&document);
    let file = assemble(&document, &[sign(&document, &worker())]);
    assert_eq!(breaking(&file), [Finding::AuthorDoesNotSign]);
}

#[test]
fn members_outside_the_signed_bytes_are_refused() {
    let outside = |member: &str| Finding::UnsignedMember { member: member.to_owned() };
    assert_eq!(breaking(&edited(|file| file["payload"] = json!("eyJ9"))), [outside("payload")]);
    assert_eq!(breaking(&edited(|file| file["note"] = json!(1))), [outside("note")]);
    let header = breaking(&edited(|file| file["signatures"][0]["header"] = json!({"kid": "x"})));
    let refused = Finding::HeaderRefused { signature: 1, reason: HeaderRefusal::Member("header".to_owned()) };
    assert!(header.contains(&refused), "{header:?}");
}

#[test]
fn headers_outside_the_profile_are_refused() {
    let kid = worker().jwk.kid().to_string();
    let cases = [
        (json!({"alg": "none", "kid": kid}), HeaderRefusal::Algorithm("none".to_owned())),
        (json!({"alg": "HS256", "kid": kid}), HeaderRefusal::Algorithm("HS256".to_owned())),
        (json!({"alg": "ES256", "kid": kid, "jwk": {}}), HeaderRefusal::Parameter("jwk".to_owned())),
        (json!({"alg": "ES256", "kid": kid, "b64": false}), HeaderRefusal::Parameter("b64".to_owned())),
        (json!({"alg": "ES256", "kid": kid, "crit": []}), HeaderRefusal::Parameter("crit".to_owned())),
        (json!({"alg": "ES256", "kid": "x"}), HeaderRefusal::Kid),
        (json!({"alg": "ES256", "kid": kid, "iat": 1}), HeaderRefusal::Parameter("iat".to_owned())),
        (json!({"kid": kid}), HeaderRefusal::Missing("alg".to_owned())),
        (json!([]), HeaderRefusal::NotAnObject),
    ];
    for (header, reason) in cases {
        let found = breaking(&with_header(&header));
        assert!(found.contains(&Finding::HeaderRefused { signature: 1, reason }), "{header}: {found:?}");
    }
}

#[test]
fn signatures_of_another_shape_are_refused() {
    for (text, reason) in
        [("AAAA", HeaderRefusal::Length), ("not base64url!", HeaderRefusal::Encoding("signature".to_owned()))]
    {
        let found = breaking(&edited(|file| file["signatures"][0]["signature"] = json!(text)));
        assert!(found.contains(&Finding::HeaderRefused { signature: 1, reason }), "{text}: {found:?}");
    }
    let zeros = Base64UrlUnpadded::encode_string(&[0; 64]);
    let found = breaking(&edited(|file| file["signatures"][0]["signature"] = json!(zeros)));
    assert!(matches!(found[..], [Finding::SignatureMismatch { .. }]), "{found:?}");
}

#[test]
fn a_key_off_the_curve_verifies_nothing() {
    let off = jwk_of(&json!({"kty": "EC", "crv": "P-256",
        "x": Base64UrlUnpadded::encode_string(&[1; 32]), "y": Base64UrlUnpadded::encode_string(&[1; 32])}));
    let off = off.expect("well-formed");
    let mut document = loose(&body(&[("social-worker", &worker())]).to_json());
    let kid = off.kid().to_string();
    document["author"]["kid"] = json!(kid);
    document["requiredSigners"][0] = json!({"role": "social-worker", "kid": kid, "jwk": loose(&off.to_json())});
    let document = tree(&document);
    let mut signature = sign(&document, &worker());
    signature.0 = asesmen::seal::SigningInput::new(&document, off.kid());
    assert!(matches!(breaking(&assemble(&document, &[signature]))[..], [Finding::SignatureMismatch { .. }]));
}

#[test]
fn a_clock_ahead_is_told() {
    let mut document = loose(&body(&[("social-worker", &worker())]).to_json());
    document["times"]["sealed"] = json!("2031-01-01T00:00:00+07:00");
    let document = tree(&document);
    let file = assemble(&document, &[sign(&document, &worker())]);
    assert!(findings(&file).iter().any(|finding| matches!(finding, Finding::FutureTime { .. })));
    assert_eq!(breaking(&file), []);
}

#[test]
fn other_files_are_unreadable_not_invalid() {
    let unreadable = |bytes: &[u8]| check(bytes, &Trust::not_checked()).expect_err("unreadable");
    assert!(matches!(unreadable(&sealed()[..200]), Unreadable::Json(_)));
    assert!(matches!(unreadable(b""), Unreadable::Json(_)));
    assert_eq!(unreadable(b"{}"), Unreadable::NotSealed("document"));
    assert_eq!(unreadable(b"[1]"), Unreadable::NotSealed("the outer object"));
    let newer = edited(|file| file["document"]["type"] = json!("https://asesmen.id/formats/sealed-document/9"));
    assert!(matches!(unreadable(&newer), Unreadable::UnknownFormat(_)));
    let bare = edited(|file| file["document"]["requiredSigners"] = json!([]));
    assert_eq!(unreadable(&bare), Unreadable::NotSealed("document.requiredSigners"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Any one byte changed anywhere makes the file unreadable or breaks the seal.
    #[test]
    fn every_changed_byte_is_seen(position in 0_usize..1, byte in any::<u8>(), salt in any::<prop::sample::Index>()) {
        let mut file = sealed();
        let position = position + salt.index(file.len());
        prop_assume!(file[position] != byte);
        file[position] = byte;
        match check(&file, &Trust::not_checked()) {
            Err(_) => {}
            Ok(report) => prop_assert_eq!(report.verdict, Verdict::Invalid),
        }
    }

    /// A file cut off anywhere is unreadable.
    #[test]
    fn every_truncation_is_seen(salt in any::<prop::sample::Index>()) {
        let file = sealed();
        prop_assert!(check(&file[..salt.index(file.len())], &Trust::not_checked()).is_err());
    }

    /// No bytes make the reader panic.
    #[test]
    fn no_input_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = check(&bytes, &Trust::not_checked());
    }
}
