//! `asesmen package`: what is in a package, and its sealed files byte for byte.

use super::folder::{Folder, Run, program, run};
use crate::seal::attachments::paper;
use crate::seal::package::{document, enclosing, package, sealed};
use crate::seal::sealed::{key, loose, tree};
use asesmen::json::canonical;
use asesmen::seal::{Package, digest};
use serde_json::{Value, json};
use std::fs;

fn folder() -> Folder {
    let mut broken = loose(&package().to_json());
    broken["documents"][0]["file"]["document"]["author"]["name"] = "Orang lain".into();
    broken["documents"][0]["digest"] = digest(&canonical(&tree(&broken["documents"][0]["file"]))).into();
    let broken = Package::from_json(&tree(&broken)).expect("a package");
    let changed = String::from_utf8(sealed(package())).expect("text").replace("Diminta dokter", "Diminta polisi");
    Folder::new(&[
        ("whole.json", &sealed(package())),
        ("broken.json", &sealed(broken)),
        ("changed.json", changed.as_bytes()),
        ("document.json", &document(7)),
        ("secret.jwe", b"eyJhbGciOiJFQ0RILUVTIn0..a.b.c"),
    ])
}

fn package_run(folder: &Folder, arguments: &[&str]) -> Run {
    run(program().arg("package").args(arguments).current_dir(folder.path()))
}

#[test]
fn a_list_names_all_that_is_in_it_and_what_is_not() {
    let ended = package_run(&folder(), &["list", "whole.json"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    let lines: Vec<&str> = ended.out.lines().collect();
    assert_eq!(lines.len(), 5, "{}", ended.out);
    assert!(lines[0].starts_with("valid package ") && lines[0].contains("Ratri Wulansari"), "{}", lines[0]);
    assert!(lines[1].starts_with("valid document ") && lines[1].contains(&digest(&document(7))), "{}", lines[1]);
    assert!(lines[3].starts_with("draft ") && lines[4] == "left out https://example.org/g|1 (sensitive, mark X)");
    assert!(!ended.out.contains("Sekar"), "the client's name is never printed");
}

#[test]
fn machines_get_one_object_with_every_finding() {
    let ended = package_run(&folder(), &["list", "broken.json", "--json"]);
    assert_eq!(ended.code, Some(1));
    let said: Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!((&said["verdict"], &said["purpose"]), (&json!("valid"), &json!("handover")));
    assert_eq!(said["documents"][0]["verdict"], "invalid");
    assert_eq!(said["documents"][0]["findings"][0]["finding"], "signature-mismatch");
    assert_eq!(said["documents"][1]["verdict"], "valid");
}

#[test]
fn a_key_that_is_not_believed_is_told() {
    let stranger = format!("--trust={}", key(9).jwk.kid());
    assert_eq!(package_run(&folder(), &["list", "whole.json", &stranger]).code, Some(1));
    let own = format!("--trust={}", key(3).jwk.kid());
    assert_eq!(package_run(&folder(), &["list", "whole.json", &own]).code, Some(0));
}

#[test]
fn sealed_files_come_out_byte_for_byte_and_nothing_is_overwritten() {
    let folder = folder();
    for _ in 0..2 {
        let ended = package_run(&folder, &["extract", "whole.json", "out"]);
        assert_eq!((ended.code, ended.err.as_str(), ended.out.lines().count()), (Some(0), "", 3));
    }
    let path = folder.path().join(format!("out/{}.asesmen.json", package().documents[0].seal_id));
    assert_eq!(fs::read(&path).expect("a file"), document(7));
    fs::write(&path, b"{}").expect("a file");
    let ended = package_run(&folder, &["extract", "whole.json", "out"]);
    assert_eq!(ended.code, Some(2));
    assert_eq!(fs::read(&path).expect("a file"), b"{}");
}

#[test]
fn what_does_not_hold_stays_in() {
    let folder = folder();
    let ended = package_run(&folder, &["extract", "broken.json", "out"]);
    assert_eq!((ended.code, ended.out.lines().count()), (Some(1), 2), "{}", ended.out);
    assert!(ended.err.contains("its seal does not hold"), "{}", ended.err);
    let ended = package_run(&folder, &["extract", "changed.json", "none"]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""));
    assert!(!folder.path().join("none").exists());
}

#[test]
fn other_files_are_told_apart() {
    for (file, words) in [("document.json", "no package"), ("secret.jwe", "encrypted"), ("absent.json", "opened")] {
        let ended = package_run(&folder(), &["list", file]);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{file}");
        assert!(ended.err.contains(words), "{file}: {}", ended.err);
    }
}

#[test]
fn attachments_are_listed_and_taken_out_beside_their_documents() {
    let bytes = paper(1_500_000);
    let (whole, mut lacking) = (enclosing(&bytes), enclosing(&bytes));
    lacking.attachments.clear();
    let folder = Folder::new(&[("whole.json", &sealed(whole)), ("lacking.json", &sealed(lacking))]);
    let listed = package_run(&folder, &["list", "whole.json"]);
    assert!(listed.out.contains(&format!("enclosed attachment {} (1500000 bytes)", digest(&bytes))), "{}", listed.out);
    assert!(!listed.out.contains("surat"), "a title may name somebody");
    let lacks = package_run(&folder, &["list", "lacking.json", "--json"]);
    let said: Value = serde_json::from_str(&lacks.out).expect("JSON");
    assert_eq!((lacks.code, &said["documents"][0]["attachments"][0]["state"]), (Some(0), &json!("missing")));
    let ended = package_run(&folder, &["extract", "whole.json", "out"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let names: Vec<&str> = ended.out.lines().filter(|name| name.ends_with("-surat.pdf")).collect();
    assert_eq!(names.len(), 1, "{}", ended.out);
    assert!(fs::read(folder.path().join("out").join(names[0])).is_ok_and(|kept| kept == bytes));
    let checked = run(program().args(["verify", "out"]).current_dir(folder.path()));
    assert!(checked.out.contains("attachments beside it and unchanged: 1"), "{}", checked.out);
}
