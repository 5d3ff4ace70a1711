//! How far a document and each of its sections are.

use crate::form::{NodeIx, Problem, Response, Text, problems};

/// The four states of a task.
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
}

impl Progress {
    /// The state these counts make.
    #[must_use]
    pub const fn state(self) -> State {
        let filled = self.answered + self.missing;
        if self.problems > self.required {
            State::NeedsCheck
        } else if filled == 0 {
            State::NotStarted
        } else if filled >= self.asked {
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

/// The sections of a response that are asked.
#[must_use]
pub fn sections(response: &Response) -> Vec<SectionView> {
    let form = response.questionnaire();
    let mut views = Vec::new();
    for section in form.sections() {
        match section.group {
            None => {
                let nodes: Vec<NodeIx> =
                    section.items.iter().flat_map(|item| response.children_of(None, *item)).collect();
                views.push(SectionView { title: None, group: None, progress: progress(response, &nodes), nodes });
            }
            Some(item) => {
                for group in response.children_of(None, item).filter(|group| response.is_enabled(*group)) {
                    views.push(SectionView {
                        title: Some(form.item(item).text.clone()),
                        group: Some(group),
                        nodes: response.node(group).children.clone(),
                        progress: progress(response, &response.node(group).children),
                    });
                }
            }
        }
    }
    views
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
    if !item.kind.is_question() {
        let invitation = response.is_unbegun_entry(ix);
        return if invitation { Progress::default() } else { progress(response, &node.children) };
    }
    if item.read_only {
        return Progress::default();
    }
    let found = problems(item, &node.content);
    let absent = node.content.absent.is_some();
    Progress {
        asked: 1,
        answered: usize::from(!absent && !node.content.is_empty()),
        missing: usize::from(absent),
        problems: usize::from(!found.is_empty()),
        required: usize::from(found == [Problem::Required]),
    }
}
