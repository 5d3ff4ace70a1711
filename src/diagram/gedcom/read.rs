//! From a file to a genogram and the notes about what became of it.

use super::associations::{feelings, twins};
use super::charset::decode;
use super::families::{couples, families};
use super::lines::is_banned;
use super::loops::cut;
use super::notes::{GedcomRefusal, Note, NoteKind, Notes};
use super::people::{self, plain};
use super::relations::ties;
use super::tree::{Structure, Tree};
use super::words::ID_TYPE;
use crate::diagram::{ChildKind, CoupleId, Genogram, Person, PersonId};
use std::collections::{HashMap, HashSet};

/// How many bytes are read: ten times what the largest family that anybody draws needs.
const MOST_BYTES: usize = 32 << 20;

/// A family from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The people and ties.
    pub genogram: Genogram,
    /// What was changed or left out, in the order of the file.
    pub notes: Vec<Note>,
}

/// Reads a GEDCOM file of version 5.5.1 or 7, or of those before.
///
/// # Errors
/// Refuses what is not GEDCOM, is packed, or is larger than any family.
pub fn read(bytes: &[u8]) -> Result<Imported, GedcomRefusal> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Err(GedcomRefusal::Gedzip);
    }
    if bytes.len() > MOST_BYTES {
        return Err(GedcomRefusal::TooLarge { bytes: bytes.len(), limit: MOST_BYTES });
    }
    let mut notes = Notes::default();
    let decoded = decode(bytes);
    if decoded.contradicted {
        notes.add(0, NoteKind::Charset { declared: decoded.declared, used: decoded.used });
    }
    if decoded.unreadable > 0 {
        notes.add_times(decoded.unreadable, NoteKind::UnreadableBytes);
    }
    let tree = Tree::read(&decoded.text, &mut notes)?;
    let genogram = genogram(&tree, &mut notes);
    tree.note_left_out(&mut notes);
    Ok(Imported { genogram, notes: notes.in_order() })
}

/// An individual record.
pub(super) struct Individual<'t> {
    /// The record.
    pub record: Structure<'t>,
    /// The person it tells of.
    pub person: Person,
    /// What a birth was that was none.
    pub loss: Option<ChildKind>,
}

/// The records of a file that matter here, and who points to which.
pub(super) struct File<'t> {
    /// The individual records, in the order of the file.
    pub individuals: Vec<Individual<'t>>,
    /// The family records, in the order of the file, with what they are named by.
    pub families: Vec<(Structure<'t>, CoupleId)>,
    by_xref: HashMap<&'t str, Target>,
}

#[derive(Clone, Copy)]
enum Target {
    Individual(usize),
    Family(usize),
}

fn genogram(tree: &Tree<'_>, notes: &mut Notes) -> Genogram {
    let file = File::read(tree, notes);
    let families = families(&file, notes);
    let (couples, parents) = couples(&file, &families, notes);
    let ties = ties(&file, &families, &parents, notes);
    let ties = cut(&file, &couples, ties, notes);
    let mut children: Vec<_> = ties.into_iter().map(|tie| tie.tie).collect();
    twins(&file, &mut children);
    let feelings = feelings(&file, notes);
    let people = file.individuals.into_iter().map(|known| known.person).collect();
    Genogram { people, couples, children, feelings }
}

impl<'t> File<'t> {
    fn read(tree: &'t Tree<'t>, notes: &mut Notes) -> Self {
        let mut file = Self { individuals: Vec::new(), families: Vec::new(), by_xref: HashMap::new() };
        let (mut people, mut couples) = (Ids::default(), Ids::default());
        for record in tree.records() {
            let target = match () {
                () if record.is("INDI") => {
                    let id = PersonId(people.give(record, "I", notes).into());
                    let read = people::person(record.take(), id, notes);
                    file.individuals.push(Individual { record, person: read.person, loss: read.loss });
                    Target::Individual(file.individuals.len() - 1)
                }
                () if record.is("FAM") => {
                    file.families.push((record.take(), CoupleId(couples.give(record, "F", notes).into())));
                    Target::Family(file.families.len() - 1)
                }
                () => {
                    // The header and the trailer are about the file.
                    if record.is("HEAD") || record.is("TRLR") {
                        record.take_whole();
                    }
                    continue;
                }
            };
            if let Some(xref) = record.xref() {
                file.by_xref.entry(xref).or_insert(target);
            }
        }
        file.keep_one_index(notes);
        file
    }

    fn keep_one_index(&mut self, notes: &mut Notes) {
        let marked = self.individuals.iter_mut().filter(|known| known.person.is_index);
        for further in marked.skip(1) {
            further.person.is_index = false;
            notes.add(further.record.line(), NoteKind::FurtherIndex { who: who(&further.person) });
        }
    }

    /// The individual that a line points to.
    pub fn individual_at(&self, line: Structure<'t>, notes: &mut Notes) -> Option<usize> {
        let found = self.known_at(line);
        if found.is_none() {
            missing(line, |id| NoteKind::MissingPerson { id }, notes);
        }
        found
    }

    /// The family that a line points to.
    pub fn family_at(&self, line: Structure<'t>, notes: &mut Notes) -> Option<usize> {
        match self.target(line) {
            Some(Target::Family(at)) => Some(at),
            _ => {
                missing(line, |id| NoteKind::MissingFamily { id }, notes);
                None
            }
        }
    }

    /// The individual that a line points to, if any.
    pub fn known_at(&self, line: Structure<'t>) -> Option<usize> {
        match self.target(line) {
            Some(Target::Individual(at)) => Some(at),
            _ => None,
        }
    }

    fn target(&self, line: Structure<'t>) -> Option<Target> {
        self.by_xref.get(line.pointer()?).copied()
    }

    /// What an individual is named by.
    pub fn id(&self, individual: usize) -> Option<PersonId> {
        self.individuals.get(individual).map(|known| known.person.id.clone())
    }

    /// What an individual is called in notes.
    pub fn who(&self, individual: usize) -> String {
        self.individuals.get(individual).map(|known| who(&known.person)).unwrap_or_default()
    }
}

/// Notes a pointer that leads nowhere; `@VOID@` says itself that it does (7, 1, Lines).
fn missing(line: Structure<'_>, kind: impl FnOnce(String) -> NoteKind, notes: &mut Notes) {
    if line.pointer() != Some("VOID") {
        let id = line.pointer().map_or_else(|| plain(&line.text()), str::to_owned);
        notes.add(line.line(), kind(id.chars().take(100).collect()));
    }
}

fn who(person: &Person) -> String {
    if person.name.is_empty() { person.id.to_string() } else { person.name.clone() }
}

/// Identifiers that are given, each once.
#[derive(Default)]
struct Ids {
    given: HashSet<String>,
    /// Where the search for a free one goes on.
    next: usize,
}

impl Ids {
    /// Our own identifier (EXID, 7), else the cross-reference, else a number. One that is taken is given up.
    fn give(&mut self, record: Structure<'_>, start: &str, notes: &mut Notes) -> String {
        let own = record
            .children()
            .find(|line| line.is("EXID") && line.children().any(|kind| kind.is("TYPE") && kind.text() == ID_TYPE));
        own.into_iter().for_each(Structure::take_whole);
        let asked = own.map(Structure::text).or_else(|| record.xref().map(|xref| xref.replace(is_banned, "")));
        match asked {
            Some(id) if !self.given.contains(&id) => {
                self.given.insert(id.clone());
                return id;
            }
            Some(id) => notes.add(record.line(), NoteKind::DuplicateId { id }),
            None => {}
        }
        loop {
            self.next += 1;
            let id = format!("{start}-{}", self.next);
            if self.given.insert(id.clone()) {
                return id;
            }
        }
    }
}
