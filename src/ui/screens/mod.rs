//! One file a screen.

mod case;
mod case_file;
mod case_form;
mod casework;
mod change;
mod differences;
mod form;
mod forms;
mod home;
mod reading;
mod review;
mod sealed;
mod section;
mod start;
mod tablet;
mod verify;
mod version;
mod worker;

pub use case::case;
pub use case_file::case_file;
pub use case_form::case_form;
pub use change::change;
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
