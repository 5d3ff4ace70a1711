//! What follows from an answer but need not be on the screen in the same frame: counts over the whole form, which take
//! longer the longer it is. It is drawn when the hand rests.

use super::dispatch::Triggers;
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How long a hand rests, milliseconds.
const REST: u32 = 120;

/// What is watched in this way, and what of it has changed.
#[derive(Default)]
pub struct Later {
    triggers: Triggers,
    changed: RefCell<Vec<usize>>,
    timer: Cell<Option<Timeout>>,
}

impl Later {
    /// Watches a place.
    pub fn track(&self, at: usize) {
        self.triggers.track(at);
    }

    /// Wakes those who watch these places, once nothing more has changed for a while.
    pub fn notify(self: &Rc<Self>, places: impl Iterator<Item = usize>) {
        let mut changed = self.changed.borrow_mut();
        changed.extend(places.filter(|at| self.triggers.is_watched(*at)));
        if changed.is_empty() {
            return;
        }
        changed.sort_unstable();
        changed.dedup();
        let later = Rc::downgrade(self);
        let wake = move || {
            if let Some(later) = later.upgrade() {
                later.triggers.notify(later.changed.take().into_iter());
            }
        };
        self.timer.set(Some(Timeout::new(REST, wake)));
    }
}
