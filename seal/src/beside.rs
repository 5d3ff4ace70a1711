//! Files that are given together with a document: whether they are the attachments that it names.
//!
//! Invariant: a seal never breaks by what lies beside it, or whoever can put a file beside a good one could make it look
//! doubtful. What is missing or another is said, and is not the attachment.

use crate::attachments::Apart;
use crate::digest::digest;
use crate::format::About;
use crate::json::{Object, Value};
use crate::report::{Finding, Report};

/// A file that was given together with documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// Its name, without folders.
    pub name: String,
    /// The digest of its bytes.
    pub digest: String,
    /// How many bytes.
    pub size: u64,
}

/// What became of an attachment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is there, unchanged.
    Present,
    /// It is not there.
    Missing,
    /// Only a file of its name is there, which is another.
    Different,
}

impl Presence {
    /// The word for machines.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Missing => "missing",
            Self::Different => "different",
        }
    }
}

impl Beside {
    /// A file of this name and these bytes.
    #[must_use]
    pub fn new(name: &str, bytes: &[u8]) -> Self {
        Self { name: name.to_owned(), digest: digest(bytes), size: bytes.len() as u64 }
    }

    /// Whether it is this attachment, byte for byte.
    #[must_use]
    pub fn is(&self, apart: &Apart) -> bool {
        self.digest == apart.digest && self.size == apart.size
    }
}

impl Apart {
    /// What the name begins with under which it is exported beside its document: sixteen digits of the hash. They keep files
    /// of one title apart, and tell which attachment a file means to be.
    #[must_use]
    pub fn short_hex(&self) -> &str {
        self.hex().get(..16).unwrap_or_default()
    }

    /// Whether a file of this name means to be it: under the name it was sealed with, or the one it is exported with.
    #[must_use]
    pub fn goes_by(&self, name: &str) -> bool {
        name == self.title || name.starts_with(self.short_hex())
    }

    /// What became of it among these files.
    #[must_use]
    pub fn among(&self, files: &[Beside]) -> Presence {
        if files.iter().any(|file| file.is(self)) {
            Presence::Present
        } else if files.iter().any(|file| self.goes_by(&file.name)) {
            Presence::Different
        } else {
            Presence::Missing
        }
    }
}

impl Report {
    /// The attachments that the document names.
    #[must_use]
    pub fn attachments(&self) -> &[Apart] {
        match &self.about {
            About::Document(facts) => &facts.attachments,
            _ => &[],
        }
    }

    /// Says of each attachment that the document names, which of these files it is.
    pub fn look_beside(&mut self, files: &[Beside]) {
        let found: Vec<Finding> = self.attachments().iter().filter_map(|apart| apart.finding(files)).collect();
        self.findings.extend(found);
    }

    /// For machines: every attachment with its `state`.
    #[must_use]
    pub fn attachments_beside(&self, files: &[Beside]) -> Vec<Value> {
        let told = |apart: &Apart| {
            let mut object: Object = apart.to_json();
            object.set("state", apart.among(files).code());
            object.into()
        };
        self.attachments().iter().map(told).collect()
    }
}

impl Apart {
    fn finding(&self, files: &[Beside]) -> Option<Finding> {
        let (digest, size) = (self.digest.clone(), self.size);
        match self.among(files) {
            Presence::Present => None,
            Presence::Missing => Some(Finding::AttachmentMissing { digest, size }),
            Presence::Different => Some(Finding::AttachmentDiffers { digest, size }),
        }
    }
}
