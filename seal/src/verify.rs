//! Checking a sealed document against the whole profile.
//!
//! The check has two steps, because browsers verify asynchronously: [`examine`] reads the file and lists the ECDSA checks
//! that are left, [`Examination::conclude`] judges with their outcomes.

use super::attachments::AttachmentRefusal;
use super::format::{About, Format};
use super::key::{Jwk, Kid};
use super::package::PackageRefusal;
use super::report::{Finding, HeaderRefusal, Report, SignatureReport, Verdict};
use super::signature::{Payload, SigningInput};
use super::trust::Trust;
use crate::json::{JsonRefusal, NotInteroperable, Object, Value, interoperable, parse};
use crate::{SealId, Timestamp};
use base64ct::{Base64UrlUnpadded, Encoding};

/// Why a file cannot be checked at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not strict JSON: cut off, damaged, or ambiguous.
    #[error("not readable as strict JSON: {0}")]
    Json(#[from] JsonRefusal),
    /// JSON with a number that not every reader takes alike.
    #[error("ambiguous: {0}")]
    Ambiguous(#[from] NotInteroperable),
    /// JSON, but no sealed document.
    #[error("not a sealed document: {0} is missing or of another kind")]
    NotSealed(&'static str),
    /// A sealed document of a format this version does not know.
    #[error("format “{0}” is not known to this version")]
    UnknownFormat(String),
    /// A document that says of an attachment what cannot be.
    #[error("not a sealed document: {0}")]
    Attachment(#[from] AttachmentRefusal),
    /// A package that breaks its format, or says what is not so.
    #[error("not a package: {0}")]
    Package(#[from] PackageRefusal),
}

/// The most signers and signatures of a document. Client, worker, institution, guardian and witnesses are far fewer; a
/// file with more is made to exhaust whoever checks it.
pub const MOST_SIGNERS: usize = 16;

/// One ECDSA check to be done by the caller: does `value` over the bytes of `input` verify under `jwk` (ES256: SHA-256, P-256)?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureCheck {
    /// Which signature, from 1.
    pub signature: usize,
    /// The signer's role.
    pub role: String,
    /// The public key.
    pub jwk: Jwk,
    /// What is signed.
    pub input: SigningInput,
    /// The signature, r and s, 32 bytes each.
    pub value: Vec<u8>,
}

/// A file read and its structure judged; signatures still to be checked.
#[derive(Clone, Debug)]
pub struct Examination {
    /// The ECDSA checks left.
    pub checks: Vec<SignatureCheck>,
    report: Report,
}

/// Reads a file and judges everything but the ECDSA signatures themselves.
///
/// # Errors
/// Refuses what is not a sealed document of a known format.
#[inline(never)] // An entry of tools/parts.json.
pub fn examine(bytes: &[u8]) -> Result<Examination, Unreadable> {
    let file = parse(bytes)?;
    interoperable(&file)?;
    let file = file.as_object().ok_or(Unreadable::NotSealed("the outer object"))?;
    let document = file.get("document").ok_or(Unreadable::NotSealed("document"))?;
    let entries = file.get("signatures").and_then(Value::as_array);
    let entries = entries.filter(|list| list.len() <= MOST_SIGNERS).ok_or(Unreadable::NotSealed("signatures"))?;
    let mut report = read_document(document)?;
    let outside = file.iter().filter(|(member, _)| !matches!(*member, "document" | "signatures"));
    report.findings.extend(outside.map(|(member, _)| Finding::UnsignedMember { member: member.to_owned() }));
    let signers = read_signers(document, &mut report.findings)?;
    let (mut checks, mut signed): (Vec<SignatureCheck>, Vec<Kid>) = (Vec::new(), Vec::new());
    let payload = Payload::of(document);
    for (signature, entry) in (1..).zip(entries) {
        match read_entry(entry) {
            Err(reason) => report.findings.push(Finding::HeaderRefused { signature, reason }),
            Ok((kid, protected, value)) => {
                let Some((role, _, jwk)) = signers.iter().find(|(_, name, _)| *name == kid) else {
                    report.findings.push(Finding::UnexpectedSigner { signature, kid });
                    continue;
                };
                if signed.contains(&kid) {
                    report.findings.push(Finding::RepeatedSigner { signature, kid });
                    continue;
                }
                let input = SigningInput { protected, payload: payload.clone() };
                signed.push(kid);
                checks.push(SignatureCheck { signature, role: role.clone(), jwk: jwk.clone(), input, value });
            }
        }
    }
    for (role, kid, _) in &signers {
        if !signed.contains(kid) {
            report.findings.push(Finding::MissingSigner { role: role.clone(), kid: *kid });
        }
    }
    Ok(Examination { checks, report })
}

impl Examination {
    /// What the file is about, before anything of it is proven.
    #[must_use]
    pub const fn about(&self) -> &About {
        &self.report.about
    }

    /// The identifier of its seal, likewise.
    #[must_use]
    pub const fn seal_id(&self) -> SealId {
        self.report.seal_id
    }

    /// Judges with the outcomes of the ECDSA checks, in their order, as received `at`. A missing outcome counts as failed.
    #[must_use]
    pub fn conclude(self, outcomes: &[bool], trust: &Trust, at: Timestamp) -> Report {
        let mut report = self.report;
        for (position, check) in self.checks.iter().enumerate() {
            let (kid, role) = (check.jwk.kid(), check.role.clone());
            let matches = outcomes.get(position).copied().unwrap_or(false);
            report.signatures.push(SignatureReport {
                signature: check.signature,
                role: role.clone(),
                kid,
                fingerprint: kid.fingerprint().to_string(),
                matches,
            });
            if !matches {
                let signature = check.signature;
                report.findings.push(Finding::SignatureMismatch { signature, role: role.clone(), kid });
            }
            trust.judge(&role, kid, at, &mut report.findings);
        }
        // Tablets' clocks drift by minutes; more than that is worth knowing.
        const DRIFT_MILLIS: i64 = 10 * 60 * 1000;
        if report.sealed.millis() > at.millis() + DRIFT_MILLIS {
            report.findings.push(Finding::FutureTime { sealed: report.sealed });
        }
        let broken = report.findings.iter().any(Finding::breaks_seal);
        report.verdict = if broken { Verdict::Invalid } else { Verdict::Valid };
        report
    }
}

/// Reads the head that every format has, and what is the format's own.
fn read_document(document: &Value) -> Result<Report, Unreadable> {
    let text = |path: &[&str]| document.at(path).and_then(Value::as_str);
    let need = |path: &[&str], name| text(path).ok_or(Unreadable::NotSealed(name));
    let url = need(&["type"], "document.type")?;
    let format = Format::from_url(url).ok_or_else(|| Unreadable::UnknownFormat(url.to_owned()))?;
    let seal_id = SealId::parse(need(&["sealId"], "document.sealId")?);
    let sealed = Timestamp::parse(need(&["times", "sealed"], "document.times.sealed")?);
    Ok(Report {
        verdict: Verdict::Invalid,
        seal_id: seal_id.map_err(|_| Unreadable::NotSealed("document.sealId"))?,
        about: About::read(format, document)?,
        author: need(&["author", "name"], "document.author.name")?.to_owned(),
        organisation: need(&["author", "organisation"], "document.author.organisation")?.to_owned(),
        sealed: sealed.map_err(|_| Unreadable::NotSealed("document.times.sealed"))?,
        signatures: Vec::new(),
        findings: Vec::new(),
    })
}

type SignerEntry = (String, Kid, Jwk);

fn read_signers(document: &Value, findings: &mut Vec<Finding>) -> Result<Vec<SignerEntry>, Unreadable> {
    const NAME: &str = "document.requiredSigners";
    let list = document
        .get("requiredSigners")
        .and_then(Value::as_array)
        .filter(|list| (1..=MOST_SIGNERS).contains(&list.len()));
    let mut signers: Vec<SignerEntry> = Vec::new();
    for entry in list.ok_or(Unreadable::NotSealed(NAME))? {
        let text = |member: &str| entry.get(member).and_then(Value::as_str);
        let role = text("role").ok_or(Unreadable::NotSealed(NAME))?.to_owned();
        let kid = text("kid").and_then(Kid::parse).ok_or(Unreadable::NotSealed(NAME))?;
        let jwk = entry.get("jwk").and_then(|jwk| Jwk::read(jwk).ok()).ok_or(Unreadable::NotSealed(NAME))?;
        if jwk.kid() != kid {
            findings.push(Finding::KeyMismatch { role, kid });
        } else if signers.iter().any(|(_, name, _)| *name == kid) {
            // One signature cannot stand for two people.
            findings.push(Finding::MissingSigner { role, kid });
        } else {
            signers.push((role, kid, jwk));
        }
    }
    let author = document.at(&["author", "kid"]).and_then(Value::as_str).and_then(Kid::parse);
    if !signers.iter().any(|(_, kid, _)| Some(*kid) == author) {
        findings.push(Finding::AuthorDoesNotSign);
    }
    Ok(signers)
}

/// Reads one entry of `signatures`: the key it names, its protected header as text, and the signature's bytes.
fn read_entry(entry: &Value) -> Result<(Kid, String, Vec<u8>), HeaderRefusal> {
    let entry = entry.as_object().ok_or(HeaderRefusal::NotAnObject)?;
    if let Some((member, _)) = entry.iter().find(|(member, _)| !matches!(*member, "protected" | "signature")) {
        return Err(HeaderRefusal::Member(member.to_owned()));
    }
    let text = |member: &str| entry.text(member).ok_or_else(|| HeaderRefusal::Missing(member.to_owned()));
    let decode = |member: &str, text: &str| {
        Base64UrlUnpadded::decode_vec(text).map_err(|_| HeaderRefusal::Encoding(member.to_owned()))
    };
    let (protected, signature) = (text("protected")?, text("signature")?);
    let header = parse(&decode("protected", protected)?).map_err(|_| HeaderRefusal::NotAnObject)?;
    let kid = read_header(header.as_object().ok_or(HeaderRefusal::NotAnObject)?)?;
    let value = decode("signature", signature)?;
    if value.len() != 64 {
        return Err(HeaderRefusal::Length);
    }
    Ok((kid, protected.to_owned(), value))
}

fn read_header(header: &Object) -> Result<Kid, HeaderRefusal> {
    if let Some((parameter, _)) = header.iter().find(|(name, _)| !matches!(*name, "alg" | "kid")) {
        return Err(HeaderRefusal::Parameter(parameter.to_owned()));
    }
    match header.get("alg") {
        Some(Value::String(alg)) if alg == "ES256" => {}
        Some(other) => return Err(HeaderRefusal::Algorithm(other.as_str().unwrap_or_default().to_owned())),
        None => return Err(HeaderRefusal::Missing("alg".to_owned())),
    }
    header.get("kid").and_then(Value::as_str).and_then(Kid::parse).ok_or(HeaderRefusal::Kid)
}
