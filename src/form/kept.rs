//! What a QuestionnaireResponse from elsewhere holds beside answers, kept so that writing it again loses nothing.

use super::answer::Answer;
use super::response::NodeIx;
use crate::json::{Object, Value};

/// The parts of a read response that the engine does not use.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The resource without its items.
    pub resource: Object,
    items: Vec<(NodeIx, Object)>,
    answers: Vec<(NodeIx, Object)>,
}

impl Kept {
    /// Keeps a resource without its items.
    pub fn of(resource: Object) -> Self {
        Self { resource, ..Self::default() }
    }

    /// Keeps an item element without its answers and items.
    pub fn keep_item(&mut self, node: NodeIx, element: Object) {
        self.items.push((node, element));
    }

    /// Keeps an answer element without its items.
    pub fn keep_answer(&mut self, node: NodeIx, element: Object) {
        self.answers.push((node, element));
    }

    /// The item element as it was read.
    pub fn item(&self, node: NodeIx) -> Option<&Object> {
        self.items.iter().find(|(of, _)| *of == node).map(|(_, element)| element)
    }

    /// The answer element as it was read, where the answer is still the one it holds.
    pub fn answer(&self, node: NodeIx, answer: &Answer) -> Option<Value> {
        let still = |element: &Object| Answer::from_fhir(element, "value").as_ref() == Some(answer);
        self.answers
            .iter()
            .find(|(of, element)| *of == node && still(element))
            .map(|(_, element)| element.clone().into())
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
