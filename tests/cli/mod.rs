//! The command line, run as the real program.

mod folder;
mod form;
mod serve;
mod verify;
