//! A document: the answer to an instrument, and its life from draft to sealed.

use super::{CaseId, DocumentId, InstrumentPin, SealId, Timestamp};
use crate::json::{Object, Value, array, object};
use asesmen_seal::Kid;

/// The closing of a document. Nothing sealed is ever overwritten; a correction is a new document that names the seal it
/// replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seal {
    /// The seal's identifier.
    pub id: SealId,
    /// When it was sealed, by the tablet's clock.
    pub at: Timestamp,
}

impl Seal {
    /// The record: `id`, `at`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        object([("id", self.id.into()), ("at", self.at.into())])
    }

    /// Reads the record.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        Some(Self { id: SealId::from_json(value.get("id")?)?, at: Timestamp::from_json(value.get("at")?)? })
    }
}

/// Somebody whose signature a sealed document still waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// In which role, as a code.
    pub role: String,
    /// By which key.
    pub kid: Kid,
    /// Whose, as it was known when the document was sealed; empty where it was not.
    pub name: String,
}

impl Awaited {
    fn to_json(&self) -> Value {
        object([
            ("role", self.role.as_str().into()),
            ("kid", self.kid.to_string().into()),
            ("name", self.name.as_str().into()),
        ])
    }

    fn from_json(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        let kid = Kid::parse(object.text("kid")?)?;
        Some(Self { role: object.text("role")?.to_owned(), kid, name: object.text("name")?.to_owned() })
    }
}

/// The head of a document; its answers are kept beside it as operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The document's identifier.
    pub id: DocumentId,
    /// The case it belongs to.
    pub case: CaseId,
    /// What it answers.
    pub instrument: InstrumentPin,
    /// What it answered before it was moved to another version of the form, oldest first.
    pub earlier: Vec<InstrumentPin>,
    /// 1 for a first sealing, one more for each correction.
    pub revision: u32,
    /// The seal that this document corrects.
    pub replaces: Option<SealId>,
    /// When it was begun.
    pub begun: Timestamp,
    /// The seal, once the document is closed; without one it is a draft.
    pub seal: Option<Seal>,
    /// Whose signatures its sealed file still waits for: an index of what the file says, so that nobody has to open it to
    /// know.
    pub awaits: Vec<Awaited>,
    /// What the rules of casework ask of a sealed document, by linkId: an index of its answers, made when it was sealed,
    /// so that a caseload need not open every document.
    pub facts: Object,
}

impl Document {
    /// Whether answers may still be written.
    #[must_use]
    pub const fn is_draft(&self) -> bool {
        self.seal.is_none()
    }

    /// The record: `id`, `case`, `instrument`, `revision`, `replaces`, `begun`, `seal`, `awaits`, `facts`. A document that was moved has
    /// `instruments` in place of `instrument`: all that it answered, the present one last. Who knows nothing of moving
    /// finds no instrument then and refuses the record, instead of reading its journal over the wrong form.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut head = Object::default();
        head.set("id", self.id);
        head.set("case", self.case);
        if self.earlier.is_empty() {
            head.set("instrument", self.instrument.to_json());
        } else {
            let all = self.earlier.iter().chain([&self.instrument]);
            head.set("instruments", array(all.map(InstrumentPin::to_json)));
        }
        head.set("revision", self.revision);
        head.set_some("replaces", self.replaces);
        head.set("begun", self.begun);
        head.set_some("seal", self.seal.map(|seal| seal.to_json()));
        if !self.awaits.is_empty() {
            head.set("awaits", array(self.awaits.iter().map(Awaited::to_json)));
        }
        head.set_some("facts", Some(&self.facts).filter(|facts| !facts.is_empty()).cloned());
        head.into()
    }

    /// Reads the record; a part that is there but unreadable makes the whole record unreadable.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let head = value.as_object()?;
        let mut earlier = match head.optional("instruments", pins)? {
            None => vec![InstrumentPin::from_json(head.get("instrument")?)?],
            Some(pins) => pins,
        };
        Some(Self {
            id: DocumentId::from_json(head.get("id")?)?,
            case: CaseId::from_json(head.get("case")?)?,
            instrument: earlier.pop()?,
            earlier,
            revision: head.get("revision")?.as_u64()?.try_into().ok()?,
            replaces: head.optional("replaces", SealId::from_json)?,
            begun: Timestamp::from_json(head.get("begun")?)?,
            seal: head.optional("seal", Seal::from_json)?,
            awaits: head.optional("awaits", awaited)?.unwrap_or_default(),
            facts: head.optional("facts", |facts| facts.as_object().cloned())?.unwrap_or_default(),
        })
    }
}

fn awaited(list: &Value) -> Option<Vec<Awaited>> {
    list.as_array()?.iter().map(Awaited::from_json).collect()
}

fn pins(list: &Value) -> Option<Vec<InstrumentPin>> {
    list.as_array()?.iter().map(InstrumentPin::from_json).collect()
}
