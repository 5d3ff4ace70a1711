//! Whose keys `asesmen verify` believes: key ids and registers that are named on the command line.

use crate::domain::Timestamp;
use crate::json::parse;
use crate::seal::{About, Kid, KnownKey, Statement, Trust, Verdict, es256};
use std::path::{Path, PathBuf};

/// What `--trust` names.
#[derive(Clone, Debug)]
pub enum Trusted {
    /// One key, at all times.
    Key(Kid),
    /// A file that holds keys and from when to when they count.
    Register(PathBuf),
}

/// Whether a text is a key id.
pub fn is_kid(text: &str) -> bool {
    Kid::parse(text).is_some()
}

/// Reads a `--trust` argument.
pub fn parse_trusted(text: &str) -> Result<Trusted, String> {
    match Kid::parse(text) {
        Some(kid) => Ok(Trusted::Key(kid)),
        None if Path::new(text).is_file() => Ok(Trusted::Register(text.into())),
        None => Err("neither a key id (the 43 characters of an RFC 7638 thumbprint) nor a file".to_owned()),
    }
}

/// Reads whose keys are believed. Of sealed registers the newest that names a key says from when to when it counts, in
/// whatever order they are given; plain lists and mere names never lift its limits, and what one of them all says is revoked
/// is revoked.
///
/// # Errors
/// Says which file holds no keys, or does not hold itself.
pub fn read(trusted: &[Trusted], revoked: &[PathBuf], at: Timestamp) -> Result<Trust, String> {
    let statement = |one: &Trusted| match one {
        Trusted::Key(kid) => Ok(Statement { sealed: None, keys: vec![KnownKey::of(*kid)] }),
        Trusted::Register(file) => register(file, at),
    };
    let statements: Vec<Statement> = trusted.iter().map(statement).collect::<Result<_, _>>()?;
    let (mut trust, outdated) = Trust::stated(&statements);
    for (one, keys) in trusted.iter().zip(outdated).filter(|(_, keys)| *keys > 0) {
        if let Trusted::Register(file) = one {
            eprintln!(
                "asesmen: {file:?} is older than another register about {keys} of its keys; of them it only revokes"
            );
        }
    }
    if trusted.is_empty() {
        trust.keys = None;
    }
    for file in revoked {
        let keys = register(file, at)?.keys;
        trust.revoked.extend(keys.into_iter().filter_map(|key| key.revoked.map(|revocation| (key.kid, revocation))));
    }
    Ok(trust)
}

/// The keys of a register or of a credential, sealed, or of a plain register. Whoever names the file vouches for it; what
/// is sealed has to be whole all the same.
fn register(file: &Path, at: Timestamp) -> Result<Statement, String> {
    let bytes = std::fs::read(file).map_err(|error| format!("{file:?} cannot be opened: {error}"))?;
    let none = || format!("{file:?} is no register of keys");
    let value = parse(&bytes).map_err(|error| format!("{file:?} is no register of keys: {error}"))?;
    if value.get("document").is_none() {
        let keys = KnownKey::list_from_json(&value).ok_or_else(none)?;
        return Ok(Statement { sealed: None, keys });
    }
    let report = es256::verify(&bytes, &Trust::not_checked(), at).map_err(|error| format!("{file:?}: {error}"))?;
    if report.verdict != Verdict::Valid {
        return Err(format!("the seal of {file:?} does not hold; check the file by itself"));
    }
    let keys = match report.about {
        About::Register(keys) => keys,
        About::Credential(credential) => vec![credential.key],
        _ => return Err(none()),
    };
    Ok(Statement { sealed: Some(report.sealed), keys })
}
