//! The command line, run as the real program.

mod ecomap;
pub mod folder;
mod form;
mod form_files;
mod genogram;
mod package;
mod serve;
mod verify;
mod verify_beside;
mod verify_set;
mod verify_trust;
