//! Signatures that come later: added where they are asked for, put together over the same document, and nothing else.

use super::sealed::{Key, body, check, holding, key, loose, seal, sign, tree};
use asesmen::json::Value;
use asesmen::seal::{
    Finding, JoinRefusal, SigningInput, Trust, Verdict, add_signature, assemble, examine, merge, signatures_of,
    with_kept,
};
use serde_json::json;

fn three() -> [Key; 3] {
    [key(3), key(4), key(5)]
}

/// A document that asks for three, signed by the first.
fn begun() -> (Value, Vec<u8>) {
    let [worker, supervisor, head] = three();
    let signers = [("social-worker", &worker), ("supervisor", &supervisor), ("head-of-institution", &head)];
    let document = body(&signers).to_json();
    let file = assemble(&document, &[sign(&document, &worker)]);
    (document, file)
}

fn signed_by(file: &[u8], document: &Value, key: &Key) -> Vec<u8> {
    let (input, signature) = sign(document, key);
    add_signature(file, &input, &signature).expect("asked for")
}

/// As an app puts files together: each with the outcomes of its checks.
fn merged(files: &[&[u8]]) -> Result<Vec<u8>, JoinRefusal> {
    let outcomes: Vec<Vec<bool>> =
        files.iter().map(|file| examine(file).map(|read| holding(&read.checks)).unwrap_or_default()).collect();
    let files: Vec<(&[u8], &[bool])> = files.iter().copied().zip(outcomes.iter().map(Vec::as_slice)).collect();
    merge(&files)
}

fn altered(file: &[u8], change: impl FnOnce(&mut serde_json::Value)) -> Vec<u8> {
    let mut file = serde_json::from_slice(file).expect("JSON");
    change(&mut file);
    tree(&file).to_string().into_bytes()
}

#[test]
fn signatures_come_one_after_another_and_the_file_says_whose_are_awaited() {
    let (document, first) = begun();
    let [_, supervisor, head] = three();
    let report = check(&first, &Trust::not_checked()).expect("readable");
    let awaited = [("supervisor", supervisor.jwk.kid()), ("head-of-institution", head.jwk.kid())];
    assert_eq!((report.verdict, report.awaited()), (Verdict::Invalid, awaited.to_vec()));
    let second = signed_by(&first, &document, &head);
    let report = check(&second, &Trust::not_checked()).expect("readable");
    assert_eq!(report.awaited(), [("supervisor", supervisor.jwk.kid())]);
    let whole = signed_by(&second, &document, &supervisor);
    let report = check(&whole, &Trust::not_checked()).expect("readable");
    assert_eq!((report.verdict, report.awaited()), (Verdict::Valid, vec![]));
    assert_eq!(report.signatures.len(), 3);
}

#[test]
fn the_order_in_which_people_sign_makes_no_other_file() {
    let (document, first) = begun();
    let [_, supervisor, head] = three();
    let one = signed_by(&signed_by(&first, &document, &head), &document, &supervisor);
    let other = signed_by(&signed_by(&first, &document, &supervisor), &document, &head);
    let apart = [signed_by(&first, &document, &head), signed_by(&first, &document, &supervisor)];
    assert_eq!(one, other);
    assert_eq!(merged(&[&apart[0], &apart[1]]).expect("the same document"), one);
    assert_eq!(merged(&[&apart[1], &first, &apart[0]]).expect("the same document"), one);
    assert_eq!(merged(&[&one, &one]).expect("the same document"), one);
}

#[test]
fn of_two_signatures_by_one_key_the_first_stays() {
    let (document, first) = begun();
    let [worker, ..] = three();
    let (input, signature) = sign(&document, &worker);
    // An ECDSA signature (r, s) has a second valid form (r, n - s).
    let order = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";
    let mut other = signature.clone();
    let mut borrow = 0_i16;
    for at in (0..32).rev() {
        let digit = i16::from(u8::from_str_radix(&order[at * 2..at * 2 + 2], 16).expect("hex"));
        let less = digit - i16::from(signature[32 + at]) - borrow;
        borrow = i16::from(less < 0);
        other[32 + at] = u8::try_from(less.rem_euclid(256)).expect("a byte");
    }
    let twin = assemble(&document, &[(input, other)]);
    assert_ne!(twin, first);
    assert!(check(&twin, &Trust::not_checked()).expect("readable").signatures[0].matches, "both hold");
    assert_eq!(merged(&[&first, &twin]).expect("the same document"), first);
    assert_eq!(merged(&[&twin, &first]).expect("the same document"), twin);
}

#[test]
fn what_is_not_asked_for_is_not_added() {
    let (document, first) = begun();
    let [worker, supervisor, _] = three();
    let stranger = sign(&document, &key(9));
    assert_eq!(add_signature(&first, &stranger.0, &stranger.1), Err(JoinRefusal::NotAsked));
    let again = sign(&document, &worker);
    assert_eq!(add_signature(&first, &again.0, &again.1), Err(JoinRefusal::SignedAlready(worker.jwk.kid())));
    let mut other = loose(&document);
    other["revision"] = json!(2);
    let elsewhere = SigningInput::new(&tree(&other), supervisor.jwk.kid());
    assert_eq!(add_signature(&first, &elsewhere, &[0; 64]), Err(JoinRefusal::NotAsked), "signed was another document");
    let cut = add_signature(&first[..99], &stranger.0, &stranger.1);
    assert!(matches!(cut, Err(JoinRefusal::Unreadable(_))));
}

#[test]
fn only_the_very_same_document_is_put_together() {
    let (_, first) = begun();
    let with = |change: fn(&mut serde_json::Value)| {
        let (document, _) = begun();
        let mut document = loose(&document);
        change(&mut document);
        let document = tree(&document);
        assemble(&document, &[sign(&document, &three()[0])])
    };
    let other = with(|document| document["response"]["item"][0]["answer"][0]["valueDecimal"] = json!(52.6));
    assert!(matches!(merged(&[&first, &other]), Err(JoinRefusal::OtherDocument(_))));
    let foreign = with(|document| document["sealId"] = json!("0193a4d2-0000-7000-8000-000000000001"));
    assert!(matches!(merged(&[&first, &foreign]), Err(JoinRefusal::OtherSeal { .. })));
    assert!(matches!(merged(&[]), Err(JoinRefusal::Unreadable(_))));
}

#[test]
fn a_signature_that_does_not_hold_or_break_the_profile_spoils_the_whole_file() {
    let (document, first) = begun();
    let [_, supervisor, head] = three();
    let second = signed_by(&first, &document, &supervisor);
    let forged = altered(&second, |file| {
        let other = file["signatures"][0]["signature"].clone();
        file["signatures"][1]["signature"] = other;
    });
    let refused = |file: &[u8]| match merged(&[&first, file]) {
        Err(JoinRefusal::Broken(finding)) => finding.code(),
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&forged), "signature-mismatch");
    assert_eq!(refused(&altered(&second, |file| file["payload"] = json!("e30"))), "unsigned-member");
    assert_eq!(refused(&altered(&second, |file| file["signatures"][1]["header"] = json!({}))), "header-refused");
    let doubled = altered(&second, |file| {
        let again = file["signatures"][1].clone();
        file["signatures"].as_array_mut().expect("a list").push(again);
    });
    assert_eq!(refused(&doubled), "repeated-signer");
    let stranger = assemble(&document, &[sign(&document, &three()[0]), sign(&document, &key(9))]);
    assert_eq!(refused(&stranger), "unexpected-signer");
    let (input, signature) = sign(&document, &head);
    assert!(matches!(add_signature(&doubled, &input, &signature), Err(JoinRefusal::Broken(_))));
}

#[test]
fn nobody_is_awaited_where_more_is_wrong_or_nobody_signed() {
    let (document, first) = begun();
    let changed = altered(&first, |file| file["document"]["author"]["name"] = json!("Orang Lain"));
    assert_eq!(check(&changed, &Trust::not_checked()).expect("readable").awaited(), []);
    let blank = altered(&first, |file| file["signatures"] = json!([]));
    assert_eq!(check(&blank, &Trust::not_checked()).expect("readable").awaited(), []);
    let one = key(3);
    let shared = seal(&[("social-worker", &one), ("supervisor", &one)]);
    let shared = altered(&shared, |file| {
        file["signatures"].as_array_mut().expect("a list").truncate(1);
    });
    let report = check(&shared, &Trust::not_checked()).expect("readable");
    assert!(report.findings.iter().any(|finding| matches!(finding, Finding::MissingSigner { .. })));
    assert_eq!(report.awaited(), [], "one key cannot sign for two");
    assert!(matches!(merged(&[&first, &shared]), Err(JoinRefusal::Broken(_) | JoinRefusal::OtherDocument(_))));
    drop(document);
}

#[test]
fn what_was_kept_beside_a_file_stands_in_it_again() {
    let (document, first) = begun();
    let [_, supervisor, head] = three();
    let whole = signed_by(&signed_by(&first, &document, &supervisor), &document, &head);
    let entries = signatures_of(&whole).expect("whole");
    let kept: Vec<Value> = entries.into_iter().skip(1).map(|(_, entry)| entry).rev().collect();
    assert_eq!(with_kept(&first, &kept), whole);
    assert_eq!(with_kept(&first, &[tree(&json!({"protected": "e30"}))]), first, "what does not fit is left out");
    assert_eq!(with_kept(&first[..99], &kept), first[..99], "a damaged file is given as it is");
}
