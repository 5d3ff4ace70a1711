//! View models: what screens show, derived from the model each time and never stored.

mod progress;
mod review;
mod tasks;
mod versions;

pub use progress::{Progress, SectionView, State, first_open, progress, sections};
pub use review::{ReviewRow, ReviewSection, review};
pub use tasks::{CaseView, TaskView, cases, cases_without_record, tasks};
pub use versions::{earlier, newer};
