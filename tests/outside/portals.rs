//! The code that docs/portals.md gives to portals, taken out of the page and run as it stands.

use super::installed;
use crate::cli::folder::Folder;
use crate::seal::corpus::{sealed, variants};
use crate::seal::formats::file;
use crate::seal::sealed::{body, key, sign, tree};
use asesmen::seal::{Format, assemble};
use serde_json::json;
use std::path::Path;
use std::process::Command;

/// The code of a language, trusting these keys.
fn code(language: &str, kids: &[String]) -> String {
    let page =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/portals.md")).expect("the page");
    let fence = format!("```{language}\n");
    let start = page.find(&fence).expect("code") + fence.len();
    let code = &page[start..start + page[start..].find("```").expect("an end")];
    let placeholder = "\"…\"";
    assert_eq!(code.matches(placeholder).count(), 1, "one register of keys");
    let trusted: Vec<String> = kids.iter().map(|kid| format!("\"{kid}\"")).collect();
    code.replace(placeholder, &trusted.join(", "))
}

/// A language of the page, the name of its code, and how it is run.
type Language = (&'static str, &'static str, fn() -> Command);

const LANGUAGES: [Language; 2] = [("js", "verify.mjs", node), ("python", "verify.py", python)];
/// Those that need more of the machine than the other tests; from Debian php-cli, php-phpseclib3, default-jdk-headless and
/// libjackson2-databind-java.
const MORE_LANGUAGES: [Language; 2] = [("php", "verify.php", php), ("java", "Verify.java", java)];

fn node() -> Command {
    Command::new("node")
}

fn python() -> Command {
    let mut command = Command::new("python3");
    command.env("PYTHONPATH", installed("PYTHON_TEST"));
    command
}

fn php() -> Command {
    Command::new("php")
}

fn java() -> Command {
    let mut command = Command::new("java");
    let jar = |name: &str| format!("/usr/share/java/jackson-{name}.jar");
    command.args(["-cp", &["core", "databind", "annotations"].map(jar).join(":")]);
    command
}

/// Files to be taken, and to be refused, under some trusted keys.
fn judge(languages: &[Language], taken: &[Vec<u8>], refused: &[(String, Vec<u8>)], seeds: &[u8]) {
    let kids: Vec<String> = seeds.iter().map(|seed| key(*seed).jwk.kid().to_string()).collect();
    let folder = Folder::new(&[]);
    std::os::unix::fs::symlink(format!("{}/node_modules", installed("NPM_TEST")), folder.path().join("node_modules"))
        .expect("a link");
    folder.put("vendor/autoload.php", b"<?php require '/usr/share/php/phpseclib3/autoload.php';");
    for (language, name, command) in languages {
        folder.put(name, code(language, &kids).as_bytes());
        let holds = |bytes: &[u8]| {
            folder.put("file.json", bytes);
            let ended = command().args([*name, "file.json"]).current_dir(folder.path()).output().expect("it runs");
            let said = String::from_utf8_lossy(&ended.stderr).into_owned();
            (ended.status.success(), said)
        };
        for bytes in taken {
            let (held, said) = holds(bytes);
            assert!(held, "{language} refuses what holds: {said}");
        }
        for (what, bytes) in refused {
            assert!(!holds(bytes).0, "{language} takes {what}");
        }
    }
}

#[test]
fn the_code_of_the_page_takes_what_holds_and_no_forgery() {
    takes_what_holds_and_no_forgery(&LANGUAGES);
}

#[test]
fn the_code_of_the_page_serves_every_format_and_asks_whose_key_it_is() {
    serves_every_format_and_asks_whose_key_it_is(&LANGUAGES);
}

#[test]
#[ignore = "needs PHP and a JDK with their libraries"]
fn the_code_for_php_and_java_does_the_same() {
    takes_what_holds_and_no_forgery(&MORE_LANGUAGES);
    serves_every_format_and_asks_whose_key_it_is(&MORE_LANGUAGES);
}

fn takes_what_holds_and_no_forgery(languages: &[Language]) {
    let forged: Vec<(String, Vec<u8>)> = (variants().into_iter().filter(|variant| !variant.holds))
        // Every one would take minutes, as each is a program of its own; the corpus changes one thing a time in rows.
        .step_by(17)
        .map(|variant| (variant.name, variant.bytes))
        .collect();
    assert!(forged.len() >= 30, "{}", forged.len());
    let odd = tree(
        &json!({"numbers": [0, 9_007_199_254_740_994_u64, 1e20, 1e21, 1e-7, 1e-6, 0.1, 1.5, 123_456_789.25, 5e-324, f64::MAX, 2f64.powi(-44), 1e23],
        "texts": {"\u{20ac}": "\u{2028}", "\r": "\u{7f}\u{1f}", "\u{fb33}": "/\\\"", "1": {}, "\u{1f600}": [], "": "e\u{301}\u{e9}"}}),
    );
    judge(languages, &[sealed(), file(Format::Document, true), with_response(odd)], &forged, &[3, 4]);
}

fn serves_every_format_and_asks_whose_key_it_is(languages: &[Language]) {
    let whole: Vec<Vec<u8>> = Format::ALL.into_iter().map(|format| file(format, true)).collect();
    judge(languages, &whole, &[], &[3, 4, 9]);
    let strange = [("a file by a key that is not trusted".to_owned(), sealed())];
    judge(languages, &[], &strange, &[3]);
    judge(languages, &[], &strange, &[]);
}

/// A sealed document by one key whose response is like this.
fn with_response(response: asesmen::json::Value) -> Vec<u8> {
    let worker = key(3);
    let mut body = body(&[("social-worker", &worker)]);
    body.response = response;
    let document = body.to_json();
    assemble(&document, &[sign(&document, &worker)])
}
