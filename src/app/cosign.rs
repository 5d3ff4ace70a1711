//! Who else signs a document, and what a file that was checked can be used for.

use super::enrolment::Reading;
use super::filling::Filling;
use super::known::KnownKey;
use super::model::{CheckedFile, FileOutcome, Model};
use crate::domain::{Awaited, DocumentId, Timestamp};
use crate::json::Value;
use crate::seal::{About, Finding, Jwk, Kid, Report, Signer};

/// Somebody who can be asked to sign a draft as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Their key.
    pub kid: Kid,
    /// Who they are.
    pub name: String,
    /// Their role, as a code.
    pub role: String,
    /// Their organisation.
    pub organisation: String,
    /// Whether the form asks for somebody in this role.
    pub asked: bool,
    /// Whether they will have to sign.
    pub chosen: bool,
}

/// Everybody who can be asked to sign a draft as well, those first whose role the form asks for. Until a hand chooses, they
/// are proposed where only one has the role.
#[must_use]
pub fn candidates(model: &Model, filling: &Filling, now: Timestamp) -> Vec<Candidate> {
    let asked = &filling.response.questionnaire().countersigners;
    let own = model.key.as_ref().ok().map(Jwk::kid);
    let able: Vec<&KnownKey> =
        model.known.iter().filter(|known| known.can_sign(now) && Some(known.key.kid) != own).collect();
    let alone = |role: &str| able.iter().filter(|known| known.role() == role).count() == 1;
    let choice = model.enrolment.choice.as_ref().filter(|(id, _)| *id == filling.document.id);
    let candidate = |known: &&KnownKey| {
        let asked = asked.iter().any(|role| role == known.role());
        Candidate {
            kid: known.key.kid,
            name: known.name().to_owned(),
            role: known.role().to_owned(),
            organisation: known.key.organisation.clone().unwrap_or_default(),
            asked,
            chosen: match choice {
                Some((_, chosen)) => chosen.contains(&known.key.kid),
                None => asked && alone(known.role()),
            },
        }
    };
    let mut candidates: Vec<Candidate> = able.iter().map(candidate).collect();
    candidates.sort_by(|one, other| (!one.asked, &one.name).cmp(&(!other.asked, &other.name)));
    candidates
}

/// The roles that a form asks for and in which this tablet knows nobody.
#[must_use]
pub fn unmet(model: &Model, filling: &Filling, now: Timestamp) -> Vec<String> {
    let known = candidates(model, filling, now);
    let own = model.worker.as_ref().map(|worker| worker.role.code());
    let asked = filling.response.questionnaire().countersigners.iter();
    let open = asked.filter(|role| Some(role.as_str()) != own && !known.iter().any(|one| one.role == **role));
    if model.enrolment.reading == Reading::Done { open.cloned().collect() } else { Vec::new() }
}

/// Those who have to sign a draft besides its author, as they stand in the document.
pub(super) fn cosigners(model: &Model, filling: &Filling, now: Timestamp) -> Vec<Signer> {
    let chosen = candidates(model, filling, now).into_iter().filter(|candidate| candidate.chosen);
    let signer = |candidate: Candidate| {
        Some(Signer { role: candidate.role, jwk: model.known.get(candidate.kid)?.key.jwk.clone()? })
    };
    chosen.filter_map(signer).collect()
}

/// Those of some keys whose signatures are awaited, with their names where they are known.
pub(super) fn awaited<'a>(model: &Model, open: impl Iterator<Item = (&'a str, Kid)>) -> Vec<Awaited> {
    let name = |kid| model.known.get(kid).map(|known| known.name().to_owned()).unwrap_or_default();
    open.map(|(role, kid)| Awaited { role: role.to_owned(), kid, name: name(kid) }).collect()
}

/// What a file that was checked can be used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileUse {
    /// It asks for the signature of this tablet, in this role.
    Sign(String),
    /// It brings signatures that a document of this tablet waits for.
    Join(DocumentId),
}

/// What a file that was checked can be used for; nothing where it is broken.
#[must_use]
pub fn file_use(model: &Model, file: &CheckedFile) -> Option<FileUse> {
    let FileOutcome::Done(report) = &file.outcome else { return None };
    let broken = report.findings.iter().any(|finding| finding.breaks_seal() && !finding.is_about_trust());
    let awaited = report.awaited();
    if broken && awaited.is_empty() {
        return None;
    }
    let brings = |kid: Kid| report.signatures.iter().any(|signature| signature.kid == kid && signature.matches);
    let waits = model.documents.iter().find(|document| document.seal.is_some_and(|seal| seal.id == report.seal_id));
    if let Some(document) = waits {
        let joins = document.awaits.iter().any(|awaited| brings(awaited.kid));
        if joins {
            return Some(FileUse::Join(document.id));
        }
    }
    asks_here(model, report).map(FileUse::Sign)
}

/// The role in which a document asks for the signature of this tablet. Only what can be read in full is signed, with all that
/// stands beside it.
#[must_use]
pub fn asks_here(model: &Model, report: &Report) -> Option<String> {
    let lacks =
        |finding: &Finding| matches!(finding, Finding::AttachmentMissing { .. } | Finding::AttachmentDiffers { .. });
    let is_whole = matches!(report.about, About::Document(_)) && !report.findings.iter().any(lacks);
    is_whole.then(|| own_role(model, report))?
}

/// In which role a file asks for the signature of this tablet.
fn own_role(model: &Model, report: &Report) -> Option<String> {
    let own = model.key.as_ref().ok()?.kid();
    report.awaited().into_iter().find(|(_, kid)| *kid == own).map(|(role, _)| role.to_owned())
}

/// Why one of these signatures does not count any more, or not yet: whoever took a key away from its holder must not sign on.
pub(super) fn ended(report: &Report, entries: &[(Kid, Value)]) -> Option<Finding> {
    let concerns = |finding: &&Finding| match finding {
        Finding::RevokedKey { kid, .. } | Finding::KeyExpired { kid, .. } | Finding::KeyNotYetValid { kid, .. } => {
            entries.iter().any(|(own, _)| own == kid)
        }
        _ => false,
    };
    report.findings.iter().find(concerns).cloned()
}
