//! The command line, run as the real program.

mod ecomap;
pub mod folder;
mod form;
mod form_files;
mod genogram;
mod serve;
mod verify;
