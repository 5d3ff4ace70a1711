//! How a response changes: operations, and what wakes thereby.

use super::answer::Answer;
use super::enable_when::Condition;
use super::item::ItemIx;
use super::operation::{Content, Operation, OperationRefusal, Place};
use super::questionnaire::Questionnaire;
use super::response::{Changed, Node, NodeIx, Response, as_u32};
use std::sync::Arc;

impl Response {
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
        let too_many = self.item(ix).is_list && content.answers.len() > 1;
        if !kind.is_question() || too_many || !content.answers.iter().all(|answer| kind.takes(answer)) {
            return Err(OperationRefusal::WrongKind(at.clone()));
        }
        let mut changed = Changed::default();
        if self.node(ix).content != *content {
            let answers_changed = self.node(ix).content.answers != content.answers;
            let was_open = self.is_open(ix);
            self.nodes[ix.0 as usize].content = content.clone();
            changed.nodes.push(ix);
            if self.is_open(ix) != was_open {
                let below = self.walk(&[ix]);
                changed.nodes.extend(&below[1..]);
                self.wake(below, &mut changed);
            } else if answers_changed {
                self.wake(vec![ix], &mut changed);
            }
        }
        Ok(changed)
    }

    fn add(&mut self, at: &Place) -> Result<Changed, OperationRefusal> {
        let (item, parent, instance) = self.entry(at)?;
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
        let (item, parent, _) = self.entry(at)?;
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

    /// The item, parent and instance number of a place that names an entry of a list.
    fn entry(&self, at: &Place) -> Result<(ItemIx, Option<NodeIx>, u32), OperationRefusal> {
        let no_such_place = || OperationRefusal::NoSuchPlace(at.clone());
        let item = self.questionnaire.find(&at.link_id).ok_or_else(no_such_place)?;
        if !self.questionnaire.item(item).is_list {
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

    /// Makes the nodes of items below a node, each list with the entries it begins with.
    pub(super) fn grow_all(
        &mut self,
        form: &Questionnaire,
        items: &[ItemIx],
        parent: Option<NodeIx>,
        outer: &[u32],
    ) -> Vec<NodeIx> {
        let mut grown = Vec::new();
        for &item in items {
            let entries = if form.item(item).is_list { form.item(item).first_entries() } else { 1 };
            grown.extend((0..entries).map(|instance| self.grow(form, item, parent, outer, instance)));
        }
        grown
    }

    /// Makes the node of an item and all below it.
    fn grow(
        &mut self,
        form: &Questionnaire,
        item: ItemIx,
        parent: Option<NodeIx>,
        outer: &[u32],
        instance: u32,
    ) -> NodeIx {
        let mut within = outer.to_vec();
        if form.item(item).is_list {
            within.push(instance);
        }
        let ix = NodeIx(as_u32(self.nodes.len()));
        self.nodes.push(Node {
            item,
            parent,
            children: Vec::new(),
            content: Content::initial(form.item(item), instance),
            enabled: true,
            within: within.clone(),
            removed: false,
        });
        self.by_item[item.at()].push(ix);
        let children = self.grow_all(form, &form.item(item).children, Some(ix), &within);
        self.nodes[ix.0 as usize].children = children;
        ix
    }

    /// Looks at the conditions of all nodes from a position on, which were made enabled.
    pub(super) fn settle(&mut self, first: usize, changed: &mut Changed) {
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
