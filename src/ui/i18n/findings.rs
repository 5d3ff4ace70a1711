//! Words for what a check of a sealed file found.

use super::{Key, format};
use crate::seal::{Finding, HeaderRefusal, Kid, SignatureReport};
use crate::ui::dispatch::Ui;
use crate::ui::screens::role_words;

/// Whether a finding only says that this tablet's own key was compared with no list, which needs no telling.
pub fn is_own(finding: &Finding, own: Option<Kid>) -> bool {
    matches!(finding, Finding::TrustNotChecked { kid, .. } if Some(*kid) == own)
}

/// A finding for people.
pub fn finding(ui: Ui, finding: &Finding) -> String {
    match finding {
        Finding::SignatureMismatch { signature, role, .. } => {
            ui.tf(Key::FindingMismatch, &[&signature.to_string(), &role_words(ui, role)])
        }
        Finding::HeaderRefused { signature, reason } => {
            ui.tf(Key::FindingHeader, &[&signature.to_string(), &header(ui, reason)])
        }
        Finding::UnexpectedSigner { signature, .. } => ui.tf(Key::FindingUnexpected, &[&signature.to_string()]),
        Finding::RepeatedSigner { signature, .. } => ui.tf(Key::FindingRepeated, &[&signature.to_string()]),
        Finding::MissingSigner { role, .. } => ui.tf(Key::FindingMissing, &[&role_words(ui, role)]),
        Finding::KeyMismatch { role, .. } => ui.tf(Key::FindingOtherKid, &[&role_words(ui, role)]),
        Finding::AuthorDoesNotSign => ui.t(Key::FindingAuthor).to_owned(),
        Finding::UnsignedMember { member } => ui.tf(Key::FindingOutside, &[member]),
        Finding::UntrustedKey { kid, .. } => ui.tf(Key::FindingUntrusted, &[&kid.fingerprint().to_string()]),
        Finding::TrustNotChecked { .. } => ui.t(Key::FindingTrustOpen).to_owned(),
        Finding::RevokedKey { kid, since, .. } => {
            ui.tf(Key::FindingRevoked, &[&kid.fingerprint().to_string(), &format::date_time(ui.locale(), *since)])
        }
        Finding::KeyExpired { kid, until, .. } => {
            ui.tf(Key::FindingExpired, &[&kid.fingerprint().to_string(), &format::date_time(ui.locale(), *until)])
        }
        Finding::KeyNotYetValid { kid, from, .. } => {
            ui.tf(Key::FindingNotYet, &[&kid.fingerprint().to_string(), &format::date_time(ui.locale(), *from)])
        }
        Finding::RoleDiffers { role, known, .. } => {
            ui.tf(Key::FindingRole, &[&role_words(ui, role), &role_words(ui, known)])
        }
        Finding::FutureTime { .. } => ui.t(Key::FindingFuture).to_owned(),
        Finding::AttachmentMissing { size, .. } => ui.tf(Key::FindingFileMissing, &[&format::bytes(ui, *size)]),
        Finding::AttachmentDiffers { size, .. } => ui.tf(Key::FindingFileDiffers, &[&format::bytes(ui, *size)]),
    }
}

fn header(ui: Ui, reason: &HeaderRefusal) -> String {
    match reason {
        HeaderRefusal::Member(name) => ui.tf(Key::HeaderMember, &[name]),
        HeaderRefusal::Missing(name) => ui.tf(Key::HeaderMissing, &[name]),
        HeaderRefusal::Encoding(name) => ui.tf(Key::HeaderEncoding, &[name]),
        HeaderRefusal::NotAnObject => ui.t(Key::HeaderShape).to_owned(),
        HeaderRefusal::Algorithm(name) => ui.tf(Key::HeaderAlgorithm, &[name]),
        HeaderRefusal::Parameter(name) => ui.tf(Key::HeaderParameter, &[name]),
        HeaderRefusal::Kid => ui.t(Key::HeaderKid).to_owned(),
        HeaderRefusal::Length => ui.t(Key::HeaderLength).to_owned(),
    }
}

/// The fingerprint of a signature's key, marked where it is this tablet's own.
pub fn fingerprint(ui: Ui, signature: &SignatureReport, own: Option<Kid>) -> String {
    if Some(signature.kid) == own {
        ui.tf(Key::OwnFingerprint, &[&signature.fingerprint])
    } else {
        signature.fingerprint.clone()
    }
}
