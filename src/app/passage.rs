//! Passages of cases from tablet to tablet (domain inventory F4). That a case was handed over, taken over or taken back is
//! noted once each and never changed; whether a case may be worked on here is derived from the last note.

use super::model::Model;
use crate::domain::{CaseId, DocumentId, PassageId, SealId, Timestamp};
use crate::json::{Object, Value, array, object};

/// What happened to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It was handed over to somebody.
    Given,
    /// It was taken over from somebody.
    Received,
    /// What had been handed over was taken back.
    TakenBack,
}

impl Way {
    const fn code(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Received => "received",
            Self::TakenBack => "taken-back",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Given, Self::Received, Self::TakenBack].into_iter().find(|way| way.code() == code)
    }
}

/// A note that a case passed from one tablet to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its identifier.
    pub id: PassageId,
    /// Which case.
    pub case: CaseId,
    /// What happened.
    pub way: Way,
    /// When, by the tablet's clock.
    pub at: Timestamp,
    /// The other side: name and organisation; who took it back, where that is what happened.
    pub who: [String; 2],
    /// The seal and the digest of the package.
    pub package: Option<(SealId, String)>,
    /// Why, where it was taken back.
    pub reason: Option<String>,
    /// How long the journal of each draft was that went along. Who wrote nothing since holds nothing of their own.
    pub drafts: Vec<(DocumentId, u64)>,
}

impl Passage {
    /// The record: `id`, `case`, `way`, `at`, `name`, `organisation`, `sealId`, `digest`, `reason`, `drafts`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut note = Object::default();
        note.set("id", self.id);
        note.set("case", self.case);
        note.set("way", self.way.code());
        note.set("at", self.at);
        note.set("name", self.who[0].as_str());
        note.set("organisation", self.who[1].as_str());
        note.set_some("sealId", self.package.as_ref().map(|(seal, _)| *seal));
        note.set_some("digest", self.package.as_ref().map(|(_, digest)| digest.as_str()));
        note.set_some("reason", self.reason.as_deref());
        let draft = |(id, entries): &(DocumentId, u64)| object([("id", (*id).into()), ("entries", (*entries).into())]);
        note.set("drafts", array(self.drafts.iter().map(draft)));
        note.into()
    }

    /// Reads the record; a part that is there but unreadable makes the whole record unreadable.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let note = value.as_object()?;
        let seal = note.optional("sealId", SealId::from_json)?;
        let digest = note.optional_text("digest")?;
        let draft = |value: &Value| Some((DocumentId::from_json(value.get("id")?)?, value.get("entries")?.as_u64()?));
        Some(Self {
            id: PassageId::from_json(note.get("id")?)?,
            case: CaseId::from_json(note.get("case")?)?,
            way: Way::from_code(note.text("way")?)?,
            at: Timestamp::from_json(note.get("at")?)?,
            who: [note.text("name")?.to_owned(), note.text("organisation")?.to_owned()],
            package: seal.zip(digest),
            reason: note.optional_text("reason")?,
            drafts: note.get("drafts")?.as_array()?.iter().map(draft).collect::<Option<_>>()?,
        })
    }
}

/// The note by which a case is with somebody else now; none where it may be worked on here.
#[must_use]
pub fn given(model: &Model, case: CaseId) -> Option<&Passage> {
    last(model, case).filter(|passage| passage.way == Way::Given)
}

/// What happened to a case last.
#[must_use]
pub fn last(model: &Model, case: CaseId) -> Option<&Passage> {
    model.packages.passages.iter().filter(|passage| passage.case == case).max_by_key(|passage| passage.id)
}

/// How long the journal of a draft was at most when the case passed in either direction; none where it never did. Whatever
/// is written here afterwards makes it longer.
pub(super) fn mark(model: &Model, draft: DocumentId) -> Option<u64> {
    let drafts = model.packages.passages.iter().flat_map(|passage| &passage.drafts);
    drafts.filter(|(id, _)| *id == draft).map(|(_, entries)| *entries).max()
}
