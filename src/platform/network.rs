//! Fetching the files that come with the app.

use super::parts::ready_for_form;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Fetches a file beside the module; `Err` with the browser's or server's words.
pub async fn fetch(base: &str, path: &str) -> Result<Vec<u8>, String> {
    let window = web_sys::window().ok_or("no window")?;
    let response = JsFuture::from(window.fetch_with_str(&format!("{base}{path}"))).await.map_err(words)?;
    let response: web_sys::Response = response.dyn_into().map_err(words)?;
    if !response.ok() {
        return Err(format!("HTTP {}", response.status()));
    }
    let buffer = JsFuture::from(response.array_buffer().map_err(words)?).await.map_err(words)?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// As [`fetch`], for a form; it is given once it can be run.
pub async fn fetch_form(base: &str, path: &str) -> Result<Vec<u8>, String> {
    let form = fetch(base, path).await?;
    ready_for_form(&form).await?;
    Ok(form)
}

/// The browser's words for an error.
#[allow(clippy::needless_pass_by_value, reason = "used as a function in map_err")]
pub fn words(error: JsValue) -> String {
    let named = error.dyn_ref::<web_sys::DomException>().map(|error| format!("{}: {}", error.name(), error.message()));
    named
        .or_else(|| error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message())))
        .or_else(|| error.as_string())
        .unwrap_or_default()
}
