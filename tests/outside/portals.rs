//! The code that docs/portals.md gives to portals, taken out of the page and run as it stands.

use super::installed;
use crate::cli::folder::Folder;
use crate::seal::corpus::{sealed, variants};
use crate::seal::formats::file;
use crate::seal::sealed::key;
use asesmen::seal::Format;
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

/// A language of the page: the name of its code, and how it is run.
const LANGUAGES: [(&str, &str, fn() -> Command); 2] = [("js", "verify.mjs", node), ("python", "verify.py", python)];

fn node() -> Command {
    Command::new("node")
}

fn python() -> Command {
    let mut command = Command::new("python3");
    command.env("PYTHONPATH", installed("PYTHON_TEST"));
    command
}

/// Files to be taken, and to be refused, under some trusted keys.
fn judge(taken: &[Vec<u8>], refused: &[(String, Vec<u8>)], seeds: &[u8]) {
    let kids: Vec<String> = seeds.iter().map(|seed| key(*seed).jwk.kid().to_string()).collect();
    let folder = Folder::new(&[]);
    std::os::unix::fs::symlink(format!("{}/node_modules", installed("NPM_TEST")), folder.path().join("node_modules"))
        .expect("a link");
    for (language, name, command) in LANGUAGES {
        folder.put(name, code(language, &kids).as_bytes());
        let holds = |bytes: &[u8]| {
            folder.put("file.json", bytes);
            let ended = command().args([name, "file.json"]).current_dir(folder.path()).output().expect("it runs");
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
    let forged: Vec<(String, Vec<u8>)> = (variants().into_iter().filter(|variant| !variant.holds))
        // Every one would take minutes, as each is a program of its own; the corpus changes one thing a time in rows.
        .step_by(17)
        .map(|variant| (variant.name, variant.bytes))
        .collect();
    assert!(forged.len() >= 30, "{}", forged.len());
    judge(&[sealed(), file(Format::Document, true)], &forged, &[3, 4]);
}

#[test]
fn the_code_of_the_page_serves_every_format_and_asks_whose_key_it_is() {
    let whole: Vec<Vec<u8>> = Format::ALL.into_iter().map(|format| file(format, true)).collect();
    judge(&whole, &[], &[3, 4, 9]);
    let strange = [("a file by a key that is not trusted".to_owned(), sealed())];
    judge(&[], &strange, &[3]);
    judge(&[], &strange, &[]);
}
