//! Openings of case files (R6). Whoever is entitled by role opens a part, and that is noted; anybody else says why first,
//! and may then open it for the rest of the day. Whether somebody may is derived from the notes; nothing else is kept.

use super::casework::{FilePart, FileView};
use super::journal::StoredRecord;
use super::model::Model;
use super::problem::StorageProblem;
use super::screen::Part;
use crate::domain::{CaseId, OpeningId, Role, Timestamp, Worker};
use crate::form::Sensitivity;
use crate::json::{Object, Value};

/// A note that somebody opened a part of a case's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Its identifier.
    pub id: OpeningId,
    /// Whose file.
    pub case: CaseId,
    /// Which part of it.
    pub part: Part,
    /// When, by the tablet's clock.
    pub at: Timestamp,
    /// Who, by name.
    pub name: String,
    /// In which role.
    pub role: Role,
    /// Why, where the role alone does not entitle to it.
    pub reason: Option<String>,
}

impl Opening {
    /// The record: `id`, `case`, `part`, `at`, `name`, `role`, `reason`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = Object::default();
        object.set("id", self.id);
        object.set("case", self.case);
        object.set("part", self.part.code());
        object.set("at", self.at);
        object.set("name", self.name.as_str());
        object.set("role", self.role.code());
        object.set_some("reason", self.reason.as_deref());
        object.into()
    }

    /// Reads the record; a part that is there but unreadable makes the whole record unreadable.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        Some(Self {
            id: OpeningId::from_json(object.get("id")?)?,
            case: CaseId::from_json(object.get("case")?)?,
            part: Part::from_code(object.text("part")?)?,
            at: Timestamp::from_json(object.get("at")?)?,
            name: object.text("name")?.to_owned(),
            role: Role::from_code(object.text("role")?)?,
            reason: object.optional_text("reason")?,
        })
    }

    /// Whether it lets this worker read a part on a day.
    fn lets(&self, worker: &Worker, part: Part, now: Timestamp) -> bool {
        let covers = self.part == part || self.part == Part::Whole;
        covers && self.name == worker.name && self.role == worker.role && self.at.date() == now.date()
    }
}

/// The notes on one case's file, and the reason that is being written.
#[derive(Clone, Debug)]
pub struct Openings {
    /// Whose file.
    pub case: CaseId,
    /// The notes that can be read, oldest first.
    pub notes: Vec<Opening>,
    /// How many cannot be read.
    pub unreadable: usize,
    /// Why they could not be read, or the last one could not be kept.
    pub problem: Option<StorageProblem>,
    /// The reason as typed.
    pub typed: String,
    /// Whether one was asked for and none was there.
    pub is_refused: bool,
    /// Whether a note is being kept.
    pub is_writing: bool,
}

impl Openings {
    /// What storage gave.
    pub(super) fn read(case: CaseId, read: Result<Vec<StoredRecord<Opening>>, StorageProblem>) -> Self {
        let (rows, problem) = match read {
            Ok(rows) => (rows, None),
            Err(problem) => (Vec::new(), Some(problem)),
        };
        let all = rows.len();
        let notes: Vec<Opening> = rows.into_iter().flatten().collect();
        Self {
            case,
            unreadable: all - notes.len(),
            notes,
            problem,
            typed: String::new(),
            is_refused: false,
            is_writing: false,
        }
    }

    /// Whether it is noted that this worker opened a part on the day.
    pub(super) fn has(&self, worker: &Worker, part: Part, now: Timestamp) -> bool {
        self.notes.iter().any(|note| note.lets(worker, part, now))
    }
}

/// Whether a part of a case's file may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// The notes are being read.
    Reading,
    /// It may.
    Open,
    /// Only once a reason is noted.
    Reason,
    /// Nobody has said who works on this tablet.
    Nobody,
}

/// Whether whoever works on this tablet may read a part of a case's file.
#[must_use]
pub fn access(model: &Model, case: CaseId, part: Part, now: Timestamp) -> Access {
    if part == Part::Contents {
        return Access::Open;
    }
    if model.rules.access.is_empty() {
        // Who may is not known yet.
        return Access::Reading;
    }
    let Some(openings) = model.openings.as_ref().filter(|openings| openings.case == case) else {
        return Access::Reading;
    };
    match &model.worker {
        None => Access::Nobody,
        Some(worker) if is_entitled(model, case, part, worker.role) => Access::Open,
        Some(worker) if openings.has(worker, part, now) => Access::Open,
        Some(_) => Access::Reason,
    }
}

/// Whether a role alone entitles to a part.
#[must_use]
pub fn is_entitled(model: &Model, case: CaseId, part: Part, role: Role) -> bool {
    model.rules.openers(mark(model, case, part)).contains(&role)
}

/// How private the strictest of what stands in a part is.
#[must_use]
pub fn mark(model: &Model, case: CaseId, part: Part) -> Sensitivity {
    let parts = FileView::of(model, case).parts;
    let own = parts.iter().filter(|own| part == Part::Whole || own.part == part);
    own.map(FilePart::mark).max().unwrap_or(Sensitivity::X)
}
