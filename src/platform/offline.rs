//! The service worker of the full-page app: starting without a network, and updates that wait for the worker's word.

use super::network::words;
use super::spawn;
use crate::app::Event;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    let container = js_sys::Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    (!container.is_undefined()).then(|| container.unchecked_into())
}

/// Registers the service worker and reports when the app is ready to start offline and when a newer version waits.
/// Where the browser has no service workers nothing is reported, and the app simply needs the network to start.
pub fn register(base: &str, build: &str, send: Rc<dyn Fn(Event)>) {
    let Some(container) = container() else { return };
    // Another window may let a newer version take over; this one then still runs the old and offers to load the new.
    if container.controller().is_some() {
        let taken_over = Rc::clone(&send);
        let replaced = Closure::<dyn Fn()>::new(move || taken_over(Event::UpdateWaiting));
        container.set_oncontrollerchange(Some(replaced.as_ref().unchecked_ref()));
        replaced.forget();
    }
    let script = format!("{base}sw.js");
    let claim = format!("claim:{build}");
    spawn(Box::pin(async move {
        if let Ok(registration) = JsFuture::from(container.register(&script)).await {
            follow(&registration.unchecked_into(), &Rc::from(claim), &send);
        }
    }));
}

/// Reports the state now and whenever a worker being installed changes its own.
fn follow(registration: &ServiceWorkerRegistration, claim: &Rc<str>, send: &Rc<dyn Fn(Event)>) {
    report(registration, claim, send);
    follow_installing(registration, claim, send);
    let (watched, claim, send) = (registration.clone(), Rc::clone(claim), Rc::clone(send));
    let found = Closure::<dyn Fn()>::new(move || follow_installing(&watched, &claim, &send));
    registration.set_onupdatefound(Some(found.as_ref().unchecked_ref()));
    found.forget();
}

fn follow_installing(registration: &ServiceWorkerRegistration, claim: &Rc<str>, send: &Rc<dyn Fn(Event)>) {
    let Some(installing) = registration.installing() else { return };
    let (registration, claim, send) = (registration.clone(), Rc::clone(claim), Rc::clone(send));
    let changed = Closure::<dyn Fn()>::new(move || report(&registration, &claim, &send));
    installing.set_onstatechange(Some(changed.as_ref().unchecked_ref()));
    changed.forget();
}

fn report(registration: &ServiceWorkerRegistration, claim: &str, send: &Rc<dyn Fn(Event)>) {
    let active = registration.active().filter(|worker| worker.state() == ServiceWorkerState::Activated);
    if let Some(worker) = active {
        // The page of the very first visit was not served by the worker; if both are the same build it may serve the
        // page from now on. A worker that cannot be told serves from the next visit on.
        let _ = worker.post_message(&claim.into());
        send(Event::OfflineReady);
    }
    if waiting(registration).is_some() {
        send(Event::UpdateWaiting);
    }
}

/// A version that waits while another is active; the very first one has nothing to wait for.
fn waiting(registration: &ServiceWorkerRegistration) -> Option<ServiceWorker> {
    registration.active().and(registration.waiting())
}

/// Lets the waiting version take over and loads the page anew once it has; at once where another window let it already.
pub async fn apply_update() -> Result<(), String> {
    let container = container().ok_or("no service workers")?;
    let registration = JsFuture::from(container.get_registration()).await.map_err(words)?;
    let registration: ServiceWorkerRegistration = registration.dyn_into().map_err(words)?;
    let Some(waiting) = waiting(&registration) else {
        reload();
        return Ok(());
    };
    // A page that was loaded past the service worker has no controller that could change, so the worker is watched.
    let watched = waiting.clone();
    let changed = Closure::<dyn Fn()>::new(move || {
        if watched.state() == ServiceWorkerState::Activated {
            reload();
        }
    });
    container.set_oncontrollerchange(None);
    waiting.set_onstatechange(Some(changed.as_ref().unchecked_ref()));
    changed.forget();
    waiting.post_message(&"take-over".into()).map_err(words)
}

fn reload() {
    if let Some(window) = web_sys::window() {
        // A page that cannot be reloaded any more is being closed.
        let _ = window.location().reload();
    }
}
