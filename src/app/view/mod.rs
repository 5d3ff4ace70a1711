//! View models: what screens show, derived from the model each time and never stored.

mod cards;
mod difference;
mod progress;
mod review;
mod steps;
mod tasks;

pub use cards::{Card, cards, client_cards, lines, marked, marked_around};
pub use difference::{Difference, differences};
pub use progress::{Progress, SectionView, State, first_open, progress, sections};
pub use review::{ReviewRow, ReviewSection, review};
pub use steps::{Lack, Missing, StepView, steps};
pub use tasks::{CaseView, TaskView, cases, cases_without_record, task_of, tasks};
