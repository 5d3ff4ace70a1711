//! `asesmen ecomap draw`: an ecomap in a file becomes a drawing.

use super::UNUSABLE;
use super::form::bytes_of;
use super::terminal::escaped;
use crate::diagram::ecomap::{Ecomap, EcomapRecordRefusal, EcomapRefusal, Sign, scene};
use crate::diagram::titled;
use crate::json::{JsonRefusal, parse};
use crate::wording::{Language, ecomap_summary, ecomap_word};
use std::path::Path;
use std::process::ExitCode;

/// Why a file becomes no drawing.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("cannot be read: {0}")]
    Unread(#[from] std::io::Error),
    #[error("is not JSON: {0}")]
    NotJson(#[from] JsonRefusal),
    #[error("is no ecomap: {0}")]
    NoEcomap(#[from] EcomapRecordRefusal),
    #[error("no drawing can be made of it: {0}")]
    Undrawable(#[from] EcomapRefusal),
}

/// Draws an ecomap.
pub fn draw(file: &Path, language: Language) -> ExitCode {
    match drawn(file, language) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            eprintln!("unusable {file:?}: {}", escaped(&refusal.to_string()));
            ExitCode::from(UNUSABLE)
        }
    }
}

fn drawn(file: &Path, language: Language) -> Result<String, Refusal> {
    let bytes = bytes_of(file)?;
    let ecomap = Ecomap::from_json(&parse(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes))?)?;
    let words = |sign| ecomap_word(language, sign).to_owned();
    let scene = scene(&ecomap, &words)?;
    Ok(titled(&scene, &words(Sign::Ecomap), &ecomap_summary(language, &ecomap)))
}
