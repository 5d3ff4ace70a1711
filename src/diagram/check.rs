//! What no drawing can be made of, refused by name.

use super::family::Family;
use super::genogram::{CoupleId, Genogram, Parents, PersonId};
use std::collections::HashSet;

/// The most people, and the most ties of each kind, that are drawn: beyond it a drawing is no help, and takes long.
pub const MOST: usize = 20_000;

/// Why a family cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GenogramRefusal {
    /// More than [`MOST`] people or ties.
    #[error("there are more than {MOST} people or ties")]
    TooMany,
    /// Two people have one identifier.
    #[error("two people are called “{0}”")]
    PersonTwice(PersonId),
    /// Two couples have one identifier.
    #[error("two couples are called “{0}”")]
    CoupleTwice(CoupleId),
    /// A tie names somebody who is not among the people.
    #[error("a tie names “{0}”, who is not among the people")]
    NoPerson(PersonId),
    /// A child is tied to a couple that is not there.
    #[error("“{0}” is the child of the couple “{1}”, which is not there")]
    NoCouple(PersonId, CoupleId),
    /// Somebody is married to themselves.
    #[error("“{0}” is the partner of nobody but themselves")]
    OwnPartner(PersonId),
    /// Somebody feels something for themselves.
    #[error("“{0}” has a tie of feeling to nobody but themselves")]
    OwnFeeling(PersonId),
    /// Each of these people is an ancestor of the next, and the last of the first.
    #[error("these people are their own ancestors: {}", named(.0))]
    OwnAncestors(Vec<PersonId>),
    /// More than one person is said to be the one whom the drawing is about.
    #[error("the drawing cannot be about both “{0}” and “{1}”")]
    TwoIndexPeople(PersonId, PersonId),
}

fn named(ids: &[PersonId]) -> String {
    let names: Vec<String> = ids.iter().map(|id| format!("“{id}”")).collect();
    names.join(", ")
}

/// Looks whether a family can be drawn.
///
/// # Errors
/// Names the first thing that cannot.
pub fn check(genogram: &Genogram) -> Result<(), GenogramRefusal> {
    family(genogram).map(|_| ())
}

/// The family by numbers, if it can be drawn.
pub(super) fn family(genogram: &Genogram) -> Result<Family<'_>, GenogramRefusal> {
    let Genogram { people, couples, children, feelings } = genogram;
    if [people.len(), couples.len(), children.len(), feelings.len()].into_iter().any(|count| count > MOST) {
        return Err(GenogramRefusal::TooMany);
    }
    let known = people_once(genogram)?;
    references(genogram, &known)?;
    let mut index: Vec<&PersonId> = people.iter().filter(|person| person.is_index).map(|person| &person.id).collect();
    index.sort_unstable();
    if let [one, two, ..] = index[..] {
        return Err(GenogramRefusal::TwoIndexPeople(one.clone(), two.clone()));
    }
    let family = Family::of(genogram);
    match cycle(&family) {
        Some(cycle) => {
            Err(GenogramRefusal::OwnAncestors(cycle.iter().map(|&person| family.people[person].id.clone()).collect()))
        }
        None => Ok(family),
    }
}

fn people_once(genogram: &Genogram) -> Result<HashSet<&PersonId>, GenogramRefusal> {
    let mut known = HashSet::new();
    for person in &genogram.people {
        if !known.insert(&person.id) {
            return Err(GenogramRefusal::PersonTwice(person.id.clone()));
        }
    }
    Ok(known)
}

fn references(genogram: &Genogram, known: &HashSet<&PersonId>) -> Result<(), GenogramRefusal> {
    let person = |id: &PersonId| if known.contains(id) { Ok(()) } else { Err(GenogramRefusal::NoPerson(id.clone())) };
    let mut couples = HashSet::new();
    for couple in &genogram.couples {
        [&couple.a, &couple.b].into_iter().flatten().try_for_each(person)?;
        match (&couple.a, &couple.b) {
            (Some(a), Some(b)) if a == b => return Err(GenogramRefusal::OwnPartner(a.clone())),
            _ => {}
        }
        if !couples.insert(&couple.id) {
            return Err(GenogramRefusal::CoupleTwice(couple.id.clone()));
        }
    }
    for tie in &genogram.children {
        person(&tie.child)?;
        match &tie.parents {
            Parents::One(parent) => person(parent)?,
            Parents::Couple(couple) if !couples.contains(couple) => {
                return Err(GenogramRefusal::NoCouple(tie.child.clone(), couple.clone()));
            }
            Parents::Couple(_) => {}
        }
    }
    for tie in &genogram.feelings {
        person(&tie.a)?;
        person(&tie.b)?;
        if tie.a == tie.b {
            return Err(GenogramRefusal::OwnFeeling(tie.a.clone()));
        }
    }
    Ok(())
}

/// People who are their own ancestors, each before their child; the walk goes down and keeps its own stack, as families
/// may be deep.
fn cycle(family: &Family<'_>) -> Option<Vec<usize>> {
    let children = |person: usize| -> Vec<usize> {
        let unions = family.unions_of[person].iter();
        unions.flat_map(|&union| family.unions[union].children.iter().map(|&tie| family.ties[tie].child)).collect()
    };
    let (mut is_done, mut is_open) = (vec![false; family.people.len()], vec![false; family.people.len()]);
    for start in 0..family.people.len() {
        if is_done[start] {
            continue;
        }
        is_open[start] = true;
        let mut way = vec![(start, children(start))];
        while let Some((person, below)) = way.last_mut() {
            match below.pop() {
                Some(child) if is_open[child] => {
                    let from = way.iter().position(|(on_way, _)| *on_way == child)?;
                    return Some(way[from..].iter().map(|(on_way, _)| *on_way).collect());
                }
                Some(child) if !is_done[child] => {
                    is_open[child] = true;
                    way.push((child, children(child)));
                }
                Some(_) => {}
                None => {
                    (is_open[*person], is_done[*person]) = (false, true);
                    way.pop();
                }
            }
        }
    }
    None
}
