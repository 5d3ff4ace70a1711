//! Whose keys `asesmen verify` believes: key ids and registers that are named on the command line.

use crate::domain::Timestamp;
use crate::json::parse;
use crate::seal::{About, Kid, KnownKey, Trust, Verdict, es256};
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

/// Reads whose keys are believed. What a register says of a key goes before its mere name, so that naming a key never
/// lifts its limits.
///
/// # Errors
/// Says which file holds no keys, or does not hold itself.
pub fn read(trusted: &[Trusted], revoked: &[PathBuf], at: Timestamp) -> Result<Trust, String> {
    let (mut listed, mut named) = (Vec::new(), Vec::new());
    for one in trusted {
        match one {
            Trusted::Key(kid) => named.push(KnownKey::of(*kid)),
            Trusted::Register(file) => listed.extend(register(file, at)?),
        }
    }
    listed.extend(named);
    let mut trust = Trust { keys: (!trusted.is_empty()).then_some(listed), revoked: Vec::new() };
    for file in revoked {
        let keys = register(file, at)?;
        trust.revoked.extend(keys.into_iter().filter_map(|key| key.revoked.map(|revocation| (key.kid, revocation))));
    }
    Ok(trust)
}

/// The keys of a register or of a credential, sealed, or of a plain register. Whoever names the file vouches for it; what
/// is sealed has to be whole all the same.
fn register(file: &Path, at: Timestamp) -> Result<Vec<KnownKey>, String> {
    let bytes = std::fs::read(file).map_err(|error| format!("{file:?} cannot be opened: {error}"))?;
    let none = || format!("{file:?} is no register of keys");
    let value = parse(&bytes).map_err(|error| format!("{file:?} is no register of keys: {error}"))?;
    if value.get("document").is_none() {
        return KnownKey::list_from_json(&value).ok_or_else(none);
    }
    let report = es256::verify(&bytes, &Trust::not_checked(), at).map_err(|error| format!("{file:?}: {error}"))?;
    if report.verdict != Verdict::Valid {
        return Err(format!("the seal of {file:?} does not hold; check the file by itself"));
    }
    match report.about {
        About::Register(keys) => Ok(keys),
        About::Credential(credential) => Ok(vec![credential.key]),
        _ => Err(none()),
    }
}
