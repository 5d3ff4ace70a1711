//! The state of one filling: a tree of nodes over a form, changed only by operations.

use super::basis::Basis;
use super::context::Context;
use super::item::{Item, ItemIx, Kind};
use super::kept::Kept;
use super::operation::{Content, Operation, Place};
use super::questionnaire::Questionnaire;
use std::sync::Arc;

/// A node's number. Numbers are never used twice in the life of a response, so a view may hold on to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeIx(pub(super) u32);

impl NodeIx {
    /// The number, for the ids of what is drawn.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    pub(super) const fn at(self) -> usize {
        self.0 as usize
    }
}

/// One item at one place of the response.
#[derive(Clone, Debug)]
pub struct Node {
    /// The item it answers.
    pub item: ItemIx,
    /// The node it stands under.
    pub parent: Option<NodeIx>,
    /// Its children in the order of the form; instances of a repeating group in the order in which they were first added.
    pub children: Vec<NodeIx>,
    /// What was answered.
    pub content: Content,
    /// Whether its own conditions hold. It is asked only when those above hold as well: [`Response::is_enabled`].
    pub(super) enabled: bool,
    /// Whether somebody gave an answer in place of the reckoned one.
    pub(super) by_hand: bool,
    pub(super) within: Vec<u32>,
    pub(super) removed: bool,
}

/// What an operation touched; a node may be named more than once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Nodes whose content or enablement changed.
    pub nodes: Vec<NodeIx>,
    /// Nodes (none for the top) whose list of children changed.
    pub lists: Vec<Option<NodeIx>>,
}

/// The state of one filling.
#[derive(Clone, Debug)]
pub struct Response {
    pub(super) questionnaire: Arc<Questionnaire>,
    pub(super) context: Context,
    pub(super) nodes: Vec<Node>,
    pub(super) roots: Vec<NodeIx>,
    pub(super) by_item: Vec<Vec<NodeIx>>,
    pub(super) kept: Option<Box<Kept>>,
    /// Whether calculated answers are reckoned; answers from elsewhere are first read as they were given.
    pub(super) calculates: bool,
}

impl Response {
    /// An empty response with the form's initial values and one open entry of each list.
    #[must_use]
    pub fn new(questionnaire: Arc<Questionnaire>, context: Context) -> Self {
        Self::made(questionnaire, context, true)
    }

    /// A new response to another form in the same surroundings.
    #[must_use]
    pub fn anew(&self, questionnaire: Arc<Questionnaire>) -> Self {
        Self::new(questionnaire, self.context.clone())
    }

    /// The same, for answers from elsewhere: nothing is reckoned before [`Response::reckon`].
    pub(super) fn made(questionnaire: Arc<Questionnaire>, context: Context, calculates: bool) -> Self {
        let mut response = Self {
            context,
            nodes: Vec::with_capacity(questionnaire.len()),
            roots: Vec::new(),
            by_item: vec![Vec::new(); questionnaire.len()],
            kept: None,
            calculates,
            questionnaire,
        };
        let form = Arc::clone(&response.questionnaire);
        response.roots = response.grow_all(&form, &form.roots, None, &[]);
        response.settle_all();
        response
    }

    /// The form it answers.
    #[must_use]
    pub const fn questionnaire(&self) -> &Arc<Questionnaire> {
        &self.questionnaire
    }

    /// The nodes at the top.
    #[must_use]
    pub fn roots(&self) -> &[NodeIx] {
        &self.roots
    }

    /// A node.
    #[must_use]
    pub fn node(&self, ix: NodeIx) -> &Node {
        &self.nodes[ix.0 as usize]
    }

    /// The item a node answers.
    #[must_use]
    pub fn item(&self, ix: NodeIx) -> &Item {
        self.questionnaire.item(self.node(ix).item)
    }

    /// What the answer at a node rests on: the worker's choice or else what the form expects.
    #[must_use]
    pub fn basis(&self, ix: NodeIx) -> Basis {
        self.node(ix).content.basis.unwrap_or(self.item(ix).basis)
    }

    /// Whether an item stood here in a response from elsewhere.
    pub(super) fn was_given(&self, ix: NodeIx) -> bool {
        self.kept.as_ref().is_some_and(|kept| kept.item(ix).is_some())
    }

    /// Whether the answer at a node is reckoned by the form, and nobody gave another.
    #[must_use]
    pub fn is_reckoned(&self, ix: NodeIx) -> bool {
        self.item(ix).is_calculated() && !self.node(ix).by_hand
    }

    /// Whether what stands at a node is the form's own: reckoned, or given from the start where no hand can change it.
    pub(super) fn is_of_form(&self, ix: NodeIx) -> bool {
        let item = self.item(ix);
        let untouched = || (item.hidden || item.read_only) && self.node(ix).content == self.initial(ix);
        if item.is_calculated() { self.is_reckoned(ix) } else { untouched() }
    }

    /// Whether a hand left anything in a node or below it.
    pub(super) fn holds_answers(&self, ix: NodeIx) -> bool {
        let begun = |node: &NodeIx| !self.node(*node).content.is_empty() && !self.is_of_form(*node);
        self.walk(&[ix]).iter().any(begun)
    }

    /// The place of a node, as operations name it.
    #[must_use]
    pub fn place(&self, ix: NodeIx) -> Place {
        Place { link_id: self.item(ix).link_id.clone(), within: self.node(ix).within.clone() }
    }

    /// The node at a place.
    #[must_use]
    pub fn find(&self, place: &Place) -> Option<NodeIx> {
        let item = self.questionnaire.find(&place.link_id)?;
        self.instance(item, &place.within)
    }

    /// The node of an item in these instances, removed or not.
    pub(super) fn instance(&self, item: ItemIx, within: &[u32]) -> Option<NodeIx> {
        self.by_item[item.at()].iter().copied().find(|ix| self.node(*ix).within == within)
    }

    /// Whether the node is asked: its own conditions hold and so do those of all above it.
    #[must_use]
    pub fn is_enabled(&self, ix: NodeIx) -> bool {
        let mut at = ix;
        loop {
            let node = self.node(at);
            let Some(above) = node.parent.filter(|_| node.enabled && !node.removed) else {
                return node.enabled && !node.removed;
            };
            if !self.is_open(above) && self.item(at).kind != Kind::Display {
                return false;
            }
            at = above;
        }
    }

    /// Whether what stands below a node is asked, as far as the node itself decides: questions below a question belong
    /// to its answer (FHIR R4, QuestionnaireResponse.item.answer.item), so without one they are not.
    pub(super) fn is_open(&self, ix: NodeIx) -> bool {
        let answers = &self.node(ix).content.answers;
        !self.item(ix).kind.is_question() || answers.iter().any(|answer| !answer.is_blank())
    }

    /// Whether a node is an entry of a list that nobody began: an invitation to write, not a gap in the record. Where a
    /// question above asked for the list, its first entry is not an invitation any more.
    #[must_use]
    pub fn is_unbegun_entry(&self, ix: NodeIx) -> bool {
        let item = self.item(ix);
        // What the form reckons by itself was begun by nobody.
        let untouched =
            |node: &NodeIx| self.node(*node).content.is_empty() || self.calculates && self.is_reckoned(*node);
        item.is_repeating_group() && !item.is_conditional() && self.walk(&[ix]).iter().all(untouched)
    }

    /// Whether nothing was answered in a node or below it.
    #[must_use]
    pub fn is_blank(&self, ix: NodeIx) -> bool {
        self.walk(&[ix]).iter().all(|node| self.node(*node).content.is_empty())
    }

    /// The nodes of an item that are in the response, wherever they stand.
    pub fn nodes_of(&self, item: ItemIx) -> impl Iterator<Item = NodeIx> {
        self.by_item[item.at()].iter().copied().filter(|ix| !self.is_removed(*ix))
    }

    /// The children of a node, or the top, that answer one item, in order.
    pub fn children_of(&self, parent: Option<NodeIx>, item: ItemIx) -> impl Iterator<Item = NodeIx> {
        let list = parent.map_or(&self.roots, |parent| &self.node(parent).children);
        list.iter().copied().filter(move |child| self.node(*child).item == item)
    }

    /// The entries of the list that a node is one of, in order; the node alone where it is in no list.
    #[must_use]
    pub fn entries(&self, ix: NodeIx) -> Vec<NodeIx> {
        if self.item(ix).is_list {
            self.children_of(self.node(ix).parent, self.node(ix).item).collect()
        } else {
            vec![ix]
        }
    }

    /// Every node of an item in the order in which they were made, those of removed entries too.
    pub(super) fn all_nodes_of(&self, item: ItemIx) -> &[NodeIx] {
        &self.by_item[item.at()]
    }

    /// Every node in the order of the form, removed instances left out.
    #[must_use]
    pub fn walk(&self, from: &[NodeIx]) -> Vec<NodeIx> {
        let mut order = Vec::new();
        let mut open: Vec<NodeIx> = from.iter().rev().copied().collect();
        while let Some(ix) = open.pop() {
            order.push(ix);
            open.extend(self.node(ix).children.iter().rev());
        }
        order
    }

    /// The shortest list of operations that leads from a new response to this one.
    #[must_use]
    pub fn operations(&self) -> Vec<Operation> {
        let mut operations = Vec::new();
        for ix in self.walk(&self.roots) {
            let (node, item) = (self.node(ix), self.item(ix));
            let is_first = |instance: &u32| *instance < item.first_entries();
            if item.is_list && !node.within.last().is_some_and(is_first) {
                operations.push(Operation::Add { at: self.place(ix) });
            }
            if node.by_hand || !item.is_calculated() && node.content != self.initial(ix) {
                operations.push(Operation::Set { at: self.place(ix), content: node.content.clone() });
            }
        }
        // Lists begin with entries of their own; where one was taken away this has to be said.
        let first_gone = |ix: &NodeIx| {
            let (node, item) = (self.node(*ix), self.item(*ix));
            let first = node.within.last().is_some_and(|instance| *instance < item.first_entries());
            node.removed && first && !node.parent.is_some_and(|parent| self.is_removed(parent))
        };
        let gone = (0..as_u32(self.nodes.len())).map(NodeIx).filter(first_gone);
        operations.extend(gone.map(|ix| Operation::Remove { at: self.place(ix) }));
        operations
    }

    /// What a node held when it was made.
    fn initial(&self, ix: NodeIx) -> Content {
        Content::initial(self.item(ix), self.node(ix).within.last().copied().unwrap_or_default())
    }

    pub(super) fn is_removed(&self, ix: NodeIx) -> bool {
        let node = self.node(ix);
        node.removed || node.parent.is_some_and(|parent| self.is_removed(parent))
    }
}

pub(super) fn as_u32(position: usize) -> u32 {
    u32::try_from(position).expect("a response has fewer than four thousand million nodes")
}
