//! The custom elements: what `element.js` and `form.js` beside this file call. The classes themselves are a few lines of
//! JavaScript, because only a JavaScript class can extend `HTMLElement`.

mod form;

use crate::app::{Locale, Theme};
use crate::ui::{Handle, mount, note_part, offer_parts};
use wasm_bindgen::prelude::*;

/// One mounted element.
#[wasm_bindgen]
pub struct Mounted {
    app: Handle,
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

    /// Takes over where to send to, none where the host names nothing, and the key id of the receiver there.
    pub fn endpoint(&self, url: Option<String>, receiver: Option<String>) {
        self.app.set_endpoint(url, receiver);
    }

    /// Takes over the token for that.
    pub fn token(&self, token: Option<String>) {
        self.app.set_token(token);
    }
}

/// Mounts the app into a container inside a shadow root; `base` is the folder of the module, `build` its name. Freeing
/// what this returns removes the app.
#[wasm_bindgen]
pub fn connect(container: web_sys::HtmlElement, base: &str, build: &str, locale: Option<String>) -> Mounted {
    let locale = locale.and_then(|tag| Locale::from_tag(&tag)).unwrap_or_default();
    Mounted { app: mount(container, base, build, locale) }
}

/// Takes what loads a part of the module by its name, and promises that it stands.
#[wasm_bindgen]
pub fn offer(load: js_sys::Function) {
    offer_parts(load);
}

/// Notes that a part of the module stands.
#[wasm_bindgen]
pub fn stood(part: &str) {
    note_part(part);
}

/// What every module does once, before anything else.
pub fn prepare() {
    // Development builds say a panic's words in the console. A published build has none: there a panic is a mere trap. In
    // both, `element.js` tells whoever works with the app.
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
    if is_webkit() {
        // The allocator keeps what is given back, so that memory need not grow for it again.
        drop(std::hint::black_box(Vec::<u8>::with_capacity(ROOM)));
    }
}

/// What most sessions need, in bytes. WebKit 2.50 was seen to trap in code that wrote to memory which had just grown, about
/// once in a hundred seals: as if it held on to the old bounds. Untouched memory costs nothing.
const ROOM: usize = 16 << 20;

/// Whether the engine is WebKit; all browsers with it name the same vendor.
fn is_webkit() -> bool {
    let of = |object: &JsValue, name: &str| js_sys::Reflect::get(object, &name.into()).unwrap_or_default();
    let vendor = of(&of(&js_sys::global(), "navigator"), "vendor").as_string();
    vendor.is_some_and(|vendor| vendor.starts_with("Apple"))
}
