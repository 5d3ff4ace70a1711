//! The package: a case, or part of one, on its way to somebody else.
//!
//! A package holds what its receiver needs to read and to go on: the record of the case, sealed documents with their
//! digests, the exact forms that they answer, and for a handover the drafts with their journals. What was left out is
//! named in it. It is sealed as every other format; each document in it keeps its own seal and is checked by itself.
//!
//! Invariant: what a package says about a document (its seal, its digest, its case, its form) is so, or the package is
//! refused whole. Whether the seal of a document holds is another matter, judged document by document.

mod enclosed;
mod read;

pub use enclosed::Enclosed;
pub use read::PackageRefusal;

use crate::digest::digest;
use crate::document::{Author, Signer};
use crate::format::{About, Format};
use crate::json::{Object, Value, array, canonical, object};
use crate::{Examination, InstrumentPin, SealId, Timestamp, Unreadable, examine};

/// The largest package file that is read, in bytes.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;
/// The most documents, forms, or drafts of a package.
pub const MOST_PARTS: usize = 1000;
/// The most entries in the journal of a draft.
pub const MOST_ENTRIES: usize = 100_000;

/// What a package is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "kebab-case"))]
pub enum PackagePurpose {
    /// `export`: somebody else is to read it.
    Export,
    /// `handover`: somebody else goes on with the case (domain inventory F4).
    Handover,
}

impl PackagePurpose {
    /// The code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Export => "export",
            Self::Handover => "handover",
        }
    }

    /// Reads the code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Export, Self::Handover].into_iter().find(|purpose| purpose.code() == code)
    }
}

/// For whom a package is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Receiver {
    /// Name of a person or an office.
    pub name: String,
    /// Organisation.
    pub organisation: String,
    /// The key it is encrypted to, where it is: the `kid` of that key as its owner gave it.
    pub kid: Option<String>,
}

/// A sealed document in a package.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Contained {
    /// The identifier under which it lay on the tablet it comes from.
    pub id: String,
    /// When it was begun there.
    pub begun: Timestamp,
    /// Its seal.
    pub seal_id: SealId,
    /// The digest of its canonical bytes.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^sha-256:[0-9a-f]{64}$")))]
    pub digest: String,
    /// The form that it answers.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub instrument: InstrumentPin,
    /// The sealed file.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::parts::SealedDocument"))]
    pub file: Value,
}

impl Contained {
    /// The sealed file, byte for byte as the tablet wrote it.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        canonical(&self.file)
    }

    /// Reads its seal, as that of any sealed file.
    ///
    /// # Errors
    /// Refuses what is no sealed document.
    pub fn examine(&self) -> Result<Examination, Unreadable> {
        let examination = examine(&self.bytes())?;
        let is_document = matches!(examination.about(), About::Document(_));
        if is_document { Ok(examination) } else { Err(Unreadable::NotSealed("document.type")) }
    }
}

/// The exact text of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct FormText {
    /// Which.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub pin: InstrumentPin,
    /// Its file as text; its digest is the one that documents name.
    pub text: String,
}

/// A draft in a handover, as a tablet stores it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Draft {
    /// The record of its head.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::parts::Head"))]
    pub head: Value,
    /// The records of its journal, in order.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::schema::parts::Entry>", length(max = 100_000)))]
    pub journal: Vec<Value>,
}

impl Draft {
    /// Its identifier, as its head says.
    #[must_use]
    pub fn id(&self) -> &str {
        self.head.get("id").and_then(Value::as_str).unwrap_or_default()
    }
}

/// Why a document is not in a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "kebab-case"))]
pub enum LeftOutWhy {
    /// `sensitive`: it holds answers with a mark that is left out.
    Sensitive,
    /// `not-chosen`: the worker did not choose it.
    NotChosen,
    /// `draft`: it is not sealed yet, and the package is no handover.
    Draft,
    /// `unreadable`: it cannot be read on the tablet.
    Unreadable,
}

impl LeftOutWhy {
    /// The code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sensitive => "sensitive",
            Self::NotChosen => "not-chosen",
            Self::Draft => "draft",
            Self::Unreadable => "unreadable",
        }
    }

    /// Reads the code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Sensitive, Self::NotChosen, Self::Draft, Self::Unreadable].into_iter().find(|why| why.code() == code)
    }
}

/// A document of the case that is not in the package, so that nobody takes the package for the whole case.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct LeftOut {
    /// The identifier under which it lies on the tablet.
    pub id: String,
    /// The form that it answers, `url|version`.
    pub instrument: String,
    /// Its seal, where it has one.
    pub seal_id: Option<SealId>,
    /// Why.
    pub why: LeftOutWhy,
    /// The strongest mark of its answers: `P`, `S` or `X`.
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::parts::Mark>"))]
    pub mark: Option<String>,
}

/// A document that is in the package although its answers are marked, by the worker's word.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Deliberate {
    /// Its identifier.
    pub id: String,
    /// The strongest mark of its answers: `S` or `X`.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::parts::Mark"))]
    pub mark: String,
    /// Why it is in the package.
    pub reason: String,
}

/// What goes with a handover besides the documents (domain inventory F4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Terms {
    /// The sealed consent that it rests on.
    pub consent: Option<SealId>,
    /// When old worker, new worker and client met: a date, `YYYY-MM-DD`.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")))]
    pub introduced: Option<String>,
    /// What else the new worker has to know.
    pub note: Option<String>,
}

/// What a package says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct Package {
    /// What it is for.
    pub purpose: PackagePurpose,
    /// For whom.
    pub receiver: Receiver,
    /// The record of the case, as a tablet stores it: `id`, `name`, `registerNumber`, `birth`, `opened`, `changed`.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::parts::CaseRecord"))]
    pub case: Value,
    /// The sealed documents.
    #[cfg_attr(feature = "schema", schemars(length(max = 1000)))]
    pub documents: Vec<Contained>,
    /// The attachments that stand beside them.
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::parts::Attachments>"))]
    pub attachments: Vec<Enclosed>,
    /// The forms that they and the drafts answer.
    #[cfg_attr(feature = "schema", schemars(length(max = 1000)))]
    pub forms: Vec<FormText>,
    /// Drafts, in a handover.
    #[cfg_attr(feature = "schema", schemars(length(max = 1000)))]
    pub drafts: Vec<Draft>,
    /// What is not in it.
    #[cfg_attr(feature = "schema", schemars(length(max = 1000)))]
    pub left_out: Vec<LeftOut>,
    /// What is in it by the worker's word.
    #[cfg_attr(feature = "schema", schemars(length(max = 1000)))]
    pub deliberate: Vec<Deliberate>,
    /// The terms of a handover.
    #[cfg_attr(feature = "schema", schemars(rename = "handover"))]
    pub terms: Option<Terms>,
}

impl Package {
    /// The `package` member.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut package = Object::default();
        package.set("purpose", self.purpose.code());
        package.set("receiver", self.receiver.to_json());
        package.set("case", self.case.clone());
        package.set("documents", array(self.documents.iter().map(Contained::to_json)));
        package.set_some("attachments", enclosed::to_json(&self.attachments));
        package.set("forms", array(self.forms.iter().map(FormText::to_json)));
        package.set("drafts", array(self.drafts.iter().map(Draft::to_json)));
        package.set("leftOut", array(self.left_out.iter().map(LeftOut::to_json)));
        package.set("deliberate", array(self.deliberate.iter().map(Deliberate::to_json)));
        package.set_some("handover", self.terms.as_ref().map(Terms::to_json));
        package.into()
    }

    /// The text of a form, by its digest.
    #[must_use]
    pub fn form(&self, digest: &str) -> Option<&FormText> {
        self.forms.iter().find(|form| form.pin.digest == digest)
    }

    /// For machines: what it is for and what is in it, without names of people.
    pub(crate) fn report(&self, report: &mut Object) {
        report.set("purpose", self.purpose.code());
        report.set_some("case", self.case.get("id").cloned());
        let document = |own: &Contained| {
            object([
                ("sealId", own.seal_id.into()),
                ("digest", own.digest.as_str().into()),
                ("instrument", own.instrument.canonical.as_str().into()),
            ])
        };
        report.set("documents", array(self.documents.iter().map(document)));
        report.set("drafts", self.drafts.len() as u64);
        report.set("leftOut", array(self.left_out.iter().map(LeftOut::to_json)));
    }

    /// The client's name, for the screen only.
    #[must_use]
    pub fn client(&self) -> &str {
        self.case.get("name").and_then(Value::as_str).unwrap_or_default()
    }
}

/// The parts of a package about to be sealed.
#[derive(Clone, Debug)]
pub struct PackageBody {
    /// The seal's identifier.
    pub seal_id: SealId,
    /// Who seals it.
    pub author: Author,
    /// When.
    pub sealed: Timestamp,
    /// Who has to sign.
    pub required_signers: Vec<Signer>,
    /// What it says.
    pub package: Package,
}

impl PackageBody {
    /// The `document` member.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut document = Format::Package.head(self.seal_id, &self.author, self.sealed, &self.required_signers);
        document.set("package", self.package.to_json());
        document.into()
    }
}

impl FormText {
    /// The form of a file; none where it is no text.
    #[must_use]
    pub fn of(canonical: &str, bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?.to_owned();
        Some(Self { pin: InstrumentPin { canonical: canonical.to_owned(), digest: digest(bytes) }, text })
    }

    fn to_json(&self) -> Value {
        let InstrumentPin { canonical, digest } = &self.pin;
        object([
            ("canonical", canonical.as_str().into()),
            ("digest", digest.as_str().into()),
            ("text", self.text.as_str().into()),
        ])
    }
}

impl Receiver {
    fn to_json(&self) -> Value {
        let mut receiver = Object::default();
        receiver.set("name", self.name.as_str());
        receiver.set("organisation", self.organisation.as_str());
        receiver.set_some("kid", self.kid.as_deref());
        receiver.into()
    }
}

impl Contained {
    fn to_json(&self) -> Value {
        object([
            ("id", self.id.as_str().into()),
            ("begun", self.begun.into()),
            ("sealId", self.seal_id.into()),
            ("digest", self.digest.as_str().into()),
            ("file", self.file.clone()),
        ])
    }
}

impl Draft {
    fn to_json(&self) -> Value {
        object([("head", self.head.clone()), ("journal", self.journal.clone().into())])
    }
}

impl LeftOut {
    fn to_json(&self) -> Value {
        let mut left_out = Object::default();
        left_out.set("id", self.id.as_str());
        left_out.set("instrument", self.instrument.as_str());
        left_out.set_some("sealId", self.seal_id);
        left_out.set("why", self.why.code());
        left_out.set_some("mark", self.mark.as_deref());
        left_out.into()
    }
}

impl Deliberate {
    fn to_json(&self) -> Value {
        object([
            ("id", self.id.as_str().into()),
            ("mark", self.mark.as_str().into()),
            ("reason", self.reason.as_str().into()),
        ])
    }
}

impl Terms {
    fn to_json(&self) -> Value {
        let mut terms = Object::default();
        terms.set_some("consent", self.consent);
        terms.set_some("introduced", self.introduced.as_deref());
        terms.set_some("note", self.note.as_deref());
        terms.into()
    }
}
