//! What a form begins with (SDC, `initialExpression` and `itemPopulationContext`).
//!
//! What comes from the case itself or from the worker is filled in when a document is begun. What other documents of the
//! case say is only proposed, with its source, and becomes an answer when somebody takes it: people change, and what was
//! once written elsewhere is nobody's answer here yet. Proposals are derived each time, never stored.

use super::answer::Answer;
use super::evaluation::Bound;
use super::fhirpath::{Budget, Datum, Expression};
use super::item::{Item, ItemIx};
use super::operation::{Content, Operation, Place};
use super::response::{Changed, NodeIx, Response};
use super::rules::Rules;
use crate::json::Value;

/// Answers that other documents of the case propose for a question, or entries for a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What is proposed: one for a question, one for each entry of a list.
    pub entries: Vec<Proposed>,
    /// The names of the documents that were asked and are there, as the form declares them.
    pub sources: Vec<String>,
}

/// One question or entry as proposed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposed {
    /// What it says, in the order of the form.
    pub answers: Vec<(ItemIx, Vec<Answer>)>,
    /// What taking it does.
    pub operations: Vec<Operation>,
}

/// What is known while the entries of a list are made.
struct Making<'e, 'a> {
    bound: Vec<Bound<'a>>,
    fresh: u32,
    budget: &'e Budget,
}

impl Response {
    /// Fills in what the form asks for from the resources it was launched with, where nobody has answered yet. Gives the
    /// operations that do the same again: what was known at the start is part of the record.
    pub fn populate(&mut self) -> Vec<Operation> {
        self.populate_where(|_, _| true)
    }

    /// The same at some nodes only.
    pub(super) fn populate_where(&mut self, wanted: impl Fn(&Self, NodeIx) -> bool) -> Vec<Operation> {
        let budget = Budget::default();
        let mut operations = Vec::new();
        for ix in self.all() {
            if wanted(self, ix) && self.begins_with_entries(ix) {
                operations
                    .extend(self.proposed_entries(ix, 0, &budget).into_iter().flat_map(|proposed| proposed.operations));
            }
            let filled = wanted(self, ix) && self.node(ix).content.is_empty() && !self.is_given_elsewhere(ix);
            let answers = if filled { self.populated(ix, &[], &budget) } else { Vec::new() };
            self.put_at(self.item(ix), &self.place(ix).within, answers, &mut operations);
        }
        // What does not fit the form is not filled in.
        self.replay(&mut operations);
        operations
    }

    /// Takes in documents of the case under the names by which the form asks for them, and says what changes thereby: what
    /// is reckoned with them, and where something may now be proposed.
    pub fn consult(&mut self, documents: impl IntoIterator<Item = (String, Value)>) -> Changed {
        self.context.resources.extend(documents);
        let mut changed = self.settle_all();
        let asks = |ix: &NodeIx| {
            let rules = self.item(*ix).rules.as_deref();
            rules.is_some_and(|rules| rules.initial.is_some() || rules.population.is_some())
        };
        changed.nodes.extend(self.all().filter(asks));
        changed
    }

    /// What other documents of the case propose for a question that nobody answered, or for a list, asked at its first
    /// entry: the entries that are not there yet. New entries are numbered from `fresh` on.
    #[must_use]
    pub fn proposal(&self, ix: NodeIx, fresh: u32) -> Option<Proposal> {
        let rules =
            self.item(ix).rules.as_deref().filter(|rules| rules.initial.is_some() || rules.population.is_some());
        self.proposal_by(rules?, ix, fresh)
    }

    #[inline(never)] // An entry of tools/parts.json.
    fn proposal_by(&self, rules: &Rules, ix: NodeIx, fresh: u32) -> Option<Proposal> {
        let item = self.item(ix);
        if !self.is_enabled(ix) || item.read_only || item.is_calculated() {
            return None;
        }
        let budget = Budget::default();
        let (entries, expression) = match (&rules.population, &rules.initial) {
            (Some((_, expression)), _) if item.is_repeating_group() => {
                (self.proposed_entries(ix, fresh, &budget), expression)
            }
            (None, Some(expression)) if self.node(ix).content.is_empty() && self.is_proposed(ix) => {
                if self.is_of_entry(ix, expression) {
                    return None;
                }
                let mut own = Proposed::default();
                own.take(self, self.node(ix).item, &self.place(ix).within, self.populated(ix, &[], &budget));
                (vec![own], expression)
            }
            _ => return None,
        };
        let entries: Vec<Proposed> = entries.into_iter().filter(|entry| !entry.answers.is_empty()).collect();
        let there = |name: &String| self.context.resources.iter().any(|(own, _)| own == name);
        let sources = self.case_names(Some(self.node(ix).item), expression).into_iter().filter(there).collect();
        (!entries.is_empty()).then_some(Proposal { entries, sources })
    }

    /// Whether a list begins with an entry for each value of what the form was launched with. Asked at its first entry.
    fn begins_with_entries(&self, ix: NodeIx) -> bool {
        let population = self.item(ix).rules.as_ref().and_then(|rules| rules.population.as_ref());
        let known = population.filter(|_| self.item(ix).is_repeating_group() && self.entries(ix) == [ix]);
        known.is_some_and(|(_, expression)| self.case_names(Some(self.node(ix).item), expression).is_empty())
            && self.is_blank(ix)
    }

    /// Whether the first answer to a question is proposed, or comes with the entry of a list around it.
    fn is_given_elsewhere(&self, ix: NodeIx) -> bool {
        let initial = self.item(ix).rules.as_ref().and_then(|rules| rules.initial.as_ref());
        self.is_proposed(ix) || initial.is_some_and(|expression| self.is_of_entry(ix, expression))
    }

    /// Whether the first answer to a question is proposed and not filled in: its expression asks other documents of the
    /// case, or stands in a list whose entries come from somewhere and asks for the value of its entry.
    fn is_proposed(&self, ix: NodeIx) -> bool {
        let initial = self.item(ix).rules.as_ref().and_then(|rules| rules.initial.as_ref());
        initial.is_some_and(|expression| !self.case_names(Some(self.node(ix).item), expression).is_empty())
    }

    /// Whether an expression asks for the value of an entry around it; then the list proposes it with the entry.
    fn is_of_entry(&self, ix: NodeIx, expression: &Expression) -> bool {
        let form = self.questionnaire();
        let is_population = |(place, own, _): (Option<ItemIx>, &str, _)| {
            let rules = place.and_then(|place| form.item(place).rules.as_deref());
            rules.and_then(|rules| rules.population.as_ref()).is_some_and(|(name, _)| name == own)
        };
        let from = Some(self.node(ix).item);
        expression.variables().iter().any(|name| form.variable(from, name, None).is_some_and(is_population))
    }

    /// The documents of the case that an expression asks for, also through variables.
    #[inline(never)] // As `proposal_by`.
    fn case_names(&self, from: Option<ItemIx>, expression: &Expression) -> Vec<String> {
        let form = self.questionnaire();
        let mut open: Vec<(Option<ItemIx>, &str)> =
            expression.variables().iter().map(|name| (from, name.as_str())).collect();
        let (mut names, mut seen): (Vec<String>, Vec<(Option<ItemIx>, &str)>) = (Vec::new(), Vec::new());
        while let Some((from, name)) = open.pop() {
            if seen.contains(&(from, name)) {
                continue;
            }
            seen.push((from, name));
            match form.variable(from, name, None) {
                Some((place, _, expression)) => {
                    open.extend(expression.variables().iter().map(|name| (place, name.as_str())))
                }
                None if form.is_of_case(name) => names.push(name.to_owned()),
                None => {}
            }
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    fn proposed_entries(&self, first: NodeIx, fresh: u32, budget: &Budget) -> Vec<Proposed> {
        let list = self.node(first).item;
        let mut within = self.place(first).within;
        let mut making = Making { bound: Vec::new(), fresh, budget };
        let mut entries = Vec::new();
        let there = self.entries(first);
        let mut is_free = there.first().is_some_and(|entry| self.is_blank(*entry));
        for value in self.population(first, &[], budget) {
            let instance = within.pop();
            within.push(instance.filter(|_| is_free).unwrap_or_else(|| making.next()));
            making.bound.push((list, value));
            let mut entry = Proposed::default();
            entry.operations.push(Operation::Add { at: self.at(list, &within) });
            self.propose_below(list, &within, &mut making, &mut entry);
            making.bound.pop();
            let known = entry.answers.first().is_some_and(|first| there.iter().any(|node| self.says(*node, first)));
            if !known && !entry.answers.is_empty() {
                is_free = false;
                entries.push(entry);
            }
        }
        entries
    }

    /// Whether an entry holds these answers to a question below it already.
    fn says(&self, entry: NodeIx, (item, answers): &(ItemIx, Vec<Answer>)) -> bool {
        self.walk(&[entry])
            .into_iter()
            .any(|node| self.node(node).item == *item && self.node(node).content.answers == *answers)
    }

    /// The values for which a list begins with an entry each.
    fn population<'a>(&'a self, first: NodeIx, bound: &[Bound<'a>], budget: &Budget) -> Vec<Datum<'a>> {
        let population = self.item(first).rules.as_ref().and_then(|rules| rules.population.as_ref());
        population.map_or_else(Vec::new, |(_, expression)| {
            self.evaluate_bound(expression, Some(first), bound, budget).unwrap_or_default()
        })
    }

    /// What an entry begins with: all that stands below an item and has an expression for it.
    fn propose_below<'a>(&'a self, above: ItemIx, within: &[u32], making: &mut Making<'_, 'a>, entry: &mut Proposed) {
        let form = self.questionnaire();
        for &item in &form.item(above).children {
            let Some(node) = self.nodes_of(item).next() else { continue };
            if form.item(item).is_repeating_group() {
                for (position, value) in self.population(node, &making.bound, making.budget).into_iter().enumerate() {
                    let instance = if position == 0 { 0 } else { making.next() };
                    let inner = [within, &[instance]].concat();
                    making.bound.push((item, value));
                    entry.operations.push(Operation::Add { at: self.at(item, &inner) });
                    self.propose_below(item, &inner, making, entry);
                    making.bound.pop();
                }
                continue;
            }
            entry.take(self, item, within, self.populated(node, &making.bound, making.budget));
            self.propose_below(item, within, making, entry);
        }
    }

    fn at(&self, item: ItemIx, within: &[u32]) -> Place {
        Place { link_id: self.questionnaire().item(item).link_id.clone(), within: within.to_vec() }
    }

    /// Operations that put answers at a question: each at an entry of its own in a list, all together elsewhere.
    fn put_at(&self, item: &Item, within: &[u32], answers: Vec<Answer>, operations: &mut Vec<Operation>) {
        let all = if item.is_list {
            answers.into_iter().map(|answer| vec![answer]).collect()
        } else {
            Vec::from_iter(Some(answers).filter(|answers| !answers.is_empty()))
        };
        for (entry, answers) in (0..).zip(all) {
            let mut at = Place { link_id: item.link_id.clone(), within: within.to_vec() };
            if let Some(last) = at.within.last_mut().filter(|_| item.is_list) {
                *last += entry;
                operations.push(Operation::Add { at: at.clone() });
            }
            operations.push(Operation::Set { at, content: Content { answers, ..Content::default() } });
        }
    }
}

impl Making<'_, '_> {
    /// A number for a new entry; zero is the one every list begins with.
    fn next(&mut self) -> u32 {
        self.fresh = self.fresh.wrapping_add(1).max(1);
        self.fresh
    }
}

impl Proposed {
    fn take(&mut self, response: &Response, item: ItemIx, within: &[u32], answers: Vec<Answer>) {
        if answers.is_empty() {
            return;
        }
        let definition = response.questionnaire().item(item);
        let mut within = within.to_vec();
        // A question that repeats has an entry of its own for each answer.
        if definition.is_list && within.len() < definition.repeating.len() {
            within.push(0);
        }
        response.put_at(definition, &within, answers.clone(), &mut self.operations);
        self.answers.push((item, answers));
    }
}
