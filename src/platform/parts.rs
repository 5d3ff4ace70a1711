//! Parts of the module that are loaded when they are first needed; `tools/parts.json` says what each begins with.
//!
//! Invariant: what a part is needed for comes to the app only once the part stands. For forms that is decided here, where
//! their bytes come in, so that no room above and no pure room has to know of parts.

use super::network::words;
use super::storage::{Database, Request, Rows, stores};
use crate::app::StorageProblem;
use crate::form::{may_be_unusual, may_have_rules};
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
    /// What few forms have: texts with markup, and value sets.
    Unusual,
    /// All that is besides cases and filling: review, sealing, checking, other forms, the worker, the tablet.
    Office,
    /// Cases, storage and all else that `<asesmen-app>` has and `<asesmen-form>` has not; the class of the app brings it.
    Tablet,
    /// What `<asesmen-form>` lets its host do; its class brings it.
    Hosted,
    /// Drawings of families and of what is around them.
    Drawing,
    /// Sealed documents to be read: alone, as a case file, over time, by the client, and as a copy.
    Record,
}

thread_local! {
    /// What loads a part by its name: all elements of a page share the module, and so its parts.
    static LOADER: RefCell<Option<Function>> = const { RefCell::new(None) };
    /// Which parts stand, each as a bit.
    static STANDING: Cell<u32> = const { Cell::new(0) };
    /// Who waits until another part stands, to try anew.
    static HOPING: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
}

impl Part {
    /// All of them, those first that most are soon in need of.
    const ALL: [Self; 9] = [
        Self::Tablet,
        Self::Office,
        Self::Expressions,
        Self::Record,
        Self::Fields,
        Self::Drawing,
        Self::Unusual,
        Self::English,
        Self::Hosted,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::English => "english",
            Self::Expressions => "expressions",
            Self::Fields => "fields",
            Self::Unusual => "unusual",
            Self::Office => "office",
            Self::Tablet => "tablet",
            Self::Hosted => "hosted",
            Self::Record => "record",
            Self::Drawing => "drawing",
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
        come.map(drop).map_err(|error| [self.name(), ": ", &words(error)].concat())
    }

    /// Waits until it stands, however often somebody has to try again.
    pub async fn wait_for(self) {
        while self.bring().await.is_err() {
            let another_stands = Promise::new(&mut |resolve, _| HOPING.with_borrow_mut(|hoping| hoping.push(resolve)));
            // A promise that is never refused.
            let _ = JsFuture::from(another_stands).await;
        }
    }
}

/// Brings all parts that the app may need, one after the other. One that does not come is tried again when it is needed.
pub async fn bring_all() {
    for part in Part::ALL.into_iter().filter(|part| *part != Part::Hosted) {
        let _ = part.bring().await;
    }
}

/// Notes that a part stands, by its name.
pub fn note(name: &str) {
    for part in Part::ALL.into_iter().filter(|part| part.name() == name) {
        STANDING.set(STANDING.get() | 1 << part as u32);
    }
    for wake in HOPING.take() {
        // What is called resolves a promise, which cannot fail.
        let _ = wake.call0(&JsValue::UNDEFINED);
    }
}

/// Says what loads a part by its name, notes that it stands, and promises so.
pub fn offer(loader: Function) {
    LOADER.set(Some(loader));
}

/// Waits until a form can be run, which is given as bytes.
pub async fn ready_for_form(form: &[u8]) -> Result<(), String> {
    if may_have_rules(form) {
        Part::Expressions.bring().await?;
    }
    if may_be_unusual(form) {
        Part::Unusual.bring().await?;
    }
    Ok(())
}

/// Reads from storage, and waits until the forms among what was read can be run.
pub async fn read_ready(database: &Database, requests: Vec<Request>) -> Result<Vec<Rows>, StorageProblem> {
    let stores: Vec<&str> = requests.iter().map(Request::store).collect();
    let rows = database.read(requests).await?;
    for (store, form) in stores.iter().zip(&rows).flat_map(|(store, rows)| rows.iter().map(move |row| (*store, &row.1)))
    {
        if store == stores::INSTRUMENTS {
            ready_for_form(&Uint8Array::new(form).to_vec()).await.map_err(StorageProblem::PartMissing)?;
        }
    }
    Ok(rows)
}
