//! Fields that the hand has left, told to the app when nothing is pressed any more.
//!
//! What is wrong with a field is said below it when it is left, which moves everything further down. A press leaves the
//! old field before it is over, so whatever was pressed would slip away from under the finger and the click be lost.

use super::dispatch::Ui;
use crate::app::Event;
use crate::form::NodeIx;
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};

/// The fields that wait to be told of, and whether something is pressed.
#[derive(Default)]
pub struct Leaving {
    pressed: Cell<bool>,
    left: RefCell<Vec<NodeIx>>,
    timer: Cell<Option<Timeout>>,
}

impl Leaving {
    /// Notes that a field was left.
    pub fn leave(&self, ui: Ui, node: NodeIx) {
        self.left.borrow_mut().push(node);
        self.go_on(ui);
    }

    /// Notes that a press began or ended.
    pub fn press(&self, ui: Ui, pressed: bool) {
        self.pressed.set(pressed);
        self.go_on(ui);
    }

    /// Tells once the events that belong to the same press, the click among them, are over.
    fn go_on(&self, ui: Ui) {
        if !self.pressed.get() && !self.left.borrow().is_empty() {
            self.timer.set(Some(Timeout::new(0, move || ui.tell_left())));
        }
    }

    /// The events to send, each once.
    pub fn take(&self) -> Vec<Event> {
        self.left.take().into_iter().map(Event::FieldLeft).collect()
    }
}
