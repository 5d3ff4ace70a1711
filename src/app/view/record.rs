//! A sealed document read as part of a record: all of it or what belongs to one letter of the case file, with or without
//! the answers that need most privacy.

use super::review::{ReviewRow, review};
use crate::form::{DataAbsentReason, Kind, NodeIx, Response, Sensitivity, Text};

/// One section of what is read.
#[derive(Clone, Debug)]
pub struct RecordSection {
    /// Its heading.
    pub title: Option<Text>,
    /// Its lines.
    pub rows: Vec<ReviewRow>,
    /// How many questions are told of as not answered in one number, not line by line.
    pub unanswered: usize,
}

/// What is read of a document.
#[derive(Clone, Debug, Default)]
pub struct RecordView {
    /// Its sections; those of which nothing is left are not there.
    pub sections: Vec<RecordSection>,
    /// How many answers that need privacy were left out.
    pub left_out: usize,
}

impl RecordView {
    /// The same without what nobody answered and nobody said why, which is counted for each section.
    #[must_use]
    pub fn answered(mut self, response: &Response) -> Self {
        for section in &mut self.sections {
            let (told, open): (Vec<ReviewRow>, Vec<ReviewRow>) = std::mem::take(&mut section.rows)
                .into_iter()
                .partition(|row| !response.item(row.node).kind.is_question() || is_told(response, row.node));
            (section.rows, section.unanswered) = (without_bare_headings(response, told), open.len());
        }
        self
    }
}

/// Reads a document. `items` names the linkIds that count, with all below them; all count where none is named.
#[must_use]
pub fn record(response: &Response, items: &[String], with_sensitive: bool) -> RecordView {
    let mut view = RecordView::default();
    for section in review(response) {
        let mut rows = Vec::new();
        for row in section.rows {
            if !items.is_empty() && !is_among(response, row.node, items) {
                continue;
            }
            if !with_sensitive && response.item(row.node).sensitivity == Some(Sensitivity::X) {
                let given = response.node(row.node).content.answers.iter().any(|answer| !answer.is_blank());
                view.left_out += usize::from(given);
                continue;
            }
            rows.push(row);
        }
        let rows = without_bare_headings(response, rows);
        if !rows.is_empty() {
            view.sections.push(RecordSection { title: section.title, rows, unanswered: 0 });
        }
    }
    view
}

/// Whether a document has answers of the kind that a record leaves out, and numbers that it masks.
#[must_use]
pub fn withholds(response: &Response) -> (bool, bool) {
    let given = |node: &NodeIx| response.is_enabled(*node) && !response.node(*node).content.answers.is_empty();
    let nodes: Vec<NodeIx> = response.walk(response.roots()).into_iter().filter(given).collect();
    let sensitive = nodes.iter().any(|node| response.item(*node).sensitivity == Some(Sensitivity::X));
    (sensitive, nodes.iter().any(|node| response.item(*node).is_identity_number()))
}

/// Whether a question says something: an answer, a reason why there is none, or that a sum could not be made.
fn is_told(response: &Response, node: NodeIx) -> bool {
    let (item, content) = (response.item(node), &response.node(node).content);
    let not_asked = content.absent == Some(DataAbsentReason::NotAsked) && content.absent_note.is_none();
    let answered = content.answers.iter().any(|answer| !answer.is_blank());
    let sum = item.is_calculated() && matches!(item.kind, Kind::Integer | Kind::Decimal | Kind::Quantity);
    answered || sum || content.absent.is_some() && !not_asked
}

fn is_among(response: &Response, node: NodeIx, items: &[String]) -> bool {
    items.contains(&response.item(node).link_id)
        || response.node(node).parent.is_some_and(|above| is_among(response, above, items))
}

/// Headings of groups below which nothing is left say nothing.
fn without_bare_headings(response: &Response, rows: Vec<ReviewRow>) -> Vec<ReviewRow> {
    let mut kept: Vec<ReviewRow> = Vec::new();
    for row in rows.into_iter().rev() {
        let is_heading = !response.item(row.node).kind.is_question();
        let heads = kept.last().is_some_and(|next| next.depth > row.depth);
        if !is_heading || heads {
            kept.push(row);
        }
    }
    kept.reverse();
    kept
}
