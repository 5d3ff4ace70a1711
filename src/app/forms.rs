//! Forms that are not instruments: a case's details and the worker's own.

use super::casework::Phase;
use super::problem::StorageProblem;
use crate::domain::{CaseRefusal, PartialDate, PartialDateRefusal, Role, Timestamp, Worker, WorkerRefusal};
use crate::form::DateParts;

/// The date fields of a form that is not an instrument.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateForm {
    /// The date as typed.
    pub parts: DateParts,
    /// Age as typed.
    pub age: String,
    /// Whether the age counts, not the date.
    pub by_age: bool,
}

impl DateForm {
    /// The fields that show a date.
    #[must_use]
    pub fn of(date: Option<&PartialDate>) -> Self {
        let age = date.and_then(|date| date.told_age);
        Self {
            parts: date.map(DateParts::of_date).unwrap_or_default(),
            age: age.map(|age| age.to_string()).unwrap_or_default(),
            by_age: age.is_some(),
        }
    }

    /// The date in the fields; none when they are empty.
    ///
    /// # Errors
    /// Refuses impossible dates and ages.
    pub fn read(&self, now: Timestamp) -> Result<Option<PartialDate>, PartialDateRefusal> {
        match self.age.trim() {
            _ if !self.by_age => self.parts.read(),
            "" => Ok(None),
            age => PartialDate::from_age(age, now).map(Some),
        }
    }
}

/// What is looked for in the caseload. It is kept while the app is open, so that who comes back from a case finds the list
/// as it was, and stored nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseSearch {
    /// Words of a name or number, as typed.
    pub words: String,
    /// Only cases in this phase.
    pub phase: Option<Phase>,
    /// Only cases with something due.
    pub due: bool,
    /// So many rows are shown at most.
    pub most: usize,
}

impl CaseSearch {
    /// So many rows are shown at once, and twice as many each time that more are asked for.
    pub const SOME: usize = 20;
}

impl Default for CaseSearch {
    fn default() -> Self {
        Self { words: String::new(), phase: None, due: false, most: Self::SOME }
    }
}

/// The form in which a case is opened or changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseForm {
    /// Name or initials as typed.
    pub name: String,
    /// Register number as typed.
    pub register_number: String,
    /// Birth.
    pub birth: DateForm,
    /// Why the name was refused at the last submission.
    pub name_refusal: Option<CaseRefusal>,
    /// Why the birth was refused at the last submission.
    pub birth_refusal: Option<PartialDateRefusal>,
    /// Why it could not be kept.
    pub problem: Option<StorageProblem>,
    /// Whether it is being kept.
    pub saving: bool,
}

/// The form in which workers enter themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkerForm {
    /// Name as typed.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Organisation as typed.
    pub organisation: String,
    /// Licence number as typed.
    pub licence_number: String,
    /// Why it was refused at the last submission.
    pub refusal: Option<WorkerRefusal>,
    /// Why it could not be kept.
    pub problem: Option<StorageProblem>,
    /// Whether it is being kept.
    pub saving: bool,
}

impl WorkerForm {
    /// The form as it shows a worker.
    #[must_use]
    pub fn of(worker: Option<&Worker>) -> Self {
        Self {
            name: worker.map(|worker| worker.name.clone()).unwrap_or_default(),
            role: worker.map_or(Role::SocialWorker, |worker| worker.role),
            organisation: worker.map(|worker| worker.organisation.clone()).unwrap_or_default(),
            licence_number: worker.and_then(|worker| worker.licence_number.clone()).unwrap_or_default(),
            refusal: None,
            problem: None,
            saving: false,
        }
    }
}
