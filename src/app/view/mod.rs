//! View models: what screens show, derived from the model each time and never stored.

mod change;
mod progress;
mod record;
mod review;
mod tasks;

pub use change::{ChangeCounts, ChangeRow, ChangeSection, Point, RowKind, Series, change_counts, changes, totals};
pub use progress::{Progress, SectionView, State, first_open, progress, sections};
pub use record::{RecordView, record, withholds};
pub use review::{ReviewRow, ReviewSection, review};
pub use tasks::{CaseView, TaskView, cases, cases_without_record, task_of, tasks};
