//! The command line, run as the real program.

mod folder;
mod serve;
mod verify;
