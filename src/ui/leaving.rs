//! What waits until nothing is pressed any more: fields that the hand has left, and changes beyond the questions.
//!
//! What is wrong with a field is said below it when it is left, which moves everything further down. A press leaves the
//! old field before it is over, so whatever was pressed would slip away from under the finger and the click be lost. So
//! would a row of a list that is drawn anew meanwhile, because something was saved or counted.

use super::dispatch::Ui;
use crate::app::Event;
use crate::form::NodeIx;
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};

/// How long a press holds anything up, milliseconds. The end of one may never be told: where a drop-down or a menu of the
/// browser opens under the pointer, it takes what comes after.
const LONGEST: u32 = 1000;

/// What waits, and whether something is pressed.
#[derive(Default)]
pub struct Leaving {
    pressed: Cell<bool>,
    left: RefCell<Vec<NodeIx>>,
    changed: RefCell<Vec<usize>>,
    timer: Cell<Option<Timeout>>,
}

impl Leaving {
    /// Notes that a field was left.
    pub fn leave(&self, ui: Ui, node: NodeIx) {
        self.left.borrow_mut().push(node);
        self.go_on(ui);
    }

    /// Whether something is pressed.
    pub fn is_pressed(&self) -> bool {
        self.pressed.get()
    }

    /// Keeps what changed until the press is over.
    pub fn hold(&self, changed: impl Iterator<Item = usize>) {
        self.changed.borrow_mut().extend(changed);
    }

    /// Notes that a press began or ended.
    pub fn press(&self, ui: Ui, pressed: bool) {
        self.pressed.set(pressed);
        self.timer.set(pressed.then(|| Timeout::new(LONGEST, move || ui.press(false))));
        self.go_on(ui);
    }

    /// Tells once the events that belong to the same press, the click among them, are over.
    fn go_on(&self, ui: Ui) {
        let nothing_waits = self.left.borrow().is_empty() && self.changed.borrow().is_empty();
        if !self.pressed.get() && !nothing_waits {
            self.timer.set(Some(Timeout::new(0, move || ui.press_over())));
        }
    }

    /// What changed meanwhile.
    pub fn take_changed(&self) -> Vec<usize> {
        self.changed.take()
    }

    /// The events to send, each once.
    pub fn take(&self) -> Vec<Event> {
        self.left.take().into_iter().map(Event::FieldLeft).collect()
    }
}
