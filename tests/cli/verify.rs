//! `asesmen verify`: a verdict a line with reasons, and an exit code that scripts can trust.

use super::folder::{Folder, Run, program, run};
use crate::seal::sealed::{body, key, loose, seal, sign, tree};
use asesmen::seal::assemble;
use serde_json::{Value, json};

fn whole() -> Vec<u8> {
    seal(&[("social-worker", &key(3))])
}

fn kid(seed: u8) -> String {
    key(seed).jwk.kid().to_string()
}

/// One byte of an answer changed.
fn changed() -> Vec<u8> {
    let mut file = whole();
    let at = file.windows(4).position(|four| four == b"52.5").expect("an answer");
    file[at] = b'6';
    file
}

fn files() -> Folder {
    Folder::new(&[
        ("whole.asesmen.json", &whole()),
        ("changed.asesmen.json", &changed()),
        ("cut.asesmen.json", &whole()[..300]),
        ("other.json", b"{\"name\":\"other\"}"),
        ("folder/x", b""),
    ])
}

fn verify(folder: &Folder, arguments: &[&str]) -> Run {
    run(program().arg("verify").args(arguments).current_dir(folder.path()))
}

#[test]
fn a_whole_file_is_valid_and_names_author_and_key() {
    let ended = verify(&files(), &["whole.asesmen.json"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert!(ended.out.starts_with("valid ") && ended.out.lines().count() == 1, "{}", ended.out);
    let fingerprint = key(3).jwk.kid().fingerprint().to_string();
    for word in ["whole.asesmen.json", "Ratri Wulansari", "Rumah Singgah Contoh", "revision 1", &kid(3), &fingerprint] {
        assert!(ended.out.contains(word), "{word}: {}", ended.out);
    }
    assert!(ended.out.contains("was not compared with a trust list"), "{}", ended.out);
}

#[test]
fn a_changed_byte_says_which_signature_fails() {
    let ended = verify(&files(), &["changed.asesmen.json"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.out.starts_with("invalid "), "{}", ended.out);
    let reason = format!("signature 1 (social-worker, key {}) does not match the document", kid(3));
    let first = ended.out.split(": ").nth(1).expect("reasons");
    assert!(first.starts_with(&reason), "what breaks the seal comes first: {}", ended.out);
}

#[test]
fn what_cannot_be_read_is_neither_valid_nor_invalid() {
    let cases = [
        ("cut.asesmen.json", "strict JSON"),
        ("other.json", "not a sealed document"),
        ("missing.json", "cannot be opened"),
    ];
    for (name, reason) in cases {
        let ended = verify(&files(), &[name]);
        assert_eq!(ended.code, Some(1), "{name}");
        assert!(ended.out.starts_with("unreadable ") && ended.out.contains(reason), "{}", ended.out);
    }
}

#[test]
fn several_files_get_a_line_each_and_one_bad_one_fails_the_run() {
    let folder = files();
    folder.put("second.asesmen.json", &whole());
    assert_eq!(verify(&folder, &["whole.asesmen.json", "second.asesmen.json"]).code, Some(0));
    let ended = verify(&folder, &["whole.asesmen.json", "changed.asesmen.json", "missing.json", "second.asesmen.json"]);
    assert_eq!(ended.code, Some(1));
    let words: Vec<&str> = ended.out.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(words, ["valid", "invalid", "unreadable", "valid"]);
}

#[test]
fn only_trusted_keys_are_believed_when_keys_are_named() {
    let folder = files();
    let (own, other) = (kid(3), kid(4));
    let trusted = verify(&folder, &["whole.asesmen.json", "--trust", &own]);
    assert_eq!(trusted.code, Some(0));
    assert!(!trusted.out.contains("trust list"), "{}", trusted.out);
    let strange = verify(&folder, &["whole.asesmen.json", "--trust", &other]);
    assert_eq!(strange.code, Some(1));
    assert!(strange.out.contains("is not on the trust list"), "{}", strange.out);
    for several in [["--trust", &other, "--trust", &own], ["--trust", &other, &own, "--json"]] {
        assert_eq!(verify(&folder, &[&["whole.asesmen.json"][..], &several].concat()).code, Some(0), "{several:?}");
    }
    assert_eq!(verify(&folder, &["--trust", &own, "whole.asesmen.json"]).code, Some(0), "the file may stand last");
    let hyphen = format!("-{}", &own[1..]);
    let strange = verify(&folder, &["whole.asesmen.json", "--trust", &hyphen, "--json"]);
    assert_eq!(strange.code, Some(1), "a key id may begin with a hyphen: {}", strange.err);
}

#[test]
fn wrong_usage_ends_with_2_and_checks_nothing() {
    let folder = files();
    for arguments in
        [&[][..], &["--json"], &["whole.asesmen.json", "--trust", "abc"], &["--trust", &kid(3)], &["--what"]]
    {
        let ended = verify(&folder, arguments);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(!ended.err.is_empty());
    }
    assert_eq!(run(&mut program()).code, Some(2), "no command");
}

#[test]
fn machines_get_one_array_with_all_findings() {
    let ended =
        verify(&files(), &["--json", "whole.asesmen.json", "changed.asesmen.json", "other.json", "missing.json"]);
    assert_eq!(ended.code, Some(1));
    let list: Value = serde_json::from_str(&ended.out).expect("JSON");
    let verdicts: Vec<&str> =
        list.as_array().expect("an array").iter().filter_map(|file| file["verdict"].as_str()).collect();
    assert_eq!(verdicts, ["valid", "invalid", "unreadable", "unreadable"]);
    let valid = &list[0];
    assert_eq!((&valid["file"], &valid["author"]), (&json!("whole.asesmen.json"), &json!("Ratri Wulansari")));
    assert_eq!((&valid["instrument"], &valid["revision"]), (&json!("https://example.org/f|1"), &json!(1)));
    assert_eq!(valid["sealed"], "2026-11-22T10:32:05.123+07:00");
    assert!(valid["sealId"].is_string() && valid.get("error").is_none());
    let fingerprint = key(3).jwk.kid().fingerprint().to_string();
    let signature =
        json!({"signature": 1, "role": "social-worker", "kid": kid(3), "fingerprint": fingerprint, "matches": true});
    assert_eq!(valid["signatures"], json!([signature]));
    let finding = &valid["findings"][0];
    assert_eq!((&finding["finding"], &finding["breaksSeal"]), (&json!("trust-not-checked"), &json!(false)));
    let finding = &list[1]["findings"][0];
    assert_eq!((&finding["finding"], &finding["signature"]), (&json!("signature-mismatch"), &json!(1)));
    assert_eq!(list[1]["signatures"][0]["matches"], false);
    for unreadable in [&list[2], &list[3]] {
        assert!(unreadable["error"].is_string() && unreadable.get("findings").is_none());
    }
}

/// Names in a file are its maker's words: they must neither write to the terminal nor gather in logs.
#[test]
fn a_hostile_file_writes_nothing_to_the_terminal_and_no_client_is_named() {
    let mut document = loose(&body(&[("social-worker", &key(3))]).to_json());
    document["author"]["name"] = json!("Ratri\u{1b}[2J\nvalid forged");
    document["response"]["subject"] = json!({"display": "Sekar Ayu"});
    let role = "peran\u{1b}[31m\n\u{9b}\u{202e}valid";
    document["requiredSigners"][0]["role"] = json!(role);
    let document = tree(&document);
    let file = assemble(&document, &[sign(&document, &key(3))]);
    let folder = Folder::new(&[("a.json", &file)]);
    for arguments in [&["a.json"][..], &["a.json", "--json"]] {
        let ended = verify(&folder, arguments);
        assert_eq!(ended.code, Some(0));
        assert_eq!(ended.out.lines().count(), 1, "{:?}", ended.out);
        assert!(!ended.out.trim_end().contains(|c: char| c.is_control() || c == '\u{202e}'), "{:?}", ended.out);
        assert!(!ended.out.contains("Sekar"), "{}", ended.out);
    }
    let list: Value = serde_json::from_str(&verify(&folder, &["a.json", "--json"]).out).expect("JSON");
    assert_eq!(list[0]["signatures"][0]["role"], role, "machines read the exact words");
}
