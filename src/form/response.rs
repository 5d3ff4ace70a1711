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
    /// Its children in the order of the form; entries of a list in the order in which they were first added. So they are
    /// sorted by item and number, and those of one item are found without looking at others.
    pub children: Vec<NodeIx>,
    /// What was answered.
    pub content: Content,
    /// Whether its own conditions hold. It is asked only when those above hold as well: [`Response::is_enabled`].
    pub(super) enabled: bool,
    /// Whether somebody gave an answer in place of the reckoned one.
    pub(super) by_hand: bool,
    /// The number of the entry in its list; 0 outside lists.
    pub(super) instance: u32,
    pub(super) removed: bool,
    /// How many nodes somebody began, itself and those below it; see [`Response::is_begun`].
    pub(super) begun: usize,
    /// Which constraints of its item do not hold.
    pub(super) broken: Vec<usize>,
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
    /// The entries of each list, those removed too, sorted by what they stand under and their number.
    pub(super) entries: Vec<Vec<NodeIx>>,
    pub(super) kept: Option<Box<Kept>>,
    /// Whether calculated answers are reckoned; answers from elsewhere are first read as they were given.
    pub(super) calculates: bool,
}

impl Response {
    /// An empty response with the form's initial values and one open entry of each list.
    #[must_use]
    pub fn new(questionnaire: Arc<Questionnaire>, context: Context) -> Self {
        let mut response = Self::made(questionnaire, context, true);
        response.settle_all();
        response
    }

    /// A new response to another form in the same surroundings.
    #[must_use]
    pub fn anew(&self, questionnaire: Arc<Questionnaire>) -> Self {
        Self::new(questionnaire, self.context.clone())
    }

    /// A new response before anything was looked at.
    pub(super) fn made(questionnaire: Arc<Questionnaire>, context: Context, calculates: bool) -> Self {
        let form = Arc::clone(&questionnaire);
        let mut response = Self {
            context,
            nodes: Vec::with_capacity(form.len()),
            roots: Vec::new(),
            entries: vec![Vec::new(); form.len()],
            kept: None,
            calculates,
            questionnaire,
        };
        response.roots = response.grow_all(&form, &form.roots, None);
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
        &self.nodes[ix.at()]
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
        let around = std::iter::successors(Some(ix), |at| self.node(*at).parent);
        let entries = around.filter(|at| self.item(*at).is_list);
        let mut within: Vec<u32> = entries.map(|entry| self.node(entry).instance).collect();
        within.reverse();
        Place { link_id: self.item(ix).link_id.clone(), within }
    }

    /// The node at a place.
    #[must_use]
    pub fn find(&self, place: &Place) -> Option<NodeIx> {
        let item = self.questionnaire.find(&place.link_id)?;
        self.instance(item, &place.within)
    }

    /// The node of an item in these entries, removed or not.
    pub(super) fn instance(&self, item: ItemIx, within: &[u32]) -> Option<NodeIx> {
        let definition = self.questionnaire.item(item);
        if within.len() != definition.repeating.len() {
            return None;
        }
        let (number, outer) = match within.split_last() {
            Some((number, outer)) if definition.is_list => (Some(*number), outer),
            _ => (None, within),
        };
        let parent = definition.parent.map(|parent| self.instance(parent, outer));
        let parent = parent.map_or(Some(None), |found| found.map(Some))?;
        match number {
            Some(number) => self.entry_at(item, parent, number).ok().map(|at| self.entries[item.at()][at]),
            None => self.children_of(parent, item).first().copied(),
        }
    }

    /// Where an entry stands among all of its list, or where it would.
    pub(super) fn entry_at(&self, list: ItemIx, parent: Option<NodeIx>, number: u32) -> Result<usize, usize> {
        self.entries[list.at()].binary_search_by_key(&(parent, number), |entry| {
            let node = self.node(*entry);
            (node.parent, node.instance)
        })
    }

    /// Whether the node is asked: its own conditions hold and so do those of all above it.
    #[must_use]
    pub fn is_enabled(&self, ix: NodeIx) -> bool {
        let mut around = std::iter::successors(Some(ix), |at| self.node(*at).parent);
        around.all(|at| self.is_asked_itself(at))
    }

    /// Whether a node is asked as far as itself and what stands directly above it decide.
    pub(super) fn is_asked_itself(&self, ix: NodeIx) -> bool {
        let node = self.node(ix);
        let is_open = || node.parent.is_none_or(|above| self.is_open(above));
        node.enabled && !node.removed && (is_open() || self.item(ix).kind == Kind::Display)
    }

    /// Whether what stands below a node is asked, as far as the node itself decides: questions below a question belong
    /// to its answer (FHIR R4, QuestionnaireResponse.item.answer.item), so without one they are not.
    pub(super) fn is_open(&self, ix: NodeIx) -> bool {
        let answers = &self.node(ix).content.answers;
        !self.item(ix).kind.is_question() || answers.iter().any(|answer| !answer.is_blank())
    }

    /// Whether somebody began a node itself. What the form reckons by itself was begun by nobody.
    pub(super) fn is_begun(&self, ix: NodeIx) -> bool {
        !(self.node(ix).content.is_empty() || self.calculates && self.is_reckoned(ix))
    }

    /// Whether a node is an entry of a list that nobody began: an invitation to write, not a gap in the record. Where a
    /// question above asked for the list, its first entry is not an invitation any more.
    #[must_use]
    pub fn is_unbegun_entry(&self, ix: NodeIx) -> bool {
        let item = self.item(ix);
        self.node(ix).begun == 0 && item.is_repeating_group() && !item.is_conditional()
    }

    /// Whether nothing was answered in a node or below it.
    #[must_use]
    pub fn is_blank(&self, ix: NodeIx) -> bool {
        // What was begun is not blank; what was only reckoned may be.
        self.node(ix).begun == 0 && self.walk(&[ix]).iter().all(|node| self.node(*node).content.is_empty())
    }

    /// The nodes of an item that are in the response, wherever they stand.
    pub fn nodes_of(&self, item: ItemIx) -> impl Iterator<Item = NodeIx> {
        self.below(None, item).into_iter()
    }

    /// The nodes of an item at or below a node (none: anywhere), in the order of the form.
    pub(super) fn below(&self, top: Option<NodeIx>, item: ItemIx) -> Vec<NodeIx> {
        let mut found = Vec::new();
        self.each_below(top, item, &mut |node| found.push(node));
        found
    }

    /// Does something with each of them, on the straight way down to them.
    pub(super) fn each_below(&self, top: Option<NodeIx>, item: ItemIx, each: &mut dyn FnMut(NodeIx)) {
        match (top, self.questionnaire.item(item).parent) {
            (Some(top), _) if self.node(top).item == item => each(top),
            (_, Some(parent)) => self.each_below(top, parent, &mut |above| {
                self.children_of(Some(above), item).iter().for_each(|node| each(*node));
            }),
            (None, None) => self.children_of(None, item).iter().for_each(|node| each(*node)),
            (Some(_), None) => {}
        }
    }

    /// The entry that a node stands in of the list that has so many lists around it, itself included; none for none.
    pub(super) fn entry_around(&self, ix: NodeIx, depth: usize) -> Option<NodeIx> {
        let list = self.item(ix).repeating[..depth].last()?;
        self.above(ix, *list)
    }

    /// The node of an item at or above a node.
    pub(super) fn above(&self, node: NodeIx, item: ItemIx) -> Option<NodeIx> {
        std::iter::successors(Some(node), |at| self.node(*at).parent).find(|at| self.node(*at).item == item)
    }

    /// The children of a node, or the top, that answer one item, in order.
    #[must_use]
    pub fn children_of(&self, parent: Option<NodeIx>, item: ItemIx) -> &[NodeIx] {
        let list = parent.map_or(&self.roots, |parent| &self.node(parent).children);
        let item_at = |at: usize| list.get(at).map(|child| self.node(*child).item);
        // Where no list stands before it, an item is where it is in the form.
        let guess = self.questionnaire.item(item).position;
        let is_first = item_at(guess) == Some(item) && (guess == 0 || item_at(guess - 1) != Some(item));
        let begin = if is_first { guess } else { list.partition_point(|child| self.node(*child).item < item) };
        let behind = &list[begin..];
        let several = self.questionnaire.item(item).is_list;
        let count = if several {
            behind.partition_point(|child| self.node(*child).item == item)
        } else {
            usize::from(item_at(begin) == Some(item))
        };
        &behind[..count]
    }

    /// The entries of the list that a node is one of, in order; the node alone where it is in no list.
    #[must_use]
    pub fn entries(&self, ix: NodeIx) -> &[NodeIx] {
        self.children_of(self.node(ix).parent, self.node(ix).item)
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
            if item.is_list && node.instance >= item.first_entries() {
                operations.push(Operation::Add { at: self.place(ix) });
            }
            if node.by_hand || !item.is_calculated() && node.content != self.initial(ix) {
                operations.push(Operation::Set { at: self.place(ix), content: node.content.clone() });
            }
        }
        // Lists begin with entries of their own; where one was taken away this has to be said.
        let first_gone = |ix: &NodeIx| {
            let (node, item) = (self.node(*ix), self.item(*ix));
            node.removed
                && node.instance < item.first_entries()
                && !node.parent.is_some_and(|parent| self.is_removed(parent))
        };
        let gone = (0..as_u32(self.nodes.len())).map(NodeIx).filter(first_gone);
        operations.extend(gone.map(|ix| Operation::Remove { at: self.place(ix) }));
        operations
    }

    /// Whether somebody answered here, or said why not: what the form itself begins with or reckons does not count.
    #[must_use]
    pub fn is_answered_by_hand(&self, ix: NodeIx) -> bool {
        let (node, content) = (self.node(ix), &self.node(ix).content);
        node.by_hand || !self.item(ix).is_calculated() && !content.is_empty() && *content != self.initial(ix)
    }

    /// What a node held when it was made.
    fn initial(&self, ix: NodeIx) -> Content {
        Content::initial(self.item(ix), self.node(ix).instance)
    }

    pub(super) fn is_removed(&self, ix: NodeIx) -> bool {
        let node = self.node(ix);
        node.removed || node.parent.is_some_and(|parent| self.is_removed(parent))
    }
}

pub(super) fn as_u32(position: usize) -> u32 {
    u32::try_from(position).expect("a response has fewer than four thousand million nodes")
}
