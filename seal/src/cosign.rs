//! Signatures that come later: by other people, on other devices, at other times.
//!
//! Invariant: the document is never touched. A signature is added only where the document asks for it and it is not there
//! yet, and files are put together only where they hold the same document, byte for byte in its canonical form. Signatures
//! stand in the order in which the document names its signers, so that the same ones always make the same file.

use super::id::SealId;
use super::key::Kid;
use super::report::{Finding, Report};
use super::signature::{Payload, SigningInput, protected};
use super::time::Timestamp;
use super::trust::Trust;
use super::verify::{SignatureCheck, Unreadable, examine};
use crate::json::{Value, array, canonical, object, parse};
use base64ct::{Base64UrlUnpadded, Encoding};

/// Why a signature or a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JoinRefusal {
    /// A file is no sealed document.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// A file breaks the profile, by more than signatures that are still missing.
    #[error("{0}")]
    Broken(Finding),
    /// The files hold two different seals.
    #[error("this is seal {given}, not {kept}")]
    OtherSeal {
        /// The seal of the first file.
        kept: SealId,
        /// The seal of the other.
        given: SealId,
    },
    /// The files name the same seal and say different things.
    #[error("seal {0} stands over another document")]
    OtherDocument(SealId),
    /// What was signed is not this document, or by a key that it does not ask for.
    #[error("the document does not ask for this signature")]
    NotAsked,
    /// This key has signed already.
    #[error("key {0} has signed already")]
    SignedAlready(Kid),
}

/// A file read, with its signatures by key.
struct Parts {
    document: Value,
    seal_id: SealId,
    entries: Vec<(Kid, Value)>,
}

/// Adds a signature to a file.
///
/// # Errors
/// Refuses a file that is broken by more than missing signatures, and a signature that it does not ask for or has. Whether
/// the signature holds is checked by who made it, as everywhere.
pub fn add_signature(file: &[u8], input: &SigningInput, signature: &[u8]) -> Result<Vec<u8>, JoinRefusal> {
    let mut parts = read(file, None)?;
    let asked = signers(&parts.document).find(|kid| protected(*kid) == input.protected);
    let kid = asked.filter(|_| Payload::of(&parts.document) == input.payload).ok_or(JoinRefusal::NotAsked)?;
    if parts.entries.iter().any(|(signed, _)| *signed == kid) {
        return Err(JoinRefusal::SignedAlready(kid));
    }
    let signature = Base64UrlUnpadded::encode_string(signature);
    let entry = object([("protected", input.protected.as_str().into()), ("signature", signature.into())]);
    parts.entries.push((kid, entry));
    Ok(written(&parts))
}

/// Puts files with the same document together into one with all their signatures; of two by the same key the first stays.
/// Each file comes with the outcomes of its checks, as for [`Examination::conclude`](super::Examination::conclude).
///
/// # Errors
/// Refuses everything if one file is broken by more than missing signatures, or holds another document.
pub fn merge(files: &[(&[u8], &[bool])]) -> Result<Vec<u8>, JoinRefusal> {
    let mut all: Option<Parts> = None;
    for (file, outcomes) in files {
        let parts = read(file, Some(outcomes))?;
        match &mut all {
            None => all = Some(parts),
            Some(kept) => join(kept, parts)?,
        }
    }
    Ok(written(&all.ok_or(Unreadable::NotSealed("file"))?))
}

fn join(kept: &mut Parts, given: Parts) -> Result<(), JoinRefusal> {
    if kept.seal_id != given.seal_id {
        return Err(JoinRefusal::OtherSeal { kept: kept.seal_id, given: given.seal_id });
    }
    if canonical(&kept.document) != canonical(&given.document) {
        return Err(JoinRefusal::OtherDocument(kept.seal_id));
    }
    for (kid, entry) in given.entries {
        if !kept.entries.iter().any(|(signed, _)| *signed == kid) {
            kept.entries.push((kid, entry));
        }
    }
    Ok(())
}

/// A file with signatures that were kept beside it, each an entry of `signatures` with the key it is by. Of the same
/// document nothing else can be kept beside it, so what does not fit is left out and stands where it is.
#[must_use]
#[inline(never)] // An entry of tools/parts.json.
pub fn with_kept(file: &[u8], kept: &[Value]) -> Vec<u8> {
    let joined = read(file, None).map(|mut parts| {
        for entry in kept {
            if let Some(kid) = key_of(entry)
                && signers(&parts.document).any(|asked| asked == kid)
                && !parts.entries.iter().any(|(signed, _)| *signed == kid)
            {
                parts.entries.push((kid, entry.clone()));
            }
        }
        written(&parts)
    });
    // A file that is damaged is given as it is: whoever checks it has to see that.
    joined.unwrap_or_else(|_| file.to_vec())
}

/// The entries of `signatures` in a file, each with the key it is by.
///
/// # Errors
/// Refuses what [`merge`] refuses.
pub fn signatures_of(file: &[u8]) -> Result<Vec<(Kid, Value)>, JoinRefusal> {
    read(file, None).map(|parts| parts.entries)
}

/// Reads a file; only what is not signed yet may be wrong with it. Without outcomes its signatures count as checked.
fn read(file: &[u8], outcomes: Option<&[bool]>) -> Result<Parts, JoinRefusal> {
    let examination = examine(file)?;
    let checks = examination.checks.clone();
    let held = vec![true; checks.len()];
    let at = Timestamp::from_millis(0, 0).map_err(|_| Unreadable::NotSealed("document.times"))?;
    let report = examination.conclude(outcomes.unwrap_or(&held), &Trust::not_checked(), at);
    if let Some(broken) = report.findings.iter().find(|finding| finding.breaks_seal() && !is_open(&report, finding)) {
        return Err(JoinRefusal::Broken(broken.clone()));
    }
    let file = parse(file).map_err(Unreadable::from)?;
    let document = file.get("document").cloned().ok_or(Unreadable::NotSealed("document"))?;
    let list = file.get("signatures").and_then(Value::as_array).unwrap_or_default();
    let entry = |check: &SignatureCheck| Some((check.jwk.kid(), list.get(check.signature.checked_sub(1)?)?.clone()));
    Ok(Parts { document, seal_id: report.seal_id, entries: checks.iter().filter_map(entry).collect() })
}

/// The keys that a document asks for, in its order.
fn signers(document: &Value) -> impl Iterator<Item = Kid> {
    let list = document.get("requiredSigners").and_then(Value::as_array).unwrap_or_default();
    list.iter().filter_map(|signer| Kid::parse(signer.get("kid")?.as_str()?))
}

fn key_of(entry: &Value) -> Option<Kid> {
    let header = Base64UrlUnpadded::decode_vec(entry.get("protected")?.as_str()?).ok()?;
    Kid::parse(parse(&header).ok()?.get("kid")?.as_str()?)
}

fn written(parts: &Parts) -> Vec<u8> {
    let entry = |kid: Kid| parts.entries.iter().find(|(signed, _)| *signed == kid).map(|(_, entry)| entry.clone());
    let entries = signers(&parts.document).filter_map(entry);
    canonical(&object([("document", parts.document.clone()), ("signatures", array(entries))]))
}

/// Whether a finding says no more than that somebody can still sign.
fn is_open(report: &Report, finding: &Finding) -> bool {
    // Where two signers share a key, no signature can ever be the second one's.
    let signed = |kid: &Kid| report.signatures.iter().any(|signature| signature.kid == *kid);
    matches!(finding, Finding::MissingSigner { kid, .. } if !signed(kid))
}

impl Report {
    /// Whether nothing was changed and whoever signed may: what is left to find is only whose keys these are, and who can
    /// still sign.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let breaks = |finding: &&Finding| finding.breaks_seal() && !finding.is_about_trust();
        !self.signatures.is_empty() && self.findings.iter().filter(breaks).all(|finding| is_open(self, finding))
    }

    /// Whose signatures are still to come, with their roles, where that is all that keeps the file from being valid; nobody
    /// where it is complete, broken, or signed by nobody yet.
    #[must_use]
    pub fn awaited(&self) -> Vec<(&str, Kid)> {
        if !self.is_whole() {
            return Vec::new();
        }
        let awaited = self.findings.iter().filter_map(|finding| match finding {
            Finding::MissingSigner { role, kid } => Some((role.as_str(), *kid)),
            _ => None,
        });
        awaited.collect()
    }
}
