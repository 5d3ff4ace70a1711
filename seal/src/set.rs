//! What several files say of each other: the same submission twice, two documents under one seal, a correction, a newer
//! register.
//!
//! Only files that hold by themselves say anything of others: otherwise whoever can put a file beside a good one could
//! make it look doubtful.

use super::digest::digest;
use super::format::{About, DocumentFacts};
use super::report::{Report, Verdict};
use crate::json::{Object, Value, canonical, parse};
use crate::key::Kid;
use crate::trust::KnownKey;
use crate::{SealId, Timestamp};
use std::collections::HashMap;

/// A judged file among others.
#[derive(Clone, Debug)]
pub struct Member {
    /// What a check of the file alone found.
    pub report: Report,
    /// The digest of the file's bytes.
    pub bytes: String,
    /// The digest of what is signed.
    pub document: String,
}

impl Member {
    /// A file of these bytes, of which a check found this.
    #[must_use]
    pub fn new(bytes: &[u8], report: Report) -> Self {
        // What was judged was read before, so only a caller that mixes files up meets the empty digest.
        let document = parse(bytes).ok().and_then(|file| file.get("document").map(|part| digest(&canonical(part))));
        Self { report, bytes: digest(bytes), document: document.unwrap_or_default() }
    }

    fn holds(&self) -> bool {
        self.report.verdict == Verdict::Valid
    }

    fn facts(&self) -> Option<&DocumentFacts> {
        match &self.report.about {
            About::Document(facts) => Some(facts),
            _ => None,
        }
    }

    /// The keys of a register, with whose it is and when it was sealed.
    fn register(&self) -> Option<(Kid, Timestamp, &[KnownKey])> {
        match &self.report.about {
            About::Register(keys) => Some((self.report.signatures.first()?.kid, self.report.sealed, keys)),
            _ => None,
        }
    }
}

/// What a file is to another one, named by its position among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The other one is the same submission and came before: byte for byte, or the same document written in another way.
    Replayed {
        /// The first of them.
        first: usize,
        /// Whether every byte is the same.
        identical: bool,
    },
    /// The other one has the same identifier and another document. One of them is wrong, and no check can say which.
    Conflicting {
        /// The other.
        with: usize,
    },
    /// The other one corrects this one.
    Superseded {
        /// The correction.
        by: usize,
    },
    /// This one says that it corrects the other, which is of another case or form, or not the revision before.
    CorrectionDisagrees {
        /// What it says it corrects.
        of: usize,
    },
    /// The other one is a register of the same issuer, sealed later, and names a key of this one: what it says of that counts.
    Outdated {
        /// The newer register.
        by: usize,
    },
}

impl Relation {
    /// The name of this kind of finding, for machines.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Replayed { .. } => "replayed",
            Self::Conflicting { .. } => "conflicting",
            Self::Superseded { .. } => "superseded",
            Self::CorrectionDisagrees { .. } => "correction-disagrees",
            Self::Outdated { .. } => "outdated",
        }
    }

    /// Whether it breaks the seal, or is only to be known.
    #[must_use]
    pub const fn breaks_seal(self) -> bool {
        matches!(self, Self::Conflicting { .. })
    }

    /// The position of the other file.
    #[must_use]
    pub const fn other(self) -> usize {
        match self {
            Self::Replayed { first: other, .. }
            | Self::Conflicting { with: other }
            | Self::Superseded { by: other }
            | Self::CorrectionDisagrees { of: other }
            | Self::Outdated { by: other } => other,
        }
    }

    /// What it means, with the name of the other file.
    #[must_use]
    pub fn message(self, other: &str) -> String {
        match self {
            Self::Replayed { identical: true, .. } => format!("the same file as {other}"),
            Self::Replayed { .. } => format!("the same document as {other}, in other bytes"),
            Self::Conflicting { .. } => format!("another document than {other} under the same sealId"),
            Self::Superseded { .. } => format!("superseded: {other} corrects it"),
            Self::CorrectionDisagrees { .. } => {
                format!("says that it corrects {other}, which is of another case or form or not the revision before")
            }
            Self::Outdated { .. } => {
                format!("outdated: {other} is by the same issuer, and newer about some of its keys")
            }
        }
    }

    /// For machines: `finding`, `breaksSeal`, `message` and the name of the other `file`.
    #[must_use]
    pub fn to_json(self, other: &str) -> Value {
        let mut object = Object::default();
        object.set("finding", self.code());
        object.set("breaksSeal", self.breaks_seal());
        object.set("message", self.message(other));
        object.set("file", other);
        object.into()
    }
}

/// What each of several files is to others; files that could not be judged have a place and no relations.
#[must_use]
pub fn relations(files: &[Option<Member>]) -> Vec<Vec<Relation>> {
    let mut by_seal: HashMap<SealId, Vec<(usize, &Member)>> = HashMap::new();
    for (position, file) in whole(files) {
        by_seal.entry(file.report.seal_id).or_default().push((position, file));
    }
    let mut found = vec![Vec::new(); files.len()];
    for (position, file) in files.iter().enumerate() {
        let Some(file) = file else { continue };
        let alike = by_seal.get(&file.report.seal_id).map(Vec::as_slice).unwrap_or_default();
        found[position].extend(among_alike(position, file, alike));
    }
    for (position, file) in whole(files) {
        let Some(facts) = file.facts() else { continue };
        let corrected = facts.replaces.and_then(|seal| by_seal.get(&seal)).map(Vec::as_slice).unwrap_or_default();
        for (of, old) in corrected {
            if old.facts().is_some_and(|old| corrects(facts, old)) {
                found[*of].push(Relation::Superseded { by: position });
            } else {
                found[position].push(Relation::CorrectionDisagrees { of: *of });
            }
        }
    }
    outdate(files, &mut found);
    found
}

/// Finds registers of which some key is named by a newer one of the same issuer.
fn outdate(files: &[Option<Member>], found: &mut [Vec<Relation>]) {
    let registers = || whole(files).filter_map(|(position, file)| Some((position, file.register()?)));
    let mut newest: HashMap<(Kid, Kid), (Timestamp, usize)> = HashMap::new();
    for (position, (issuer, sealed, keys)) in registers() {
        for key in keys {
            let last = newest.entry((issuer, key.kid)).or_insert((sealed, position));
            if sealed > last.0 {
                *last = (sealed, position);
            }
        }
    }
    for (position, (issuer, sealed, keys)) in registers() {
        let newer = keys.iter().find_map(|key| newest.get(&(issuer, key.kid)).filter(|(last, _)| *last > sealed));
        found[position].extend(newer.map(|(_, by)| Relation::Outdated { by: *by }));
    }
}

fn whole(files: &[Option<Member>]) -> impl Iterator<Item = (usize, &Member)> {
    let judged = files.iter().enumerate().filter_map(|(position, file)| file.as_ref().map(|file| (position, file)));
    judged.filter(|(_, file)| file.holds())
}

/// What a file is to those of the same identifier that hold.
fn among_alike(position: usize, file: &Member, alike: &[(usize, &Member)]) -> Option<Relation> {
    let other = alike.iter().find(|(other, member)| *other != position && member.document != file.document);
    if let Some((with, _)) = other {
        return Some(Relation::Conflicting { with: *with });
    }
    let (first, member) = alike.first().filter(|(first, _)| file.holds() && *first < position)?;
    Some(Relation::Replayed { first: *first, identical: member.bytes == file.bytes })
}

fn corrects(new: &DocumentFacts, old: &DocumentFacts) -> bool {
    let same_form = new.instrument.url() == old.instrument.url();
    new.case == old.case && same_form && old.revision.checked_add(1) == Some(new.revision)
}
