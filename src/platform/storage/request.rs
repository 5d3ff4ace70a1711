//! What is asked of the database: values to write and ranges to read, all of one transaction together.

use super::problem;
use crate::app::StorageProblem;
use idb::request::{GetAllKeysStoreRequest, GetAllStoreRequest, Request as _};
use idb::{KeyRange, Query};
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::IdbRequest;

/// Keys and values that were read, in the order of the keys.
pub type Rows = Vec<(JsValue, JsValue)>;

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
}

/// A part that was queued; a read one is looked at when the transaction is complete.
pub enum Queued {
    /// Nothing to look at but why it was refused.
    Write(IdbRequest),
    /// Keys and values, or keys alone.
    Read(GetAllKeysStoreRequest, Option<GetAllStoreRequest>),
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
            | Self::Delete(store, _) => store,
        }
    }

    /// Whether it writes.
    pub const fn writes(&self) -> bool {
        matches!(self, Self::Put(..) | Self::Add(..) | Self::Delete(..))
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
            Self::Keys(_, range) => Ok(Queued::Read(store.get_all_keys(range.map(Query::from), None)?, None)),
        }
    }
}

impl Queued {
    /// Why a write was refused; none where it was not, or only because another was.
    pub fn refused(&self) -> Option<StorageProblem> {
        let Self::Write(request) = self else { return None };
        let error = request.error().ok().flatten()?;
        (error.name() != "AbortError").then(|| problem::of_js(error.into()))
    }

    /// What was read; nothing for writes.
    pub fn rows(&self) -> Result<Rows, StorageProblem> {
        let Self::Read(keys, values) = self else { return Ok(Rows::new()) };
        let list = |result: Result<JsValue, idb::Error>| result.map(|list| Array::from(&list)).map_err(problem::of_idb);
        let keys = list(keys.result())?;
        match values {
            Some(values) => Ok(keys.iter().zip(list(values.result())?.iter()).collect()),
            None => Ok(keys.iter().map(|key| (key, JsValue::UNDEFINED)).collect()),
        }
    }
}
