//! The `document` member of a sealed document: everything that is signed.

use super::format::Format;
use super::key::{Jwk, Kid};
use crate::json::{Object, Value, object};
use crate::{CaseId, InstrumentPin, SealId, Timestamp};

/// Who wrote the document.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Author {
    /// Name.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub name: String,
    /// Role in the service, as a code.
    pub role: String,
    /// Organisation.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub organisation: String,
    /// Professional licence number.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub licence_number: Option<String>,
    /// The key the author signs with.
    pub kid: Kid,
}

/// The tablet's claims about time.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Times {
    /// When worker and client met, where the form asks for it.
    pub contact: Option<Timestamp>,
    /// When the last answer was written.
    pub written: Timestamp,
    /// When the document was sealed.
    pub sealed: Timestamp,
}

/// Somebody whose signature the document needs.
#[derive(Clone, Debug)]
pub struct Signer {
    /// In which role.
    pub role: String,
    /// With which key.
    pub jwk: Jwk,
}

/// The parts of a document about to be sealed.
#[derive(Clone, Debug)]
pub struct DocumentBody {
    /// The seal's identifier.
    pub seal_id: SealId,
    /// The case.
    pub case: CaseId,
    /// The client's register number.
    pub register_number: Option<String>,
    /// The exact form that was answered.
    pub instrument: InstrumentPin,
    /// 1, or one more than the revision it replaces.
    pub revision: u32,
    /// The seal it corrects.
    pub replaces: Option<SealId>,
    /// Who wrote it.
    pub author: Author,
    /// When.
    pub times: Times,
    /// Who has to sign.
    pub required_signers: Vec<Signer>,
    /// The FHIR QuestionnaireResponse.
    pub response: Value,
}

impl DocumentBody {
    /// The `document` member.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut case = Object::default();
        case.set("id", self.case);
        case.set_some("registerNumber", self.register_number.as_deref());
        let mut times = Object::default();
        times.set_some("contact", self.times.contact);
        times.set("written", self.times.written);
        times.set("sealed", self.times.sealed);
        let mut document = Format::Document.head(self.seal_id, &self.author, self.times.sealed, &self.required_signers);
        document.set("case", case);
        document.set("instrument", self.instrument.to_json());
        document.set("revision", self.revision);
        document.set_some("replaces", self.replaces);
        document.set("times", times);
        document.set("response", self.response.clone());
        document.into()
    }
}

impl Author {
    /// The member `author`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut author = Object::default();
        author.set("name", self.name.as_str());
        author.set("role", self.role.as_str());
        author.set("organisation", self.organisation.as_str());
        author.set_some("licenceNumber", self.licence_number.as_deref());
        author.set("kid", self.kid.to_string());
        author.into()
    }
}

impl Signer {
    /// An entry of `requiredSigners`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let kid = self.jwk.kid().to_string();
        object([("role", self.role.as_str().into()), ("kid", kid.into()), ("jwk", self.jwk.to_json())])
    }
}
