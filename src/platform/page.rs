//! What the full page has and an embedded element does not: the address; and what every page has: being hidden, shown or left.

use super::execute::Mode;
use crate::app::{Event, Screen};
use gloo_events::{EventListener, EventListenerOptions};
use std::cell::Cell;
use std::rc::Rc;

/// Whether the page belongs to the app: it links the manifest that lies beside the module. A portal that embeds the
/// element does not, and then its address, history and service worker are never touched.
pub fn mode(base: &str) -> Mode {
    let document = web_sys::window().and_then(|window| window.document());
    let link = document.and_then(|document| document.query_selector("link[rel=manifest]").ok().flatten());
    let href = link.and_then(|link| link.get_attribute("href"));
    let address = href.and_then(|href| {
        let here = web_sys::window()?.location().href().ok()?;
        web_sys::Url::new_with_base(&href, &here).ok()
    });
    let own = address.is_some_and(|address| address.href() == format!("{base}manifest.webmanifest"));
    if own { Mode::Page } else { Mode::Embedded }
}

/// The screen the address names.
pub fn screen() -> Screen {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    Screen::from_location(&hash.unwrap_or_default())
}

/// Shows a screen in the address, as a step that "back" undoes.
pub fn show(screen: Screen) {
    let Some(window) = web_sys::window() else { return };
    let location = format!("#{}", screen.location());
    if window.location().hash().ok().as_deref() != Some(&location) {
        // Setting the hash fails only in documents that are being torn down.
        let _ = window.location().set_hash(&location);
    }
}

/// Listens for the page being hidden, shown, left, or (where the app owns it) sent elsewhere by its address.
pub fn listen(mode: Mode, guard: &Rc<Cell<bool>>, send: &Rc<dyn Fn(Event)>) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let mut listeners = Vec::new();
    let hidden = Rc::clone(send);
    listeners.push(EventListener::new(&window, "pagehide", move |_| hidden(Event::PageHidden)));
    if let Some(document) = window.document() {
        let hidden = Rc::clone(send);
        let watched = document.clone();
        listeners.push(EventListener::new(&document, "visibilitychange", move |_| {
            hidden(if watched.hidden() { Event::PageHidden } else { Event::PageShown });
        }));
    }
    let guard = Rc::clone(guard);
    let options = EventListenerOptions::enable_prevent_default();
    listeners.push(EventListener::new_with_options(&window, "beforeunload", options, move |event| {
        if guard.get() {
            event.prevent_default();
            // Older Chromium asks only when told in this way.
            let _ = js_sys::Reflect::set(event, &"returnValue".into(), &true.into());
        }
    }));
    if mode == Mode::Page {
        let moved = Rc::clone(send);
        listeners.push(EventListener::new(&window, "hashchange", move |_| moved(Event::LocationChanged(screen()))));
    }
    listeners
}
