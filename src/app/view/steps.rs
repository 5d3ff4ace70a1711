//! A procedure as a guided list: its steps are the options of one question, and each says what it is about.

use super::progress::sections;
use crate::app::binding;
use crate::app::filling::Filling;
use crate::form::{Kind, NodeIx, Problem, Response, Severity, problems};

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepView {
    /// Whether it was ticked.
    pub ticked: bool,
    /// Whether what it is about is not asked yet, because something before it is open.
    pub locked: bool,
    /// What is missing in it.
    pub open: Vec<Missing>,
    /// The sections that it is about, where they are asked.
    pub sections: Vec<usize>,
}

/// Something that a step waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Where.
    pub node: NodeIx,
    /// The section it stands in.
    pub section: usize,
    /// What.
    pub lack: Lack,
}

/// What is missing at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// There is no answer.
    Answer,
    /// Something is wrong.
    Problem(Problem),
    /// The content changed after the answer was given.
    Stale,
}

/// The steps of a question whose options are steps.
#[must_use]
pub fn steps(filling: &Filling, node: NodeIx) -> Vec<StepView> {
    let response = &filling.response;
    let (item, answers) = (response.item(node), &response.node(node).content.answers);
    let stale = binding::stale(filling);
    let places = places(response);
    let section = |node: NodeIx| places.iter().find(|(own, _)| *own == node).map(|(_, section)| *section);
    let step = |covers: &[String]| {
        let (mut open, mut locked, mut about) = (Vec::new(), false, Vec::new());
        for covered in covers.iter().filter_map(|link_id| response.questionnaire().find(link_id)) {
            let nodes: Vec<NodeIx> = response.nodes_of(covered).collect();
            locked |= !nodes.iter().any(|node| response.is_enabled(*node));
            for &node in &nodes {
                lacks(response, node, true, &stale, &mut open);
                let section = section(node).filter(|section| !about.contains(section));
                about.extend(section.filter(|_| response.is_enabled(node)));
            }
        }
        (open, locked, about)
    };
    let view = |option: &crate::form::AnswerOption| {
        let (open, locked, sections) = step(&option.covers);
        let missing = |(node, lack)| Missing { node, section: section(node).unwrap_or_default(), lack };
        let ticked = answers.iter().any(|answer| option.matches(answer));
        StepView { ticked, locked, open: open.into_iter().map(missing).collect(), sections }
    };
    item.options.iter().map(view).collect()
}

/// Every node that is shown, with its section.
fn places(response: &Response) -> Vec<(NodeIx, usize)> {
    let sections = sections(response).into_iter().enumerate();
    sections
        .flat_map(|(at, section)| {
            let own = section.group.into_iter().chain(response.walk(&section.nodes));
            own.map(move |node| (node, at)).collect::<Vec<_>>()
        })
        .collect()
}

/// What is missing at a node and below it. A question that a step names has to be answered; of a group it names, what is
/// wrong counts.
fn lacks(response: &Response, node: NodeIx, named: bool, stale: &[NodeIx], open: &mut Vec<(NodeIx, Lack)>) {
    let (item, content) = (response.item(node), &response.node(node).content);
    if item.hidden || !response.is_enabled(node) {
        return;
    }
    let wrong = problems(response, node).into_iter().find(|problem| problem.severity() >= Severity::Warning);
    let lack = if stale.contains(&node) {
        Some(Lack::Stale)
    } else if matches!(wrong, None | Some(Problem::Required)) && named && is_open(item.kind, content) {
        Some(Lack::Answer)
    } else {
        wrong.map(Lack::Problem)
    };
    open.extend(lack.map(|lack| (node, lack)));
    if !response.is_unbegun_entry(node) {
        for child in &response.node(node).children {
            lacks(response, *child, false, stale, open);
        }
    }
}

fn is_open(kind: Kind, content: &crate::form::Content) -> bool {
    kind.is_question() && content.is_empty()
}
