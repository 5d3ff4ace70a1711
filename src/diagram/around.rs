//! A part of a family: those around one person.

use super::family::Family;
use super::genogram::{Genogram, Parents, PersonId};
use std::collections::HashSet;

/// Who is within so many generations above and below a person: ancestors and descendants, the brothers and sisters of the person and of
/// the ancestors, and the partners of all of them; none if the person is not there. Ties among those who stay are kept.
#[must_use]
pub fn around(genogram: &Genogram, root: &PersonId, generations: usize) -> Option<Genogram> {
    let family = Family::of(genogram);
    let root = family.people.iter().position(|person| person.id == *root)?;
    let mut kept = ancestors(&family, root, generations);
    let siblings: Vec<usize> = kept.iter().flat_map(|&person| siblings(&family, person)).collect();
    kept.extend(siblings);
    kept.extend(descendants(&family, root, generations));
    let partners: Vec<usize> = kept
        .iter()
        .flat_map(|&person| &family.unions_of[person])
        .flat_map(|&union| family.unions[union].partners.clone())
        .collect();
    kept.extend(partners);
    let ids: HashSet<&PersonId> = kept.iter().map(|&person| &family.people[person].id).collect();
    Some(part(genogram, &ids))
}

/// A person and those above them.
fn ancestors(family: &Family<'_>, root: usize, generations: usize) -> HashSet<usize> {
    let mut found = HashSet::from([root]);
    let mut last = vec![root];
    for _ in 0..generations {
        let ties = last.iter().flat_map(|&person| &family.ties_of[person]);
        let parents: HashSet<usize> =
            ties.flat_map(|&tie| family.unions[family.ties[tie].union].partners.iter().copied()).collect();
        last = parents.into_iter().filter(|&parent| found.insert(parent)).collect();
        if last.is_empty() {
            break;
        }
    }
    found
}

fn siblings<'a>(family: &'a Family<'_>, person: usize) -> impl Iterator<Item = usize> + 'a {
    let ties = family.ties_of[person].iter();
    ties.flat_map(|&tie| &family.unions[family.ties[tie].union].children).map(|&tie| family.ties[tie].child)
}

/// Those below a person.
fn descendants(family: &Family<'_>, root: usize, generations: usize) -> HashSet<usize> {
    let mut found = HashSet::from([root]);
    let mut last = vec![root];
    for _ in 0..generations {
        let unions = last.iter().flat_map(|&person| &family.unions_of[person]);
        let ties = unions.flat_map(|&union| &family.unions[union].children);
        let children: HashSet<usize> = ties.map(|&tie| family.ties[tie].child).collect();
        last = children.into_iter().filter(|&child| found.insert(child)).collect();
        if last.is_empty() {
            break;
        }
    }
    found
}

/// The family without everybody else.
fn part(genogram: &Genogram, ids: &HashSet<&PersonId>) -> Genogram {
    let is_kept = |id: &PersonId| ids.contains(id);
    let couples = genogram.couples.iter().filter(|couple| {
        let mut partners = [&couple.a, &couple.b].into_iter().flatten().peekable();
        partners.peek().is_none() || partners.all(is_kept)
    });
    let couples: Vec<_> = couples.cloned().collect();
    let names: HashSet<_> = couples.iter().map(|couple| &couple.id).collect();
    let children = genogram.children.iter().filter(|tie| {
        let has_parents = match &tie.parents {
            Parents::Couple(couple) => names.contains(couple),
            Parents::One(parent) => is_kept(parent),
        };
        is_kept(&tie.child) && has_parents
    });
    let children = children.cloned().collect();
    Genogram {
        people: genogram.people.iter().filter(|person| is_kept(&person.id)).cloned().collect(),
        couples,
        children,
        feelings: genogram.feelings.iter().filter(|tie| is_kept(&tie.a) && is_kept(&tie.b)).cloned().collect(),
    }
}
