//! `asesmen package`: what is in a package, and its sealed files taken out.

use super::UNUSABLE;
use super::terminal::{escaped, pure_text};
use super::verify::now;
use super::verify_trust::{self, Trusted};
use crate::json::{Object, Value, array};
use crate::seal::{
    About, Apart, Contained, Encrypted, MOST_BYTES, Package, Presence, Report, Unreadable, Verdict, es256,
};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// A package that was read, with what the check of its seal and of each of its documents found.
struct Opened {
    report: Report,
    package: Arc<Package>,
    documents: Vec<Result<Report, Unreadable>>,
}

impl Opened {
    /// Whether every seal in it holds.
    fn holds(&self) -> bool {
        is_valid(&self.report) && self.documents.iter().all(|own| own.as_ref().is_ok_and(is_valid))
    }
}

fn is_valid(report: &Report) -> bool {
    report.verdict == Verdict::Valid
}

fn open(file: &Path, trusted: &[Trusted]) -> Result<Opened, String> {
    let size = fs::metadata(file).map_err(|error| format!("cannot be opened: {error}"))?.len();
    if usize::try_from(size).is_ok_and(|size| size > MOST_BYTES) {
        return Err(format!("larger than {MOST_BYTES} bytes"));
    }
    let bytes = fs::read(file).map_err(|error| format!("cannot be opened: {error}"))?;
    if Encrypted::is_likely(&bytes) {
        return Err("is encrypted: decrypt it with the receiver's key first (docs/package.md)".to_owned());
    }
    let at = now().ok_or("the system clock is outside the calendar")?;
    let trust = verify_trust::read(trusted, &[], at)?;
    let report = es256::verify(&bytes, &trust, at).map_err(|error| error.to_string())?;
    let About::Package(package) = &report.about else { return Err("is sealed, but no package".to_owned()) };
    let package = Arc::clone(package);
    let judge = |own: &Contained| es256::verify_contained(own, &trust, at);
    let documents = package.documents.iter().map(judge).collect();
    Ok(Opened { report, package, documents })
}

fn unreadable(file: &Path, words: &str) -> ExitCode {
    eprintln!("asesmen package: {file:?}: {}", escaped(words));
    ExitCode::from(UNUSABLE)
}

/// Prints what is in a package: a line for itself and one for each document, draft, and document that was left out.
pub fn list(file: &Path, trust: &[Trusted], json: bool) -> ExitCode {
    let opened = match open(file, trust) {
        Ok(opened) => opened,
        Err(words) => return unreadable(file, &words),
    };
    if json {
        println!("{}", pure_text(&machine_words(&opened)));
    } else {
        human_words(&opened).iter().for_each(|line| println!("{}", escaped(line)));
    }
    if opened.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn human_words(Opened { report, package, documents }: &Opened) -> Vec<String> {
    let (author, organisation) = (&report.author, &report.organisation);
    let keys: Vec<String> = report.signatures.iter().map(|s| format!("key {} = {}", s.kid, s.fingerprint)).collect();
    let first = format!(
        "{} package {} for {}, sealed {} by {author:?} ({organisation:?}); {}",
        report.verdict.code(),
        report.seal_id,
        package.purpose.code(),
        report.sealed,
        keys.join("; ")
    );
    let sealed = package.documents.iter().zip(documents).map(|(own, judged)| {
        let verdict = judged.as_ref().map_or("unreadable", |report| report.verdict.code());
        format!("{verdict} document {} {} {}", own.seal_id, own.instrument.canonical, own.digest)
    });
    let drafts = package.drafts.iter().map(|draft| format!("draft {} ({} entries)", draft.id(), draft.journal.len()));
    let beside = package.documents.iter().flat_map(Contained::attachments).map(|apart| {
        let word = if package.attachment(&apart.digest).is_some() { "enclosed" } else { "missing" };
        format!("{word} attachment {} ({} bytes)", apart.digest, apart.size)
    });
    let left = package.left_out.iter().map(|own| {
        let mark = own.mark.as_ref().map(|mark| format!(", mark {mark}")).unwrap_or_default();
        format!("left out {} ({}{mark})", own.instrument, own.why.code())
    });
    std::iter::once(first).chain(sealed).chain(beside).chain(drafts).chain(left).collect()
}

/// The report of the package, with one of each document in `documents`.
fn machine_words(Opened { report, package, documents }: &Opened) -> Value {
    let mut object = report.to_json();
    let judged = package.documents.iter().zip(documents).map(|(own, judged)| {
        let mut document = match judged {
            Ok(report) => report.to_json(),
            Err(error) => {
                let mut document = Object::default();
                document.set("verdict", "unreadable");
                document.set("error", error.to_string());
                document.set("sealId", own.seal_id);
                document
            }
        };
        document.set("digest", own.digest.as_str());
        let beside: Vec<Value> = own.attachments().iter().map(|apart| enclosed(package, apart)).collect();
        if !beside.is_empty() {
            document.set("attachments", beside);
        }
        Value::from(document)
    });
    object.set("documents", array(judged));
    object.into()
}

/// An attachment, with whether it is in the package.
fn enclosed(package: &Package, apart: &Apart) -> Value {
    let mut object = apart.to_json();
    let there = package.attachment(&apart.digest).is_some();
    object.set("state", if there { Presence::Present } else { Presence::Missing }.code());
    object.into()
}

/// Takes the sealed files whose seals hold out of a package whose own seal holds, and the forms that they answer. A file that
/// is there already is never overwritten.
pub fn extract(file: &Path, folder: &Path, trust: &[Trusted]) -> ExitCode {
    let opened = match open(file, trust) {
        Ok(opened) => opened,
        Err(words) => return unreadable(file, &words),
    };
    if !is_valid(&opened.report) {
        eprintln!("asesmen package: {file:?}: its seal does not hold, so nothing is taken out");
        return ExitCode::FAILURE;
    }
    if let Err(error) = fs::create_dir_all(folder) {
        return unreadable(folder, &error.to_string());
    }
    for (own, judged) in opened.package.documents.iter().zip(&opened.documents) {
        if !judged.as_ref().is_ok_and(is_valid) {
            eprintln!("asesmen package: document {} is left in: its seal does not hold", own.seal_id);
            continue;
        }
        if let Err(error) = write(folder, &format!("{}.asesmen.json", own.seal_id), &own.bytes()) {
            return unreadable(folder, &error);
        }
    }
    for apart in opened.package.documents.iter().flat_map(Contained::attachments) {
        let Some(bytes) = opened.package.attachment(&apart.digest) else {
            eprintln!("asesmen package: the attachment {} is not in it", apart.digest);
            continue;
        };
        if let Err(error) = write(folder, &apart.file_name(), bytes) {
            return unreadable(folder, &error);
        }
    }
    for form in &opened.package.forms {
        let digest = form.pin.digest.rsplit(':').next().unwrap_or_default();
        if let Err(error) = write(folder, &format!("form-{digest}.json"), form.text.as_bytes()) {
            return unreadable(folder, &error);
        }
    }
    if opened.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Writes a new file and tells its name. One with the same bytes is left as it is.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), String> {
    let path = folder.join(name);
    let made = OpenOptions::new().write(true).create_new(true).open(&path);
    let written = match made {
        Ok(mut file) => file.write_all(bytes),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match fs::read(&path) {
            Ok(there) if there == bytes => Ok(()),
            _ => return Err(format!("{name} is there already with another content")),
        },
        Err(error) => Err(error),
    };
    written.map_err(|error| format!("{name}: {error}"))?;
    println!("{name}");
    Ok(())
}
