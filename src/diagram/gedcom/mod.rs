//! GEDCOM, in which families are handed from program to program: read from 5.5.1 and 7, written as 7.
//!
//! Steps of reading: bytes → text (`charset`) → lines (`lines`) → structures (`tree`) → people, couples and child ties
//! (`people`, `families`, `unions`, `relations`, `associations`) → without loops of descent (`loops`). Sources: The GEDCOM
//! Standard, release 5.5.1 (2019 edition); The FamilySearch GEDCOM Specification, 7.0. What becomes of what is told in
//! `docs/gedcom.md`.
//!
//! Invariants: any bytes are read or refused in time that grows with their number; whatever of a file does not come out
//! as it was meant is noted; what was written is read as it was. Nothing is guessed that the file does not say, except
//! what a note tells of.

mod associations;
mod calendars;
mod charset;
mod dates;
mod families;
mod lines;
mod loops;
mod notes;
mod people;
mod read;
mod relations;
mod tables;
mod tree;
mod unions;
mod words;
mod write;

pub use charset::Charset;
pub use notes::{GedcomRefusal, Note, NoteKind};
pub use read::{Imported, read};
pub use write::write;
