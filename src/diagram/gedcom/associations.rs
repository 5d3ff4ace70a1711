//! From associations between people to twins and feelings.
//!
//! GEDCOM 5.5.1, ASSOCIATION_STRUCTURE (RELA); 7, ASSO (ROLE with its PHRASE). Other associations, such as witnesses and
//! godparents, have no place in a genogram.

use super::notes::Notes;
use super::read::File;
use super::tree::Structure;
use super::words::{feeling_of, twins_in};
use crate::diagram::{ChildKind, ChildTie, FeelingTie, PersonId, Twins};
use std::collections::HashMap;
use std::sync::Arc;

/// What people feel for each other, by our own tag below an association.
pub(super) fn feelings(file: &File<'_>, notes: &mut Notes) -> Vec<FeelingTie> {
    let mut feelings = Vec::new();
    for known in &file.individuals {
        for line in known.record.children().filter(|line| line.is("ASSO")) {
            let code = line.children().find(|child| child.is("_FEELING"));
            let Some(quality) = code.and_then(|code| feeling_of(&code.word())) else { continue };
            line.take_whole();
            let Some(b) = file.individual_at(line, notes).and_then(|other| file.id(other)) else { continue };
            if b != known.person.id {
                feelings.push(FeelingTie { a: known.person.id.clone(), b, quality });
            }
        }
    }
    feelings
}

/// Ties the children that associations call twins, where they are born to the same parents.
pub(super) fn twins(file: &File<'_>, children: &mut [ChildTie]) {
    let mut born: HashMap<PersonId, usize> = HashMap::new();
    for (at, tie) in children.iter().enumerate().filter(|(_, tie)| tie.kind <= ChildKind::Stillbirth) {
        born.entry(tie.child.clone()).or_insert(at);
    }
    for known in &file.individuals {
        for line in known.record.children().filter(|line| line.is("ASSO")) {
            let Some(identical) = twins_in(&relation(line)) else { continue };
            let Some(other) = file.known_at(line).and_then(|other| file.id(other)) else { continue };
            if let (Some(one), Some(two)) = (born.get(&known.person.id), born.get(&other))
                && one != two
                && tie(children, *one, *two, identical)
            {
                line.take_whole();
            }
        }
    }
}

/// What an association says of itself.
fn relation(line: Structure<'_>) -> String {
    let mut said = String::new();
    for part in line.children().filter(|part| ["RELA", "ROLE", "PHRASE", "TYPE"].iter().any(|tag| part.is(tag))) {
        said += &part.word();
        said.push(' ');
        part.children().filter(|phrase| phrase.is("PHRASE")).for_each(|phrase| said += &phrase.word());
    }
    said
}

/// Puts two children of the same parents into one birth; tells whether they are.
fn tie(children: &mut [ChildTie], one: usize, two: usize, identical: bool) -> bool {
    let (Some(first), Some(second)) = (children.get(one), children.get(two)) else { return false };
    if first.parents != second.parents {
        return false;
    }
    let known = first.twins.clone().or_else(|| second.twins.clone());
    let group = known.as_ref().map_or_else(|| Arc::clone(&first.child.0), |twins| Arc::clone(&twins.group));
    let identical = identical || known.is_some_and(|twins| twins.identical);
    for at in [one, two] {
        if let Some(child) = children.get_mut(at) {
            child.twins = Some(Twins { group: Arc::clone(&group), identical });
        }
    }
    true
}
