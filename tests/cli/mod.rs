//! The command line, run as the real program.

mod folder;
mod form;
mod form_files;
mod serve;
mod verify;
