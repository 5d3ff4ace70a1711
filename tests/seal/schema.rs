//! The JSON Schemas: generated from the types, kept in the repository, and held to what the program writes by a validator
//! that is not ours.

use super::formats::{file, plain_register, schema};
use crate::cli::folder::{program, run};
use crate::outside::{installed, script};
use asesmen::seal::{Format, Kid};
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

fn printed(name: &str) -> String {
    let ended = run(program().args(["schema", name]));
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    ended.out
}

fn kept(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("docs/schema/{name}.schema.json"))
}

fn names() -> Vec<String> {
    let ended = run(program().arg("schema"));
    assert_eq!(ended.code, Some(0));
    ended.out.lines().map(str::to_owned).collect()
}

/// Values and whether the outside validator has to take each.
fn hold(name: &str, cases: &[(String, bool, Value)]) {
    let list: Vec<Value> =
        cases.iter().map(|(name, valid, value)| json!({"name": name, "valid": valid, "value": value})).collect();
    let mut command = Command::new("python3");
    command.env("PYTHONPATH", installed("PYTHON_TEST")).arg(script("schema_check.py")).arg(kept(name));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python3");
    child.stdin.take().expect("a pipe").write_all(json!(list).to_string().as_bytes()).expect("it reads");
    let ended = child.wait_with_output().expect("it ends");
    assert!(ended.status.success(), "{name}:\n{}", String::from_utf8_lossy(&ended.stdout));
}

/// What is kept, whole and bare, of each format, by the name of its schema.
fn instances(whole: bool) -> Vec<(String, Value)> {
    let read = |bytes: Vec<u8>| serde_json::from_slice(&bytes).expect("JSON");
    let mut instances: Vec<(String, Value)> =
        Format::ALL.into_iter().map(|format| (schema(format).to_owned(), read(file(format, whole)))).collect();
    instances.push(("keys-1".to_owned(), read(plain_register(whole))));
    instances
}

/// Set to write the files anew from the types: `WRITE_SCHEMAS=1 cargo test --test suite seal::schema`.
const WRITE: &str = "WRITE_SCHEMAS";

#[test]
fn schemas_in_the_repository_are_those_of_the_types() {
    let names = names();
    let of_instances: Vec<String> = instances(true).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, of_instances, "every format has a schema and is tried");
    for name in names {
        if std::env::var_os(WRITE).is_some() {
            std::fs::write(kept(&name), printed(&name)).expect("the schema");
        }
        let text = std::fs::read_to_string(kept(&name)).expect("the schema");
        assert!(text == printed(&name), "docs/schema/{name}.schema.json is not what `asesmen schema {name}` prints");
    }
    assert_eq!(run(program().args(["schema", "nothing"])).code, Some(2));
}

#[test]
fn what_is_written_fits_and_no_member_that_is_needed_can_be_left_out() {
    for ((name, whole), (_, bare)) in instances(true).into_iter().zip(instances(false)) {
        let mut cases = vec![("whole".to_owned(), true, whole.clone()), ("bare".to_owned(), true, bare.clone())];
        let mut found = Vec::new();
        places(&bare, "", &mut found);
        for at in found.iter().filter(|at| !at.is_empty()) {
            let (parent, member) = at.rsplit_once('/').expect("a place");
            let mut without = bare.clone();
            let Some(Value::Object(members)) = without.pointer_mut(parent) else { continue };
            members.remove(member);
            cases.push((format!("without {at}"), false, without));
        }
        found.clear();
        places(&whole, "", &mut found);
        for at in &found {
            let mut null = whole.clone();
            *null.pointer_mut(at).expect("a place") = Value::Null;
            cases.push((format!("{at} is null"), false, null));
        }
        hold(&name, &cases);
    }
}

fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, inner)| places(inner, &format!("{at}/{name}"), found))
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(place, inner)| places(inner, &format!("{at}/{place}"), found));
        }
        _ => {}
    }
}

/// What the schema of documents refused when it was written by hand.
#[test]
fn what_does_not_fit_is_refused() {
    let (_, whole) = instances(true).remove(0);
    let other = |at: &str, value: Value| {
        let mut other = whole.clone();
        let (parent, member) = at.rsplit_once('/').expect("a place");
        match other.pointer_mut(parent) {
            Some(Value::Object(members)) => drop(members.insert(member.to_owned(), value)),
            _ => *other.pointer_mut(at).expect("a place") = value,
        }
        (at.to_owned(), false, other)
    };
    let answer = "/document/response/item/0/answer/0";
    let kid = Kid::parse(&"A".repeat(43)).map_or_else(String::new, |kid| kid.to_string());
    let mut cases = vec![
        other("/payload", json!("x")),
        other("/signatures", json!([])),
        other("/signatures/0/header", json!({})),
        other("/signatures/0/signature", json!("AAAA")),
        other("/signatures/0/protected", json!("a+b")),
        other("/document/type", json!("https://asesmen.id/formats/sealed-document/2")),
        other("/document/sealId", json!("019AA9F5-5ABB-7707-8707-070707070707")),
        other("/document/revision", json!(0)),
        other("/document/revision", json!(4_294_967_296_u64)),
        other("/document/revision", json!(1.5)),
        other("/document/requiredSigners", json!([])),
        other("/document/requiredSigners/0/jwk/d", json!("x")),
        other("/document/requiredSigners/0/jwk/crv", json!("P-384")),
        other("/document/author/role", json!("receiver")),
        other("/document/author/name", json!("")),
        other("/document/author/kid", json!(format!("{kid}="))),
        other("/document/times/sealed", json!("2026-11-22T10:32:05")),
        other("/document/instrument/canonical", json!("https://example.org/f")),
        other("/document/instrument/digest", json!("sha-256:AA")),
        other("/document/response/resourceType", json!("Patient")),
        other("/document/response/status", json!("in-progress")),
        other("/document/response/item/12/item/0/extension/0/valueCode", json!("unknown")),
        other(answer, json!({})),
        other(answer, json!({"valueBoolean": true, "valueInteger": 1})),
        other(answer, json!({"valueDate": "22-11-2026"})),
        other(answer, json!({"valueReference": {}})),
    ];
    let named = |url: &str| json!({"valueAttachment": {"contentType": "application/pdf", "title": "surat.pdf", "size": 2_000_000, "url": url}});
    let name = format!("ni:///sha-256;{}", "A".repeat(43));
    let (at, _, document) = other(answer, named(&name));
    cases.push((format!("{at} names an attachment"), true, document));
    cases.push(other(answer, named("https://example.org/surat.pdf")));
    cases.push(other(answer, named(&name[..name.len() - 1])));
    let mut both = named(&name);
    both["valueAttachment"]["data"] = json!("AAEC");
    cases.push(other(answer, both));
    let twice = whole["document"]["requiredSigners"][0].clone();
    cases.push(other("/document/requiredSigners", json!([twice, twice])));
    hold("sealed-document-1", &cases);
    for (name, instance, at, value) in [
        ("receipt-1", 1, "/document/receipt/digest", json!("sha-256:00")),
        ("receipt-1", 1, "/document/receipt/size", json!(-1)),
        ("receipt-1", 1, "/document/author/role", json!("social-worker")),
        ("credential-1", 2, "/document/credential/revoked", json!({"at": "2026-11-22T10:32:05Z"})),
        ("credential-1", 2, "/document/author/role", json!("receiver")),
        ("key-register-1", 3, "/document/register/keys/0/kid", json!("x")),
        ("package-1", 4, "/document/package/purpose", json!("sale")),
        ("package-1", 4, "/document/package/documents/0/digest", json!("sha-256:00")),
        ("package-1", 4, "/document/package/documents/0/file/document/revision", json!(0)),
        ("package-1", 4, "/document/package/leftOut/0/why", json!("forgotten")),
        ("package-1", 4, "/document/package/handover/introduced", json!("28-11-2026")),
        ("keys-1", 5, "/keys/0/validFrom", json!("yesterday")),
    ] {
        let (_, mut other) = instances(true).remove(instance);
        let (parent, member) = at.rsplit_once('/').expect("a place");
        other.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object").insert(member.to_owned(), value);
        hold(name, &[(at.to_owned(), false, other)]);
    }
}
