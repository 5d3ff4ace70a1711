//! Whose keys `asesmen verify` believes, and by which time it judges them.

use super::folder::{Folder, Run, program, run};
use crate::seal::sealed::{at, body, key, seal, sign};
use asesmen::json::Object;
use asesmen::seal::{Format, KnownKey, SealId, Signer, assemble};
use serde_json::{Value, json};

const NOON: &str = "2026-11-23T12:00:00.000+07:00";

fn kid(seed: u8) -> String {
    key(seed).jwk.kid().to_string()
}

/// A register of keys, sealed by key 9.
fn sealed_register(keys: &Value) -> Vec<u8> {
    sealed_then("2026-11-20T08:00:00.000+07:00", keys)
}

fn sealed_then(when: &str, keys: &Value) -> Vec<u8> {
    let keys: Vec<KnownKey> = KnownKey::list_from_json(&crate::seal::sealed::tree(keys)).expect("a register");
    let (office, sealed) = (key(9), at(when));
    let mut author = body(&[("issuer", &office)]).author;
    author.role = "issuer".to_owned();
    let signers = [Signer { role: "issuer".to_owned(), jwk: office.jwk.clone() }];
    let mut document: Object = Format::Register.head(SealId::new(sealed, [9; 10]), &author, sealed, &signers);
    document.set("register", KnownKey::list_to_json(&keys));
    let document = document.into();
    assemble(&document, &[sign(&document, &office)])
}

fn folder() -> Folder {
    let plain = |keys: Value| json!({ "keys": keys }).to_string().into_bytes();
    let limited = json!({"kid": kid(3), "validFrom": "2026-11-23T00:00:00Z", "validUntil": "2026-11-24T00:00:00Z"});
    let revoked = json!({"kid": kid(3), "revoked": {"at": NOON, "reason": "tablet lost"}});
    let register = sealed_register(&json!({"keys": [limited]}));
    let changed = String::from_utf8(register.clone()).expect("text").replace("2026-11-24", "2036-11-24");
    Folder::new(&[
        ("a.asesmen.json", &seal(&[("social-worker", &key(3))])),
        ("plain.json", &plain(json!([{"kid": kid(3), "role": "social-worker"}, {"kid": kid(4)}]))),
        ("other.json", &plain(json!([{"kid": kid(4)}]))),
        ("nobody.json", &plain(json!([]))),
        ("revoked.json", &plain(json!([revoked, {"kid": kid(5)}]))),
        ("register.asesmen.json", &register),
        ("changed.asesmen.json", changed.as_bytes()),
        ("text.txt", b"keys"),
    ])
}

fn verify(arguments: &[&str]) -> Run {
    let folder = folder();
    run(program().args(["verify", "a.asesmen.json", "--json"]).args(arguments).current_dir(folder.path()))
}

/// The exit code and what was found.
fn found(arguments: &[&str]) -> (Option<i32>, Vec<String>) {
    let ended = verify(arguments);
    let list: Value = serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{}", ended.err));
    let findings = list[0]["findings"].as_array().expect("findings");
    (ended.code, findings.iter().map(|finding| finding["finding"].as_str().expect("a code").to_owned()).collect())
}

#[test]
fn a_register_says_whose_keys_are_believed() {
    assert_eq!(found(&["--trust", "plain.json"]), (Some(0), vec![]));
    let untrusted = (Some(1), vec!["untrusted-key".to_owned()]);
    assert_eq!(found(&["--trust", "other.json"]), untrusted);
    assert_eq!(found(&["--trust", "nobody.json"]), untrusted, "an empty register believes nobody");
    assert_eq!(found(&["--trust", "other.json", "--trust", &kid(3)]), (Some(0), vec![]));
    assert_eq!(found(&["--trust", "other.json", "--trust", "plain.json"]), (Some(0), vec![]));
}

#[test]
fn keys_are_judged_by_the_time_of_receipt() {
    let register = ["--trust", "register.asesmen.json", "--at"];
    let judged = |time: &str| found(&[&register[..], &[time]].concat());
    assert_eq!(judged(NOON), (Some(0), vec![]));
    assert_eq!(judged("2026-11-22T23:59:59Z"), (Some(1), vec!["key-not-yet-valid".to_owned()]));
    assert_eq!(judged("2026-11-24T00:00:00.001Z"), (Some(1), vec!["key-expired".to_owned()]));
    let named = ["--trust", &kid(3), "--trust", "register.asesmen.json", "--at", "2026-12-24T00:00:00Z"];
    assert_eq!(found(&named), (Some(1), vec!["key-expired".to_owned()]), "a mere name lifts no limit");
    let early = found(&["--trust", &kid(3), "--at", "2026-11-20T00:00:00Z"]);
    assert_eq!(early, (Some(0), vec!["future-time".to_owned()]));
}

#[test]
fn a_revoked_key_vouches_for_what_came_before() {
    let judged = |time: &str| found(&["--trust", "plain.json", "--revoked", "revoked.json", "--at", time]);
    assert_eq!(judged("2026-11-23T11:59:59.999+07:00"), (Some(0), vec![]));
    assert_eq!(judged(NOON), (Some(1), vec!["revoked-key".to_owned()]));
    let (code, codes) = found(&["--revoked", "revoked.json", "--at", NOON]);
    assert_eq!((code, codes.contains(&"revoked-key".to_owned())), (Some(1), true), "without a register too");
}

#[test]
fn lists_that_cannot_be_used_end_the_run_before_it_begins() {
    for arguments in [
        &["--trust", "text.txt"][..],
        &["--trust", "missing.json"],
        &["--trust", "a.asesmen.json"],
        &["--trust", "changed.asesmen.json"],
        &["--revoked", "missing.json"],
        &["--revoked", "text.txt"],
        &["--at", "yesterday"],
    ] {
        let ended = verify(arguments);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(!ended.err.is_empty());
    }
}

#[test]
fn of_several_registers_the_newest_counts_in_whatever_order_and_every_revocation() {
    let register =
        |day: &str, entry: Value| sealed_then(&format!("2026-11-{day}T08:00:00.000+07:00"), &json!({"keys": [entry]}));
    let folder = folder();
    folder.put("old.json", &register("10", json!({"kid": kid(3), "validUntil": "2030-01-01T00:00:00Z"})));
    folder.put("new.json", &register("20", json!({"kid": kid(3), "validUntil": "2026-11-23T00:00:00Z"})));
    folder.put("gone.json", &register("05", json!({"kid": kid(3), "revoked": {"at": "2026-11-22T00:00:00Z"}})));
    folder.put("list.json", json!({"keys": [{"kid": kid(3)}]}).to_string().as_bytes());
    let judged = |names: &[&str]| {
        let trust = names.iter().flat_map(|name| ["--trust", *name]);
        let mut command = program();
        command.args(["verify", "a.asesmen.json", "--json", "--at", NOON]).args(trust).current_dir(folder.path());
        let ended = run(&mut command);
        let list: Value = serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{}", ended.err));
        let findings = list[0]["findings"].as_array().expect("findings").clone();
        let codes = findings.iter().map(|finding| finding["finding"].as_str().expect("a code").to_owned());
        (
            codes.collect::<Vec<_>>(),
            ended.err.contains("\"old.json\" is older than another register about 1 of its keys"),
        )
    };
    assert_eq!(judged(&["old.json"]), (vec![], false));
    for order in [&["old.json", "new.json"][..], &["new.json", "old.json"], &["list.json", "new.json", "old.json"]] {
        assert_eq!(judged(order), (vec!["key-expired".to_owned()], true), "{order:?}");
    }
    for order in [["gone.json", "old.json"], ["old.json", "gone.json"]] {
        assert_eq!(judged(&order).0, ["revoked-key"], "an older register still revokes: {order:?}");
    }
}

#[test]
fn a_register_is_outdated_by_a_newer_one_of_the_same_issuer_about_the_same_key() {
    let register = |day: &str, seed: u8| {
        sealed_then(
            &format!("2026-11-{day}T08:00:00.000+07:00"),
            &json!({"keys": [{"kid": kid(seed)}, {"kid": kid(seed + 1)}]}),
        )
    };
    let files = [register("10", 3), register("20", 4), register("05", 7)];
    let folder = Folder::new(&[("old.json", &files[0]), ("new.json", &files[1]), ("else.json", &files[2])]);
    let ended =
        run(program().args(["verify", "old.json", "new.json", "else.json", "--json"]).current_dir(folder.path()));
    let list: Value = serde_json::from_str(&ended.out).expect("JSON");
    let outdated = |file: &Value| {
        let findings = file["findings"].as_array().expect("findings").iter();
        let by = findings.filter(|finding| finding["finding"] == "outdated").map(|finding| finding["file"].clone());
        (file["verdict"].clone(), by.collect::<Vec<_>>())
    };
    let told: Vec<_> = list.as_array().expect("an array").iter().map(outdated).collect();
    let valid = json!("valid");
    assert_eq!(told, [(valid.clone(), vec![json!("new.json")]), (valid.clone(), vec![]), (valid, vec![])]);
}
