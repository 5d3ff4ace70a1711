//! The case file (domain inventory G6): which documents make up each of its letters, and how far each is. The letters are
//! data; nothing of the file is stored.

use super::facts::name_of;
use crate::app::catalogue::Title;
use crate::app::model::Model;
use crate::app::record::current;
use crate::app::screen::Part;
use crate::domain::{CaseId, Document, Timestamp};
use crate::form::Sensitivity;
use crate::json::Value;

/// One letter of the case file.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The letter.
    pub letter: char,
    /// What stands there.
    pub title: Title,
    /// How much privacy the strictest of it needs; who may open the letter follows from that.
    pub mark: Sensitivity,
    /// What it is built from.
    pub from: Vec<Source>,
    /// Whether the meetings that documents tell of are listed there.
    pub contacts: bool,
}

/// An instrument of which documents stand at a letter.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name of its form.
    pub instrument: String,
    /// The linkIds that count; all where none is named.
    pub items: Vec<String>,
    /// Whether the letter is complete without it.
    pub optional: bool,
}

/// How far a letter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// Nothing is sealed for it.
    Empty,
    /// Something is, and something is still to come.
    Partly,
    /// A document of each of its instruments is sealed.
    Complete,
}

/// One part of a case's file.
#[derive(Clone, Debug)]
pub struct FilePart {
    /// Which.
    pub part: Part,
    /// Its letter; none for the documents that no letter names.
    pub letter: Option<Letter>,
    /// Sealed documents in it, oldest first.
    pub documents: Vec<Document>,
    /// Drafts that will belong to it.
    pub drafts: usize,
    /// How far it is.
    pub state: FileState,
    /// When something was last sealed for it, or begun.
    pub touched: Option<Timestamp>,
}

/// A case's file: its letters in order, then what no letter names.
#[derive(Clone, Debug, Default)]
pub struct FileView {
    /// The parts.
    pub parts: Vec<FilePart>,
}

impl Letter {
    pub(super) fn from_json(value: &Value) -> Option<Self> {
        let mut letters = value.get("letter")?.as_str()?.chars();
        let letter = letters.next().filter(|letter| letter.is_ascii_lowercase() && letters.next().is_none())?;
        Some(Self {
            letter,
            title: Title::from_json(value.get("title")?)?,
            mark: Sensitivity::from_code(value.get("mark")?.as_str()?)?,
            from: value.get("from")?.as_array()?.iter().map(Source::from_json).collect::<Option<_>>()?,
            contacts: value.get("contacts").is_some_and(|flag| flag.as_bool() == Some(true)),
        })
    }

    /// The source that a document belongs to.
    #[must_use]
    pub fn source(&self, document: &Document) -> Option<&Source> {
        self.from.iter().find(|source| source.instrument == name_of(document))
    }
}

impl Source {
    fn from_json(value: &Value) -> Option<Self> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let items = value.get("items").map_or(Some(&[][..]), Value::as_array)?;
        Some(Self {
            instrument: text(value.get("instrument")?)?,
            items: items.iter().map(text).collect::<Option<_>>()?,
            optional: value.get("optional").is_some_and(|flag| flag.as_bool() == Some(true)),
        })
    }
}

impl FilePart {
    /// How private the strictest of it is. What no letter names may hold anything.
    #[must_use]
    pub fn mark(&self) -> Sensitivity {
        self.letter.as_ref().map_or(Sensitivity::X, |letter| letter.mark)
    }
}

impl FileView {
    /// The file of a case as it stands.
    #[must_use]
    pub fn of(model: &Model, case: CaseId) -> Self {
        let sealed = current(model, case);
        let drafts: Vec<&Document> =
            model.documents.iter().filter(|document| document.case == case && document.is_draft()).collect();
        let letters = &model.rules.file;
        let named = |document: &&Document| letters.iter().any(|letter| letter.source(document).is_some());
        let mut parts: Vec<FilePart> = letters.iter().map(|letter| part(letter, &sealed, &drafts)).collect();
        let others: Vec<&Document> = sealed.iter().copied().filter(|document| !named(document)).collect();
        let other_drafts: Vec<&Document> = drafts.into_iter().filter(|document| !named(document)).collect();
        if !others.is_empty() || !other_drafts.is_empty() {
            let state = if others.is_empty() { FileState::Empty } else { FileState::Complete };
            parts.push(made(Part::Others, None, &others, &other_drafts, state));
        }
        Self { parts }
    }
}

fn part(letter: &Letter, sealed: &[&Document], drafts: &[&Document]) -> FilePart {
    let own = |document: &&&Document| letter.source(document).is_some();
    let documents: Vec<&Document> = sealed.iter().filter(own).copied().collect();
    let is_there = |source: &Source| documents.iter().any(|document| name_of(document) == source.instrument);
    let complete = letter.from.iter().filter(|source| !source.optional).all(is_there);
    let any = !documents.is_empty() || letter.contacts && !sealed.is_empty();
    let state = match (any, complete) {
        (false, _) => FileState::Empty,
        (true, true) => FileState::Complete,
        (true, false) => FileState::Partly,
    };
    let drafts: Vec<&Document> = drafts.iter().filter(own).copied().collect();
    // Where meetings are listed, every document may tell of one.
    let shown = if letter.contacts { sealed } else { &documents };
    made(Part::Letter(letter.letter), Some(letter.clone()), shown, &drafts, state)
}

fn made(
    part: Part,
    letter: Option<Letter>,
    documents: &[&Document],
    drafts: &[&Document],
    state: FileState,
) -> FilePart {
    let times = documents.iter().chain(drafts).map(|document| document.seal.map_or(document.begun, |seal| seal.at));
    let touched = times.max();
    let documents = documents.iter().map(|document| (*document).clone()).collect();
    FilePart { part, letter, documents, drafts: drafts.len(), state, touched }
}
