//! Browser errors as storage problems.

use super::super::network::words;
use crate::app::StorageProblem;
use wasm_bindgen::{JsCast, JsValue};

/// Names what a DOMException means for the worker.
pub fn of_js(error: JsValue) -> StorageProblem {
    let name = error.dyn_ref::<web_sys::DomException>().map(web_sys::DomException::name).unwrap_or_default();
    match name.as_str() {
        "QuotaExceededError" => StorageProblem::Full,
        "ConstraintError" => StorageProblem::Conflict,
        "VersionError" => StorageProblem::NewerVersion,
        "SecurityError" => StorageProblem::Blocked(words(error)),
        _ => StorageProblem::Failed(words(error)),
    }
}

/// Names what an error of the `idb` crate means for the worker.
pub fn of_idb(error: idb::Error) -> StorageProblem {
    use idb::Error as E;
    match error {
        E::DomException(exception) => of_js(exception.into()),
        E::IndexedDbNotFound(_) => StorageProblem::Blocked("IndexedDB".to_owned()),
        E::IndexedDbOpenFailed(value)
        | E::TransactionOpenFailed(value)
        | E::AddFailed(value)
        | E::UpdateFailed(value)
        | E::DeleteFailed(value)
        | E::GetFailed(value)
        | E::GetAllFailed(value)
        | E::GetAllKeysFailed(value)
        | E::ObjectStoreNotFound(value) => of_js(value),
        // Nothing else is asked for here, and the crate's words for all the rest would weigh more than this file.
        _ => StorageProblem::Failed("IndexedDB".to_owned()),
    }
}
