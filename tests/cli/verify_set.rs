//! `asesmen verify` over several files: folders, the standard input, and what files say of each other.

use super::folder::{Folder, Run, program, run};
use crate::seal::sealed::{Key, body, key, seal, sign};
use asesmen::seal::{DocumentBody, SealId, assemble};
use serde_json::{Value, json};
use std::io::Write;
use std::process::Stdio;

fn worker() -> Key {
    key(3)
}

fn sealed(change: impl FnOnce(&mut DocumentBody)) -> Vec<u8> {
    let mut body = body(&[("social-worker", &worker())]);
    change(&mut body);
    let document = body.to_json();
    assemble(&document, &[sign(&document, &worker())])
}

fn first() -> Vec<u8> {
    seal(&[("social-worker", &worker())])
}

fn first_id() -> SealId {
    body(&[("social-worker", &worker())]).seal_id
}

/// A correction of the first one, with something changed.
fn correction(change: impl FnOnce(&mut DocumentBody)) -> Vec<u8> {
    sealed(|body| {
        body.seal_id = SealId::new(body.times.sealed, [8; 10]);
        (body.replaces, body.revision) = (Some(first_id()), 2);
        change(body);
    })
}

/// The same JSON, written in another way.
fn pretty(bytes: &[u8]) -> Vec<u8> {
    serde_json::to_vec_pretty(&serde_json::from_slice::<Value>(bytes).expect("JSON")).expect("JSON")
}

fn verify(folder: &Folder, arguments: &[&str]) -> Run {
    run(program().arg("verify").args(arguments).current_dir(folder.path()))
}

/// The exit code, and of each file its verdict and what others say of it.
fn judged(files: &[(&str, &[u8])]) -> (Option<i32>, Vec<(String, Vec<(String, String)>)>) {
    let folder = Folder::new(files);
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    let ended = verify(&folder, &[&["--json", "--trust", &worker().jwk.kid().to_string()][..], &names].concat());
    let list: Value = serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{}", ended.err));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let related = |file: &Value| {
        let findings = file["findings"].as_array().cloned().unwrap_or_default();
        let with_file = findings.into_iter().filter(|finding| finding.get("file").is_some());
        (text(&file["verdict"]), with_file.map(|one| (text(&one["finding"]), text(&one["file"]))).collect())
    };
    (ended.code, list.as_array().expect("an array").iter().map(related).collect())
}

fn said(verdict: &str, relations: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
    let owned = |(finding, file): &(&str, &str)| ((*finding).to_owned(), (*file).to_owned());
    (verdict.to_owned(), relations.iter().map(owned).collect())
}

#[test]
fn a_correction_supersedes_the_one_it_names() {
    let (old, new) = (first(), correction(|_| {}));
    let expected = vec![said("valid", &[("superseded", "new")]), said("valid", &[])];
    assert_eq!(judged(&[("old", &old), ("new", &new)]), (Some(0), expected));
    let other_case = correction(|body| body.case = asesmen::seal::CaseId::new(body.times.sealed, [2; 10]));
    let other_form = correction(|body| body.instrument.canonical = "https://example.org/other|1".to_owned());
    let skipped = correction(|body| body.revision = 3);
    for strange in [other_case, other_form, skipped] {
        let expected = vec![said("valid", &[]), said("valid", &[("correction-disagrees", "old")])];
        assert_eq!(judged(&[("old", &old), ("new", &strange)]), (Some(0), expected));
    }
}

#[test]
fn the_same_submission_twice_is_told_whatever_its_bytes() {
    let (one, other) = (first(), pretty(&first()));
    let (code, files) = judged(&[("a", &one), ("b", &one), ("c", &other)]);
    let expected = vec![said("valid", &[]), said("valid", &[("replayed", "a")]), said("valid", &[("replayed", "a")])];
    assert_eq!((code, files), (Some(0), expected));
    let folder = Folder::new(&[("a", &one), ("b", &one), ("c", &other)]);
    let words = verify(&folder, &["a", "b", "c"]).out;
    assert!(words.contains("the same file as \"a\"") && words.contains("the same document as \"a\", in other bytes"));
}

#[test]
fn two_documents_under_one_seal_break_both() {
    let (one, two) = (first(), sealed(|body| body.register_number = Some("015/2026".to_owned())));
    let expected = vec![said("invalid", &[("conflicting", "two")]), said("invalid", &[("conflicting", "one")])];
    assert_eq!(judged(&[("one", &one), ("two", &two)]), (Some(1), expected));
}

#[test]
fn a_file_that_does_not_hold_makes_no_other_doubtful() {
    let mut forged: Value = serde_json::from_slice(&correction(|_| {})).expect("JSON");
    forged["signatures"][0]["signature"] = json!("A".repeat(86));
    let mut twin: Value = serde_json::from_slice(&first()).expect("JSON");
    twin["document"]["case"]["registerNumber"] = json!("015/2026");
    let (forged, twin) = (forged.to_string(), twin.to_string());
    let files: [(&str, &[u8]); 3] = [("old", &first()), ("forged", forged.as_bytes()), ("twin", twin.as_bytes())];
    let expected = vec![said("valid", &[]), said("invalid", &[]), said("invalid", &[("conflicting", "old")])];
    assert_eq!(judged(&files), (Some(1), expected));
}

#[test]
fn folders_are_searched_and_what_is_not_sealed_is_named() {
    let folder = Folder::new(&[
        ("kasus/b.asesmen.json", &first()),
        ("kasus/lama/a.json", &correction(|_| {})),
        ("kasus/formulir.json", b"{\"resourceType\":\"Questionnaire\"}"),
        ("kasus/foto.jpg", b"no JSON"),
        ("kosong/catatan.json", b"[]"),
    ]);
    let ended = verify(&folder, &["kasus"]);
    let words: Vec<&str> = ended.out.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!((ended.code, words), (Some(0), vec!["valid", "skipped", "valid"]), "{}", ended.out);
    assert!(ended.out.contains("skipped    \"kasus/formulir.json\": not a sealed file"), "{}", ended.out);
    folder.put("kasus/c.json", &first()[..200]);
    folder.put("kasus/d.json", b"{\"document\":{}}");
    let ended = verify(&folder, &["kasus", "--json"]);
    let list: Value = serde_json::from_str(&ended.out).expect("JSON");
    let verdicts: Vec<_> = list.as_array().expect("an array").iter().map(|file| file["verdict"].clone()).collect();
    assert_eq!(ended.code, Some(1), "what claims to be sealed, or is damaged, is not passed over");
    assert_eq!(verdicts, ["valid", "unreadable", "unreadable", "skipped", "valid"]);
    let nothing = verify(&folder, &["kosong"]);
    assert_eq!(nothing.code, Some(2), "{}", nothing.out);
    assert!(nothing.err.contains("none of these files is sealed"), "{}", nothing.err);
    assert_eq!(verify(&folder, &["kosong/catatan.json"]).code, Some(1), "a file that is named is not passed over");
}

#[test]
fn the_standard_input_is_a_file_too() {
    let given = |bytes: &[u8]| {
        let mut command = program();
        command.args(["verify", "-", "--json"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        child.stdin.take().expect("a pipe").write_all(bytes).expect("it reads");
        let ended = child.wait_with_output().expect("it ends");
        let list: Value = serde_json::from_slice(&ended.stdout).expect("JSON");
        (ended.status.code(), list[0]["file"].clone(), list[0]["verdict"].clone())
    };
    assert_eq!(given(&first()), (Some(0), json!("-"), json!("valid")));
    assert_eq!(given(b"{}"), (Some(1), json!("-"), json!("unreadable")));
}
