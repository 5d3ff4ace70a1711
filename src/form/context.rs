//! What surrounds the filling of a form: the time, and what the form asks to be launched with (SDC, `launchContext`).

use crate::domain::Timestamp;
use crate::json::Value;

/// What expressions of a form may ask for beside the answers.
#[derive(Clone, Debug)]
pub struct Context {
    /// The time that `today()` and `now()` give.
    pub now: Timestamp,
    /// FHIR resources by the names under which expressions ask for them, such as `patient` and `user`.
    pub resources: Vec<(String, Value)>,
}

impl Context {
    /// A time and no resources.
    #[must_use]
    pub const fn at(now: Timestamp) -> Self {
        Self { now, resources: Vec::new() }
    }
}
