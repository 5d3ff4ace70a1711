//! What a hand did last in a drawing, to be taken back and done again.
//!
//! A step is what one event did. Taking it back is done by further operations, so the journal only ever grows.

use crate::form::{Content, Operation, Place, Response};

/// More steps than this nobody takes back.
const MOST: usize = 200;

/// One step: how it was done, and how it is taken back.
#[derive(Clone, Debug, Default)]
struct Step {
    forward: Vec<Operation>,
    backward: Vec<Operation>,
    /// Whether the event that does it is still being handled.
    is_open: bool,
    /// Whether further typing in the same field belongs to it.
    is_typing: bool,
}

/// The steps of one filling.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// Whether steps are being taken back or done again, which are no new ones.
    is_replaying: bool,
}

/// What takes back an operation that is about to be applied, where it changes something within a drawing.
pub(super) fn inverse(response: &Response, operation: &Operation) -> Option<Operation> {
    let form = response.questionnaire();
    form.find(&operation.place().link_id).filter(|item| form.is_drawn(*item))?;
    Some(match operation {
        Operation::Add { at } => Operation::Remove { at: at.clone() },
        Operation::Remove { at } => Operation::Add { at: at.clone() },
        Operation::Set { at, .. } => {
            let content = response.find(at).map_or_else(Content::default, |node| response.node(node).content.clone());
            Operation::Set { at: at.clone(), content }
        }
    })
}

impl History {
    /// Whether there is something to take back.
    #[must_use]
    pub const fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is something to do again.
    #[must_use]
    pub const fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Notes an operation that was applied, and what takes it back.
    pub(super) fn note(&mut self, operation: Operation, inverse: Operation) {
        if self.is_replaying {
            return;
        }
        self.undone.clear();
        match self.done.last_mut() {
            Some(step) if step.is_open => {
                step.forward.push(operation);
                step.backward.push(inverse);
            }
            Some(Step { forward, is_typing: true, .. }) if is_set_at(forward, operation.place()) => {
                *forward = vec![operation];
            }
            _ => {
                let (forward, backward) = (vec![operation], vec![inverse]);
                self.done.push(Step { forward, backward, is_open: true, is_typing: false });
                let many = self.done.len().saturating_sub(MOST);
                self.done.drain(..many);
            }
        }
    }

    /// The event was handled; what comes next is another step, but for typing that goes on in the same field.
    pub(super) fn close(&mut self, is_typing: bool) {
        if let Some(step) = self.done.last_mut() {
            step.is_typing = is_typing && step.forward.len() == 1;
            step.is_open = false;
        }
    }

    /// Takes the last step back, or does it again: the operations for that, in order.
    pub(super) fn turn(&mut self, back: bool) -> Vec<Operation> {
        let (from, to) = if back { (&mut self.done, &mut self.undone) } else { (&mut self.undone, &mut self.done) };
        let Some(step) = from.pop() else { return Vec::new() };
        let operations = if back { step.backward.iter().rev().cloned().collect() } else { step.forward.clone() };
        to.push(Step { is_typing: false, ..step });
        self.is_replaying = true;
        operations
    }

    /// What was given by [`History::turn`] was applied.
    pub(super) fn turned(&mut self) {
        self.is_replaying = false;
    }
}

fn is_set_at(forward: &[Operation], place: &Place) -> bool {
    matches!(forward, [Operation::Set { at, .. }] if at == place)
}
