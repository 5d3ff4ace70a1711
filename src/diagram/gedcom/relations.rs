//! From the lines between a child and a family to child ties.
//!
//! GEDCOM 5.5.1, PEDIGREE_LINKAGE_TYPE, CHILD_LINKAGE_STATUS, ADOPTED_BY_WHICH_PARENT; 7, PEDI, FAMC-STAT, ADOP. Many
//! programs tell the relation to each parent instead, as `_FREL` and `_MREL` below CHIL; where the two differ, the child is
//! tied to each parent alone.

use super::families::{Child, Family, Partner};
use super::notes::{NoteKind, Notes};
use super::read::File;
use super::tree::Structure;
use super::words::{child_in, child_of};
use crate::diagram::{ChildKind, ChildTie, Parents, Twins};
use std::collections::{HashMap, HashSet};

/// A tie with the place it has in the file.
pub(super) struct Tie {
    /// Who is whose child.
    pub tie: ChildTie,
    /// The place of the child among the individuals.
    pub individual: usize,
    /// The line that tells it.
    pub line: u32,
}

/// How a child is tied to a family.
enum Relation {
    /// To both partners in one way.
    Whole(ChildKind),
    /// To each in their own way.
    Each(ChildKind, ChildKind),
    /// Not at all, as the file says itself.
    None(String),
}

/// The adoptions that individual records tell of: who adopted, by child and family.
type Adoptions = HashMap<(usize, usize), String>;

/// Makes child ties of the families whose parents are known.
pub(super) fn ties(
    file: &File<'_>,
    families: &[Family<'_>],
    parents: &[Option<Parents>],
    notes: &mut Notes,
) -> Vec<Tie> {
    let adoptions = adoptions(file, notes);
    let mut ties = Ties { file, list: Vec::new(), seen: HashSet::new(), born: HashMap::new() };
    for (at, (family, parents)) in families.iter().zip(parents).enumerate() {
        let Some(parents) = parents else { continue };
        for child in &family.children {
            let adopted_by = adoptions.get(&(child.individual, at)).map(String::as_str);
            let twins = child.famc.and_then(twins);
            match relation(child, adopted_by, notes) {
                Relation::Whole(kind) => ties.add(child, parents.clone(), kind, twins, notes),
                Relation::Each(first, second) => ties.add_each(child, family, parents, [first, second], twins, notes),
                Relation::None(text) => {
                    notes.add(child.line, NoteKind::TieLeftOut { who: file.who(child.individual), text });
                }
            }
        }
    }
    ties.list
}

struct Ties<'f, 't> {
    file: &'f File<'t>,
    list: Vec<Tie>,
    seen: HashSet<(usize, Parents)>,
    /// How many children are tied to the same parents already.
    born: HashMap<Parents, u32>,
}

impl Ties<'_, '_> {
    fn add(&mut self, child: &Child<'_>, parents: Parents, kind: ChildKind, twins: Option<Twins>, notes: &mut Notes) {
        let individual = child.individual;
        let Some(id) = self.file.id(individual) else { return };
        if !self.seen.insert((individual, parents.clone())) {
            notes.add(child.line, NoteKind::FurtherTie { who: self.file.who(individual) });
            return;
        }
        let loss = self.file.individuals.get(individual).and_then(|known| known.loss);
        let kind = if kind == ChildKind::Birth { loss.unwrap_or(kind) } else { kind };
        // The order of the lines is the order of birth, where somebody has no date (7, CHIL).
        let born = self.born.entry(parents.clone()).or_default();
        let order = Some(*born);
        *born += 1;
        self.list.push(Tie { tie: ChildTie { child: id, parents, kind, order, twins }, individual, line: child.line });
    }

    /// Ties to the father and to the mother, told in that order, each alone; or to the only one who is known.
    fn add_each(
        &mut self,
        child: &Child<'_>,
        family: &Family<'_>,
        parents: &Parents,
        kinds: [ChildKind; 2],
        twins: Option<Twins>,
        notes: &mut Notes,
    ) {
        let kinds = if family.wife_first { [kinds[1], kinds[0]] } else { kinds };
        let known = family.partners.iter().zip(kinds).filter_map(|(partner, kind)| match partner {
            Partner::Known(individual) => Some((self.file.id(*individual)?, kind)),
            _ => None,
        });
        match known.collect::<Vec<_>>().as_slice() {
            [] => self.add(child, parents.clone(), kinds[0].min(kinds[1]), twins, notes),
            [(_, kind)] => self.add(child, parents.clone(), *kind, twins, notes),
            each => {
                for (parent, kind) in each {
                    self.add(child, Parents::One(parent.clone()), *kind, twins.clone(), notes);
                }
            }
        }
    }
}

fn relation(child: &Child<'_>, adopted_by: Option<&str>, notes: &mut Notes) -> Relation {
    if let Some(kind) = child.famc.and_then(|famc| famc.first("_CHILD")).and_then(|code| child_of(&code.word())) {
        child.famc.and_then(|famc| famc.first("PEDI")).into_iter().for_each(Structure::take_whole);
        return Relation::Whole(kind);
    }
    let status = child.famc.and_then(|famc| famc.first("STAT")).map(Structure::word).unwrap_or_default();
    if status == "disproven" {
        return Relation::None(status);
    }
    let pedigree = child.famc.and_then(|famc| famc.first("PEDI"));
    if pedigree.is_some_and(|line| line.word() == "sealing") {
        return Relation::None("sealing".to_owned());
    }
    let kind = pedigree.map(|line| pedigree_kind(line, notes));
    if status == "challenged" && kind.is_none_or(|kind| kind == ChildKind::Birth) {
        return Relation::Whole(ChildKind::Unclear);
    }
    let of = |tag: &str| {
        let told = [child.chil, child.famc].into_iter().flatten().find_map(|line| line.first(tag))?;
        Some(by_words(&told.word(), told, notes))
    };
    let (father, mother) = each("_FREL", "_MREL", of);
    match (kind, father, mother, adopted_by) {
        (Some(kind), None, None, _) => Relation::Whole(kind),
        (_, Some(father), Some(mother), _) if father == mother => Relation::Whole(father),
        (_, None, None, Some("husb")) => Relation::Each(ChildKind::Adopted, ChildKind::Birth),
        (_, None, None, Some("wife")) => Relation::Each(ChildKind::Birth, ChildKind::Adopted),
        (_, None, None, Some(_)) => Relation::Whole(ChildKind::Adopted),
        (kind, None, None, None) => Relation::Whole(kind.unwrap_or_default()),
        (kind, father, mother, _) => {
            let rest = kind.unwrap_or_default();
            Relation::Each(father.unwrap_or(rest), mother.unwrap_or(rest))
        }
    }
}

fn each<T>(one: &str, other: &str, mut of: impl FnMut(&str) -> T) -> (T, T) {
    (of(one), of(other))
}

fn pedigree_kind(line: Structure<'_>, notes: &mut Notes) -> ChildKind {
    let phrase = line.first("PHRASE").map(Structure::word).unwrap_or_default();
    let word = line.word();
    match child_in(&word) {
        // What "other" means stands beside it (7, PEDI).
        None if word == "other" => by_words(&phrase, line, notes),
        None => by_words(&word, line, notes),
        Some(kind) => kind,
    }
}

fn by_words(word: &str, line: Structure<'_>, notes: &mut Notes) -> ChildKind {
    child_in(word).unwrap_or_else(|| {
        notes.add(line.line(), NoteKind::TieUnclear { text: word.to_owned() });
        ChildKind::Unclear
    })
}

/// Twins as our own tag tells them: a group below FAMC, identical or not.
fn twins(famc: Structure<'_>) -> Option<Twins> {
    let group = famc.first("_TWINS")?;
    let identical = group.first("_IDENTICAL").is_some_and(|mark| mark.word() != "n");
    Some(Twins { group: group.text().into(), identical })
}

fn adoptions(file: &File<'_>, notes: &mut Notes) -> Adoptions {
    let mut adoptions = Adoptions::new();
    for (individual, known) in file.individuals.iter().enumerate() {
        for event in known.record.all("ADOP") {
            let Some(famc) = event.first("FAMC") else { continue };
            let by = famc.first("ADOP").map(Structure::word).unwrap_or_default();
            if let Some(at) = file.family_at(famc, notes) {
                adoptions.insert((individual, at), by);
            }
        }
    }
    adoptions
}
