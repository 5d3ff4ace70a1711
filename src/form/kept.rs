//! What a QuestionnaireResponse from elsewhere holds beside answers, kept so that writing it again loses nothing.

use super::answer::Answer;
use super::response::NodeIx;
use crate::json::{Object, Value};

/// The parts of a read response that the engine does not use.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The resource without its items.
    pub resource: Object,
    nodes: Vec<KeptNode>,
}

/// What was kept of a node, at the position of its number.
#[derive(Clone, Debug, Default)]
struct KeptNode {
    item: Option<Object>,
    answers: Vec<Object>,
}

impl Kept {
    /// Keeps a resource without its items.
    pub fn of(resource: Object) -> Self {
        Self { resource, ..Self::default() }
    }

    fn node(&mut self, node: NodeIx) -> &mut KeptNode {
        if self.nodes.len() <= node.at() {
            self.nodes.resize_with(node.at() + 1, KeptNode::default);
        }
        &mut self.nodes[node.at()]
    }

    /// Keeps an item element without its answers and items; of several that stand for one node the first.
    pub fn keep_item(&mut self, node: NodeIx, element: Object) {
        self.node(node).item.get_or_insert(element);
    }

    /// Keeps an answer element without its items.
    pub fn keep_answer(&mut self, node: NodeIx, element: Object) {
        self.node(node).answers.push(element);
    }

    /// The item element as it was read.
    pub fn item(&self, node: NodeIx) -> Option<&Object> {
        self.nodes.get(node.at())?.item.as_ref()
    }

    /// Answers as they are written: as they were read where they are still the ones that were read.
    pub fn answers(&self, node: NodeIx, answers: &[&Answer]) -> Vec<Value> {
        let kept = self.nodes.get(node.at()).map_or(&[][..], |kept| &kept.answers);
        let read: Vec<Option<Answer>> = kept.iter().map(|element| Answer::from_fhir(element, "value")).collect();
        // Answers mostly stand in the order in which they were read, so each is looked for behind the one before it.
        let mut next = 0;
        let written = |answer: &&Answer| {
            let is_it = |at: &usize| read[*at].as_ref() == Some(answer);
            let Some(at) = (next..read.len()).chain(0..next).find(is_it) else { return answer.to_fhir() };
            next = at + 1;
            kept[at].clone().into()
        };
        answers.iter().map(written).collect()
    }
}

/// An element without some of its members.
pub fn without(element: &Object, left_out: &[&str]) -> Object {
    let mut rest = Object::default();
    for (name, value) in element.iter().filter(|(name, _)| !left_out.contains(name)) {
        rest.set(name, value.clone());
    }
    rest
}
