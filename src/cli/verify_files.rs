//! Which files `asesmen verify` reads: those that are named, those in folders, and the standard input.

use crate::json::{Value, parse};
use std::fs::File;
use std::io::{Error, Read};
use std::path::{Path, PathBuf};

/// The name of the standard input.
const INPUT: &str = "-";

/// The most bytes of one file: a case with all its photographs is far smaller, and a file without an end must not take the
/// memory.
const MOST_BYTES: u64 = 256 << 20;

/// A file to check.
pub struct Source {
    /// Its name, as the worker would find it.
    pub name: String,
    /// Whether it only happened to lie in a folder.
    pub found: bool,
}

/// All files, those of folders in the order of their names.
///
/// # Errors
/// Says which folder cannot be read.
pub fn gather(named: &[PathBuf]) -> Result<Vec<Source>, String> {
    let mut sources = Vec::new();
    for path in named {
        if path.is_dir() {
            let mut found = Vec::new();
            walk(path, &mut found).map_err(|error| format!("the folder {path:?} cannot be read: {error}"))?;
            found.sort();
            sources.extend(found.into_iter().map(|path| Source { name: text(&path), found: true }));
        } else {
            sources.push(Source { name: text(path), found: false });
        }
    }
    Ok(sources)
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Finds the files `*.json` below a folder. Links to folders are not followed, as they may lead round in a circle.
fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Error> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            walk(&path, found)?;
        } else if path.is_file() && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
            found.push(path);
        }
    }
    Ok(())
}

impl Source {
    /// The bytes of the file.
    ///
    /// # Errors
    /// As reading files does, and refuses what has no end.
    pub fn read(&self) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let source: &mut dyn Read =
            if self.name == INPUT { &mut std::io::stdin() } else { &mut File::open(&self.name)? };
        source.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(Error::other("larger than 256 MB"));
        }
        Ok(bytes)
    }
}

/// Whether bytes are JSON that does not even claim to be sealed, such as another file in the same folder.
pub fn is_something_else(bytes: &[u8]) -> bool {
    let claims = |value: &Value| value.get("document").is_some() || value.get("signatures").is_some();
    parse(bytes).is_ok_and(|value| !claims(&value))
}
