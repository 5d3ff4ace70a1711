//! The browser's side of the house: executes effects and reports what came of them.
//!
//! Invariant: nothing here decides. Each effect is carried out, and its outcome goes back as an event; the only state is
//! what the browser itself forces on us (an open database, a running timer, event listeners).

mod attach;
mod beside;
mod clock;
mod encryption;
mod execute;
mod files;
mod floor;
mod health;
mod keys;
mod network;
mod office;
mod offline;
mod packages;
mod page;
mod paint;
mod paper;
mod parts;
mod record;
mod settings;
mod speech;
mod storage;
mod task;
mod upload;
mod vouching;
mod wrapped;

pub use attach::{FileRefusal, attach, painted, picture_of};
pub use clock::stamp;
pub use execute::Platform;
pub use files::{read_files, read_forms};
pub use paper::{once_printed, paper};
pub use parts::{Part, note as note_part, offer as offer_parts};
pub use settings::load as load_settings;
pub use task::spawn;
