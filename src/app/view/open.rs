//! The questions of a page that nobody has answered and that a reason could stand at instead.

use super::super::model::Model;
use super::super::screen::Screen;
use super::page::pages;
use crate::domain::DocumentId;
use crate::form::{DataAbsentReason, ItemIx, NodeIx, Response};

/// The page that is on the screen, by its document and its first item, and what is open on it.
#[must_use]
pub fn open_here(model: &Model) -> Option<((DocumentId, ItemIx), Vec<NodeIx>)> {
    let Screen::Section(id, position) = model.screen else { return None };
    let response = &model.filling()?.response;
    let mut pages = pages(response);
    let last = pages.len().checked_sub(1)?;
    let page = pages.swap_remove(position.min(last));
    Some(((id, page.known_by(response)?), open(response, &page.nodes)))
}

/// What is open on the page that is on the screen, if the worker was told so.
#[must_use]
pub fn told_open(model: &Model) -> Vec<NodeIx> {
    // Looked at with every answer, so first whether there is anything to look for.
    let told = model.asked.iter().any(|(id, _)| Some(*id) == model.screen.document());
    let here = if told { open_here(model) } else { None }.filter(|(page, _)| model.asked.contains(page));
    here.map(|(_, open)| open).unwrap_or_default()
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
