//! Outside verifiers: what we seal must hold in libraries that are not ours.

mod portals;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Checks a sealed file with our command line, npm `jose` and PyPI `joserfc`; and that each refuses it changed.
pub fn holds_everywhere(path: &Path, bytes: &[u8]) {
    let ours = asesmen_verify(path);
    let said = String::from_utf8_lossy(&ours.stdout).into_owned();
    assert!(ours.status.success() && said.starts_with("valid"), "{said}");
    for (library, check) in outside() {
        let output = check(path);
        assert!(output.status.success(), "{library} refuses: {}", String::from_utf8_lossy(&output.stderr));
    }
    let changed = changed(path, bytes);
    let ours = asesmen_verify(&changed);
    let said = String::from_utf8_lossy(&ours.stdout).into_owned();
    assert_eq!(ours.status.code(), Some(1), "{said}");
    assert!(said.starts_with("invalid") && said.contains("signature 1"), "{said}");
    if let Some(stripped) = stripped(path, bytes) {
        let said = String::from_utf8_lossy(&asesmen_verify(&stripped).stdout).into_owned();
        assert!(said.starts_with("invalid") && said.contains("missing"), "{said}");
        for (library, check) in outside() {
            assert!(!check(&stripped).status.success(), "{library} is content with some of those who have to sign");
        }
    }
    for (library, check) in outside() {
        assert!(!check(&changed).status.success(), "{library} lets a changed byte pass");
    }
}

/// The same file without the signature of the last who had to sign; none where only one had to.
fn stripped(path: &Path, bytes: &[u8]) -> Option<PathBuf> {
    let mut file: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
    let signatures = file["signatures"].as_array_mut().expect("signatures");
    signatures.pop();
    let several = !signatures.is_empty();
    let beside = path.with_extension("stripped");
    several.then(|| fs::write(&beside, file.to_string()).expect("the stripped file")).map(|()| beside)
}

/// The same file with one letter changed, of an answer or of who sealed it.
fn changed(path: &Path, bytes: &[u8]) -> PathBuf {
    let text = String::from_utf8(bytes.to_vec()).expect("text");
    let change = [("Jawaban", "Jawabam"), ("Balai Harapan", "Balai Harapam")];
    let (from, to) = change.into_iter().find(|(word, _)| text.contains(word)).expect("a word to change");
    let changed = text.replacen(from, to, 1);
    let beside = path.with_extension("changed");
    fs::write(&beside, changed).expect("the changed file");
    beside
}

fn asesmen_verify(path: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_asesmen")).arg("verify").arg(path).output().expect("the command runs")
}

type Check = fn(&Path) -> Output;

fn outside() -> [(&'static str, Check); 2] {
    [("jose", jose), ("joserfc", joserfc)]
}

pub fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside").join(name)
}

pub fn installed(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set; run the tests with `make test`"))
}

/// What npm `jose` and PyPI `joserfc` decrypt of a file, which is the same; and that each refuses it changed.
pub fn decrypted_everywhere(key: &Path, file: &Path) -> Vec<u8> {
    let opened = encryption("decrypt", key, file).map(|(library, output)| {
        assert!(output.status.success(), "{library} refuses: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    });
    assert_eq!(opened[0], opened[1], "both libraries read the same");
    let mut bytes = fs::read(file).expect("the file");
    let middle = bytes.len() / 2;
    bytes[middle] = if bytes[middle] == b'A' { b'B' } else { b'A' };
    let changed = file.with_extension("changed");
    fs::write(&changed, bytes).expect("the changed file");
    for (library, output) in encryption("decrypt", key, &changed) {
        assert!(!output.status.success(), "{library} lets a changed letter pass");
    }
    opened.into_iter().next().expect("two of them")
}

/// A file as both libraries encrypt it to a public key.
pub fn encrypted_everywhere(key: &Path, file: &Path) -> [Vec<u8>; 2] {
    encryption("encrypt", key, file).map(|(library, output)| {
        assert!(output.status.success(), "{library}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    })
}

fn encryption(what: &str, key: &Path, file: &Path) -> [(&'static str, Output); 2] {
    let module = format!("{}/node_modules/jose/dist/webapi/index.js", installed("NPM_TEST"));
    let mut node = Command::new("node");
    node.arg(script("jwe.mjs")).arg(module);
    let mut python = Command::new("python3");
    python.env("PYTHONPATH", installed("PYTHON_TEST")).arg(script("jwe_check.py"));
    [("jose", node), ("joserfc", python)].map(|(library, mut command)| {
        (library, command.arg(what).args([key, file]).output().expect("the library runs"))
    })
}

/// Checks a package with our command line.
pub fn package_holds(path: &Path) {
    let listed = Command::new(env!("CARGO_BIN_EXE_asesmen")).args(["package", "list"]).arg(path).output();
    let listed = listed.expect("the command runs");
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stdout));
}

fn jose(path: &Path) -> Output {
    let module = format!("{}/node_modules/jose/dist/webapi/index.js", installed("NPM_TEST"));
    Command::new("node").arg(script("jose.mjs")).args([Path::new(&module), path]).output().expect("node")
}

fn joserfc(path: &Path) -> Output {
    let mut command = Command::new("python3");
    command.env("PYTHONPATH", installed("PYTHON_TEST"));
    command.arg(script("joserfc_check.py")).arg(path).output().expect("python3")
}
