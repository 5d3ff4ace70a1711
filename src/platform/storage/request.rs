//! What is asked of the database: values to write and ranges to read, all of one transaction together.

use super::problem;
use crate::app::StorageProblem;
use idb::request::{GetAllKeysStoreRequest, GetAllStoreRequest, Request as _};
use idb::{KeyRange, Query};
use js_sys::Array;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::IdbRequest;

/// Keys and values that were read, in the order of the keys.
pub type Rows = Vec<(JsValue, JsValue)>;

/// Makes what is written of what is there.
pub type Merging = Box<dyn FnOnce(Option<JsValue>) -> Result<JsValue, StorageProblem>>;

/// What a merging wrote, or why it did not, once it was done.
type Merged = Rc<RefCell<Option<Result<JsValue, StorageProblem>>>>;

/// One part of a transaction.
pub enum Request {
    /// Reads a range of a store, or all of it.
    Read(&'static str, Option<KeyRange>),
    /// Reads the keys of a range, or of all of a store, with no values.
    Keys(&'static str, Option<KeyRange>),
    /// Writes a value; one under the same key is replaced.
    Put(&'static str, JsValue, JsValue),
    /// Takes a value away.
    Delete(&'static str, JsValue),
    /// Writes a value whose key must be new.
    Add(&'static str, JsValue, JsValue),
    /// Reads the value under a key and writes what is made of it; nobody else writes between. Where nothing can be made, the
    /// transaction fails as a whole.
    Merge(&'static str, JsValue, Merging),
}

/// A part that was queued; a read one is looked at when the transaction is complete.
pub enum Queued {
    /// Nothing to look at but why it was refused.
    Write(IdbRequest),
    /// Keys and values, or keys alone.
    Read(GetAllKeysStoreRequest, Option<GetAllStoreRequest>),
    /// What was written under this key.
    Merge(JsValue, Merged),
}

impl Request {
    /// Reads the value under one key.
    pub fn one(store: &'static str, key: &str) -> Self {
        // A text is always a valid key.
        Self::Read(store, KeyRange::only(&key.into()).ok())
    }

    /// Reads the value under a key that was read.
    pub fn at(store: &'static str, key: &JsValue) -> Self {
        Self::Read(store, KeyRange::only(key).ok())
    }

    /// The same reading once more; none for writing.
    pub fn again(&self) -> Option<Self> {
        match self {
            Self::Read(store, range) => Some(Self::Read(store, range.clone())),
            _ => None,
        }
    }

    /// The same reading without the values.
    pub fn keys_only(&self) -> Self {
        match self {
            Self::Read(store, range) => Self::Keys(store, range.clone()),
            other => Self::Keys(other.store(), None),
        }
    }

    /// The store it concerns.
    pub const fn store(&self) -> &'static str {
        match self {
            Self::Read(store, _)
            | Self::Keys(store, _)
            | Self::Put(store, ..)
            | Self::Add(store, ..)
            | Self::Merge(store, ..)
            | Self::Delete(store, _) => store,
        }
    }

    /// Whether it writes.
    pub const fn writes(&self) -> bool {
        matches!(self, Self::Put(..) | Self::Add(..) | Self::Delete(..) | Self::Merge(..))
    }

    /// Whether all that it does is queued at once, so that the transaction may be ended at once.
    pub const fn is_queued_whole(&self) -> bool {
        !matches!(self, Self::Merge(..))
    }

    /// Queues it in a transaction.
    pub fn queue(self, transaction: &idb::Transaction) -> Result<Queued, idb::Error> {
        let store = transaction.object_store(self.store())?;
        match self {
            Self::Put(_, key, value) => Ok(Queued::Write(store.put(&value, Some(&key))?.into())),
            Self::Add(_, key, value) => Ok(Queued::Write(store.add(&value, Some(&key))?.into())),
            Self::Delete(_, key) => Ok(Queued::Write(store.delete(Query::Key(key))?.into())),
            Self::Read(_, range) => {
                let query = range.map(Query::from);
                Ok(Queued::Read(store.get_all_keys(query.clone(), None)?, Some(store.get_all(query, None)?)))
            }
            Self::Merge(_, key, merging) => merge(store, key, merging),
            Self::Keys(_, range) => Ok(Queued::Read(store.get_all_keys(range.map(Query::from), None)?, None)),
        }
    }
}

/// Queues the reading, and the writing as soon as that is done: in its very event, as a transaction ends where nothing is
/// asked of it any more.
fn merge(store: idb::ObjectStore, key: JsValue, merging: Merging) -> Result<Queued, idb::Error> {
    let asked: IdbRequest = store.get(Query::Key(key.clone()))?.into();
    let merged = Merged::default();
    let (read, told, place) = (asked.clone(), Rc::clone(&merged), key.clone());
    let go_on = Closure::once_into_js(move || {
        let there = read.result().ok().filter(|value| !value.is_undefined());
        let written = merging(there).and_then(|value| {
            store.put(&value, Some(&place)).map_err(problem::of_idb)?;
            Ok(value)
        });
        if let (Err(_), Some(transaction)) = (&written, read.transaction()) {
            // It fails only where the transaction has ended.
            let _ = transaction.abort();
        }
        told.replace(Some(written));
    });
    asked.set_onsuccess(Some(go_on.unchecked_ref()));
    Ok(Queued::Merge(key, merged))
}

impl Queued {
    /// Why a write was refused; none where it was not, or only because another was.
    pub fn refused(&self) -> Option<StorageProblem> {
        if let Self::Merge(_, merged) = self {
            return merged.borrow().as_ref()?.as_ref().err().cloned();
        }
        let Self::Write(request) = self else { return None };
        let error = request.error().ok().flatten()?;
        (error.name() != "AbortError").then(|| problem::of_js(error.into()))
    }

    /// What was read, or made of it; nothing for writes.
    pub fn rows(&self) -> Result<Rows, StorageProblem> {
        if let Self::Merge(key, merged) = self {
            let merged = merged.borrow();
            return merged.iter().map(|merged| Ok((key.clone(), merged.clone()?))).collect();
        }
        let Self::Read(keys, values) = self else { return Ok(Rows::new()) };
        let list = |result: Result<JsValue, idb::Error>| result.map(|list| Array::from(&list)).map_err(problem::of_idb);
        let keys = list(keys.result())?;
        match values {
            Some(values) => Ok(keys.iter().zip(list(values.result())?.iter()).collect()),
            None => Ok(keys.iter().map(|key| (key, JsValue::UNDEFINED)).collect()),
        }
    }
}
