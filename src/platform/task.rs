//! Work that goes on while the page stays usable.

use std::pin::Pin;
use wasm_bindgen_futures::spawn_local;

/// Runs a task. Boxed, because every kind of task would bring its own machinery into the module.
pub fn spawn(task: Pin<Box<dyn Future<Output = ()>>>) {
    spawn_local(task);
}
