//! The state of one filling: a tree of nodes over a form, changed only by operations.

use super::answer::Answer;
use super::basis::Basis;
use super::enable_when::Condition;
use super::item::{Item, ItemIx};
use super::operation::{Content, Operation, OperationRefusal, Place};
use super::questionnaire::Questionnaire;
use std::sync::Arc;

/// A node's number. Numbers are never used twice in the life of a response, so a view may hold on to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeIx(u32);

impl NodeIx {
    /// The number, for the ids of what is drawn.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
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
    enabled: bool,
    within: Vec<u32>,
    removed: bool,
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
    questionnaire: Arc<Questionnaire>,
    nodes: Vec<Node>,
    roots: Vec<NodeIx>,
    by_item: Vec<Vec<NodeIx>>,
}

impl Response {
    /// An empty response with the form's initial values and one open instance of each repeating group.
    #[must_use]
    pub fn new(questionnaire: Arc<Questionnaire>) -> Self {
        let mut response = Self {
            nodes: Vec::with_capacity(questionnaire.len()),
            roots: Vec::new(),
            by_item: vec![Vec::new(); questionnaire.len()],
            questionnaire,
        };
        let form = Arc::clone(&response.questionnaire);
        response.roots = form.roots.iter().map(|&item| response.grow(&form, item, None, &[], 0)).collect();
        response.settle(0, &mut Changed::default());
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
    fn instance(&self, item: ItemIx, within: &[u32]) -> Option<NodeIx> {
        self.by_item[item.at()].iter().copied().find(|ix| self.node(*ix).within == within)
    }

    /// Whether the node is asked: its own conditions hold and so do those of all above it.
    #[must_use]
    pub fn is_enabled(&self, ix: NodeIx) -> bool {
        let mut at = Some(ix);
        while let Some(node) = at.map(|ix| self.node(ix)) {
            if !node.enabled || node.removed {
                return false;
            }
            at = node.parent;
        }
        true
    }

    /// Whether a node is an entry of a list that nobody began: an invitation to write, not a gap in the record. Where a
    /// question above asked for the list, its first entry is not an invitation any more.
    #[must_use]
    pub fn is_unbegun_entry(&self, ix: NodeIx) -> bool {
        let item = self.item(ix);
        item.is_repeating_group() && !item.is_conditional() && self.is_blank(ix)
    }

    /// Whether nothing was answered in a node or below it.
    #[must_use]
    pub fn is_blank(&self, ix: NodeIx) -> bool {
        self.walk(&[ix]).iter().all(|node| self.node(*node).content.is_empty())
    }

    /// The children of a node, or the top, that answer one item, in order.
    pub fn children_of(&self, parent: Option<NodeIx>, item: ItemIx) -> impl Iterator<Item = NodeIx> {
        let list = parent.map_or(&self.roots, |parent| &self.node(parent).children);
        list.iter().copied().filter(move |child| self.node(*child).item == item)
    }

    /// Every node of an item in the order in which they were made, those of removed instances too.
    pub(super) fn nodes_of(&self, item: ItemIx) -> &[NodeIx] {
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
            if item.is_repeating_group() && node.within.last() != Some(&0) {
                operations.push(Operation::Add { at: self.place(ix) });
            }
            if node.content != Content::initial(item) {
                operations.push(Operation::Set { at: self.place(ix), content: node.content.clone() });
            }
        }
        // Every repeating group begins with instance 0 open; where it was taken away this has to be said.
        let first_gone = |node: &&Node| {
            node.removed && node.within.last() == Some(&0) && !node.parent.is_some_and(|parent| self.is_removed(parent))
        };
        let gone = self.nodes.iter().filter(first_gone);
        operations.extend(gone.map(|node| Operation::Remove {
            at: Place { link_id: self.questionnaire.item(node.item).link_id.clone(), within: node.within.clone() },
        }));
        operations
    }

    fn is_removed(&self, ix: NodeIx) -> bool {
        let node = self.node(ix);
        node.removed || node.parent.is_some_and(|parent| self.is_removed(parent))
    }

    /// Applies one operation and says what it touched.
    ///
    /// # Errors
    /// Refuses operations for places the form does not have; the response is then unchanged. Adding an instance that is
    /// there already, and removing one that is gone, touch nothing; adding one that was removed brings it back as it was.
    pub fn apply(&mut self, operation: &Operation) -> Result<Changed, OperationRefusal> {
        match operation {
            Operation::Set { at, content } => self.set(at, content),
            Operation::Add { at } => self.add(at),
            Operation::Remove { at } => self.remove(at),
        }
    }

    fn set(&mut self, at: &Place, content: &Content) -> Result<Changed, OperationRefusal> {
        let ix = self.find(at).ok_or_else(|| OperationRefusal::NoSuchPlace(at.clone()))?;
        let kind = self.item(ix).kind;
        if !kind.is_question() || !content.answers.iter().all(|answer| kind.takes(answer)) {
            return Err(OperationRefusal::WrongKind(at.clone()));
        }
        let mut changed = Changed::default();
        if self.node(ix).content != *content {
            let answers_changed = self.node(ix).content.answers != content.answers;
            self.nodes[ix.0 as usize].content = content.clone();
            changed.nodes.push(ix);
            if answers_changed {
                self.wake(vec![ix], &mut changed);
            }
        }
        Ok(changed)
    }

    fn add(&mut self, at: &Place) -> Result<Changed, OperationRefusal> {
        let (item, parent, instance) = self.repeating(at)?;
        let mut changed = Changed::default();
        let known = self.instance(item, &at.within);
        if known.is_some_and(|ix| !self.node(ix).removed) {
            return Ok(changed);
        }
        let first = self.nodes.len();
        let instance = known.unwrap_or_else(|| {
            let form = Arc::clone(&self.questionnaire);
            self.grow(&form, item, parent, &at.within[..at.within.len() - 1], instance)
        });
        self.nodes[instance.0 as usize].removed = false;
        let list = parent.map_or(&self.roots, |parent| &self.node(parent).children);
        // By number within the item: one brought back stands where it stood, and a copy has the order of the original.
        let behind = |ix: &NodeIx| (self.node(*ix).item, *ix) > (item, instance);
        let behind = list.iter().position(behind).unwrap_or(list.len());
        self.list_mut(parent).insert(behind, instance);
        changed.lists.push(parent);
        self.settle(first, &mut changed);
        self.wake(self.walk(&[instance]), &mut changed);
        Ok(changed)
    }

    fn remove(&mut self, at: &Place) -> Result<Changed, OperationRefusal> {
        let (item, parent, _) = self.repeating(at)?;
        let mut changed = Changed::default();
        let Some(ix) = self.instance(item, &at.within) else { return Ok(changed) };
        if self.node(ix).removed {
            return Ok(changed);
        }
        let gone = self.walk(&[ix]);
        self.nodes[ix.0 as usize].removed = true;
        self.list_mut(parent).retain(|child| *child != ix);
        changed.lists.push(parent);
        self.wake(gone, &mut changed);
        Ok(changed)
    }

    /// The item, parent and instance number of a place that names an instance of a repeating group.
    fn repeating(&self, at: &Place) -> Result<(ItemIx, Option<NodeIx>, u32), OperationRefusal> {
        let no_such_place = || OperationRefusal::NoSuchPlace(at.clone());
        let item = self.questionnaire.find(&at.link_id).ok_or_else(no_such_place)?;
        if !self.questionnaire.item(item).is_repeating_group() {
            return Err(OperationRefusal::WrongKind(at.clone()));
        }
        let (&instance, outer) = at.within.split_last().ok_or_else(no_such_place)?;
        if at.within.len() != self.questionnaire.item(item).repeating.len() {
            return Err(no_such_place());
        }
        let parent = match self.questionnaire.item(item).parent {
            None => None,
            Some(parent) => Some(self.instance(parent, outer).ok_or_else(no_such_place)?),
        };
        Ok((item, parent, instance))
    }

    fn list_mut(&mut self, parent: Option<NodeIx>) -> &mut Vec<NodeIx> {
        match parent {
            Some(parent) => &mut self.nodes[parent.0 as usize].children,
            None => &mut self.roots,
        }
    }

    /// Makes the nodes of an item and all below it.
    fn grow(
        &mut self,
        form: &Questionnaire,
        item: ItemIx,
        parent: Option<NodeIx>,
        outer: &[u32],
        instance: u32,
    ) -> NodeIx {
        let mut within = outer.to_vec();
        if form.item(item).is_repeating_group() {
            within.push(instance);
        }
        let ix = NodeIx(as_u32(self.nodes.len()));
        self.nodes.push(Node {
            item,
            parent,
            children: Vec::new(),
            content: Content::initial(form.item(item)),
            enabled: true,
            within: within.clone(),
            removed: false,
        });
        self.by_item[item.at()].push(ix);
        let children = form.item(item).children.iter();
        let children = children.map(|&child| self.grow(form, child, Some(ix), &within, 0)).collect();
        self.nodes[ix.0 as usize].children = children;
        ix
    }

    /// Looks at the conditions of all nodes from a position on, which were made enabled.
    fn settle(&mut self, first: usize, changed: &mut Changed) {
        for position in first..self.nodes.len() {
            let ix = NodeIx(as_u32(position));
            if self.node(ix).enabled && !self.own_conditions_hold(ix) {
                self.nodes[position].enabled = false;
                self.wake(self.walk(&[ix]), changed);
            }
        }
    }

    /// Looks again at everything that depends on these nodes, and on what changes thereby.
    fn wake(&mut self, mut open: Vec<NodeIx>, changed: &mut Changed) {
        let form = Arc::clone(&self.questionnaire);
        while let Some(source) = open.pop() {
            for &dependent in form.dependents(self.node(source).item) {
                for ix in self.in_scope(source, dependent) {
                    let holds = self.own_conditions_hold(ix);
                    if self.node(ix).enabled != holds {
                        self.nodes[ix.0 as usize].enabled = holds;
                        changed.nodes.push(ix);
                        // What is no longer asked answers nothing, so those who look at anything below look again.
                        open.extend(self.walk(&[ix]));
                    }
                }
            }
        }
    }

    fn own_conditions_hold(&self, ix: NodeIx) -> bool {
        let enable_when = &self.item(ix).enable_when;
        enable_when.holds(|condition| condition.holds(self.answers_seen(ix, condition)))
    }

    /// The answers a condition at a node sees: those of enabled instances of the question in its own scope.
    fn answers_seen<'a>(&'a self, ix: NodeIx, condition: &'a Condition) -> impl Iterator<Item = &'a Answer> {
        let questions = self.in_scope(ix, condition.question).into_iter();
        questions
            .filter(|question| self.is_enabled(*question))
            .flat_map(|question| &self.node(question).content.answers)
    }

    /// The nodes of an item that share all repeating instances with a node as far as both stand in the same groups.
    fn in_scope(&self, from: NodeIx, item: ItemIx) -> Vec<NodeIx> {
        let (one, two) = (&self.item(from).repeating, &self.questionnaire.item(item).repeating);
        let shared = one.iter().zip(two).take_while(|(a, b)| a == b).count();
        let within = &self.node(from).within[..shared];
        let nodes = self.by_item[item.at()].iter().copied();
        nodes.filter(|ix| self.node(*ix).within[..shared] == *within).collect()
    }
}

fn as_u32(position: usize) -> u32 {
    u32::try_from(position).expect("a response has fewer than four thousand million nodes")
}
