//! Parts of the module that are loaded when they are first needed; `tools/parts.json` says what each begins with.
//!
//! Invariant: what a part is needed for comes to the app only once the part stands. For forms that is decided here, where
//! their bytes come in, so that no room above and no pure room has to know of parts.

use super::network::words;
use super::storage::{Rows, stores};
use crate::app::StorageProblem;
use crate::form::may_have_rules;
use js_sys::{Function, Promise, Uint8Array};
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// A part of the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// English words.
    English,
    /// Expressions and patterns in forms.
    Expressions,
    /// Controls of questions that few forms have.
    Fields,
    /// All that is besides cases and filling: review, sealing, checking, other forms, the worker, the tablet.
    Office,
}

thread_local! {
    /// What loads a part by its name: all elements of a page share the module, and so its parts.
    static LOADER: RefCell<Option<Function>> = const { RefCell::new(None) };
    /// Which parts stand, each as a bit.
    static STANDING: Cell<u32> = const { Cell::new(0) };
}

impl Part {
    const fn name(self) -> &'static str {
        match self {
            Self::English => "english",
            Self::Expressions => "expressions",
            Self::Fields => "fields",
            Self::Office => "office",
        }
    }

    /// Whether it stands.
    pub fn stands(self) -> bool {
        STANDING.get() & (1 << self as u32) != 0
    }

    /// Waits until it stands; `Err` with the browser's words. What failed may be tried again.
    pub async fn bring(self) -> Result<(), String> {
        if self.stands() {
            return Ok(());
        }
        let name = JsValue::from_str(self.name());
        let loader = LOADER.with_borrow(Clone::clone).ok_or("no loader")?;
        let come = match loader.call1(&JsValue::UNDEFINED, &name) {
            Ok(promise) => JsFuture::from(Promise::from(promise)).await,
            Err(error) => Err(error),
        };
        come.map_err(|error| [self.name(), ": ", &words(error)].concat())?;
        STANDING.set(STANDING.get() | 1 << self as u32);
        Ok(())
    }
}

/// Brings all parts, one after the other. One that does not come is tried again when it is needed.
pub async fn bring_all() {
    for part in [Part::Office, Part::Expressions, Part::Fields, Part::English] {
        let _ = part.bring().await;
    }
}

/// Says what loads a part by its name and promises when it stands.
pub fn offer(loader: Function) {
    LOADER.set(Some(loader));
}

/// Waits until a form can be run, which is given as bytes.
pub async fn ready_for_form(form: &[u8]) -> Result<(), String> {
    if may_have_rules(form) { Part::Expressions.bring().await } else { Ok(()) }
}

/// Waits until all that was read from some stores can be worked with: forms run and sealed files checked.
pub async fn ready_for_rows(stores: &[&str], rows: &[Rows]) -> Result<(), StorageProblem> {
    for (store, (_, value)) in
        stores.iter().zip(rows).flat_map(|(store, rows)| rows.iter().map(move |row| (*store, row)))
    {
        match store {
            stores::INSTRUMENTS => ready_for_form(&Uint8Array::new(value).to_vec()).await,
            stores::SEALS => Part::Office.bring().await,
            _ => Ok(()),
        }
        .map_err(StorageProblem::PartMissing)?;
    }
    Ok(())
}
