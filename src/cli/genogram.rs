//! `asesmen genogram draw`: a family in a file becomes a drawing.

use super::UNUSABLE;
use super::form::bytes_of;
use super::terminal::escaped;
use crate::diagram::gedcom::{self, GedcomRefusal, Imported};
use crate::diagram::{Genogram, GenogramRefusal, PersonId, RecordRefusal, around, scene, svg};
use crate::json::{JsonRefusal, parse};
use crate::wording::{Language, gedcom_note, summary, word};
use std::path::Path;
use std::process::ExitCode;

/// Why a file becomes no drawing.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("cannot be read: {0}")]
    Unread(#[from] std::io::Error),
    #[error("is not JSON: {0}")]
    NotJson(#[from] JsonRefusal),
    #[error("is no genogram in JSON, and no GEDCOM file: {0}")]
    NotGedcom(#[from] GedcomRefusal),
    #[error("is no genogram: {0}")]
    NoGenogram(#[from] RecordRefusal),
    #[error("nobody in it is called “{0}”")]
    NoRoot(String),
    #[error("no drawing can be made of it: {0}")]
    Undrawable(#[from] GenogramRefusal),
}

/// Something of a file that is not in the drawing, or not as it was.
struct Note(String);

/// The members of the record of a genogram.
const MEMBERS: [&str; 4] = ["people", "couples", "children", "feelings"];

/// Reads a family from the bytes of a file: the record of a genogram if an object of JSON begins there, else GEDCOM,
/// whatever the file is called.
fn read(bytes: &[u8]) -> Result<(Genogram, Vec<Note>), Refusal> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if text.trim_ascii_start().starts_with(b"{") { read_json(text) } else { read_gedcom(bytes) }
}

fn read_gedcom(bytes: &[u8]) -> Result<(Genogram, Vec<Note>), Refusal> {
    let Imported { genogram, notes } = gedcom::read(bytes)?;
    Ok((genogram, notes.iter().map(|note| Note(gedcom_note(Language::En, note))).collect()))
}

fn read_json(bytes: &[u8]) -> Result<(Genogram, Vec<Note>), Refusal> {
    let value = parse(bytes)?;
    let genogram = Genogram::from_json(&value)?;
    let members = value.as_object().into_iter().flat_map(|object| object.iter().map(|(name, _)| name));
    let unknown = members.filter(|name| !MEMBERS.contains(name));
    Ok((genogram, unknown.map(|name| Note(format!("left out: “{name}” is no list of a genogram"))).collect()))
}

/// Draws a family, or those around one person of it.
pub fn draw(file: &Path, root: Option<(&str, usize)>, language: Language) -> ExitCode {
    match drawn(file, root, language) {
        Ok((text, notes)) => {
            notes.iter().for_each(|Note(note)| eprintln!("note: {}", escaped(note)));
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            eprintln!("unusable {file:?}: {}", escaped(&refusal.to_string()));
            ExitCode::from(UNUSABLE)
        }
    }
}

fn drawn(file: &Path, root: Option<(&str, usize)>, language: Language) -> Result<(String, Vec<Note>), Refusal> {
    let (mut genogram, mut notes) = read(&bytes_of(file)?)?;
    if let Some((root, generations)) = root {
        let part = around(&genogram, &PersonId(root.into()), generations);
        genogram = part.ok_or_else(|| Refusal::NoRoot(root.to_owned()))?;
    }
    let words = |term| word(language, term).to_owned();
    let scene = scene(&genogram, &words)?;
    let across = scene.across_generations.iter();
    notes.extend(across.map(|couple| Note(format!("the partners of “{couple}” stand in different generations"))));
    Ok((svg(&scene, &words, &summary(language, genogram.people.len(), genogram.couples.len())), notes))
}
