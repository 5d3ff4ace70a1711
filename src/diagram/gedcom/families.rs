//! From family records, and what individual records say of them, to couples.
//!
//! GEDCOM 5.5.1, FAM_RECORD, CHILD_TO_FAMILY_LINK, SPOUSE_TO_FAMILY_LINK; 7, 3 (Family). Both sides of a tie should point to
//! each other; a tie that one side tells is taken as told. Partners are taken as they come: neither their tags nor their
//! number says anything about their sex.

use super::notes::{NoteKind, Notes};
use super::read::File;
use super::tree::Structure;
use super::unions::{Union, union};
use crate::diagram::{Couple, CoupleId, Parents, PersonId};
use std::collections::{HashMap, HashSet};

/// A place for a partner.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Partner {
    Nobody,
    /// Told to be unknown: `@VOID@` (7, 1, Lines), somebody who is not in the file, or the same person again.
    Unknown,
    /// The place of an individual.
    Known(usize),
}

/// Somebody told to be a child of a family.
pub(super) struct Child<'t> {
    /// The place of the child among the individuals.
    pub individual: usize,
    /// The line that tells it first.
    pub line: u32,
    /// The line of the family.
    pub chil: Option<Structure<'t>>,
    /// The line of the child.
    pub famc: Option<Structure<'t>>,
}

/// A family record on its way to a couple.
pub(super) struct Family<'t> {
    /// The record.
    pub record: Structure<'t>,
    /// What child ties name it by.
    pub id: CoupleId,
    /// The partners, in the order of their lines.
    pub partners: [Partner; 2],
    /// Whether the first partner was called wife.
    pub wife_first: bool,
    /// The children, in the order of their lines, then those who tell it themselves.
    pub children: Vec<Child<'t>>,
    /// How the partners are or were together.
    pub union: Union,
}

impl Family<'_> {
    /// The individuals who are its partners.
    pub fn known(&self) -> impl Iterator<Item = usize> {
        self.partners.iter().filter_map(|partner| match partner {
            Partner::Known(individual) => Some(*individual),
            _ => None,
        })
    }

    fn pair(&self) -> Option<(usize, usize)> {
        match self.partners {
            [Partner::Known(a), Partner::Known(b)] => Some((a.min(b), a.max(b))),
            _ => None,
        }
    }

    fn note_pair(&self, pairs: &mut HashMap<(usize, usize), CoupleId>) {
        if let Some(pair) = self.pair() {
            pairs.entry(pair).or_insert_with(|| self.id.clone());
        }
    }
}

/// Reads all families.
pub(super) fn families<'t>(file: &File<'t>, notes: &mut Notes) -> Vec<Family<'t>> {
    let mut families: Vec<Family<'t>> = Vec::with_capacity(file.families.len());
    for (record, id) in &file.families {
        families.push(of_record(file, *record, id.clone(), notes));
    }
    add_partners(file, &mut families, notes);
    add_children(file, &mut families, notes);
    for family in &families {
        for child in family.children.iter().filter(|child| child.famc.is_none()) {
            notes.count(child.line, NoteKind::OneSided { tag: "FAMC" });
        }
    }
    families
}

fn of_record<'t>(file: &File<'t>, record: Structure<'t>, id: CoupleId, notes: &mut Notes) -> Family<'t> {
    let mut family = Family {
        record,
        union: union(record, &id.0, notes),
        id,
        partners: [Partner::Nobody; 2],
        wife_first: false,
        children: Vec::new(),
    };
    for line in record.children() {
        if line.is("HUSB") || line.is("WIFE") {
            let partner = file.individual_at(line.take(), notes).map_or(Partner::Unknown, Partner::Known);
            if family.partners == [Partner::Nobody; 2] {
                family.wife_first = line.is("WIFE");
            }
            join(file, &mut family, partner, line, notes);
        } else if line.is("CHIL")
            && let Some(individual) = file.individual_at(line, notes)
        {
            line.take();
            family.children.push(Child { individual, line: line.line(), chil: Some(line), famc: None });
        }
    }
    let mut seen = HashSet::new();
    family.children.retain(|child| {
        let first = seen.insert(child.individual);
        if !first {
            notes.add(child.line, NoteKind::FurtherTie { who: file.who(child.individual) });
        }
        first
    });
    family
}

/// Puts a partner into the first place that is free.
fn join(file: &File<'_>, family: &mut Family<'_>, partner: Partner, line: Structure<'_>, notes: &mut Notes) {
    let mut partner = partner;
    if let Partner::Known(individual) = partner
        && family.known().any(|known| known == individual)
    {
        notes.add(line.line(), NoteKind::SelfMarriage { who: file.who(individual) });
        partner = Partner::Unknown;
    }
    match family.partners.iter_mut().find(|place| **place == Partner::Nobody) {
        Some(place) => *place = partner,
        None => {
            if let Partner::Known(individual) = partner {
                notes.add(line.line(), NoteKind::FurtherPartner { who: file.who(individual) });
            }
        }
    }
}

/// The partners that individual records tell of.
fn add_partners<'t>(file: &File<'t>, families: &mut [Family<'t>], notes: &mut Notes) {
    let mut told = HashSet::new();
    for (individual, known) in file.individuals.iter().enumerate() {
        for line in known.record.all("FAMS") {
            let Some(at) = file.family_at(line, notes) else { continue };
            let Some(family) = families.get_mut(at) else { continue };
            told.insert((at, individual));
            if !family.known().any(|partner| partner == individual) {
                notes.count(line.line(), NoteKind::OneSided { tag: "HUSB" });
                join(file, family, Partner::Known(individual), line, notes);
            }
        }
    }
    for (at, family) in families.iter().enumerate() {
        for _ in family.known().filter(|individual| !told.contains(&(at, *individual))) {
            notes.count(family.record.line(), NoteKind::OneSided { tag: "FAMS" });
        }
    }
}

/// The children that individual records tell of.
fn add_children<'t>(file: &File<'t>, families: &mut [Family<'t>], notes: &mut Notes) {
    let mut places = HashMap::new();
    for (at, family) in families.iter().enumerate() {
        places.extend(family.children.iter().enumerate().map(|(place, child)| ((at, child.individual), place)));
    }
    for (individual, known) in file.individuals.iter().enumerate() {
        for line in known.record.all("FAMC") {
            let Some(at) = file.family_at(line, notes) else { continue };
            let Some(family) = families.get_mut(at) else { continue };
            let place = places.get(&(at, individual)).copied();
            match place.and_then(|place| family.children.get_mut(place)) {
                Some(child) if child.famc.is_none() => child.famc = Some(line),
                Some(_) => notes.add(line.line(), NoteKind::FurtherTie { who: file.who(individual) }),
                None => {
                    notes.count(line.line(), NoteKind::OneSided { tag: "CHIL" });
                    places.insert((at, individual), family.children.len());
                    family.children.push(Child { individual, line: line.line(), chil: None, famc: Some(line) });
                }
            }
        }
    }
}

/// Makes couples of families, and tells whose children those of each family are; `None` for those that tie nobody.
pub(super) fn couples(
    file: &File<'_>,
    families: &[Family<'_>],
    notes: &mut Notes,
) -> (Vec<Couple>, Vec<Option<Parents>>) {
    let mut alone: HashMap<usize, usize> = HashMap::new();
    for family in families.iter().filter(|family| stands_alone(family)) {
        family.known().for_each(|individual| *alone.entry(individual).or_default() += 1);
    }
    // A family that says nothing of its own joins one of the same couple that does, wherever it stands.
    let mut pairs: HashMap<(usize, usize), CoupleId> = HashMap::new();
    for family in families.iter().filter(|family| family.union.is_told) {
        family.note_pair(&mut pairs);
    }
    let mut couples = Vec::new();
    let parents = families.iter().map(|family| {
        let line = family.record.line();
        let known = family.known().count();
        let ties = known + family.children.len() > 1;
        if !family.union.is_told && !ties {
            notes.add(line, NoteKind::EmptyFamily);
            return None;
        }
        let single = family.known().next().filter(|one| stands_alone(family) && alone.get(one) == Some(&1));
        if let Some(individual) = single {
            return file.id(individual).map(Parents::One);
        }
        if let Some(first) = family.pair().and_then(|pair| pairs.get(&pair)).filter(|_| !family.union.is_told) {
            notes.add(line, NoteKind::FamiliesMerged);
            return Some(Parents::Couple(first.clone()));
        }
        family.note_pair(&mut pairs);
        if !family.union.is_told && known > 0 {
            notes.count(line, NoteKind::UnionAssumed);
        }
        couples.push(couple(file, family));
        Some(Parents::Couple(family.id.clone()))
    });
    let parents = parents.collect();
    (couples, parents)
}

/// Whether it is one person with children, and nothing is said of another one.
fn stands_alone(family: &Family<'_>) -> bool {
    !family.union.is_told && family.known().count() == 1 && !family.children.is_empty()
}

fn couple(file: &File<'_>, family: &Family<'_>) -> Couple {
    let id = |partner: Partner| -> Option<PersonId> {
        match partner {
            Partner::Known(individual) => file.id(individual),
            _ => None,
        }
    };
    let [a, b] = family.partners;
    let Union { kind, from, to, .. } = &family.union;
    Couple { id: family.id.clone(), a: id(a), b: id(b), kind: *kind, from: from.clone(), to: to.clone() }
}
