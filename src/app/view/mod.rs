//! View models: what screens show, derived from the model each time and never stored.

mod page;
mod progress;
mod review;
mod tasks;

pub use page::{PageView, is_asked, page, pages, position_of};
pub use progress::{Progress, SectionView, State, first_open, progress, sections};
pub use review::{ReviewRow, ReviewSection, review};
pub use tasks::{CaseView, TaskView, cases, cases_without_record, task_of, tasks};
