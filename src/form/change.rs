//! How a response changes: operations, and what wakes thereby.

use super::answer::Answer;
use super::enable_when::Condition;
use super::graph::Look;
use super::item::ItemIx;
use super::operation::{Content, Operation, OperationRefusal, Place};
use super::questionnaire::Questionnaire;
use super::response::{Changed, Node, NodeIx, Response, as_u32};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
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
        let mut turn = Turn::default();
        if self.item(ix).is_calculated() && self.calculates {
            // What is only reckoned keeps no answer of its own; what may be corrected keeps the correction.
            let by_hand = !content.is_empty() && !self.item(ix).read_only;
            self.nodes[ix.at()].by_hand = by_hand;
            // Who gave an answer is shown beside it.
            turn.changed.nodes.push(ix);
            if !by_hand {
                turn.look(self, ix, Look::Calculation);
                return Ok(self.settle(turn));
            }
        }
        if self.node(ix).content != *content {
            self.put(ix, content.clone(), &mut turn);
        }
        Ok(self.settle(turn))
    }

    /// Puts content at a node, and notes who has to look again.
    fn put(&mut self, ix: NodeIx, content: Content, turn: &mut Turn) {
        let tells = |content: &Content| (content.answers.clone(), content.absent, content.basis, content.is_empty());
        let told = tells(&self.node(ix).content) != tells(&content);
        let was_open = self.is_open(ix);
        self.nodes[ix.at()].content = content;
        turn.changed.nodes.push(ix);
        if self.is_open(ix) != was_open {
            let below = self.walk(&[ix]);
            turn.changed.nodes.extend(&below[1..]);
            below.iter().for_each(|node| turn.wake(self, *node));
        } else if told {
            turn.wake(self, ix);
        }
    }

    fn add(&mut self, at: &Place) -> Result<Changed, OperationRefusal> {
        let (item, parent, instance) = self.entry(at)?;
        let mut turn = Turn::default();
        let known = self.instance(item, &at.within);
        if known.is_some_and(|ix| !self.node(ix).removed) {
            return Ok(turn.changed);
        }
        let first = self.nodes.len();
        let instance = known.unwrap_or_else(|| {
            let form = Arc::clone(&self.questionnaire);
            self.grow(&form, item, parent, &at.within[..at.within.len() - 1], instance)
        });
        self.nodes[instance.at()].removed = false;
        let list = parent.map_or(&self.roots, |parent| &self.node(parent).children);
        // By number within the item: one brought back stands where it stood, and a copy has the order of the original.
        let behind = |ix: &NodeIx| (self.node(*ix).item, *ix) > (item, instance);
        let behind = list.iter().position(behind).unwrap_or(list.len());
        self.list_mut(parent).insert(behind, instance);
        turn.changed.lists.push(parent);
        turn.look_at_new(self, first);
        self.walk(&[instance]).into_iter().for_each(|node| turn.wake(self, node));
        Ok(self.settle(turn))
    }

    fn remove(&mut self, at: &Place) -> Result<Changed, OperationRefusal> {
        let (item, parent, _) = self.entry(at)?;
        let mut turn = Turn::default();
        let Some(ix) = self.instance(item, &at.within) else { return Ok(turn.changed) };
        if self.node(ix).removed {
            return Ok(turn.changed);
        }
        let gone = self.walk(&[ix]);
        self.nodes[ix.at()].removed = true;
        self.list_mut(parent).retain(|child| *child != ix);
        turn.changed.lists.push(parent);
        gone.into_iter().for_each(|node| turn.wake(self, node));
        Ok(self.settle(turn))
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
            by_hand: false,
            within: within.clone(),
            removed: false,
        });
        self.by_item[item.at()].push(ix);
        let children = self.grow_all(form, &form.item(item).children, Some(ix), &within);
        self.nodes[ix.0 as usize].children = children;
        ix
    }

    /// Looks at all nodes, as when the response was just made.
    pub(super) fn settle_all(&mut self) {
        let mut turn = Turn::default();
        turn.look_at_new(self, 0);
        self.settle(turn);
    }

    /// Reckons what was read from elsewhere: an answer to a question that may be corrected, and that is not what the form
    /// reckons, was given by hand.
    pub fn reckon(&mut self) {
        self.calculates = true;
        let given = |ix: &NodeIx| {
            let item = self.item(*ix);
            item.is_calculated() && !item.read_only && !self.node(*ix).content.is_empty()
        };
        let given: Vec<NodeIx> = (0..as_u32(self.nodes.len())).map(NodeIx).filter(given).collect();
        given.iter().for_each(|ix| self.nodes[ix.at()].by_hand = true);
        self.settle_all();
        for ix in given {
            self.nodes[ix.at()].by_hand = self.reckoned(ix) != self.node(ix).content.answers;
        }
    }

    /// Fills in what the form asks for from the resources it was launched with (`initialExpression`), where nobody has
    /// answered yet. Gives the operations that do the same again: what was known at the start is part of the record.
    pub fn populate(&mut self) -> Vec<Operation> {
        self.populate_where(|_, _| true)
    }

    /// The same at some nodes only.
    pub(super) fn populate_where(&mut self, wanted: impl Fn(&Self, NodeIx) -> bool) -> Vec<Operation> {
        let mut operations = Vec::new();
        for ix in (0..as_u32(self.nodes.len())).map(NodeIx) {
            let open = wanted(self, ix) && self.node(ix).content.is_empty();
            let answers = if open { self.populated(ix) } else { Vec::new() };
            for (entry, answer) in (0..).zip(self.one_by_one(ix, answers)) {
                let mut at = self.place(ix);
                if let Some(last) = at.within.last_mut().filter(|_| self.item(ix).is_list) {
                    *last += entry;
                    operations.push(Operation::Add { at: at.clone() });
                }
                operations.push(Operation::Set { at, content: Content { answers: answer, ..Content::default() } });
            }
        }
        // What does not fit the form is not filled in.
        operations.retain(|operation| self.apply(operation).is_ok());
        operations
    }

    /// Answers as they are put at nodes: each at its own in a list, all together elsewhere.
    fn one_by_one(&self, ix: NodeIx, answers: Vec<Answer>) -> Vec<Vec<Answer>> {
        if self.item(ix).is_list {
            answers.into_iter().map(|answer| vec![answer]).collect()
        } else {
            Some(answers).filter(|answers| !answers.is_empty()).into_iter().collect()
        }
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
                Look::Constraint => turn.changed.nodes.push(ix),
            }
        }
        turn.changed
    }

    fn ask(&mut self, ix: NodeIx, turn: &mut Turn) {
        let holds = self.own_conditions_hold(ix);
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
        let content = Content { answers: self.reckoned(ix), ..Content::default() };
        if self.node(ix).content != content {
            self.put(ix, content, turn);
        }
    }

    /// What an item's answer is reckoned to be. One that looks at itself, such as a total over the whole form, finds
    /// nothing there: else it would grow each time it is reckoned.
    fn reckoned(&mut self, ix: NodeIx) -> Vec<Answer> {
        let item = self.node(ix).item;
        if !self.questionnaire.graph().reads_itself(item) {
            return self.calculated(ix);
        }
        let own: Vec<Content> =
            self.by_item[item.at()].iter().map(|node| std::mem::take(&mut self.nodes[node.at()].content)).collect();
        let answers = self.calculated(ix);
        for (node, content) in self.by_item[item.at()].iter().zip(own) {
            self.nodes[node.at()].content = content;
        }
        answers
    }

    fn own_conditions_hold(&self, ix: NodeIx) -> bool {
        if let Some(expression) = self.item(ix).rules.as_ref().and_then(|rules| rules.enable_when.as_ref()) {
            return self.asks(expression, ix);
        }
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

    /// The nodes of an item that share all entries with a node as far as both stand in the same lists.
    fn in_scope(&self, from: NodeIx, item: ItemIx) -> Vec<NodeIx> {
        let (one, two) = (&self.item(from).repeating, &self.questionnaire.item(item).repeating);
        let shared = one.iter().zip(two).take_while(|(a, b)| a == b).count();
        let within = &self.node(from).within[..shared];
        let nodes = self.by_item[item.at()].iter().copied();
        nodes.filter(|ix| self.node(*ix).within[..shared] == *within).collect()
    }
}

/// One change, as it spreads.
#[derive(Default)]
struct Turn {
    changed: Changed,
    waiting: BinaryHeap<Reverse<(u32, Look, NodeIx)>>,
}

impl Turn {
    /// Lets everything look again that depends on a node.
    fn wake(&mut self, response: &Response, source: NodeIx) {
        let form = response.questionnaire();
        for dependent in form.graph().dependents(response.node(source).item) {
            // An expression may look anywhere, a condition only into its own entry.
            let nodes = match dependent.look {
                Look::EnableWhen => response.in_scope(source, dependent.item),
                _ => response.by_item[dependent.item.at()].clone(),
            };
            for node in nodes {
                self.look(response, node, dependent.look);
            }
        }
    }

    /// Lets all nodes from a position on be looked at for the first time.
    fn look_at_new(&mut self, response: &Response, first: usize) {
        for position in first..response.nodes.len() {
            let ix = NodeIx(as_u32(position));
            let item = response.item(ix);
            if item.is_conditional() {
                self.look(response, ix, Look::EnableWhen);
            }
            if item.is_calculated() {
                self.look(response, ix, Look::Calculation);
            }
        }
    }

    fn look(&mut self, response: &Response, ix: NodeIx, look: Look) {
        let rank = response.questionnaire().graph().rank(response.node(ix).item);
        self.waiting.push(Reverse((rank, look, ix)));
    }
}
