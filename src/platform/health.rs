//! The state of the browser's storage.

use crate::app::{Event, Health};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

/// Measures storage, after asking the browser to keep it if that is wished. Browsers without these calls answer with
/// unknowns.
pub async fn measure(ask: bool) -> Event {
    let Some(manager) = manager() else {
        return Event::HealthMeasured(Health { persistent: None, used: None, quota: None });
    };
    let promise = if ask { manager.persist() } else { manager.persisted() };
    let persistent = match promise {
        Ok(promise) => JsFuture::from(promise).await.ok().and_then(|value| value.as_bool()),
        Err(_) => None,
    };
    let estimate = match manager.estimate() {
        Ok(promise) => JsFuture::from(promise).await.ok(),
        Err(_) => None,
    };
    let number = |member: &str| bytes(&Reflect::get(estimate.as_ref()?, &member.into()).ok()?);
    Event::HealthMeasured(Health { persistent, used: number("usage"), quota: number("quota") })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "byte counts are whole and positive")]
fn bytes(value: &JsValue) -> Option<u64> {
    value.as_f64().map(|bytes| bytes as u64)
}

fn manager() -> Option<StorageManager> {
    let navigator: JsValue = web_sys::window()?.navigator().into();
    let manager = Reflect::get(&navigator, &"storage".into()).ok()?;
    (!manager.is_undefined()).then(|| manager.unchecked_into())
}
