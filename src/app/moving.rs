//! A draft on its way to another version of its form.

use super::catalogue::CatalogueEntry;
use super::problem::{InstrumentProblem, StorageProblem};
use super::screen::{Screen, Way};
use crate::domain::{DocumentId, InstrumentPin};
use crate::form::{Comparison, Content, Item, ItemIx, Questionnaire, Response, Unfit, compare};
use std::sync::Arc;

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MovingStep {
    /// The other version is being fetched.
    Fetching,
    /// The other version cannot be used.
    Failed(InstrumentProblem),
    /// What was answered in the other version before cannot be read.
    Unreadable(StorageProblem),
    /// The worker looks at what would change.
    Shown,
    /// The worker chose; the last answers are being saved first.
    AwaitingSave,
    /// The move is being kept.
    Storing,
    /// It could not be kept; the draft is as it was.
    NotKept(StorageProblem),
}

/// Another version of a form, and what it would make of a draft.
#[derive(Clone, Debug)]
pub struct Prospect {
    /// Which exact version.
    pub pin: InstrumentPin,
    /// Its bytes.
    pub questionnaire: Vec<u8>,
    /// What would change.
    pub comparison: Comparison,
    /// How often something else came to change while the worker looked.
    pub renewed: u32,
    form: Arc<Questionnaire>,
    /// Where the draft was in that version before: its answers when it left, and the answers here when it came.
    before: Option<(Response, Response)>,
}

impl Prospect {
    /// Compares answers with a version; `before` as above.
    #[inline(never)] // An entry of tools/parts.json.
    pub(super) fn of(answers: &Response, other: Fetched, before: Option<(Response, Response)>) -> Self {
        let Fetched { pin, questionnaire, form } = other;
        let comparison = compared(answers, &form, before.as_ref());
        Self { pin, questionnaire, comparison, renewed: 0, form, before }
    }

    /// Compares anew; says whether anything else would change than was shown.
    #[inline(never)] // As `of`.
    pub(super) fn renew(&mut self, answers: &Response) -> bool {
        let comparison = compared(answers, &self.form, self.before.as_ref());
        let shown = std::mem::replace(&mut self.comparison, comparison);
        let other = shown.unchanged != self.comparison.unchanged || shown.differences != self.comparison.differences;
        self.renewed += u32::from(other);
        other
    }
}

fn compared(answers: &Response, form: &Arc<Questionnaire>, before: Option<&(Response, Response)>) -> Comparison {
    match before {
        Some((then, since)) => compare(answers, then.clone(), Some(since)),
        None => compare(answers, answers.anew(Arc::clone(form)), None),
    }
}

/// A version that was fetched and can be used.
#[derive(Clone, Debug)]
pub(super) struct Fetched {
    /// Which exact version.
    pub pin: InstrumentPin,
    /// Its bytes.
    pub questionnaire: Vec<u8>,
    /// The version.
    pub form: Arc<Questionnaire>,
}

/// A draft being compared with another version of its form, or moved to it.
#[derive(Clone, Debug)]
pub struct Moving {
    /// The draft.
    pub document: DocumentId,
    /// Whether the other version is new to the draft.
    pub way: Way,
    /// The other version, as far as it is known before it is fetched.
    pub to: CatalogueEntry,
    /// The page of the draft that the worker came from.
    pub back: Screen,
    /// How far it is.
    pub step: MovingStep,
    /// What it would make of the draft, once that is known.
    pub prospect: Option<Box<Prospect>>,
    /// The version, while what was answered in it before is being read.
    pub(super) fetched: Option<Fetched>,
}

/// An answer that was written here over a version of the form which another window had left, and that has no place in the
/// version it went to. It is nowhere on the tablet.
#[derive(Clone, Debug)]
pub struct Stray {
    /// The answer.
    pub content: Content,
    /// Why it has no place.
    pub why: Unfit,
    pub(super) form: Arc<Questionnaire>,
    pub(super) item: ItemIx,
}

impl Stray {
    /// The question it answers.
    #[must_use]
    pub fn item(&self) -> &Item {
        self.form.item(self.item)
    }
}
