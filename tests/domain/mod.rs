//! The casework's own values: times, identifiers, dates, records.

mod id;
mod partial_date;
mod records;
mod time;
