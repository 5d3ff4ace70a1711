//! The reactive system of Leptos, as the screens use it: triggers wake effects and memos, owners end them.
//!
//! Its crates are used without the framework around them: the typed views are not (`dom.rs` says why), and what they and
//! the server side bring along would be compiled, and partly loaded, for nothing.

pub use reactive_graph::computed::Memo;
pub use reactive_graph::effect::RenderEffect;
pub use reactive_graph::graph::untrack;
pub use reactive_graph::owner::{LocalStorage, Owner, StoredValue};
pub use reactive_graph::prelude::*;
pub use reactive_graph::signal::{ArcTrigger, RwSignal};

/// Runs what builds the screens, and gives the owner of all that is made by it.
pub fn own(build: impl FnOnce()) -> Owner {
    // Effects run as tasks of the browser. Where another element of the page began that already, it goes on.
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.with(build);
    owner
}
