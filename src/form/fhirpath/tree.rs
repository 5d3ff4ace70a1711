//! How FHIRPath walks a response: the one place that knows how nodes lie under each other and which of them are there.
//!
//! A node is there when the exported QuestionnaireResponse would hold it: it is asked, it is no entry of a list that
//! nobody began, and it is no display. Items nested under a question stand under its first answer.

use crate::form::{Answer, Basis, DataAbsentReason, Item, ItemIx, Kind, NodeIx, Response};

/// Where items can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At the top.
    Root,
    /// Under a group.
    Item(NodeIx),
    /// Under an answer, by its position.
    Answer(NodeIx, usize),
}

impl Place {
    /// The node at or under whose answer it is.
    const fn node(self) -> Option<NodeIx> {
        match self {
            Self::Root => None,
            Self::Item(node) | Self::Answer(node, _) => Some(node),
        }
    }
}

/// The item that a node answers.
pub fn definition(response: &Response, node: NodeIx) -> &Item {
    response.item(node)
}

/// The position of the item that a node answers.
pub fn item_ix(response: &Response, node: NodeIx) -> ItemIx {
    response.node(node).item
}

/// The text of the item that a node answers, in the form's own language.
pub fn text(response: &Response, node: NodeIx) -> &str {
    definition(response, node).text.in_language(&response.questionnaire().language)
}

fn is_present(response: &Response, node: NodeIx) -> bool {
    response.is_enabled(node) && !response.is_unbegun_entry(node) && definition(response, node).kind != Kind::Display
}

/// Whether the children of a node stand directly under the place.
fn holds_children(response: &Response, place: Place) -> bool {
    match place {
        Place::Root => true,
        Place::Item(node) => !definition(response, node).kind.is_question(),
        Place::Answer(node, at) => answers(response, node).next().is_some_and(|(first, _)| first == at),
    }
}

/// The items directly under a place, in the order of the form.
pub fn items(response: &Response, place: Place) -> Vec<NodeIx> {
    if !holds_children(response, place) {
        return Vec::new();
    }
    let children = place.node().map_or(response.roots(), |node| &response.node(node).children);
    children.iter().copied().filter(|child| is_present(response, *child)).collect()
}

/// The nodes of one item that stand under a place, found through the item, not by a walk through the form.
pub fn items_of(response: &Response, place: Place, item: ItemIx, reach: Reach) -> Vec<NodeIx> {
    let nodes = response.all_nodes_of(item);
    let children = place.node().map_or(response.roots(), |node| &response.node(node).children);
    // Of two ways to a direct child, the shorter: a list may have many entries, and so may a group have items.
    let candidates = if reach == Reach::Direct && children.len() < nodes.len() { children } else { nodes };
    let is_wanted = |node: &NodeIx| item_ix(response, *node) == item && is_under(response, place, *node, reach);
    candidates.iter().copied().filter(is_wanted).collect()
}

fn is_under(response: &Response, place: Place, node: NodeIx, reach: Reach) -> bool {
    let is_question = |node| definition(response, node).kind.is_question();
    let mut at = node;
    while is_present(response, at) {
        let parent = response.node(at).parent;
        if parent == place.node() {
            return match place {
                Place::Item(above) if reach == Reach::Anywhere && is_question(above) => has_answer(response, above),
                _ => holds_children(response, place),
            };
        }
        let Some(above) = parent else { return false };
        let passes = !is_question(above) || (reach == Reach::Anywhere && has_answer(response, above));
        if reach == Reach::Direct || !passes {
            return false;
        }
        at = above;
    }
    false
}

fn has_answer(response: &Response, node: NodeIx) -> bool {
    answers(response, node).next().is_some()
}

/// How far below a place a look-up reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// `.item`: directly under it.
    Direct,
    /// `repeat(item)`: through groups.
    Groups,
    /// `descendants()`: through groups and answers.
    Anywhere,
}

/// The answers of a node with their positions; what was opened and left blank is none.
pub fn answers(response: &Response, node: NodeIx) -> impl Iterator<Item = (usize, &Answer)> {
    response.node(node).content.answers.iter().enumerate().filter(|(_, answer)| !answer.is_blank())
}

/// One answer of a node.
pub fn answer(response: &Response, node: NodeIx, at: usize) -> Option<&Answer> {
    response.node(node).content.answers.get(at)
}

/// Why there is no answer to a question, as the export will say it.
pub fn absent_reason(response: &Response, node: NodeIx) -> Option<DataAbsentReason> {
    let silent = definition(response, node).kind.is_question()
        && !has_answer(response, node)
        && response.basis(node) != Basis::Administrative;
    silent.then(|| response.node(node).content.absent.unwrap_or(DataAbsentReason::NotAsked))
}
