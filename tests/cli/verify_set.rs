//! `asesmen verify` over several files: folders, the standard input, and what files say of each other.

use super::folder::{Folder, Run, program, run};
use crate::seal::package::{contained, package, sealed as packed};
use crate::seal::sealed::{Key, body, key, loose, seal, sign, tree};
use asesmen::json::canonical;
use asesmen::seal::{DocumentBody, Package, SealId, assemble, digest};
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

/// The verdict of a file, and each finding that is about another one, with its name.
type Judged = (String, Vec<(String, String)>);

/// The exit code, and what was found of each file.
fn judged(files: &[(&str, &[u8])]) -> (Option<i32>, Vec<Judged>) {
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

fn said(verdict: &str, relations: &[(&str, &str)]) -> Judged {
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

/// A package of these documents, which answer its form.
fn with_documents(files: &[Vec<u8>]) -> Vec<u8> {
    packed(Package { documents: files.iter().map(|file| contained(file)).collect(), ..package() })
}

/// A document of the package's case and form, the second a correction of the first.
fn chain() -> [Vec<u8>; 2] {
    let pin = package().forms[0].pin.clone();
    let old = sealed(|body| body.instrument = pin.clone());
    [old, correction(|body| body.instrument = pin)]
}

#[test]
fn every_document_in_a_package_is_checked_and_named_by_its_place() {
    let [old, new] = chain();
    let place = |seal: SealId| format!("p.json#{seal}");
    let (first, second) = (place(first_id()), place(contained(&new).seal_id));
    let both = with_documents(&[old.clone(), new.clone()]);
    let (code, files) = judged(&[("p.json", &both), ("beside.json", &old)]);
    let superseded = |name: &str| ("superseded".to_owned(), name.to_owned());
    assert_eq!((code, files.len()), (Some(0), 4), "{files:?}");
    assert_eq!(files[0], said("valid", &[]));
    assert_eq!(files[1], ("valid".to_owned(), vec![superseded(&second)]), "within the package");
    assert_eq!(files[3].1, [("replayed".to_owned(), first.clone()), superseded(&second)], "and beside it");
    let folder = Folder::new(&[("p.json", &both)]);
    let stranger = verify(&folder, &["p.json", "--json", "--trust", &key(9).jwk.kid().to_string()]);
    let list: Value = serde_json::from_str(&stranger.out).expect("JSON");
    let told: Vec<_> = list.as_array().expect("an array").iter().map(|one| (&one["file"], &one["package"])).collect();
    assert_eq!(
        told,
        [(&json!("p.json"), &Value::Null), (&json!(first), &json!("p.json")), (&json!(second), &json!("p.json"))]
    );
    for one in list.as_array().expect("an array") {
        assert_eq!((&one["verdict"], &one["findings"][0]["finding"]), (&json!("invalid"), &json!("untrusted-key")));
    }
    let words = verify(&folder, &["p.json"]).out;
    assert_eq!((words.lines().count(), words.matches(&format!("\"{first}\"")).count()), (3, 1), "{words}");
}

#[test]
fn a_document_in_a_package_that_does_not_hold_fails_the_run_and_no_other() {
    let [old, new] = chain();
    let mut broken = loose(&Package { documents: vec![contained(&old), contained(&new)], ..package() }.to_json());
    broken["documents"][1]["file"]["document"]["author"]["name"] = "Orang lain".into();
    broken["documents"][1]["digest"] = digest(&canonical(&tree(&broken["documents"][1]["file"]))).into();
    let bytes = packed(Package::from_json(&tree(&broken)).expect("a package"));
    let (code, files) = judged(&[("p.json", &bytes)]);
    let verdicts: Vec<&str> = files.iter().map(|(verdict, _)| verdict.as_str()).collect();
    assert_eq!((code, verdicts), (Some(1), vec!["valid", "valid", "invalid"]), "{files:?}");
    assert_eq!(files[1].1, [], "what does not hold says nothing of others");
    let [twin, _] = chain();
    let other = sealed(|body| body.register_number = Some("015/2026".to_owned()));
    let (code, files) = judged(&[("p.json", &with_documents(&[twin])), ("other.json", &other)]);
    assert_eq!((code, files[1].0.as_str(), files[2].0.as_str()), (Some(1), "invalid", "invalid"), "two under one seal");
}
