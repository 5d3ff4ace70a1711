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

    /// Answers as they are written: as they were read where they are still the ones that were read, and no element twice.
    /// What was read without a value stays where it stood among them.
    pub fn answers(&self, node: NodeIx, answers: &[&Answer]) -> Vec<Value> {
        let kept = self.nodes.get(node.at()).map_or(&[][..], |kept| &kept.answers);
        let mut read: Vec<Option<Answer>> = kept.iter().map(|element| Answer::from_fhir(element, "value")).collect();
        let valueless: Vec<usize> = (0..read.len()).filter(|at| read[*at].is_none()).collect();
        let mut valueless = valueless.into_iter().peekable();
        // Answers mostly stand in the order in which they were read, so each is looked for behind the one before it.
        let (mut next, mut written) = (0, Vec::new());
        for answer in answers {
            while let Some(at) = valueless.next_if_eq(&next) {
                written.push(kept[at].clone().into());
                next += 1;
            }
            let at = (next..read.len()).chain(0..next).find(|at| read[*at].as_ref() == Some(*answer));
            written.push(at.map_or_else(|| answer.to_fhir(), |at| kept[at].clone().into()));
            if let Some(at) = at {
                read[at] = None;
                next = at + 1;
            }
        }
        written.extend(valueless.map(|at| kept[at].clone().into()));
        written
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

/// What an element holds beside these lists of elements. A list that holds nothing is no such list and stays as it was.
pub fn beside(element: &Object, lists: &[&str]) -> Object {
    let filled = |name: &&&str| element.get(name).and_then(Value::as_array).is_some_and(|list| !list.is_empty());
    without(element, &lists.iter().filter(filled).copied().collect::<Vec<_>>())
}
