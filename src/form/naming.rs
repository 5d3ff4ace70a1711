//! Answers that name an entry of a list: who is meant, and who could be.
//!
//! A text with the extension `names-entry` holds what stands in a text of the named entry, its identifier. Identifiers are
//! for programs; people read what the entry is called.

use super::answer::Answer;
use super::control::Control;
use super::item::{ItemIx, Kind};
use super::questionnaire::Questionnaire;
use super::response::{NodeIx, Response};

impl Questionnaire {
    /// Whether an item stands in a group that is edited as a drawing, or is one.
    #[must_use]
    pub fn is_drawn(&self, item: ItemIx) -> bool {
        let mut around = std::iter::successors(Some(item), |item| self.item(*item).parent);
        around.any(|item| matches!(self.item(item).control, Some(Control::Genogram | Control::Ecomap)))
    }
}

impl Response {
    /// The entries that the answer to a question can name, each with what it is named by; in the order of the form.
    #[must_use]
    pub fn nameable(&self, question: ItemIx) -> Vec<(&str, NodeIx)> {
        let form = self.questionnaire();
        let items = form.item(question).names.iter().filter_map(|link_id| form.find(link_id));
        let nodes = items.flat_map(|item| self.nodes_of(item));
        nodes.filter_map(|node| Some((self.text_at(node)?, self.node(node).parent?))).collect()
    }

    /// The entry that an answer to a question names; the first of those with one identifier.
    #[must_use]
    pub fn named(&self, question: ItemIx, identifier: &str) -> Option<NodeIx> {
        self.nameable(question).into_iter().find(|(own, _)| *own == identifier).map(|(_, entry)| entry)
    }

    /// What an entry is called: the question at its head, where it is answered; where that names other entries, those that
    /// are named there, each as it is called itself.
    #[must_use]
    pub fn heads(&self, entry: NodeIx) -> Vec<NodeIx> {
        let is_asked = |node: &NodeIx| self.item(*node).kind.is_question() && !self.item(*node).hidden;
        let names = |node: &NodeIx| !self.item(*node).names.is_empty();
        let mut asked = self.walk(&[entry]).into_iter().filter(is_asked);
        let Some(first) = asked.next() else { return Vec::new() };
        let more: Vec<NodeIx> = asked.take_while(|node| names(&first) && names(node)).collect();
        let said = |node: &NodeIx| !self.node(*node).content.is_empty();
        std::iter::once(first).chain(more).filter(said).collect()
    }

    /// The text that stands at a node.
    #[must_use]
    pub fn text_at(&self, node: NodeIx) -> Option<&str> {
        let is_text = matches!(self.item(node).kind, Kind::String | Kind::Text);
        match self.node(node).content.answers.first().filter(|_| is_text)? {
            Answer::String(text) => Some(text),
            _ => None,
        }
    }
}
