//! How a response comes to be: its nodes, what is filled in at the start, and what a response from elsewhere becomes.

use super::fhirpath::Budget;
use super::item::ItemIx;
use super::operation::Content;
use super::questionnaire::{MOST_PLACES, Questionnaire};
use super::response::{Node, NodeIx, Response, as_u32};
use std::sync::Arc;

impl Response {
    /// Makes the nodes of items below a node, each list with the entries it begins with.
    pub(super) fn grow_all(&mut self, form: &Questionnaire, items: &[ItemIx], parent: Option<NodeIx>) -> Vec<NodeIx> {
        let mut grown = Vec::with_capacity(items.len());
        for &item in items {
            grown.extend((0..form.item(item).first_entries()).map(|number| self.grow(form, item, parent, number)));
        }
        grown
    }

    /// Makes the node of an item and all below it. It is not yet among the children of its parent.
    pub(super) fn grow(&mut self, form: &Questionnaire, item: ItemIx, parent: Option<NodeIx>, number: u32) -> NodeIx {
        let ix = NodeIx(as_u32(self.nodes.len()));
        let definition = form.item(item);
        self.nodes.push(Node {
            item,
            parent,
            children: Vec::new(),
            // Values to begin with are for those who begin, not for what was given elsewhere.
            content: if self.calculates { Content::initial(definition, number) } else { Content::default() },
            enabled: true,
            by_hand: false,
            instance: number,
            removed: false,
            begun: 0,
            broken: Vec::new(),
        });
        if definition.is_list
            && let Err(place) = self.entry_at(item, parent, number)
        {
            self.entries[item.at()].insert(place, ix);
        }
        let children = self.grow_all(form, &definition.children, Some(ix));
        let below: usize = children.iter().map(|child| self.node(*child).begun).sum();
        let begun = usize::from(self.is_begun(ix)) + below;
        let node = &mut self.nodes[ix.at()];
        (node.begun, node.children) = (begun, children);
        ix
    }

    /// The entry of a list by its number: the one that is there, the one that was removed put back where it stood, or a new
    /// one; none where the response has no room for it.
    pub(super) fn open_entry(&mut self, list: ItemIx, parent: Option<NodeIx>, number: u32) -> Option<NodeIx> {
        let form = Arc::clone(&self.questionnaire);
        let entry = match self.entry_at(list, parent, number) {
            Ok(at) => self.entries[list.at()][at],
            Err(_) if self.nodes.len() + form.item(list).places > MOST_PLACES => return None,
            Err(_) => {
                let entry = self.grow(&form, list, parent, number);
                self.nodes[entry.at()].removed = true;
                entry
            }
        };
        if std::mem::take(&mut self.nodes[entry.at()].removed) {
            self.tally(parent, self.node(entry).begun, usize::wrapping_add);
            // By number of the node within the item, so that a copy has the order of the original.
            let at = self.place_among(parent, entry);
            self.list_mut(parent).insert(at, entry);
        }
        Some(entry)
    }

    /// Reckons what was read from elsewhere: an answer to a question that may be corrected, and that is not what the form
    /// reckons, was given by hand.
    pub fn reckon(&mut self) {
        let given = |ix: &NodeIx| {
            let item = self.item(*ix);
            item.is_calculated() && !item.read_only && !self.node(*ix).content.is_empty()
        };
        let given: Vec<NodeIx> = self.all().filter(given).collect();
        self.calculates = true;
        given.iter().for_each(|ix| self.nodes[ix.at()].by_hand = true);
        self.count_begun();
        self.settle_all();
        let budget = Budget::default();
        for ix in given {
            let by_hand = self.reckoned(ix, &budget) != self.node(ix).content.answers;
            self.nodes[ix.at()].by_hand = by_hand;
        }
        // Where nothing was given but what is reckoned, nobody began an entry.
        self.count_begun();
        self.settle_all();
    }

    /// All nodes that were ever made.
    pub(super) fn all(&self) -> impl Iterator<Item = NodeIx> + use<> {
        (0..as_u32(self.nodes.len())).map(NodeIx)
    }

    /// Counts anew which nodes were begun.
    fn count_begun(&mut self) {
        self.nodes.iter_mut().for_each(|node| node.begun = 0);
        // Every node has a higher number than the one it stands under.
        for at in (0..self.nodes.len()).rev() {
            let own = usize::from(self.is_begun(NodeIx(as_u32(at))));
            let node = &mut self.nodes[at];
            node.begun += own;
            let (begun, parent) = (node.begun, node.parent.filter(|_| !node.removed));
            if let Some(parent) = parent {
                self.nodes[parent.at()].begun += begun;
            }
        }
    }
}
