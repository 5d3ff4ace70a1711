//! `asesmen fhir`: sealed documents, and those in packages, as a FHIR R4 Bundle.

use super::UNUSABLE;
use super::terminal::{escaped, pure_text};
use super::verify::now;
use super::verify_files::gather;
use crate::domain::Timestamp;
use crate::fhir::{Form, bundle};
use crate::json::{Value, parse};
use crate::seal::{About, Finding, Member, Trust, Verdict, es256, relations};
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
    let mut sealed: Vec<Sealed> = Vec::new();
    for source in gather(files).map_err(Refusal::Unusable)? {
        let bytes = source.read().map_err(|error| Refusal::Unusable(format!("{:?}: {error}", source.name)))?;
        let whole = Sealed::read(source.name, &bytes, at)?;
        let About::Package(package) = &whole.member.report.about else {
            sealed.push(whole);
            continue;
        };
        given.extend(package.forms.iter().filter_map(|form| Form::read(form.text.as_bytes())));
        for own in &package.documents {
            sealed.push(Sealed::read(format!("{}#{}", whole.name, own.seal_id), &own.bytes(), at)?);
        }
    }
    agreeing(&sealed)?;
    for one in &sealed {
        one.name_missing_form(&given)?;
    }
    let files: Vec<Value> = sealed.into_iter().map(|one| one.file).collect();
    Ok(bundle(&files, &given))
}

/// Refuses two documents under one seal: no check can say which is right.
fn agreeing(sealed: &[Sealed]) -> Result<(), Refusal> {
    let members: Vec<Option<Member>> = sealed.iter().map(|one| Some(one.member.clone())).collect();
    let found = relations(&members);
    let broken = sealed.iter().zip(&found).find_map(|(one, found)| {
        let relation = found.iter().find(|relation| relation.breaks_seal())?;
        Some(format!("{:?} is {}", one.name, relation.message(&format!("{:?}", sealed.get(relation.other())?.name))))
    });
    broken.map_or(Ok(()), |words| Err(Refusal::Broken(words)))
}

/// A file whose seal holds.
struct Sealed {
    name: String,
    member: Member,
    file: Value,
}

impl Sealed {
    fn read(name: String, bytes: &[u8], at: Timestamp) -> Result<Self, Refusal> {
        let unusable = |error: String| Refusal::Unusable(format!("{name:?}: {error}"));
        let report = es256::verify(bytes, &Trust::not_checked(), at).map_err(|error| unusable(error.to_string()))?;
        if report.verdict != Verdict::Valid {
            let broken = report.findings.iter().filter(|finding| finding.breaks_seal());
            let reasons: Vec<String> = broken.map(Finding::to_string).collect();
            return Err(Refusal::Broken(format!("the seal of {name:?} does not hold: {}", reasons.join("; "))));
        }
        let file = parse(bytes).map_err(|error| unusable(error.to_string()))?;
        Ok(Self { member: Member::new(bytes, report), name, file })
    }

    /// Tells of a document whose form was not given; refuses what is no document.
    fn name_missing_form(&self, forms: &[Form]) -> Result<(), Refusal> {
        let (name, about) = (&self.name, &self.member.report.about);
        let About::Document(facts) = about else {
            return Err(Refusal::Unusable(format!("{name:?}: a {}, no sealed document", about.format().code())));
        };
        if !forms.iter().any(|form| form.digest == facts.instrument.digest) {
            let form = &facts.instrument.canonical;
            eprintln!("asesmen fhir: {name:?}: the form {form:?} was not given and is only named");
        }
        Ok(())
    }
}
