//! How far a document and each of its sections are.

use super::page::{PageView, pages};
use crate::form::{NodeIx, Problem, Response, Severity, Text, problems};

/// The states of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Belum dimulai.
    NotStarted,
    /// Sedang diisi.
    InProgress,
    /// Selesai.
    Done,
    /// Perlu diperiksa.
    NeedsCheck,
    /// Nothing has to be filled in, and nobody has.
    Optional,
}

/// Counts of questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Questions that are asked now.
    pub asked: usize,
    /// Of these, those with an answer.
    pub answered: usize,
    /// Of these, those with a reason why there is none.
    pub missing: usize,
    /// Of these, those with something that has to be mended before sealing.
    pub problems: usize,
    /// Of these, those that only wait for a required answer; in an unfinished section that is no mistake yet.
    pub required: usize,
    /// Lists that nobody has begun, nor has to.
    pub unbegun: usize,
}

impl Progress {
    /// The state these counts make.
    #[must_use]
    pub const fn state(self) -> State {
        let filled = self.answered + self.missing;
        if self.problems > self.required {
            State::NeedsCheck
        } else if filled == 0 && (self.asked > 0 || self.required > 0) {
            State::NotStarted
        } else if filled == 0 && self.unbegun > 0 {
            State::Optional
        } else if filled >= self.asked && self.required == 0 {
            State::Done
        } else {
            State::InProgress
        }
    }

    /// Questions that nobody has touched.
    #[must_use]
    pub const fn open(self) -> usize {
        self.asked.saturating_sub(self.answered + self.missing)
    }

    const fn add(&mut self, other: Self) {
        self.asked += other.asked;
        self.answered += other.answered;
        self.missing += other.missing;
        self.problems += other.problems;
        self.required += other.required;
        self.unbegun += other.unbegun;
    }
}

/// One section of a document.
#[derive(Clone, Debug)]
pub struct SectionView {
    /// Its heading; none for loose questions.
    pub title: Option<Text>,
    /// The group that heads it.
    pub group: Option<NodeIx>,
    /// What stands on it.
    pub nodes: Vec<NodeIx>,
    /// How far it is.
    pub progress: Progress,
}

/// The sections of a response that are asked, with their counts.
#[must_use]
pub fn sections(response: &Response) -> Vec<SectionView> {
    let pages = pages(response).into_iter();
    let with_progress = |PageView { title, group, nodes }| {
        let progress = progress(response, &nodes);
        SectionView { title, group, nodes, progress }
    };
    pages.map(with_progress).collect()
}

/// The first question that nobody answered, and the section it stands in.
#[must_use]
pub fn first_open(response: &Response) -> Option<(usize, NodeIx)> {
    let open = |node: &NodeIx| {
        let own = response.item(*node).kind.is_question();
        own && progress_of(response, *node).open() > progress(response, &response.node(*node).children).open()
    };
    sections(response).into_iter().enumerate().find_map(|(position, section)| {
        // Questions below what is not asked, or that nobody began, are not open.
        let shown = (section.progress.open() > 0).then(|| response.walk(&section.nodes))?;
        let counts = |node: &NodeIx| response.is_enabled(*node) && !is_in_unbegun(response, *node);
        shown.into_iter().filter(counts).find(open).map(|node| (position, node))
    })
}

fn is_in_unbegun(response: &Response, node: NodeIx) -> bool {
    response.is_unbegun_entry(node) || response.node(node).parent.is_some_and(|above| is_in_unbegun(response, above))
}

/// Counts the questions under some nodes.
#[must_use]
pub fn progress(response: &Response, nodes: &[NodeIx]) -> Progress {
    let mut total = Progress::default();
    for &node in nodes {
        total.add(progress_of(response, node));
    }
    total
}

fn progress_of(response: &Response, ix: NodeIx) -> Progress {
    let (item, node) = (response.item(ix), response.node(ix));
    if item.hidden || !response.is_enabled(ix) {
        return Progress::default();
    }
    let below = || progress(response, &node.children);
    if !item.kind.is_question() {
        let unbegun = Progress { unbegun: 1, ..Progress::default() };
        let mut total = if response.is_unbegun_entry(ix) { unbegun } else { below() };
        let mut found = problems(response, ix);
        found.retain(|problem| problem.severity() == Severity::Error);
        total.problems += usize::from(!found.is_empty());
        total.required += usize::from(found == [Problem::Required]);
        return total;
    }
    // Nothing was asked for by an empty line at the end of a list of answers.
    let spare = item.is_list && node.content.is_empty() && response.entries(ix).first() != Some(&ix);
    if spare {
        return Progress::default();
    }
    // A warning asks for a second look and holds nothing up.
    let mut found = problems(response, ix);
    found.retain(|problem| problem.severity() == Severity::Error);
    // What nobody can or has to fill in is not counted as asked.
    if item.read_only || item.is_calculated() {
        let mut total = Progress { problems: usize::from(!found.is_empty()), ..Progress::default() };
        total.add(below());
        return total;
    }
    let absent = node.content.absent.is_some();
    let mut total = Progress {
        asked: 1,
        answered: usize::from(!absent && !node.content.is_empty()),
        missing: usize::from(absent),
        problems: usize::from(!found.is_empty()),
        required: usize::from(found == [Problem::Required]),
        unbegun: 0,
    };
    total.add(below());
    total
}
