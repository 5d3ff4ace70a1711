//! Settings in localStorage: language and colours, nothing that belongs to a record.

use crate::app::Settings;
use crate::json::parse;
use gloo_storage::{LocalStorage, Storage};

const KEY: &str = "asesmen.settings";

/// The browser's localStorage where it exists and may be touched; `gloo-storage` would panic where it may not.
fn storage() -> Option<web_sys::Storage> {
    let available = matches!(web_sys::window()?.local_storage(), Ok(Some(_)));
    // The raw storage, because gloo's own reading and writing would bring a second JSON library along.
    available.then(LocalStorage::raw)
}

/// The kept settings; the usual ones where none are kept or they cannot be read.
pub fn load() -> Settings {
    let text = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    text.and_then(|text| parse(text.as_bytes()).ok()).map(|value| Settings::from_json(&value)).unwrap_or_default()
}

/// Keeps the settings. Where the browser keeps none they hold until the page is closed.
pub fn keep(settings: Settings) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(KEY, &settings.to_json().to_string());
    }
}
