//! The examples of each format in docs/examples: made by the code, verified by the command line.

use super::formats::{file, plain_register, schema};
use crate::cli::folder::{program, run};
use asesmen::fhir::bundle;
use asesmen::json::parse;
use asesmen::seal::Format;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/examples")
}

/// Each example by its name.
fn examples() -> Vec<(String, Vec<u8>)> {
    let sealed = Format::ALL.into_iter().map(|format| (format!("{}.asesmen.json", schema(format)), file(format, true)));
    let document = parse(&file(Format::Document, true)).expect("JSON");
    let fhir = bundle(&[document], &[]).to_string().into_bytes();
    sealed.chain([("keys-1.json".to_owned(), plain_register(true)), ("bundle.fhir.json".to_owned(), fhir)]).collect()
}

#[test]
fn examples_in_the_repository_are_what_the_code_makes() {
    for (name, bytes) in examples() {
        let path = folder().join(&name);
        if std::env::var_os("WRITE_SCHEMAS").is_some() {
            std::fs::write(&path, &bytes).expect("the example");
        }
        assert!(std::fs::read(&path).is_ok_and(|kept| kept == bytes), "docs/examples/{name} is another");
    }
    let kept = std::fs::read_dir(folder()).expect("a folder").count();
    assert_eq!(kept, examples().len(), "nothing else lies there");
}

#[test]
fn examples_hold_by_the_register_among_them() {
    let keys = folder().join("keys-1.json");
    let mut command = program();
    command.arg("verify").arg(folder()).args(["--at", "2026-11-23T00:00:00Z", "--trust"]).arg(&keys).arg("--revoked");
    let ended = run(command.arg(keys));
    assert_eq!(ended.code, Some(0), "{}{}", ended.out, ended.err);
    let count = |word: &str| ended.out.lines().filter(|line| line.starts_with(word)).count();
    assert_eq!((count("valid "), count("skipped ")), (6, 2), "{}", ended.out);
}
