//! The attachments that lie beside the documents that `asesmen verify` reads.
//!
//! They may be of any kind and large. So only files are opened that are as long as an attachment that is looked for, or go
//! by its name, and they are read in pieces.

use crate::seal::{Apart, Beside};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{Error, Read};
use std::path::{Path, PathBuf};

/// The last part of a path.
pub fn last(path: &str) -> String {
    Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Files that may be attachments, in the folders that were named and beside the files that were. What cannot be read is not
/// there.
pub fn find(named: &[PathBuf], wanted: &[Apart]) -> Vec<Beside> {
    let mut found: Vec<PathBuf> = Vec::new();
    for path in named {
        if path.is_dir() {
            walk(path, true, &mut found);
        } else if let Some(folder) = path.parent().filter(|_| path.is_file()) {
            let here = folder.as_os_str().is_empty();
            walk(if here { Path::new(".") } else { folder }, false, &mut found);
        }
    }
    found.sort();
    found.dedup();
    found.iter().filter_map(|path| beside(path, wanted)).collect()
}

/// All files of a folder, with those of the folders in it where that is asked for. Links to folders are not followed, as they
/// may lead round in a circle.
fn walk(folder: &Path, deep: bool, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, is_folder) = (entry.path(), entry.file_type().is_ok_and(|kind| kind.is_dir()));
        if is_folder && deep {
            walk(&path, deep, found);
        } else if path.is_file() {
            found.push(path);
        }
    }
}

fn beside(path: &Path, wanted: &[Apart]) -> Option<Beside> {
    let (size, name) = (path.metadata().ok()?.len(), last(&path.to_string_lossy()));
    let may_be = wanted.iter().any(|apart| apart.size == size || apart.goes_by(&name));
    may_be.then(|| read(path, name).ok()).flatten()
}

fn read(path: &Path, name: String) -> Result<Beside, Error> {
    let (mut file, mut hash, mut size) = (File::open(path)?, Sha256::new(), 0);
    let mut piece = vec![0; 1 << 16];
    loop {
        let length = file.read(&mut piece)?;
        if length == 0 {
            break;
        }
        hash.update(&piece[..length]);
        size += length as u64;
    }
    let mut digest = String::from("sha-256:");
    for byte in hash.finalize() {
        // Writing to a String cannot fail.
        let _ = write!(digest, "{byte:02x}");
    }
    Ok(Beside { name, digest, size })
}
