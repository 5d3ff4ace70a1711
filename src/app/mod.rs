//! The application without a browser: what it knows, what can happen, what is to be done about it.
//!
//! [`update`] is the only place where state changes. Events are past tense and come from the screen or from a finished
//! effect; effects are imperatives that the platform executes. Whatever changed is named in [`Changes`], so that the
//! screen redraws that and nothing else.
//!
//! Invariant: no Leptos, no web-sys, no clock, no randomness; each event brings its [`crate::domain::Stamp`].

pub mod binding;
pub mod casework;
mod catalogue;
mod change;
mod effect;
mod event;
pub mod family;
mod filling;
mod forms;
mod handing;
mod history;
mod hosted;
mod journal;
mod launch;
mod model;
mod moving;
mod notice;
pub mod openings;
pub mod outbox;
mod problem;
mod record;
mod screen;
mod settings;
mod sheet;
mod shelf;
mod update;
pub mod view;

pub use catalogue::{Catalogue, CatalogueEntry, Title};
pub use change::{Changes, Topic};
pub use effect::{Effect, Records};
pub use event::{CaseField, Checked, Event, Health, Loaded, Ticket, Wish, WorkerField};
pub use filling::{Filling, SaveState, SealCheck, Unopened};
pub use forms::{CaseForm, CaseSearch, DateForm, WorkerForm};
pub use handing::{Handed, Purpose};
pub use history::History;
pub use hosted::{HostAct, HostRefusal, Hosted, Layout};
pub use journal::{JournalEntry, Moved, OpenedDocument, StoredOperation, StoredRecord};
pub use model::{Adding, CheckedFile, FileOutcome, Model, Sealing, SealingStep, Startup, Update};
pub use moving::{Moving, MovingStep, Prospect, Stray};
pub use notice::Notice;
pub use openings::{Access, Opening, Openings};
pub use problem::{AddingProblem, FilesProblem, InstrumentProblem, KeyProblem, StorageProblem};
pub use record::{Incomparable, Occasions, Record, Recorded, occasions, recorded, repeated};
pub use screen::{Part, Screen, Way};
pub use settings::{Locale, Settings, Theme};
pub use sheet::{BLANK, Mark, Sheet, SheetPart};
pub use shelf::{Kept, Shelf};
pub use update::update;
