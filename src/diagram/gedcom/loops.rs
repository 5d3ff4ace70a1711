//! Nobody is their own ancestor.
//!
//! GEDCOM lets a file say so (7, 1 permits it, as "unlikely to be correct"); a drawing by generations cannot. Of each loop
//! one tie is left out, the one that closes it when people are looked at in the order of the file, and those around it are
//! named. One depth-first walk finds them all; it keeps its own stack, as lines of descent may be long.

use super::notes::{NoteKind, Notes};
use super::read::File;
use super::relations::Tie;
use crate::diagram::{Couple, CoupleId, Parents, PersonId};
use std::collections::HashMap;

/// How many people around a loop are named.
const NAMED: usize = 8;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Not,
    /// Below somebody who is looked at, in this depth.
    Open(usize),
    Done,
}

/// Leaves out the ties that would make somebody their own ancestor.
pub(super) fn cut(file: &File<'_>, couples: &[Couple], ties: Vec<Tie>, notes: &mut Notes) -> Vec<Tie> {
    let upward = upward(file, couples, &ties);
    let mut seen = vec![Seen::Not; file.individuals.len()];
    let mut left_out = vec![false; ties.len()];
    for start in 0..seen.len() {
        if seen.get(start) != Some(&Seen::Not) {
            continue;
        }
        let mut path = vec![(start, 0)];
        set(&mut seen, start, Seen::Open(0));
        while let Some((person, next)) = path.last_mut() {
            let Some((tie, parent)) = upward.get(*person).and_then(|ties| ties.get(*next)).copied() else {
                set(&mut seen, *person, Seen::Done);
                path.pop();
                continue;
            };
            *next += 1;
            match seen.get(parent) {
                _ if left_out.get(tie) == Some(&true) => {}
                Some(Seen::Not) => {
                    set(&mut seen, parent, Seen::Open(path.len()));
                    path.push((parent, 0));
                }
                Some(Seen::Open(depth)) => {
                    left_out.get_mut(tie).into_iter().for_each(|mark| *mark = true);
                    let line = ties.get(tie).map_or(0, |tie| tie.line);
                    notes.add(line, NoteKind::OwnAncestor { people: around(file, &path, *depth) });
                }
                _ => {}
            }
        }
    }
    let kept = ties.into_iter().zip(left_out).filter(|(_, out)| !out);
    kept.map(|(tie, _)| tie).collect()
}

fn set(seen: &mut [Seen], at: usize, state: Seen) {
    seen.get_mut(at).into_iter().for_each(|place| *place = state);
}

/// For each individual the ties to their parents, one entry for each parent.
fn upward(file: &File<'_>, couples: &[Couple], ties: &[Tie]) -> Vec<Vec<(usize, usize)>> {
    let places: HashMap<&PersonId, usize> =
        file.individuals.iter().enumerate().map(|(at, known)| (&known.person.id, at)).collect();
    let couples: HashMap<&CoupleId, &Couple> = couples.iter().map(|couple| (&couple.id, couple)).collect();
    let mut upward = vec![Vec::new(); file.individuals.len()];
    for (at, tie) in ties.iter().enumerate() {
        let parents: Vec<&PersonId> = match &tie.tie.parents {
            Parents::One(person) => vec![person],
            Parents::Couple(couple) => {
                couples.get(couple).map(|couple| couple.a.iter().chain(&couple.b).collect()).unwrap_or_default()
            }
        };
        let parents = parents.into_iter().filter_map(|parent| places.get(parent)).map(|parent| (at, *parent));
        upward.get_mut(tie.individual).into_iter().for_each(|list| list.extend(parents.clone()));
    }
    upward
}

/// The people around a loop: the child whose tie closes it, its parent there, that one's parent, and so on.
fn around(file: &File<'_>, path: &[(usize, usize)], from: usize) -> Vec<String> {
    let child = path.last().into_iter();
    let others = path.get(from..path.len().saturating_sub(1)).unwrap_or_default().iter();
    child.chain(others).take(NAMED).map(|(person, _)| file.who(*person)).collect()
}
