//! The formats that are sealed, all in one shape: a common head, and what each is about.
//!
//! Whatever its type, a sealed `document` says who made it (`author`), when (`times.sealed`), under which identifier
//! (`sealId`) and who has to sign (`requiredSigners`). So one check, one list of findings and one way of signing serve all.

use super::attachments::{Apart, apart};
use super::document::{Author, Signer};
use super::key::Kid;
use super::package::Package;
use super::trust::KnownKey;
use super::verify::Unreadable;
use crate::json::{Object, Value, array, object};
use crate::{CaseId, InstrumentPin, SealId, Timestamp};
use std::sync::Arc;

/// A format, by the `type` of its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// An answered form.
    Document,
    /// What a receiver returns for what it has taken.
    Receipt,
    /// Who holds a key, said by somebody who issues such words.
    Credential,
    /// Many keys, and which of them count no longer.
    Register,
    /// A case, or part of one, on its way to somebody else.
    Package,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 5] = [Self::Document, Self::Receipt, Self::Credential, Self::Register, Self::Package];

    /// The value of `type`, with the version of the format.
    #[must_use]
    pub const fn url(self) -> &'static str {
        match self {
            Self::Document => "https://asesmen.id/formats/sealed-document/1",
            Self::Receipt => "https://asesmen.id/formats/receipt/1",
            Self::Credential => "https://asesmen.id/formats/credential/1",
            Self::Register => "https://asesmen.id/formats/key-register/1",
            Self::Package => "https://asesmen.id/formats/package/1",
        }
    }

    /// The word for machines.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Receipt => "receipt",
            Self::Credential => "credential",
            Self::Register => "key-register",
            Self::Package => "package",
        }
    }

    /// Reads a `type`.
    #[must_use]
    pub fn from_url(url: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.url() == url)
    }

    /// The head that every sealed document has.
    #[must_use]
    pub fn head(self, seal_id: SealId, author: &Author, sealed: Timestamp, signers: &[Signer]) -> Object {
        let mut document = Object::default();
        document.set("type", self.url());
        document.set("sealId", seal_id);
        document.set("author", author.to_json());
        document.set("times", object([("sealed", sealed.into())]));
        document.set("requiredSigners", array(signers.iter().map(Signer::to_json)));
        document
    }
}

/// What a file is about, by its format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// An answered form.
    Document(DocumentFacts),
    /// What was received.
    Receipt(Receipt),
    /// Whose key it is.
    Credential(Credential),
    /// Many keys.
    Register(Vec<KnownKey>),
    /// A case, or part of one; shared, as it may be large.
    Package(Arc<Package>),
}

/// What a sealed document says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentFacts {
    /// The case.
    pub case: CaseId,
    /// The form that was answered, `url|version`, by its digest.
    pub instrument: InstrumentPin,
    /// The client's name or initials as sealed; for the screen only, never printed or logged.
    pub subject: String,
    /// The revision, from 1.
    pub revision: u32,
    /// The seal it replaces.
    pub replaces: Option<SealId>,
    /// The attachments that stand beside it.
    pub attachments: Vec<Apart>,
}

/// A receiver's word that it has taken a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Receipt {
    /// The seal of the file.
    pub seal_id: SealId,
    /// `sha-256:` and the hash of the file's bytes.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^sha-256:[0-9a-f]{64}$")))]
    pub digest: String,
    /// How many bytes.
    pub size: u64,
    /// When, by the receiver's clock: the time by which keys are judged.
    pub received: Timestamp,
}

/// An issuer's word on who holds a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The key, who holds it and from when to when it counts.
    pub key: KnownKey,
    /// Number of the professional licence, where the issuer knows one.
    pub licence_number: Option<String>,
}

impl About {
    /// The format.
    #[must_use]
    pub const fn format(&self) -> Format {
        match self {
            Self::Document(_) => Format::Document,
            Self::Receipt(_) => Format::Receipt,
            Self::Credential(_) => Format::Credential,
            Self::Register(_) => Format::Register,
            Self::Package(_) => Format::Package,
        }
    }

    /// Reads what is the format's own.
    pub(crate) fn read(format: Format, document: &Value) -> Result<Self, Unreadable> {
        match format {
            Format::Document => read_document(document).map(Self::Document),
            Format::Receipt => {
                let read = document.get("receipt").and_then(Receipt::from_json);
                read.map(Self::Receipt).ok_or(Unreadable::NotSealed("document.receipt"))
            }
            Format::Credential => {
                let read = document.get("credential").and_then(Credential::from_json);
                read.map(Self::Credential).ok_or(Unreadable::NotSealed("document.credential"))
            }
            Format::Register => {
                let read = document.get("register").and_then(KnownKey::list_from_json);
                read.map(Self::Register).ok_or(Unreadable::NotSealed("document.register"))
            }
            Format::Package => {
                let package = document.get("package").ok_or(Unreadable::NotSealed("document.package"))?;
                Ok(Self::Package(Arc::new(Package::from_json(package)?)))
            }
        }
    }

    /// For machines: the members that the format adds to a report. The client's name is left out, so that logs do not
    /// gather names.
    pub(crate) fn report(&self, object: &mut Object) {
        match self {
            Self::Document(facts) => {
                object.set("case", facts.case);
                object.set("instrument", facts.instrument.canonical.as_str());
                object.set("revision", facts.revision);
                object.set_some("replaces", facts.replaces);
                if !facts.attachments.is_empty() {
                    object.set("attachments", array(facts.attachments.iter().map(|apart| apart.to_json().into())));
                }
            }
            Self::Receipt(receipt) => object.set("receipt", receipt.to_json()),
            Self::Credential(credential) => object.set("credential", credential.to_json()),
            Self::Register(keys) => object.set("keys", keys.len() as u64),
            Self::Package(package) => package.report(object),
        }
    }
}

fn read_document(document: &Value) -> Result<DocumentFacts, Unreadable> {
    let text = |path: &[&str]| document.at(path).and_then(Value::as_str);
    let need = |path: &[&str], name| text(path).ok_or(Unreadable::NotSealed(name));
    let written = need(&["times", "written"], "document.times.written")?;
    Timestamp::parse(written).map_err(|_| Unreadable::NotSealed("document.times.written"))?;
    let case = CaseId::parse(need(&["case", "id"], "document.case.id")?);
    let instrument = InstrumentPin {
        canonical: need(&["instrument", "canonical"], "document.instrument.canonical")?.to_owned(),
        digest: need(&["instrument", "digest"], "document.instrument.digest")?.to_owned(),
    };
    if text(&["response", "resourceType"]) != Some("QuestionnaireResponse") {
        return Err(Unreadable::NotSealed("document.response"));
    }
    let replaces = document.get("replaces").map(|value| SealId::from_json(value).ok_or("document.replaces"));
    let revision = document.get("revision").and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
    Ok(DocumentFacts {
        case: case.map_err(|_| Unreadable::NotSealed("document.case.id"))?,
        instrument,
        subject: text(&["response", "subject", "display"]).unwrap_or_default().to_owned(),
        revision: revision.filter(|number| *number > 0).ok_or(Unreadable::NotSealed("document.revision"))?,
        replaces: replaces.transpose().map_err(Unreadable::NotSealed)?,
        attachments: document.get("response").map(apart).transpose()?.unwrap_or_default(),
    })
}

impl Receipt {
    /// The member `receipt`: `sealId`, `digest`, `size`, `received`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = Object::default();
        object.set("sealId", self.seal_id);
        object.set("digest", self.digest.as_str());
        object.set("size", self.size);
        object.set("received", self.received);
        object.into()
    }

    /// Reads it.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        Some(Self {
            seal_id: SealId::from_json(value.get("sealId")?)?,
            digest: value.get("digest")?.as_str()?.to_owned(),
            size: value.get("size")?.as_u64()?,
            received: Timestamp::from_json(value.get("received")?)?,
        })
    }
}

impl Credential {
    /// The member `credential`: that of a known key, and `licenceNumber`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = self.key.to_object();
        object.set_some("licenceNumber", self.licence_number.as_deref());
        object.into()
    }

    /// Reads it. A credential names a person and the time from which it counts, and carries no revocation.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let key = KnownKey::from_json(value)?;
        let whole = key.name.is_some() && key.valid_from.is_some() && key.revoked.is_none();
        let licence_number = value.as_object()?.optional_text("licenceNumber")?;
        whole.then_some(Self { key, licence_number })
    }

    /// Whether it is about this key.
    #[must_use]
    pub fn names(&self, kid: Kid) -> bool {
        self.key.kid == kid
    }
}
