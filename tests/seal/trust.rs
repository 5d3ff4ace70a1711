//! Keys are judged by the time of receipt.

use super::sealed::{check_at, key, seal};
use asesmen::domain::Timestamp;
use asesmen::json::parse;
use asesmen::seal::{Finding, KnownKey, Revocation, Trust, Verdict};

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
