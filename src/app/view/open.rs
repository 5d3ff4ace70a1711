//! The questions of a page that nobody has answered and that a reason could stand at instead.

use super::super::model::Model;
use super::super::screen::Screen;
use super::progress::sections;
use crate::domain::DocumentId;
use crate::form::{DataAbsentReason, ItemIx, NodeIx, Response};

/// The page that is on the screen, by its document and its first item, and what is open on it.
#[must_use]
pub fn open_here(model: &Model) -> Option<((DocumentId, ItemIx), Vec<NodeIx>)> {
    let Screen::Section(id, position) = model.screen else { return None };
    let response = &model.filling()?.response;
    let mut sections = sections(response);
    let last = sections.len().checked_sub(1)?;
    let section = sections.swap_remove(position.min(last));
    Some(((id, section.known_by(response)?), open(response, &section.nodes)))
}

/// Whether the worker was told already what is open on the page that is on the screen.
#[must_use]
pub fn is_asked(model: &Model) -> bool {
    open_here(model).is_some_and(|(page, _)| model.asked.contains(&page))
}

/// The open questions under some nodes, in the order of the form.
#[must_use]
pub fn open(response: &Response, nodes: &[NodeIx]) -> Vec<NodeIx> {
    let mut found = Vec::new();
    let mut waiting: Vec<NodeIx> = nodes.iter().rev().copied().collect();
    while let Some(ix) = waiting.pop() {
        if response.item(ix).hidden || !response.is_enabled(ix) || response.is_unbegun_entry(ix) {
            continue;
        }
        if is_open(response, ix) {
            found.push(ix);
        }
        waiting.extend(response.node(ix).children.iter().rev());
    }
    found
}

/// Whether a question has neither an answer nor a reason, and may have a reason: the worker's own acts may not, nor
/// what the form fills in. With several entries in a list of answers none is missing.
fn is_open(response: &Response, ix: NodeIx) -> bool {
    let item = response.item(ix);
    let by_hand = item.kind.is_question() && !item.read_only && !item.is_calculated();
    by_hand
        && response.node(ix).content.is_empty()
        && response.basis(ix).absent_reasons().contains(&DataAbsentReason::NotAsked)
        && response.entries(ix).len() == 1
}
