//! `asesmen verify`: the full profile check on the command line.

use super::UNUSABLE;
use super::terminal::{escaped, pure_text};
use crate::domain::Timestamp;
use crate::json::{Object, Value, array};
use crate::seal::{About, Finding, Kid, Report, Trust, Unreadable, Verdict, es256};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Reads a `--trust` argument.
pub fn parse_kid(text: &str) -> Result<Kid, String> {
    Kid::parse(text).ok_or_else(|| "a key id is the 43 characters of its RFC 7638 thumbprint".to_owned())
}

/// What became of one file.
enum Outcome {
    Judged(Box<Report>),
    Unreadable(Unreadable),
    Unopened(std::io::Error),
}

/// Checks files and prints a verdict a line.
pub fn verify(files: &[PathBuf], trust: Vec<Kid>, json: bool) -> ExitCode {
    let trust = if trust.is_empty() { Trust::not_checked() } else { Trust::only(trust) };
    let Some(now) = now() else {
        eprintln!("asesmen verify: the system clock is outside the calendar");
        return ExitCode::from(UNUSABLE);
    };
    let outcomes: Vec<(&Path, Outcome)> = files.iter().map(|file| (file.as_path(), check(file, &trust, now))).collect();
    if json {
        let list = outcomes.iter().map(|(file, outcome)| machine_words(file, outcome));
        println!("{}", pure_text(&array(list)));
    } else {
        for (file, outcome) in &outcomes {
            println!("{}", human_words(file, outcome));
        }
    }
    let holds = |outcome: &Outcome| matches!(outcome, Outcome::Judged(report) if report.verdict == Verdict::Valid);
    if outcomes.iter().all(|(_, outcome)| holds(outcome)) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The time of the clock.
pub fn now() -> Option<Timestamp> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    Timestamp::from_millis(i64::try_from(since.as_millis()).ok()?, 0).ok()
}

fn check(file: &Path, trust: &Trust, now: Timestamp) -> Outcome {
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => return Outcome::Unopened(error),
    };
    match es256::verify(&bytes, trust, now) {
        Err(error) => Outcome::Unreadable(error),
        Ok(report) => Outcome::Judged(Box::new(report)),
    }
}

fn human_words(file: &Path, outcome: &Outcome) -> String {
    // Names from the file are printed quoted and escaped: a hostile file must not write to the terminal.
    match outcome {
        Outcome::Unopened(error) => format!("unreadable {file:?}: cannot be opened: {error}"),
        Outcome::Unreadable(error) => format!("unreadable {file:?}: {}", escaped(&error.to_string())),
        Outcome::Judged(report) => {
            let word = if report.verdict == Verdict::Valid { "valid     " } else { "invalid   " };
            let (author, organisation) = (&report.author, &report.organisation);
            let reasons: Vec<String> = ordered(&report.findings).map(|finding| escaped(&finding.to_string())).collect();
            let what = match &report.about {
                About::Document(facts) => format!("revision {}", facts.revision),
                other => other.format().code().to_owned(),
            };
            let about = format!("sealed {} by {author:?} ({organisation:?}), {what}", report.sealed);
            let keys: Vec<String> =
                report.signatures.iter().map(|s| format!("key {} = {}", s.kid, s.fingerprint)).collect();
            let parts = reasons.into_iter().chain([about]).chain(keys);
            format!("{word} {file:?}: {}", parts.collect::<Vec<_>>().join("; "))
        }
    }
}

/// What breaks the seal first.
fn ordered(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    let breaking = findings.iter().filter(|finding| finding.breaks_seal());
    breaking.chain(findings.iter().filter(|finding| !finding.breaks_seal()))
}

fn machine_words(file: &Path, outcome: &Outcome) -> Value {
    let mut object = Object::default();
    object.set("file", file.to_string_lossy().as_ref());
    let error = match outcome {
        Outcome::Unopened(error) => error.to_string(),
        Outcome::Unreadable(error) => error.to_string(),
        Outcome::Judged(report) => {
            for (member, value) in report.to_json().iter() {
                object.set(member, value.clone());
            }
            return object.into();
        }
    };
    object.set("verdict", "unreadable");
    object.set("error", error);
    object.into()
}
