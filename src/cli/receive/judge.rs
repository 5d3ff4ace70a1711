//! Whether a file is taken: the whole profile of the seal, judged at the time of receipt.

use super::meter::{Meter, Phase};
use super::problem::Problem;
use crate::json::{Value, array, parse};
use crate::seal::{
    About, Apart, Finding, KnownKey, Report, SealId, Statement, Timestamp, Trust, Verdict, es256, examine,
};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Why a register of keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// It cannot be read.
    #[error("--trust {}: {source}; give a key id of 43 characters or a file with a register of keys", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is no register.
    #[error("{} is no register of keys: one JSON object with keys, or a sealed register whose seal holds", .0.display())]
    NotARegister(PathBuf),
}

/// Reads a register of keys from a file that an administrator names: bare, or sealed.
///
/// # Errors
/// Refuses what is no register, or one whose seal does not hold.
pub fn register(path: &Path, now: Timestamp) -> Result<Statement, RegisterError> {
    let bytes = std::fs::read(path).map_err(|source| RegisterError::File { path: path.to_owned(), source })?;
    let refused = || RegisterError::NotARegister(path.to_owned());
    let file = parse(&bytes).map_err(|_| refused())?;
    if file.get("document").is_none() {
        let keys = KnownKey::list_from_json(&file).ok_or_else(refused)?;
        return Ok(Statement { sealed: None, keys });
    }
    match es256::verify(&bytes, &Trust::not_checked(), now) {
        Ok(Report { verdict: Verdict::Valid, about: About::Register(keys), sealed, .. }) => {
            Ok(Statement { sealed: Some(sealed), keys })
        }
        _ => Err(refused()),
    }
}

/// Judges a file that was put under a seal.
///
/// # Errors
/// Answers 422 with what was found.
pub fn judge(bytes: &[u8], put_under: SealId, trust: &Trust, at: Timestamp, meter: &Meter) -> Result<Report, Problem> {
    let begun = Instant::now();
    let examined = examine(bytes);
    meter.took(Phase::Examine, begun);
    let examination = examined.map_err(|error| Problem::unreadable().with("detail", error.to_string()))?;
    if matches!(examination.about(), About::Receipt(_) | About::Credential(_) | About::Register(_)) {
        let format = examination.about().format().code();
        return Err(Problem::no_submission().with("detail", format!("a sealed {format} is no submission")));
    }
    let begun = Instant::now();
    let outcomes: Vec<bool> = examination.checks.iter().map(es256::check).collect();
    meter.took(Phase::Check, begun);
    let report = examination.conclude(&outcomes, trust, at);
    if report.verdict == Verdict::Invalid {
        return Err(Problem::invalid().with("findings", array(report.findings.iter().map(Finding::to_json))));
    }
    if report.seal_id != put_under {
        return Err(Problem::other_seal().with("sealId", report.seal_id));
    }
    Ok(report)
}

/// What has to be here beside the file: the attachments that a document names, or the documents of a package that does not
/// hold them itself.
#[must_use]
pub fn attachments(report: &Report) -> Vec<Apart> {
    match &report.about {
        About::Package(package) => package.attachments_missing(),
        _ => report.attachments().to_vec(),
    }
}

/// The keys that signed, for the log.
#[must_use]
pub fn kids(report: &Report) -> Value {
    array(report.signatures.iter().map(|signature| signature.kid.to_string().into()))
}
