//! The order of a list's entries: what a question with control `rank` says of each of them, taken together.
//!
//! An order is plain whole numbers in the entries, set by ordinary operations, so it travels like any other answer. Gaps
//! and ties, as removed entries and other programs leave them, are mended whenever the order is given anew.

use super::answer::Answer;
use super::control::Control;
use super::item::ItemIx;
use super::operation::{Content, Operation};
use super::questionnaire::Questionnaire;
use super::response::{NodeIx, Response};

/// The entries of a list in their order by one question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranking {
    /// The question's nodes, one for each entry that was begun: by their numbers first, then those without one as they
    /// stand in the list.
    pub order: Vec<NodeIx>,
    /// How many of them, in front, have a number.
    pub ranked: usize,
    /// Whether the numbers are 1, 2, 3 and so on to the end.
    pub is_settled: bool,
}

impl Questionnaire {
    /// The questions that put the entries of a list in order.
    #[must_use]
    pub fn rankings(&self, list: ItemIx) -> Vec<ItemIx> {
        let ranks = |child: &ItemIx| self.item(*child).control == Some(Control::Rank) && !self.item(*child).hidden;
        self.item(list).children.iter().copied().filter(ranks).collect()
    }
}

impl Response {
    /// The order of the entries below a node, or at the top, by a question of theirs.
    #[must_use]
    pub fn ranking(&self, above: Option<NodeIx>, question: ItemIx) -> Ranking {
        self.ranked(above, question, None)
    }

    /// The same; of those with one number the preferred stands first, then the one that stands first in the list.
    fn ranked(&self, above: Option<NodeIx>, question: ItemIx, preferred: Option<NodeIx>) -> Ranking {
        let Some(list) = self.questionnaire().item(question).parent else { return Ranking::default() };
        let entries = self.children_of(above, list).iter().copied().filter(|entry| !self.is_unbegun_entry(*entry));
        let asked = entries.filter_map(|entry| self.children_of(Some(entry), question).first().copied());
        let mut order: Vec<NodeIx> = asked.filter(|node| self.is_enabled(*node)).collect();
        let number = |node: &NodeIx| self.number(*node);
        let ranked = order.iter().filter_map(number).count();
        order.sort_by_key(|node| {
            (number(node).is_none(), number(node), preferred.is_none() || self.node(*node).parent != preferred)
        });
        let is_settled = order.iter().zip(1..).all(|(node, place)| self.number(*node) == Some(place));
        Ranking { order, ranked, is_settled }
    }

    fn number(&self, ix: NodeIx) -> Option<i32> {
        match self.node(ix).content.answers.first() {
            Some(Answer::Integer(number)) => Some(*number),
            _ => None,
        }
    }

    /// The operations that give an entry, by its node of the question, this place in the order, from 0. Entries that
    /// nobody has put in order yet stay so while they are behind it; in an order that was never given all get a number.
    #[must_use]
    pub fn moved(&self, ix: NodeIx, place: usize) -> Vec<Operation> {
        let entry = self.node(ix).parent;
        let above = entry.and_then(|entry| self.node(entry).parent);
        let Ranking { mut order, ranked, .. } = self.ranking(above, self.node(ix).item);
        let Some(from) = order.iter().position(|node| *node == ix) else { return Vec::new() };
        let place = place.min(order.len() - 1);
        order.remove(from);
        order.insert(place, ix);
        let numbered = match ranked {
            0 => order.len(),
            ranked if from < ranked => ranked.max(place + 1),
            ranked => (ranked + 1).max(place + 1),
        };
        self.numbered(&order[..numbered])
    }

    /// The operations that mend every order of a list below a node, or at the top, after an entry was taken away or the
    /// preferred one brought back: those with a number keep their order.
    #[must_use]
    pub fn mended_rankings(&self, above: Option<NodeIx>, list: ItemIx, preferred: Option<NodeIx>) -> Vec<Operation> {
        let orders = self.questionnaire().rankings(list).into_iter().map(|question| {
            let Ranking { order, ranked, .. } = self.ranked(above, question, preferred);
            self.numbered(&order[..ranked])
        });
        orders.flatten().collect()
    }

    /// The operations that give nodes the numbers 1, 2, 3 and so on, where they have another.
    fn numbered(&self, order: &[NodeIx]) -> Vec<Operation> {
        let set = |(node, place): (&NodeIx, i32)| {
            let basis = self.node(*node).content.basis;
            let content = Content { answers: vec![Answer::Integer(place)], basis, ..Content::default() };
            Operation::Set { at: self.place(*node), content }
        };
        order.iter().zip(1..).filter(|(node, place)| self.number(**node) != Some(*place)).map(set).collect()
    }
}
