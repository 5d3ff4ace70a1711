//! The receiver, run as the real program, on folders and on an S3 server that others wrote.

mod answers;
mod attachments;
mod contract;
mod crash;
mod early;
mod gate;
mod hostile;
mod race;
mod s3;
pub mod server;
mod starve;
mod stop;
mod weed;
