//! One file a screen.

mod case;
mod case_form;
mod casework;
mod client;
mod copy;
mod difference;
mod differences;
mod form;
mod forms;
mod home;
mod review;
mod sealed;
mod section;
mod start;
mod tablet;
mod verify;
mod version;
mod worker;

pub use case::case;
pub use case_form::case_form;
pub use client::client;
pub use copy::copy;
pub use form::form;
pub use forms::forms;
pub use home::home;
pub use review::review;
pub use sealed::sealed;
pub use section::section;
pub use start::{failed, loading};
pub use tablet::tablet;
pub use verify::verify;
pub use version::{strays, version};
pub use worker::worker;
