//! One window sends: the lock that the browser gives to one of all that share the database, and lets go of when that window
//! ends, however it ends.
//!
//! Where a browser has no locks, a lease in the database stands in for it: whoever adds the next number has it until that
//! runs out. Two windows that send at once do no harm (an endpoint takes a document once); it would only be waste.

use super::storage::{Database, outbox};
use gloo_timers::callback::Timeout;
use js_sys::{Function, Promise, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// `LockManager`, which `web-sys` counts as unstable.
    type Locks;

    #[wasm_bindgen(method, catch)]
    fn request(this: &Locks, name: &str, granted: &Function) -> Result<Promise, JsValue>;
}

/// How long a lease counts, and how often one that is out is asked for.
const LEASE_MILLIS: f64 = 20_000.0;
const LOOK_MILLIS: u32 = 5_000;

/// What lets the lock go, while it is held.
type Held = Rc<RefCell<Option<Function>>>;

/// This window's hold of the floor.
#[derive(Default)]
pub struct Floor {
    lock: Held,
    /// The last lease of this window: its number, and until when it counts.
    lease: Cell<Option<(u64, f64)>>,
}

impl Floor {
    /// Waits until no other window sends.
    pub async fn take(&self, database: &Database) {
        let navigator = web_sys::window().map(|window| window.navigator());
        let locks = navigator.and_then(|navigator| Reflect::get(&navigator, &"locks".into()).ok());
        match locks.filter(JsValue::is_object) {
            Some(locks) => self.lock(locks.unchecked_ref()).await,
            None => self.wait_for_lease(database).await,
        }
    }

    /// Lets another window send. A lease runs out by itself; until then nobody but this window goes on with it.
    pub fn leave(&self) {
        if let Some(leave) = self.lock.borrow_mut().take() {
            // It resolves a promise, which cannot fail.
            let _ = leave.call0(&JsValue::UNDEFINED);
        }
    }

    async fn lock(&self, locks: &Locks) {
        let held = Rc::downgrade(&self.lock);
        let granted = Promise::new(&mut |granted, _| {
            let held = held.clone();
            let hold = Closure::once_into_js(move || -> JsValue {
                // Where the element is gone by now, the lock is let go at once.
                let Some(held) = held.upgrade() else { return JsValue::UNDEFINED };
                let until_left = Promise::new(&mut |leave, _| {
                    held.borrow_mut().replace(leave);
                });
                let _ = granted.call0(&JsValue::UNDEFINED);
                until_left.into()
            });
            // A refusal, as on pages that are being left, leaves the window waiting, which sends nothing.
            let name = format!("asesmen-upload:{}", Database::NAME);
            let _ = locks.request(&name, hold.unchecked_ref());
        });
        // A promise that is never refused.
        let _ = JsFuture::from(granted).await;
    }

    /// Waits for the lease of whoever sends to run out, and takes it.
    async fn wait_for_lease(&self, database: &Database) {
        loop {
            let now = js_sys::Date::now();
            match outbox::read_lease(database).await {
                Ok((number, until)) => {
                    let is_own = self.lease.get().is_some_and(|(own, _)| own == number);
                    let is_free = until <= now || until > now + LEASE_MILLIS;
                    if (is_own || is_free) && self.take_lease(database, number).await {
                        return;
                    }
                }
                // Storage that gives nothing is told of by whoever reads it next.
                Err(_) => return,
            }
            let pause = Promise::new(&mut |over, _| {
                // It resolves a promise, which cannot fail.
                Timeout::new(LOOK_MILLIS, move || drop(over.call0(&JsValue::UNDEFINED))).forget();
            });
            let _ = JsFuture::from(pause).await;
        }
    }

    /// Takes the lease after one, unless another window has it by now.
    async fn take_lease(&self, database: &Database, number: u64) -> bool {
        let until = js_sys::Date::now() + LEASE_MILLIS;
        // Noted first: what else this window begins meanwhile need not do the same.
        self.lease.set(Some((number + 1, until)));
        let is_taken = database.transact(outbox::next_lease(number, until)).await.is_ok();
        if !is_taken {
            self.lease.set(None);
        }
        is_taken
    }

    /// Goes on with a lease of which half is over, as long as there is something to send.
    pub async fn go_on(&self, database: &Database) {
        if let Some((number, until)) = self.lease.get()
            && until < js_sys::Date::now() + LEASE_MILLIS / 2.0
        {
            // Where another window has it by now, both send what is under way, which does no harm.
            self.take_lease(database, number).await;
        }
    }
}

impl Drop for Floor {
    fn drop(&mut self) {
        self.leave();
    }
}
