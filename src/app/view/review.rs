//! A document read as a whole: every question that is asked, with its answer or shown as missing.

use super::progress::{Progress, sections};
use crate::form::{NodeIx, Problem, Response, Text, form_problems, problems};

/// One line of a review.
#[derive(Clone, Debug)]
pub struct ReviewRow {
    /// The question, group or display text.
    pub node: NodeIx,
    /// How deep it stands below its section.
    pub depth: usize,
    /// Which instance of a repeating group it heads, from 1.
    pub instance: Option<usize>,
    /// What has to be mended.
    pub problems: Vec<Problem>,
}

/// One section of a review.
#[derive(Clone, Debug)]
pub struct ReviewSection {
    /// Its heading.
    pub title: Option<Text>,
    /// Its lines.
    pub rows: Vec<ReviewRow>,
    /// Its counts.
    pub progress: Progress,
}

/// The whole document.
#[must_use]
pub fn review(response: &Response) -> Vec<ReviewSection> {
    let views = sections(response).into_iter();
    views
        .map(|view| {
            let mut rows = Vec::new();
            push_rows(response, &view.nodes, 0, &mut rows);
            ReviewSection { title: view.title, rows, progress: view.progress }
        })
        .collect()
}

/// Something wrong with the form as a whole.
#[derive(Clone, Debug)]
pub struct WholeProblem {
    /// What.
    pub problem: Problem,
    /// The first question on a page that has to do with it, and the section it stands in.
    pub at: Option<(usize, NodeIx)>,
}

/// What is wrong with the form as a whole, with the way to what can be changed about it.
#[must_use]
pub fn whole(response: &Response, sections: &[ReviewSection]) -> Vec<WholeProblem> {
    let rows =
        || (0..).zip(sections).flat_map(|(position, section)| section.rows.iter().map(move |row| (position, row.node)));
    let found = form_problems(response).map(|(problem, items)| {
        let concerned = |(_, node): &(usize, NodeIx)| {
            response.item(*node).kind.is_question() && items.contains(&response.node(*node).item)
        };
        WholeProblem { problem, at: rows().find(concerned) }
    });
    found.collect()
}

fn push_rows(response: &Response, nodes: &[NodeIx], depth: usize, rows: &mut Vec<ReviewRow>) {
    let mut instance = 0;
    for (position, &ix) in nodes.iter().enumerate() {
        let (item, node) = (response.item(ix), response.node(ix));
        let same_as_before = position > 0 && response.node(nodes[position - 1]).item == node.item;
        instance = if same_as_before { instance + 1 } else { 1 };
        if item.hidden || !response.is_enabled(ix) {
            continue;
        }
        // Of an entry that nobody began there is only to say that the list lacks it.
        if response.is_unbegun_entry(ix) {
            let problems = problems(response, ix);
            if !problems.is_empty() {
                rows.push(ReviewRow { node: ix, depth, instance: None, problems });
            }
            continue;
        }
        let number = item.is_list.then_some(instance);
        if item.kind.is_question() {
            let problems = problems(response, ix);
            // In a drawing many people are told of, and of most of them little; what nobody said is no gap there.
            let is_aside = response.questionnaire().is_drawn(node.item) && problems.is_empty();
            let spare = (item.is_list && instance > 1 || is_aside) && node.content.is_empty();
            if !spare {
                rows.push(ReviewRow { node: ix, depth, instance: number.filter(|number| *number > 1), problems });
                push_rows(response, &node.children, depth + 1, rows);
            }
        } else if !node.children.is_empty() {
            rows.push(ReviewRow { node: ix, depth, instance: number, problems: problems(response, ix) });
            push_rows(response, &node.children, depth + 1, rows);
        }
    }
}
