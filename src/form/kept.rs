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

    /// Answers as elements: each as it was read, where it is still the one that was, and no element twice. What was read
    /// without a value stays where it stood among them.
    pub fn answers<'a>(&self, node: NodeIx, answers: impl Iterator<Item = &'a Answer>) -> Vec<Value> {
        let read = self.answers.iter().filter(|(of, _)| *of == node);
        let mut read: Vec<_> = read.map(|(_, element)| (Answer::from_fhir(element, "value"), element)).collect();
        let mut written = Vec::new();
        for answer in answers {
            while read.first().is_some_and(|(own, _)| own.is_none()) {
                written.push(read.remove(0).1.clone().into());
            }
            let still = read.iter().position(|(own, _)| own.as_ref() == Some(answer));
            written.push(still.map_or_else(|| answer.to_fhir(), |at| read.remove(at).1.clone().into()));
        }
        let valueless = read.iter().filter(|(own, _)| own.is_none());
        written.extend(valueless.map(|(_, element)| (*element).clone().into()));
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
