//! Opening the database and its transactions.

use super::request::{Queued, Request, Rows};
use super::{problem, stores};
use crate::app::StorageProblem;
use idb::ObjectStoreParams;
use js_sys::{Array, Object, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

const NAME: &str = "asesmen";
const VERSION: u32 = 1;

#[wasm_bindgen]
extern "C" {
    /// `IDBDatabase` with the options argument of `transaction`, which neither `web-sys` nor `idb` offers.
    #[wasm_bindgen(extends = web_sys::IdbDatabase, js_name = IDBDatabase)]
    type StrictDatabase;

    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn transaction_with(
        this: &StrictDatabase,
        stores: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<web_sys::IdbTransaction, JsValue>;

    /// `IDBTransaction` with `commit`, which browsers before 2020 lack.
    #[wasm_bindgen(extends = web_sys::IdbTransaction, js_name = IDBTransaction)]
    type Committing;

    #[wasm_bindgen(method, catch)]
    fn commit(this: &Committing) -> Result<(), JsValue>;
}

/// A connection to the database, opened when first needed and again after the browser has closed it.
#[derive(Clone, Default)]
pub struct Database {
    open: Rc<RefCell<Option<Connection>>>,
}

/// An open connection; closed when nobody holds it any more, so that it never stands in the way of an upgrade. Closing
/// lets transactions under way finish.
struct Connection(web_sys::IdbDatabase);

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Database {
    /// Its name.
    pub const NAME: &'static str = NAME;

    async fn connection(&self) -> Result<web_sys::IdbDatabase, StorageProblem> {
        if let Some(open) = &*self.open.borrow() {
            return Ok(open.0.clone());
        }
        let factory = idb::Factory::new().map_err(|_| StorageProblem::Blocked("IndexedDB".to_owned()))?;
        let mut request = factory.open(NAME, Some(VERSION)).map_err(|error| match problem::of_idb(error) {
            // Browsers that forbid storage differ in how they refuse; at this point every refusal means just that.
            StorageProblem::Failed(words) => StorageProblem::Blocked(words),
            other => other,
        })?;
        request.on_upgrade_needed(|event| {
            use idb::DatabaseEvent;
            if let Ok(database) = event.database() {
                for name in stores::ALL {
                    // Creation fails only for a store that exists; then there is nothing to do.
                    let _ = database.create_object_store(name, ObjectStoreParams::new());
                }
            }
        });
        let database = request.await.map_err(problem::of_idb)?;
        let database = web_sys::IdbDatabase::from(database);
        self.watch(&database);
        *self.open.borrow_mut() = Some(Connection(database.clone()));
        Ok(database)
    }

    /// Lets go of the connection when the browser closes it or a newer version wants to upgrade.
    fn watch(&self, database: &web_sys::IdbDatabase) {
        let open = Rc::downgrade(&self.open);
        let release = Closure::<dyn Fn()>::new(move || {
            if let Some(open) = open.upgrade() {
                open.borrow_mut().take();
            }
        });
        database.set_onclose(Some(release.as_ref().unchecked_ref()));
        database.set_onversionchange(Some(release.as_ref().unchecked_ref()));
        release.forget();
    }

    /// Begins a transaction; opens the connection anew if the browser has closed it unnoticed.
    async fn begin(&self, requests: &[Request]) -> Result<web_sys::IdbTransaction, StorageProblem> {
        let stores: Array = requests.iter().map(|request| JsValue::from_str(request.store())).collect();
        let mode = if requests.iter().any(Request::writes) { "readwrite" } else { "readonly" };
        let options = Object::new();
        // Setting a member of a fresh plain object cannot fail.
        let _ = Reflect::set(&options, &"durability".into(), &"strict".into());
        let mut last = StorageProblem::Blocked(String::new());
        for _ in 0..3 {
            let connection = self.connection().await?;
            match connection.unchecked_ref::<StrictDatabase>().transaction_with(&stores, mode, &options) {
                Ok(transaction) => return Ok(transaction),
                Err(error) => {
                    last = problem::of_js(error);
                    self.open.borrow_mut().take();
                }
            }
        }
        Err(last)
    }

    /// Does all of it in one transaction or nothing, and waits for `complete`; answers with the rows of each request.
    pub async fn transact(&self, requests: Vec<Request>) -> Result<Vec<Rows>, StorageProblem> {
        let raw = self.begin(&requests).await?;
        let lone_write = matches!(&requests[..], [only] if only.writes() && only.is_queued_whole());
        let done = Promise::new(&mut |resolve, reject| {
            raw.set_oncomplete(Some(&resolve));
            raw.set_onabort(Some(&reject));
        });
        let transaction = idb::Transaction::from(raw.clone());
        let queued: Result<Vec<Queued>, idb::Error> =
            requests.into_iter().map(|request| request.queue(&transaction)).collect();
        if queued.is_err() {
            // What was queued before the refusal must not be kept without the rest.
            let _ = raw.abort();
        } else if lone_write {
            // Asked for at once, so that a page that is being closed leaves the browser nothing to wait for. Where the
            // call is unknown the transaction commits by itself. Never for several writes: Firefox then keeps the others
            // when one is refused, and calls that complete.
            let _ = raw.unchecked_ref::<Committing>().commit();
        }
        let completed = JsFuture::from(done).await.is_ok();
        let queued = queued.map_err(problem::of_idb)?;
        if !completed {
            // After a commit only Chromium tells the transaction why it was aborted; what was refused always knows.
            let refused = queued.iter().find_map(Queued::refused);
            let error = refused.or_else(|| raw.error().map(|error| problem::of_js(error.into())));
            // An abort without an error is a failure like any other: nothing was kept.
            return Err(error.unwrap_or_else(|| StorageProblem::Failed("aborted".to_owned())));
        }
        queued.iter().map(Queued::rows).collect()
    }

    /// Reads; where one unreadable value hides all others, value by value, so that only that one is missing: its row
    /// then holds nothing, which no reader takes for a record.
    pub async fn read(&self, requests: Vec<Request>) -> Result<Vec<Rows>, StorageProblem> {
        let again: Vec<Request> = requests.iter().filter_map(Request::again).collect();
        match self.transact(requests).await {
            Err(StorageProblem::Failed(_)) => {}
            outcome => return outcome,
        }
        let mut all = Vec::with_capacity(again.len());
        for request in again {
            let keys = self.transact(vec![request.keys_only()]).await?.pop().unwrap_or_default();
            let mut rows = Rows::with_capacity(keys.len());
            for (key, _) in keys {
                let read = self.transact(vec![Request::at(request.store(), &key)]).await;
                let value = read.ok().and_then(|mut rows| rows.pop()?.pop());
                rows.push((key, value.map_or(JsValue::UNDEFINED, |(_, value)| value)));
            }
            all.push(rows);
        }
        Ok(all)
    }
}
