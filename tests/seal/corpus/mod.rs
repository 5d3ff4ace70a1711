//! Hostile variants of one sealed document with two signers, made by code. Whatever changes what is said or who signed must
//! not be taken; the same said in other bytes may hold.

mod document;
mod header;
mod signature;
mod text;

use super::sealed::{Key, body, check, key, sign};
use crate::cli::folder::{Folder, program, run};
use asesmen::json::{canonical, parse};
use asesmen::seal::{SigningInput, Trust, Verdict, assemble};
use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::Value;

/// A file made of the sealed one.
pub struct Variant {
    pub name: String,
    pub bytes: Vec<u8>,
    /// Whether it says the very same, signed by the very same, so that it may hold.
    pub holds: bool,
}

/// A variant that must not be taken.
fn forged(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Variant {
    Variant { name: name.into(), bytes: bytes.into(), holds: false }
}

/// A variant that says the same.
fn same(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Variant {
    Variant { name: name.into(), bytes: bytes.into(), holds: true }
}

fn worker() -> Key {
    key(3)
}

fn supervisor() -> Key {
    key(4)
}

/// Whoever forges has a key of their own.
fn forger() -> Key {
    key(66)
}

/// The document, with what the variants need: a decimal, an integer, letters with accents, a missing answer.
fn document() -> asesmen::json::Value {
    let (worker, supervisor) = (worker(), supervisor());
    let mut body = body(&[("social-worker", &worker), ("supervisor", &supervisor)]);
    let response = r#"{"resourceType":"QuestionnaireResponse","status":"completed","subject":{"display":"S. A."},"item":[
        {"linkId":"weight","answer":[{"valueDecimal":52.5}]},{"linkId":"count","answer":[{"valueInteger":100}]},
        {"linkId":"zero","answer":[{"valueInteger":0}]},{"linkId":"said","answer":[{"valueBoolean":true}]},
        {"linkId":"note","answer":[{"valueString":"Andr\u00e9 \u2014 \ud83c\udf3f"}]},{"linkId":"gap"}]}"#;
    body.response = parse(response.as_bytes()).expect("JSON");
    body.to_json()
}

/// The file of which they are made.
pub fn sealed() -> Vec<u8> {
    let document = document();
    assemble(&document, &[sign(&document, &worker()), sign(&document, &supervisor())])
}

/// The sealed file as a tree that can be bent.
fn file() -> Value {
    serde_json::from_slice(&sealed()).expect("JSON")
}

/// The sealed file with something changed in its tree.
fn edited(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut file = file();
    change(&mut file);
    file.to_string().into_bytes()
}

/// The sealed file with some text in place of another, once.
fn replaced(from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(sealed()).expect("UTF-8");
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1).into_bytes()
}

fn base64(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// A signature by a key over a document under a header that the maker chose.
fn signed_under(header: &str, document: &Value, key: &Key) -> Value {
    let protected = base64(header.as_bytes());
    let payload = base64(&canonical(&super::sealed::tree(document)));
    let signature = key.sign(format!("{protected}.{payload}").as_bytes());
    serde_json::json!({"protected": protected, "signature": base64(&signature)})
}

/// The usual header of a key.
fn header_of(key: &Key) -> String {
    let input = SigningInput::new(&document(), key.jwk.kid());
    String::from_utf8(Base64UrlUnpadded::decode_vec(&input.protected).expect("base64url")).expect("UTF-8")
}

/// All of them.
pub fn variants() -> Vec<Variant> {
    [document::variants(), header::variants(), signature::variants(), text::variants()].into_iter().flatten().collect()
}

fn trust() -> Trust {
    Trust::only([worker().jwk.kid(), supervisor().jwk.kid()])
}

/// The canonical bytes of what is signed.
fn said(bytes: &[u8]) -> Vec<u8> {
    canonical(parse(bytes).expect("strict JSON").get("document").expect("a document"))
}

#[test]
fn no_forgery_is_taken_and_what_says_the_same_holds() {
    let (original, mut wrong) = (said(&sealed()), Vec::new());
    let variants = variants();
    assert!(variants.iter().filter(|variant| !variant.holds).count() >= 300, "{} variants", variants.len());
    for Variant { name, bytes, holds } in &variants {
        let verdict = check(bytes, &trust()).map(|report| report.verdict);
        let valid = verdict == Ok(Verdict::Valid);
        if valid != *holds {
            wrong.push(format!("{name}: {verdict:?}"));
        }
        if valid && said(bytes) != original {
            wrong.push(format!("{name}: says something else"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), variants.len(), wrong.join("\n"));
}

#[test]
fn names_of_variants_are_their_own() {
    let mut names: Vec<String> = variants().into_iter().map(|variant| variant.name).collect();
    names.sort();
    let twice: Vec<&[String]> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

/// The command line judges the same files in the same way, in one run and one by one.
#[test]
fn the_command_line_takes_no_forgery() {
    let kids = [worker(), supervisor()].map(|key| key.jwk.kid().to_string());
    let folder = Folder::new(&[]);
    let variants = variants();
    for (number, variant) in variants.iter().enumerate() {
        folder.put(&format!("{number:04}.asesmen.json"), &variant.bytes);
    }
    let ended =
        run(program().args(["verify", ".", "--json", "--trust", &kids[0], &kids[1]]).current_dir(folder.path()));
    assert_eq!((ended.code, ended.err.as_str()), (Some(1), ""));
    let list: Value = serde_json::from_str(&ended.out).expect("JSON");
    let list = list.as_array().expect("an array");
    assert_eq!(list.len(), variants.len());
    for (variant, judged) in variants.iter().zip(list) {
        assert_eq!(judged["verdict"] == "valid", variant.holds, "{}: {judged}", variant.name);
    }
}
