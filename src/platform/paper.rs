//! What stands on printed pages beside the page itself. Rules for pages count only in style sheets of the document, and
//! only one that is made by script may hold what is known now under a strict content security policy.

use super::network::words;
use gloo_events::EventListener;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    static SHEET: std::cell::OnceCell<Option<Object>> = const { std::cell::OnceCell::new() };
}

/// Puts these rules, and no others of its own, on the document of the page, and names it for whoever keeps the print as a
/// file. Browsers that cannot make style sheets print without heads and feet.
pub fn paper(rules: &str, title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
    SHEET.with(|sheet| {
        if let Some(sheet) = sheet.get_or_init(|| adopted().ok()) {
            // A rule that a browser does not know is left out by it.
            let _ = replace(sheet, rules);
        }
    });
}

/// Calls a function once what is being printed has been, or was given up.
pub fn once_printed(done: impl FnOnce() + 'static) {
    if let Some(window) = web_sys::window() {
        EventListener::once(&window, "afterprint", move |_| done()).forget();
    }
}

/// A new sheet that the document uses.
fn adopted() -> Result<Object, String> {
    let document: JsValue = web_sys::window().and_then(|window| window.document()).ok_or("no document")?.into();
    let class: Function =
        Reflect::get(&js_sys::global(), &"CSSStyleSheet".into()).map_err(words)?.dyn_into().map_err(words)?;
    let sheet = Reflect::construct(&class, &Array::new()).map_err(words)?;
    let name = JsValue::from_str("adoptedStyleSheets");
    let others = Reflect::get(&document, &name).map_err(words)?;
    let all = Array::from(&others);
    all.push(&sheet);
    Reflect::set(&document, &name, &all).map_err(words)?;
    sheet.dyn_into().map_err(words)
}

fn replace(sheet: &Object, rules: &str) -> Result<JsValue, String> {
    let replace: Function = Reflect::get(sheet, &"replaceSync".into()).map_err(words)?.dyn_into().map_err(words)?;
    replace.call1(sheet, &rules.into()).map_err(words)
}
