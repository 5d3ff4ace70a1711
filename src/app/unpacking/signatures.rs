//! Signatures that a package brings for a document that is here: they are judged and added as those in a file given for
//! checking are, so that a document comes back from whoever signed it in either way.

use crate::app::cosign::{awaited, ended};
use crate::app::enrolment::Reading;
use crate::app::model::Model;
use crate::domain::{Awaited, Document, SealId, Timestamp};
use crate::json::Value;
use crate::seal::{Contained, Finding, Kid, Report, signatures_of};

/// A sealed file that is here.
#[derive(Clone, Debug)]
pub struct KeptSeal {
    /// Its seal.
    pub id: SealId,
    /// The digest of what was signed; empty where that cannot be read.
    pub digest: String,
    /// Whose signatures are here, those that came later included.
    pub signed: Vec<Kid>,
}

/// Signatures that join a sealed document.
#[derive(Clone, Debug)]
pub struct SignatureIntake {
    /// The head of the document, with those whose signatures are still awaited.
    pub head: Document,
    /// Its seal.
    pub seal: SealId,
    /// The signatures, each an entry of `signatures` with the key it is by.
    pub entries: Vec<(Kid, Value)>,
    /// When they were added.
    pub at: Timestamp,
}

/// What joins the document here, and whose signatures these are; nothing where all are here. What came is the same document
/// and its seal holds, so every signature in it is one that the document asks for.
pub(super) fn further(
    model: &Model,
    contained: &Contained,
    report: &Report,
    kept: &KeptSeal,
    at: Timestamp,
) -> Result<Option<(SignatureIntake, Vec<Awaited>)>, Finding> {
    let head = model.documents.iter().find(|document| document.seal.is_some_and(|seal| seal.id == kept.id));
    // Whether a key was withdrawn is known only once keys were read; then the package is judged again.
    let (Some(head), Reading::Done) = (head, model.enrolment.reading) else { return Ok(None) };
    let mut entries = signatures_of(&contained.bytes()).unwrap_or_default();
    entries.retain(|(kid, _)| !kept.signed.contains(kid));
    if entries.is_empty() {
        return Ok(None);
    }
    if let Some(finding) = ended(report, &entries) {
        return Err(finding);
    }
    let comes = |kid: Kid| entries.iter().any(|(own, _)| *own == kid);
    let by = report.signatures.iter().filter(|signature| comes(signature.kid));
    let by = awaited(model, by.map(|signature| (signature.role.as_str(), signature.kid)));
    let mut head = head.clone();
    head.awaits.retain(|awaited| !comes(awaited.kid) && !kept.signed.contains(&awaited.kid));
    Ok(Some((SignatureIntake { head, seal: kept.id, entries, at }, by)))
}
