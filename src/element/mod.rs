//! The custom element: what `element.js` beside this file calls. The class itself is a few lines of JavaScript, because
//! only a JavaScript class can extend `HTMLElement`.

use crate::app::{Locale, Theme};
use crate::ui::{Handle, mount};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// One mounted element.
#[wasm_bindgen]
pub struct Mounted {
    app: Handle,
    container: web_sys::HtmlElement,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        CONTAINERS.with_borrow_mut(|containers| containers.retain(|container| *container != self.container));
    }
}

#[wasm_bindgen]
impl Mounted {
    /// Takes over a changed attribute; values that are not known change nothing.
    pub fn attribute(&self, name: &str, value: &str) {
        match name {
            "locale" => {
                if let Some(locale) = Locale::from_tag(value) {
                    self.app.set_locale(locale);
                }
            }
            "theme" => {
                if let Some(theme) = Theme::from_code(value) {
                    self.app.set_theme(theme);
                }
            }
            _ => {}
        }
    }
}

/// Mounts the app into a container inside a shadow root; `base` is the folder of the module, `build` its name. Freeing
/// what this returns removes the app.
#[wasm_bindgen]
pub fn connect(container: web_sys::HtmlElement, base: &str, build: &str, locale: Option<String>) -> Mounted {
    let locale = locale.and_then(|tag| Locale::from_tag(&tag)).unwrap_or_default();
    CONTAINERS.with_borrow_mut(|containers| containers.push(container.clone()));
    Mounted { app: mount(container.clone(), base, build, locale), container }
}

thread_local! {
    /// Containers of the mounted elements, for the message of last resort.
    static CONTAINERS: RefCell<Vec<web_sys::HtmlElement>> = const { RefCell::new(Vec::new()) };
}

const STOPPED: &str = "Asesmen berhenti karena kesalahan. Semua yang tertulis \u{201C}Tersimpan\u{201D} aman di tablet ini. \
     Muat ulang halaman untuk melanjutkan. — Asesmen stopped because of an error. Everything shown as saved is safe on \
     this tablet. Reload the page to go on.";

/// Makes a panic show a message on the page: what is safe and what to do, never a dead or blank screen.
pub fn prepare() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        CONTAINERS.with(|containers| {
            // Borrowing fails only if the panic happened while mounting; then the page still shows "opening".
            for container in containers.try_borrow().iter().flat_map(|list| list.iter()) {
                container.set_text_content(Some(STOPPED));
            }
        });
    }));
}
