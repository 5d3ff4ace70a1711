//! View models: what screens show, derived from the model each time and never stored.

mod cards;
mod change;
mod difference;
mod open;
mod page;
mod progress;
mod reach;
mod record;
mod review;
mod steps;
mod tasks;
mod versions;

pub use cards::{Card, cards, client_cards, lines, marked, marked_around};
pub use change::{ChangeCounts, ChangeRow, ChangeSection, Point, RowKind, Series, change_counts, changes, totals};
pub use difference::{Difference, differences};
pub use open::{open, open_here, told_open};
pub use page::{PageView, is_asked, page, pages, position_of};
pub use progress::{Progress, SectionView, State, first_open, progress, sections};
pub use reach::{Reach, reach};
pub use record::{RecordSection, RecordView, record, withholds};
pub use review::{ReviewRow, ReviewSection, WholeProblem, review, whole};
pub use steps::{Lack, Missing, StepView, steps};
pub use tasks::{CaseView, TaskView, cases, cases_without_record, task_of, tasks};
pub use versions::{earlier, newer};
