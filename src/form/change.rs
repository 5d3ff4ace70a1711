//! How a response changes: operations, and what wakes thereby.
//!
//! Invariant: what a change costs depends on what depends on it, not on the size of the form or of a list.

use super::answer::Answer;
use super::enable_when::Condition;
use super::fhirpath::Budget;
use super::graph::{Look, shared_lists};
use super::item::ItemIx;
use super::operation::{Content, Operation, OperationRefusal, Place};
use super::response::{Changed, Node, NodeIx, Response, as_u32};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

impl Response {
    /// Applies one operation and says what it touched.
    ///
    /// # Errors
    /// Refuses operations for places the form does not have, and entries for which there is no room; the response is then
    /// unchanged. Adding an entry that is there already, and removing one that is gone, touch nothing; adding one that was
    /// removed brings it back as it was.
    pub fn apply(&mut self, operation: &Operation) -> Result<Changed, OperationRefusal> {
        let mut turn = Turn::default();
        self.change(operation, &mut turn)?;
        Ok(self.settle(turn))
    }

    /// Applies many operations and looks at everything once, behind the last. Those that [`Response::apply`] would refuse
    /// change nothing and are taken out.
    pub fn replay(&mut self, operations: &mut Vec<Operation>) {
        let mut turn = Turn { silent: true, ..Turn::default() };
        operations.retain(|operation| self.change(operation, &mut turn).is_ok());
        self.settle_all();
    }

    fn change(&mut self, operation: &Operation, turn: &mut Turn) -> Result<(), OperationRefusal> {
        match operation {
            Operation::Set { at, content } => self.set(at, content, turn),
            Operation::Add { at } => self.add(at, turn),
            Operation::Remove { at } => self.remove(at, turn),
        }
    }

    fn set(&mut self, at: &Place, content: &Content, turn: &mut Turn) -> Result<(), OperationRefusal> {
        let ix = self.find(at).ok_or_else(|| OperationRefusal::NoSuchPlace(at.clone()))?;
        let kind = self.item(ix).kind;
        let too_many = self.item(ix).is_list && content.answers.len() > 1;
        if !kind.is_question() || too_many || !content.answers.iter().all(|answer| kind.takes(answer)) {
            return Err(OperationRefusal::WrongKind(at.clone()));
        }
        if self.item(ix).is_calculated() && self.calculates {
            // What is only reckoned keeps no answer of its own; what may be corrected keeps the correction.
            let by_hand = !content.is_empty() && !self.item(ix).read_only;
            self.alter(ix, |node| node.by_hand = by_hand);
            // Who gave an answer is shown beside it.
            turn.changed.nodes.push(ix);
            if !by_hand {
                turn.look(self, ix, Look::Calculation);
                return Ok(());
            }
        }
        if self.node(ix).content != *content {
            self.put(ix, content.clone(), turn);
        }
        Ok(())
    }

    /// Puts content at a node, and notes who has to look again.
    fn put(&mut self, ix: NodeIx, content: Content, turn: &mut Turn) {
        let was_open = self.is_open(ix);
        let old = self.alter(ix, |node| std::mem::replace(&mut node.content, content));
        turn.changed.nodes.push(ix);
        let new = &self.node(ix).content;
        let told = old.answers != new.answers || old.absent != new.absent || old.basis != new.basis;
        if self.is_open(ix) != was_open && !turn.silent {
            let below = self.walk(&[ix]);
            turn.changed.nodes.extend(&below[1..]);
            below.iter().for_each(|node| turn.wake(self, *node));
        } else if told || old.is_empty() != new.is_empty() {
            turn.wake(self, ix);
        }
    }

    /// Changes a node, and counts it where it is begun thereby or is so no longer.
    pub(super) fn alter<T>(&mut self, ix: NodeIx, change: impl FnOnce(&mut Node) -> T) -> T {
        let was_begun = self.is_begun(ix);
        let changed = change(&mut self.nodes[ix.at()]);
        match (was_begun, self.is_begun(ix)) {
            (false, true) => self.tally(Some(ix), 1, usize::wrapping_add),
            (true, false) => self.tally(Some(ix), 1, usize::wrapping_sub),
            _ => {}
        }
        changed
    }

    /// Counts begun nodes at a node and at all above it; an entry that was removed counts for itself alone.
    pub(super) fn tally(&mut self, mut at: Option<NodeIx>, count: usize, by: fn(usize, usize) -> usize) {
        while let Some(ix) = at {
            let node = &mut self.nodes[ix.at()];
            node.begun = by(node.begun, count);
            at = node.parent.filter(|_| !node.removed);
        }
    }

    fn add(&mut self, at: &Place, turn: &mut Turn) -> Result<(), OperationRefusal> {
        let (item, parent, number) = self.entry(at)?;
        let known = self.entry_at(item, parent, number).ok().map(|at| self.entries[item.at()][at]);
        if known.is_some_and(|ix| !self.node(ix).removed) {
            return Ok(());
        }
        let entry = self.open_entry(item, parent, number).ok_or_else(|| OperationRefusal::Full(at.clone()))?;
        turn.changed.lists.push(parent);
        // Nobody looked at it while it was away.
        for node in self.walk(&[entry]) {
            turn.look_at(self, node);
            turn.wake(self, node);
        }
        Ok(())
    }

    fn remove(&mut self, at: &Place, turn: &mut Turn) -> Result<(), OperationRefusal> {
        let (item, parent, number) = self.entry(at)?;
        let Ok(at) = self.entry_at(item, parent, number) else { return Ok(()) };
        let entry = self.entries[item.at()][at];
        if self.node(entry).removed {
            return Ok(());
        }
        self.nodes[entry.at()].removed = true;
        self.tally(parent, self.node(entry).begun, usize::wrapping_sub);
        let at = self.place_among(parent, entry);
        self.list_mut(parent).remove(at);
        turn.changed.lists.push(parent);
        self.walk(&[entry]).into_iter().for_each(|node| turn.wake(self, node));
        Ok(())
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

    /// Where an entry stands among the children of its parent, or where it would.
    pub(super) fn place_among(&self, parent: Option<NodeIx>, entry: NodeIx) -> usize {
        let list = parent.map_or(&self.roots, |parent| &self.node(parent).children);
        list.partition_point(|ix| (self.node(*ix).item, *ix) < (self.node(entry).item, entry))
    }

    pub(super) fn list_mut(&mut self, parent: Option<NodeIx>) -> &mut Vec<NodeIx> {
        match parent {
            Some(parent) => &mut self.nodes[parent.at()].children,
            None => &mut self.roots,
        }
    }

    /// Looks at all nodes, as when the response was just made.
    pub(super) fn settle_all(&mut self) -> Changed {
        let mut turn = Turn::default();
        for position in 0..self.nodes.len() {
            turn.look_at(self, NodeIx(as_u32(position)));
        }
        self.settle(turn)
    }

    /// Looks at everything that waits, each in the order of dependence and so once, and at what changes thereby.
    fn settle(&mut self, mut turn: Turn) -> Changed {
        while let Some(Reverse((_, look, ix))) = turn.waiting.pop() {
            while turn.waiting.peek().is_some_and(|Reverse((_, other, node))| (*other, *node) == (look, ix)) {
                turn.waiting.pop();
            }
            match look {
                Look::EnableWhen | Look::EnableExpression => self.ask(ix, &mut turn),
                Look::Calculation => self.calculate(ix, &mut turn),
                Look::Constraint => self.check(ix, &mut turn),
            }
        }
        turn.changed
    }

    fn ask(&mut self, ix: NodeIx, turn: &mut Turn) {
        let holds = self.own_conditions_hold(ix, &turn.budget);
        if self.node(ix).enabled != holds {
            self.nodes[ix.at()].enabled = holds;
            turn.changed.nodes.push(ix);
            // What is no longer asked answers nothing, so those who look at anything below look again.
            self.walk(&[ix]).into_iter().for_each(|node| turn.wake(self, node));
        }
    }

    fn calculate(&mut self, ix: NodeIx, turn: &mut Turn) {
        if self.node(ix).by_hand || !self.calculates {
            return;
        }
        let content = Content { answers: self.reckoned(ix, &turn.budget), ..Content::default() };
        if self.node(ix).content != content {
            self.put(ix, content, turn);
        }
    }

    fn check(&mut self, ix: NodeIx, turn: &mut Turn) {
        let broken = self.broken(self.item(ix).constraints(), Some(ix), &turn.budget);
        if self.node(ix).broken != broken {
            self.nodes[ix.at()].broken = broken;
            turn.changed.nodes.push(ix);
        }
    }

    /// What an item's answer is reckoned to be. One that looks at itself, such as a total over the whole form, finds
    /// nothing there: else it would grow each time it is reckoned.
    pub(super) fn reckoned(&mut self, ix: NodeIx, budget: &Budget) -> Vec<Answer> {
        let item = self.node(ix).item;
        let Some(shared) = self.questionnaire.graph().reads_itself(item) else {
            return self.calculated(ix, budget);
        };
        let own = self.below(self.entry_around(ix, shared), item);
        let contents: Vec<Content> =
            own.iter().map(|node| std::mem::take(&mut self.nodes[node.at()].content)).collect();
        let answers = self.calculated(ix, budget);
        for (node, content) in own.iter().zip(contents) {
            self.nodes[node.at()].content = content;
        }
        answers
    }

    fn own_conditions_hold(&self, ix: NodeIx, budget: &Budget) -> bool {
        if let Some(expression) = self.item(ix).rules.as_ref().and_then(|rules| rules.enable_when.as_ref()) {
            return self.asks(expression, ix, budget);
        }
        let enable_when = &self.item(ix).enable_when;
        enable_when.holds(|condition| condition.holds(self.answers_seen(ix, condition)))
    }

    /// The answers a condition at a node sees: those to the question in the same entries, as far as both stand in the same
    /// lists, where it is asked.
    fn answers_seen<'a>(&'a self, ix: NodeIx, condition: &'a Condition) -> impl Iterator<Item = &'a Answer> {
        let shared = shared_lists(self.item(ix), self.questionnaire.item(condition.question));
        let questions = self.below(self.entry_around(ix, shared), condition.question).into_iter();
        questions
            .filter(|question| self.is_enabled(*question))
            .flat_map(|question| &self.node(question).content.answers)
    }
}

/// One change, as it spreads.
#[derive(Default)]
struct Turn {
    changed: Changed,
    waiting: BinaryHeap<Reverse<(u32, Look, NodeIx)>>,
    /// What all evaluations of the change may do together.
    budget: Budget,
    /// Nobody is woken, since everything will be looked at behind it.
    silent: bool,
}

impl Turn {
    /// Lets everything look again that depends on a node.
    fn wake(&mut self, response: &Response, source: NodeIx) {
        if self.silent {
            return;
        }
        for dependent in response.questionnaire().graph().dependents(response.node(source).item) {
            let top = response.entry_around(source, dependent.shared);
            // In an entry that is gone nobody looks; when it is brought back, everybody in it does.
            if top.is_none_or(|entry| !response.is_removed(entry)) {
                response.each_below(top, dependent.item, &mut |node| self.look(response, node, dependent.look));
            }
        }
    }

    /// Lets a node be looked at for all that it is ever looked at for.
    fn look_at(&mut self, response: &Response, ix: NodeIx) {
        let item = response.item(ix);
        let looks = [
            (item.is_conditional(), Look::EnableWhen),
            (item.is_calculated(), Look::Calculation),
            (!item.constraints().is_empty(), Look::Constraint),
        ];
        for (_, look) in looks.into_iter().filter(|(is_needed, _)| *is_needed) {
            self.look(response, ix, look);
        }
    }

    fn look(&mut self, response: &Response, ix: NodeIx, look: Look) {
        if !self.silent {
            // Nothing depends on constraints, so they come behind all else.
            let rank = match look {
                Look::Constraint => u32::MAX,
                _ => response.questionnaire().graph().rank(response.node(ix).item),
            };
            self.waiting.push(Reverse((rank, look, ix)));
        }
    }
}
