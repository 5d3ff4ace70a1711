//! What need not be on the screen in the same frame: counts over the whole form, which take longer the longer it is and
//! are drawn when the hand rests, and what stands further down a long page.

use super::dispatch::Triggers;
use super::reactive::*;
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
    /// Whether something is pressed: then nothing may move.
    held: Cell<bool>,
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
        self.wait();
    }

    /// Notes that a press began or ended; what was due meanwhile comes after another rest.
    pub fn hold(self: &Rc<Self>, held: bool) {
        self.held.set(held);
        if !held && !self.changed.borrow().is_empty() {
            self.wait();
        }
    }

    fn wait(self: &Rc<Self>) {
        let later = Rc::downgrade(self);
        let wake = move || {
            if let Some(later) = later.upgrade().filter(|later| !later.held.get()) {
                later.triggers.notify(later.changed.take().into_iter());
            }
        };
        self.timer.set(Some(Timeout::new(REST, wake)));
    }
}

/// Does a number of things one after another: as many as there is time for now, and the others in pieces between which the
/// page answers, for as long as the part of the screen around it stands.
pub fn bit_by_bit(number: usize, act: impl Fn(usize) + 'static) {
    go_on(Work::new_local((0, Box::new(act))), number);
}

/// How long a piece of work may take before the page has to be able to answer, milliseconds.
const PIECE: f64 = 8.0;

/// How far the work is, and what does a piece of it.
type Work = StoredValue<(usize, Box<dyn Fn(usize)>), LocalStorage>;

fn go_on(work: Work, number: usize) {
    let begun = js_sys::Date::now();
    let done = work.try_update_value(|(next, act)| {
        while *next < number && js_sys::Date::now() - begun < PIECE {
            act(*next);
            *next += 1;
        }
        *next == number
    });
    // What is not there any more needs no more work.
    if done == Some(false) {
        Timeout::new(0, move || go_on(work, number)).forget();
    }
}
