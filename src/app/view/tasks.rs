//! The caseload and a case's task list.

use super::super::casework::{self, OpenRule, Phase};
use super::super::catalogue::CatalogueEntry;
use super::super::model::Model;
use super::progress::{Progress, State};
use super::versions::newer;
use crate::domain::{Case, CaseId, Document, DocumentId, Timestamp};
use crate::form::Over;

/// One case in the caseload.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// The case.
    pub case: Case,
    /// Drafts in it.
    pub drafts: usize,
    /// Sealed documents in it.
    pub sealed: usize,
    /// When anything in it was last begun, changed or sealed, as far as heads tell.
    pub touched: Timestamp,
    /// The phase it is in.
    pub phase: Phase,
    /// Its documents, oldest first.
    pub documents: Vec<DocumentId>,
}

impl CaseView {
    /// The rule that is due first. Rules are asked one case at a time, because asking all of hundreds of cases takes longer
    /// than anybody waits for a list.
    #[must_use]
    pub fn due(&self, model: &Model, over: &Over) -> Option<OpenRule> {
        let documents: Vec<&Document> = self.documents.iter().filter_map(|id| model.documents.get(*id)).collect();
        casework::first_due(model, &self.case, &documents, over)
    }
}

/// The caseload, what was touched last first.
#[must_use]
pub fn cases(model: &Model) -> Vec<CaseView> {
    // Made for hundreds of cases with dozens of documents each, so each document is looked at once.
    let mut heads: Vec<&Document> = model.documents.iter().collect();
    heads.sort_by_key(|document| document.case);
    let mut views: Vec<CaseView> = Vec::new();
    for case in model.cases.iter() {
        let first = heads.partition_point(|document| document.case < case.id);
        let own = &heads[first..first + heads[first..].partition_point(|document| document.case == case.id)];
        views.push(view(model, case, own));
    }
    views.sort_by_key(|view| std::cmp::Reverse((view.touched, view.case.id)));
    views
}

/// Cases whose own record cannot be read but whose documents can.
#[must_use]
pub fn cases_without_record(model: &Model) -> Vec<CaseId> {
    let mut found: Vec<CaseId> = Vec::new();
    for document in model.documents.iter() {
        if !model.cases.contains(document.case) && !found.contains(&document.case) {
            found.push(document.case);
        }
    }
    found
}

fn view(model: &Model, case: &Case, documents: &[&Document]) -> CaseView {
    let drafts = documents.iter().filter(|document| document.is_draft()).count();
    let times = documents.iter().map(|document| document.seal.map_or(document.begun, |seal| seal.at));
    CaseView {
        case: case.clone(),
        drafts,
        sealed: documents.len() - drafts,
        touched: times.chain([case.changed]).max().unwrap_or(case.changed),
        phase: casework::phase_among(model, documents),
        documents: documents.iter().map(|document| document.id).collect(),
    }
}

/// One task of a case: an instrument and its documents.
#[derive(Clone, Debug)]
pub struct TaskView {
    /// The instrument, as listed; none when only a document of it is on the tablet.
    pub entry: Option<CatalogueEntry>,
    /// The canonical URL of the instrument.
    pub url: String,
    /// State of the newest document.
    pub state: State,
    /// Its documents, newest first.
    pub documents: Vec<Document>,
    /// Counts of the open draft, once read.
    pub progress: Option<Progress>,
    /// The draft that could be moved to another version of its form, and that version.
    pub newer: Option<(Document, CatalogueEntry)>,
}

impl TaskView {
    /// Whether it is usually filled in by the role of the worker on this tablet; also while that is not known.
    #[must_use]
    pub fn is_own(&self, model: &Model) -> bool {
        let role = model.worker.as_ref().map(|worker| worker.role);
        role.zip(self.entry.as_ref()).is_none_or(|(role, entry)| entry.is_for(role))
    }
}

/// The task of one instrument in a case.
#[must_use]
pub fn task_of(model: &Model, case: CaseId, url: &str) -> TaskView {
    let documents: Vec<&Document> = model.documents.iter().rev().filter(|document| document.case == case).collect();
    task(model, model.instrument(url), url, &documents)
}

/// The tasks of a case: first the instruments in the order of the catalogue, then added forms, then documents of others.
/// What is usually filled in by the worker's role comes before all else; nothing is kept from anybody.
#[must_use]
pub fn tasks(model: &Model, case: CaseId) -> Vec<TaskView> {
    // Identifiers sort by the time they were made, so the last is the newest.
    let documents: Vec<&Document> = model.documents.iter().rev().filter(|document| document.case == case).collect();
    let listed = model.catalogue.iter().flat_map(|catalogue| &catalogue.instruments).chain(&model.added);
    let mut tasks: Vec<TaskView> = listed.map(|entry| task(model, Some(entry), &entry.url, &documents)).collect();
    tasks.sort_by_key(|task| !task.is_own(model));
    for document in &documents {
        if !tasks.iter().any(|task| task.url == document.instrument.url()) {
            tasks.push(task(model, None, document.instrument.url(), &documents));
        }
    }
    tasks
}

fn task(model: &Model, entry: Option<&CatalogueEntry>, url: &str, documents: &[&Document]) -> TaskView {
    let own = documents.iter().filter(|document| document.instrument.url() == url);
    let own: Vec<Document> = own.map(|document| (*document).clone()).collect();
    let draft = own.iter().find(|document| document.is_draft());
    let progress =
        draft.and_then(|draft| model.progress.iter().find(|(id, _)| *id == draft.id)).map(|(_, progress)| *progress);
    let state = match (draft, own.is_empty()) {
        (None, true) => State::NotStarted,
        (None, false) => State::Done,
        // A draft that was begun is under way even while nothing is answered yet.
        (Some(_), _) => match progress.map(Progress::state) {
            Some(State::NeedsCheck) => State::NeedsCheck,
            _ => State::InProgress,
        },
    };
    let newer = draft.and_then(|draft| Some((draft.clone(), newer(model, draft)?.clone())));
    TaskView { entry: entry.cloned(), url: url.to_owned(), state, documents: own, progress, newer }
}
