//! What is told about a reading: why a file is no family, and what was changed or left out of one that is.
//!
//! Invariant: whatever of a file does not come out as it was meant is noted, with the line where it stands.

use super::charset::Charset;
use std::collections::HashMap;

/// How many notes are kept; a file that gives cause for more is told of as such.
const MOST: usize = 5_000;

/// Why bytes are not read as a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GedcomRefusal {
    /// Nothing in it looks like GEDCOM.
    #[error("this is not a GEDCOM file: it has no line “0 HEAD” and no person")]
    NotGedcom,
    /// A GEDCOM file packed together with pictures.
    #[error("this is a packed file (GEDZIP or another ZIP archive): unpack it and give the file gedcom.ged inside")]
    Gedzip,
    /// More bytes than are read.
    #[error("the file has {bytes} bytes, more than the {limit} that are read")]
    TooLarge {
        /// How many there are.
        bytes: usize,
        /// How many are read.
        limit: usize,
    },
    /// More lines than are read.
    #[error("the file has more than the {limit} lines that are read")]
    TooManyLines {
        /// How many are read.
        limit: usize,
    },
}

/// One thing that was changed or left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The line of the file, from 1; 0 where it is about the whole file.
    pub line: u32,
    /// How often it happened; `line` is the first of them.
    pub times: u32,
    /// What.
    pub kind: NoteKind,
}

/// What was changed or left out. People are named as the file names them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// The characters are not in the encoding that the file declares (empty: none), but in this one.
    Charset {
        /// What the file says.
        declared: String,
        /// What it was read as.
        used: Charset,
    },
    /// Bytes that are no character in the encoding of the rest.
    UnreadableBytes,
    /// The file does not begin with its header.
    NoHeader,
    /// The file does not end with its trailer, so it may have been cut off.
    NoTrailer,
    /// Lines that are not GEDCOM were left out.
    StrayLine,
    /// Lines whose level is more than one below the line before; they were taken as belonging to that line.
    LevelJump,
    /// Lines with this tag, and what belongs to them, were left out.
    LeftOut {
        /// The tag.
        tag: String,
    },
    /// A second record with an identifier that is taken; it was given another one.
    DuplicateId {
        /// The identifier.
        id: String,
    },
    /// A person's second or further name was left out.
    FurtherName {
        /// The name.
        name: String,
    },
    /// A text was cut at its end, because it is longer than any drawing holds.
    TextCut,
    /// A sex that is none of those GEDCOM knows; it was taken as unknown.
    SexUnknown {
        /// What the file says.
        text: String,
    },
    /// An age that is a bound or a word, and was left out or taken as a number.
    AgeChanged {
        /// What the file says.
        text: String,
    },
    /// A range of dates, of which what both ends share or the middle was kept.
    DateNarrowed {
        /// What the file says.
        text: String,
    },
    /// A date in another calendar.
    DateConverted {
        /// What the file says.
        text: String,
    },
    /// A date that could not be read; its words were kept.
    DateAsWords {
        /// What the file says.
        text: String,
    },
    /// A birth or death is known only by a later event, as before that.
    DateInferred {
        /// The tag of the event.
        tag: &'static str,
        /// The person.
        who: String,
    },
    /// A second date of the same event was left out.
    FurtherDate {
        /// The tag of the event.
        tag: &'static str,
        /// The person or family.
        who: String,
    },
    /// A person who is named but is not in the file.
    MissingPerson {
        /// How the file names them.
        id: String,
    },
    /// A family that is named but is not in the file.
    MissingFamily {
        /// How the file names it.
        id: String,
    },
    /// A tie was told by one side only; it was taken as told. The other side lacks this tag.
    OneSided {
        /// The tag that is missing.
        tag: &'static str,
    },
    /// Somebody is a partner of themselves; the other partner was taken as unknown.
    SelfMarriage {
        /// The person.
        who: String,
    },
    /// A family with more than two partners; this one was left out of it.
    FurtherPartner {
        /// The person.
        who: String,
    },
    /// A child stands twice under the same parents; the second time was left out.
    FurtherTie {
        /// The child.
        who: String,
    },
    /// A child tie that the file calls disproven, or that is a sealing and no kinship, was left out.
    TieLeftOut {
        /// The child.
        who: String,
        /// What the file calls it.
        text: String,
    },
    /// A kind of child tie that is not known; it was taken as unclear.
    TieUnclear {
        /// What the file says.
        text: String,
    },
    /// Somebody would be their own ancestor. The tie of the first to the second was left out.
    OwnAncestor {
        /// The people around the loop, from the child to its parent and on; at most eight.
        people: Vec<String>,
    },
    /// A family without anybody to be drawn was left out.
    EmptyFamily,
    /// Two families of the same couple, of which one says nothing of its own, became one.
    FamiliesMerged,
    /// Families that do not say how the couple lived were taken as married.
    UnionAssumed,
    /// A couple that divorced and married again is shown as married since the first time.
    Remarried,
    /// An engagement or an annulment was taken as the nearest kind.
    UnionTaken {
        /// The tag of the event.
        tag: &'static str,
    },
    /// More than one person is marked as the one the drawing is about; this one is not.
    FurtherIndex {
        /// The person.
        who: String,
    },
    /// There were more notes than are kept.
    More,
}

/// Notes while they are taken.
#[derive(Default)]
pub(super) struct Notes {
    list: Vec<Note>,
    counted: HashMap<NoteKind, usize>,
}

impl Notes {
    /// Notes something that happened once, in a line.
    pub fn add(&mut self, line: u32, kind: NoteKind) {
        if self.list.len() < MOST {
            self.list.push(Note { line, times: 1, kind });
        } else {
            self.count(line, NoteKind::More);
        }
    }

    /// Notes something whose times are counted instead of told one by one.
    pub fn count(&mut self, line: u32, kind: NoteKind) {
        if let Some(note) = self.counted.get(&kind).and_then(|at| self.list.get_mut(*at)) {
            note.times = note.times.saturating_add(1);
        } else if self.list.len() < MOST || kind == NoteKind::More {
            self.counted.insert(kind.clone(), self.list.len());
            self.list.push(Note { line, times: 1, kind });
        } else {
            self.count(line, NoteKind::More);
        }
    }

    /// Notes something about the whole file that happened so often.
    pub fn add_times(&mut self, times: u32, kind: NoteKind) {
        self.list.push(Note { line: 0, times, kind });
    }

    /// The notes in the order of the file.
    pub fn in_order(mut self) -> Vec<Note> {
        self.list.sort_by_key(|note| (note.kind == NoteKind::More, note.line));
        self.list
    }
}
