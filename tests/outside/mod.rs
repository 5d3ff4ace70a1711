//! Outside verifiers: what we seal must hold in libraries that are not ours.

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

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside").join(name)
}

fn installed(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set; run the tests with `make test`"))
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
