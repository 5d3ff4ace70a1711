//! `asesmen fhir`: sealed documents as a FHIR R4 Bundle.

use super::UNUSABLE;
use super::terminal::{escaped, pure_text};
use super::verify::now;
use super::verify_files::gather;
use crate::domain::Timestamp;
use crate::fhir::{Form, bundle};
use crate::json::{Value, parse};
use crate::seal::{About, Finding, Trust, Verdict, es256};
use std::path::PathBuf;
use std::process::ExitCode;

/// Why no Bundle is printed.
enum Refusal {
    /// A seal does not hold: what it says must not travel on as if it did.
    Broken(String),
    /// A file that is no sealed document, or cannot be read.
    Unusable(String),
}

/// Prints the Bundle of files whose seals hold; of whom the keys are is not judged.
pub fn fhir(files: &[PathBuf], forms: &[PathBuf]) -> ExitCode {
    match read(files, forms) {
        Ok(bundle) => {
            println!("{}", pure_text(&bundle));
            ExitCode::SUCCESS
        }
        Err(Refusal::Broken(words)) => told(&words, ExitCode::FAILURE),
        Err(Refusal::Unusable(words)) => told(&words, ExitCode::from(UNUSABLE)),
    }
}

fn told(words: &str, code: ExitCode) -> ExitCode {
    eprintln!("asesmen fhir: {}", escaped(words));
    code
}

fn read(files: &[PathBuf], forms: &[PathBuf]) -> Result<Value, Refusal> {
    let at = now().ok_or_else(|| Refusal::Unusable("the system clock is outside the calendar".to_owned()))?;
    let mut given: Vec<Form> = Vec::new();
    for source in gather(forms).map_err(Refusal::Unusable)? {
        let bytes = source.read().map_err(|error| Refusal::Unusable(format!("{:?}: {error}", source.name)))?;
        match Form::read(&bytes) {
            Some(form) => given.push(form),
            // A folder of forms also holds their list and rules.
            None if source.found => {}
            None => return Err(Refusal::Unusable(format!("{:?} is no Questionnaire", source.name))),
        }
    }
    let mut sealed = Vec::new();
    for source in gather(files).map_err(Refusal::Unusable)? {
        let bytes = source.read().map_err(|error| Refusal::Unusable(format!("{:?}: {error}", source.name)))?;
        sealed.push(document(&source.name, &bytes, &given, at)?);
    }
    Ok(bundle(&sealed, &given))
}

/// A file whose seal holds, as JSON.
fn document(name: &str, bytes: &[u8], forms: &[Form], at: Timestamp) -> Result<Value, Refusal> {
    let unusable = |error: String| Refusal::Unusable(format!("{name:?}: {error}"));
    let report = es256::verify(bytes, &Trust::not_checked(), at).map_err(|error| unusable(error.to_string()))?;
    if report.verdict != Verdict::Valid {
        let broken = report.findings.iter().filter(|finding| finding.breaks_seal());
        let reasons: Vec<String> = broken.map(Finding::to_string).collect();
        return Err(Refusal::Broken(format!("the seal of {name:?} does not hold: {}", reasons.join("; "))));
    }
    let About::Document(facts) = &report.about else {
        return Err(unusable(format!("a {}, no sealed document", report.about.format().code())));
    };
    if !forms.iter().any(|form| form.digest == facts.instrument.digest) {
        eprintln!("asesmen fhir: {name:?}: the form {:?} was not given and is only named", facts.instrument.canonical);
    }
    parse(bytes).map_err(|error| unusable(error.to_string()))
}
