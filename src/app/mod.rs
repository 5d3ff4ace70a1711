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
mod cosign;
mod effect;
mod enrolment;
mod event;
pub mod family;
mod filling;
mod forms;
mod handing;
mod history;
mod hosted;
mod journal;
mod key_card;
mod known;
mod launch;
mod model;
mod moving;
mod notice;
pub mod openings;
pub mod outbox;
mod packages;
mod packing;
pub mod passage;
mod problem;
mod record;
mod screen;
mod settings;
mod sheet;
mod shelf;
mod unpacking;
mod update;
pub mod view;

pub use catalogue::{Catalogue, CatalogueEntry, Title};
pub use change::{Changes, Topic};
pub use cosign::{Candidate, FileUse, asks_here, candidates, file_use, unmet};
pub use effect::{Effect, Records};
pub use enrolment::{
    Cosigning, CosigningStep, Enrolment, Given, JoinProblem, Kept as KeptKeys, KeptCredential, KeyRefused, KeysEffect,
    KeysEvent, ReadKeys, Reading, Renewal, SIGNED_HERE, SignedFor, Told,
};
pub use event::{CaseField, Checked, Event, Health, Loaded, Ticket, Wish, WorkerField};
pub use filling::{Filling, SaveState, SealCheck, Unopened};
pub use forms::{CaseForm, CaseSearch, DateForm, WorkerForm};
pub use handing::{Handed, Purpose};
pub use history::History;
pub use hosted::{HostAct, HostRefusal, Hosted, Layout};
pub use journal::{JournalEntry, Moved, OpenedDocument, StoredOperation, StoredRecord};
pub use key_card::{CardRefusal, KEY_CODE, KEY_TYPE, KeyCard};
pub use known::{How, ISSUER, KnownKey, RECEIVER, Standing, own_card, trust};
pub use model::{Adding, CheckedFile, FileOutcome, Model, Sealing, SealingStep, Startup, Update};
pub use moving::{Moving, MovingStep, Prospect, Stray};
pub use notice::Notice;
pub use openings::{Access, Opening, Openings};
pub use packages::{CaseParts, Compared, ComparisonProblem, PackageEffect, PackageEvent, Packages, TakingBack};
pub use packing::{Made, Mark as DocumentMark, Packing, PackingField, PackingRefusal, PackingStep, Piece};
pub use passage::Passage;
pub use problem::{AddingProblem, FilesProblem, InstrumentProblem, KeyProblem, StorageProblem};
pub use record::{Incomparable, Occasions, Record, Recorded, occasions, recorded, repeated};
pub use screen::{Part, Screen, Way};
pub use settings::{Locale, Settings, Theme};
pub use sheet::{BLANK, Mark, Sheet, SheetPart};
pub use shelf::{Kept, Shelf};
pub use unpacking::{
    DraftFate, DraftIntake, Fate, Here, IncomingDocument, IncomingDraft, Intake, Journal, KeptSeal, Plan, SealedIntake,
    SignatureIntake, UnpackRefusal, Unpacking, UnpackingStep,
};
pub use update::update;
