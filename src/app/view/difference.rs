//! What a revision says otherwise than the one it replaces, question by question.

use super::cards::marked_around;
use crate::form::{Audience, Content, ItemIx, NodeIx, Place, Response};

/// One question that is answered otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where it stands in the older response, unless it was added.
    pub old: Option<NodeIx>,
    /// Where it stands in the newer one, unless it was removed.
    pub new: Option<NodeIx>,
    /// The card for the client it belongs to.
    pub card: Option<ItemIx>,
    /// The entries of the lists around it, outermost first: what was changed in one entry belongs together.
    pub entry: Vec<u32>,
}

/// Everything that two responses to one form say otherwise, in the order of the form, what was removed from a list behind
/// what is in it. Neither what the form reckons nor what is bound to the content (marks, and what was answered to it) is
/// compared.
#[must_use]
pub fn differences(old: &Response, new: &Response) -> Vec<Difference> {
    let (before, after) = (said(old), said(new));
    let mut found = Vec::new();
    for (place, node) in &after {
        let earlier = before.iter().find(|(other, _)| other == place).map(|(_, node)| *node);
        if earlier.is_none_or(|earlier| !says_same(&old.node(earlier).content, &new.node(*node).content)) {
            let card = card(new, *node);
            let difference = Difference { old: earlier, new: Some(*node), card, entry: place.within.clone() };
            found.push((order(new, *node, new), difference));
        }
    }
    for (place, node) in &before {
        if !after.iter().any(|(other, _)| other == place) {
            let card = card(old, *node);
            let difference = Difference { old: Some(*node), new: None, card, entry: place.within.clone() };
            found.push((order(old, *node, new), difference));
        }
    }
    found.sort_by(|(one, _), (two, _)| one.cmp(two));
    found.into_iter().map(|(_, difference)| difference).collect()
}

/// Every question that is answered, by its place.
fn said(response: &Response) -> Vec<(Place, NodeIx)> {
    let mut nodes = response.walk(response.roots());
    nodes.retain(|node| {
        let (item, content) = (response.item(*node), &response.node(*node).content);
        let compared = item.kind.is_question() && !item.hidden && !item.binds_content && !item.is_calculated();
        compared && !content.is_empty() && response.is_enabled(*node)
    });
    nodes.into_iter().map(|node| (response.place(node), node)).collect()
}

fn says_same(old: &Content, new: &Content) -> bool {
    (&old.answers, old.absent, &old.typed) == (&new.answers, new.absent, &new.typed)
}

fn card(response: &Response, node: NodeIx) -> Option<ItemIx> {
    let card = marked_around(response, node)?;
    (response.item(card).audience == Some(Audience::Client)).then(|| response.node(card).item)
}

/// The order of the form: the items from the top down to a node, each with its position in its list; entries that the
/// newer response does not have any more come last.
fn order(response: &Response, node: NodeIx, new: &Response) -> Vec<(ItemIx, bool, usize)> {
    let mut order = Vec::new();
    let mut at = Some(node);
    while let Some(node) = at {
        let there = new.find(&response.place(node)).filter(|there| new.entries(*there).contains(there));
        let (list, own) = there.map_or((response.entries(node), node), |there| (new.entries(there), there));
        let position = list.iter().position(|entry| *entry == own).unwrap_or_default();
        order.insert(0, (response.node(node).item, there.is_none(), position));
        at = response.node(node).parent;
    }
    order
}
