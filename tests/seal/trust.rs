//! Keys are judged by the time of receipt.

use super::sealed::{check_at, key, seal};
use asesmen::domain::Timestamp;
use asesmen::json::parse;
use asesmen::seal::{Finding, KnownKey, Revocation, Statement, Trust, Verdict};
use proptest::prelude::*;
use std::cmp::Ordering;

const AT: &str = "2026-11-23T09:00:00.000+07:00";
const BEFORE: &str = "2026-11-23T08:59:59.999+07:00";
const AFTER: &str = "2026-11-23T09:00:00.001+07:00";

fn time(text: &str) -> Timestamp {
    Timestamp::parse(text).expect("a time")
}

fn judged(change: impl FnOnce(&mut KnownKey), at: &str) -> (Verdict, Vec<Finding>) {
    let worker = key(3);
    let mut known = KnownKey::of(worker.jwk.kid());
    change(&mut known);
    let report = check_at(&seal(&[("social-worker", &worker)]), &Trust::known(vec![known]), time(at));
    let report = report.expect("readable");
    (report.verdict, report.findings)
}

fn revoked() -> Option<Revocation> {
    Some(Revocation { at: time(AT), reason: Some("tablet lost".to_owned()) })
}

#[test]
fn a_revoked_key_vouches_for_what_had_arrived_before() {
    assert_eq!(judged(|key| key.revoked = revoked(), BEFORE), (Verdict::Valid, vec![]));
    for late in [AT, AFTER] {
        let (verdict, found) = judged(|key| key.revoked = revoked(), late);
        assert_eq!(verdict, Verdict::Invalid);
        assert!(matches!(&found[..], [Finding::RevokedKey { since, reason: Some(_), .. }] if *since == time(AT)));
    }
}

#[test]
fn a_revocation_counts_without_a_register_too() {
    let worker = key(3);
    let revoked = vec![(worker.jwk.kid(), Revocation { at: time(AT), reason: None })];
    let trust = Trust { keys: None, revoked };
    let report = check_at(&seal(&[("social-worker", &worker)]), &trust, time(AFTER)).expect("readable");
    assert_eq!(report.verdict, Verdict::Invalid);
}

#[test]
fn the_earliest_of_several_revocations_counts() {
    let worker = key(3);
    let mut known = KnownKey::of(worker.jwk.kid());
    known.revoked = Some(Revocation { at: time(AFTER), reason: None });
    let earlier = (worker.jwk.kid(), Revocation { at: time(BEFORE), reason: None });
    let trust = Trust { revoked: vec![earlier], ..Trust::known(vec![known]) };
    let report = check_at(&seal(&[("social-worker", &worker)]), &trust, time(AT)).expect("readable");
    assert!(matches!(&report.findings[..], [Finding::RevokedKey { since, .. }] if *since == time(BEFORE)));
}

#[test]
fn a_key_counts_from_its_first_to_its_last_moment() {
    let within = |key: &mut KnownKey| (key.valid_from, key.valid_until) = (Some(time(AT)), Some(time(AT)));
    assert_eq!(judged(within, AT), (Verdict::Valid, vec![]));
    assert!(matches!(judged(within, BEFORE), (Verdict::Invalid, found) if found[0].code() == "key-not-yet-valid"));
    assert!(matches!(judged(within, AFTER), (Verdict::Invalid, found) if found[0].code() == "key-expired"));
}

#[test]
fn another_role_than_the_known_one_is_told_and_breaks_nothing() {
    let (verdict, found) = judged(|key| key.role = Some("supervisor".to_owned()), AT);
    assert_eq!((verdict, found[0].code()), (Verdict::Valid, "role-differs"));
    assert_eq!(judged(|key| key.role = Some("social-worker".to_owned()), AT).1, vec![]);
}

#[test]
fn a_register_comes_back_as_it_was_and_is_refused_as_a_whole() {
    let worker = key(3);
    let mut whole = KnownKey::of(worker.jwk.kid());
    whole.jwk = Some(worker.jwk.clone());
    whole.name = Some("Sekar Prameswari".to_owned());
    whole.role = Some("social-worker".to_owned());
    whole.organisation = Some("Rumah Singgah Melati".to_owned());
    (whole.valid_from, whole.valid_until) = (Some(time(BEFORE)), Some(time(AFTER)));
    whole.revoked = revoked();
    let keys = vec![whole, KnownKey::of(key(4).jwk.kid())];
    let written = KnownKey::list_to_json(&keys);
    assert_eq!(KnownKey::list_from_json(&written), Some(keys));
    for (good, bad) in [
        (AT, "yesterday"),
        ("\"revoked\":{\"at\"", "\"revoked\":{\"on\""),
        (&worker.jwk.kid().to_string(), &key(4).jwk.kid().to_string()),
        ("\"name\":\"", "\"name\":7,\"x\":\""),
    ] {
        let text = written.to_string();
        assert!(text.contains(good), "{good}");
        let broken = parse(text.replacen(good, bad, 1).as_bytes()).expect("JSON");
        assert_eq!(KnownKey::list_from_json(&broken), None, "{bad}");
    }
}

/// What is said of one key: when it was sealed, until when the key counts, and from when it is revoked.
fn said() -> impl Strategy<Value = (u8, Option<u8>, Option<u8>)> {
    (0..6_u8, proptest::option::of(0..9_u8), proptest::option::weighted(0.2, 0..9_u8))
}

fn hour(hour: u8) -> Timestamp {
    time(&format!("2026-11-23T{hour:02}:00:00.000+07:00"))
}

fn statement((sealed, until, revoked): (u8, Option<u8>, Option<u8>)) -> Statement {
    let mut known = KnownKey::of(key(3).jwk.kid());
    known.valid_until = until.map(hour);
    known.revoked = revoked.map(|at| Revocation { at: hour(at), reason: None });
    Statement { sealed: Some(hour(sealed)), keys: vec![known] }
}

proptest! {
    /// In whatever order statements are heard the same is known; the newest sets the limits, and no revocation is lost.
    #[test]
    fn the_order_of_statements_does_not_matter(list in proptest::collection::vec(said(), 1..6)) {
        let newest = list.iter().map(|one| one.0).max().unwrap_or_default();
        let until = list.iter().filter(|one| one.0 == newest).filter_map(|one| one.1).min().map(hour);
        let revoked = list.iter().filter_map(|one| one.2).min().map(hour);
        let statements: Vec<Statement> = list.iter().copied().map(statement).collect();
        let turned: Vec<Statement> = statements.iter().rev().cloned().collect();
        let (trust, outdated) = Trust::stated(&statements);
        prop_assert_eq!(&Trust::stated(&turned).0, &trust);
        let older: Vec<usize> = list.iter().map(|one| usize::from(one.0 < newest)).collect();
        prop_assert_eq!(outdated, older);
        // As a tablet hears them, one after the other.
        let (mut known, mut last) = (KnownKey::of(key(3).jwk.kid()), None);
        for one in &statements {
            known.hear(&one.keys[0], last.map_or(Ordering::Greater, |last| one.sealed.cmp(&last)));
            last = Some(one.sealed.max(last.flatten()));
        }
        prop_assert_eq!(trust.keys.as_deref(), Some(&[known.clone()][..]));
        prop_assert_eq!((known.valid_until, known.revoked.map(|revoked| revoked.at)), (until, revoked));
    }
}
