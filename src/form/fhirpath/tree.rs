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

/// Whether a node is there, given that all above it is.
fn is_present(response: &Response, node: NodeIx) -> bool {
    response.is_asked_itself(node)
        && !response.is_unbegun_entry(node)
        && definition(response, node).kind != Kind::Display
}

/// Whether the children of a node stand directly under the place, or under any of its answers.
fn holds_children(response: &Response, place: Place, reach: Reach) -> bool {
    let holds = match place {
        Place::Root => true,
        Place::Item(node) if reach == Reach::Anywhere => passes(response, node),
        Place::Item(node) => !definition(response, node).kind.is_question(),
        Place::Answer(node, at) => answers(response, node).next().is_some_and(|(first, _)| first == at),
    };
    holds && place.node().is_none_or(|node| response.is_enabled(node))
}

/// Whether something may stand below a node.
fn passes(response: &Response, node: NodeIx) -> bool {
    !definition(response, node).kind.is_question() || has_answer(response, node)
}

fn below(response: &Response, place: Place) -> &[NodeIx] {
    place.node().map_or(response.roots(), |node| &response.node(node).children)
}

/// How many nodes and answers stand directly below a place, there or not, and options to choose from.
pub fn breadth(response: &Response, place: Place) -> usize {
    let own = |node| response.node(node).content.answers.len() + definition(response, node).options.len();
    below(response, place).len() + place.node().map_or(0, own)
}

/// The items directly under a place, in the order of the form.
pub fn items(response: &Response, place: Place) -> Vec<NodeIx> {
    if !holds_children(response, place, Reach::Direct) {
        return Vec::new();
    }
    below(response, place).iter().copied().filter(|child| is_present(response, *child)).collect()
}

/// The nodes of one item that stand under a place, found on the straight way down to them, and how many nodes were looked
/// at for that.
pub fn items_of(response: &Response, place: Place, item: ItemIx, reach: Reach) -> (Vec<NodeIx>, usize) {
    let form = response.questionnaire();
    let top = place.node().map(|node| item_ix(response, node));
    let (mut way, mut at) = (vec![item], item);
    while form.item(at).parent != top {
        match form.item(at).parent {
            Some(above) if reach == Reach::Anywhere => at = above,
            Some(above) if reach == Reach::Groups && !form.item(above).kind.is_question() => at = above,
            _ => return (Vec::new(), 0),
        }
        way.push(at);
    }
    if !holds_children(response, place, reach) {
        return (Vec::new(), 0);
    }
    let mut looked_at = 0;
    let mut found = vec![place.node()];
    for item in way.into_iter().rev() {
        let mut next = Vec::new();
        for above in found {
            let nodes = response.children_of(above, item);
            looked_at += nodes.len();
            next.extend(nodes.iter().copied().filter(|node| is_present(response, *node)).map(Some));
        }
        found = next;
    }
    (found.into_iter().flatten().collect(), looked_at)
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
