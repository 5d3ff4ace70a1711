//! What a hand does to a family: one act, as the operations that make it.

use super::lists::Lists;
use super::making::Making;
use super::reading::{Family, Tie, TieKind, family};
use super::{bringing, removal};
use crate::diagram::{
    ChildKind, ChildTie, Couple, CoupleKind, Feeling, Genogram, GenogramRefusal, Parents, PersonId, Sex, Twins, check,
};
use crate::form::{NodeIx, Operation, OperationRefusal, Place, Response};
use chrono::NaiveDate;
use std::sync::Arc;

/// One act of the editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FamilyAct {
    /// A new partner of somebody.
    Partner(PersonId, CoupleKind),
    /// New parents of somebody, or the one that is missing.
    Parents(PersonId, ChildKind),
    /// A new child.
    Child(Parents, ChildKind),
    /// A new brother or sister; born together with somebody: whether identical.
    Sibling(PersonId, Option<bool>),
    /// Two people who are there are or were together.
    Couple(PersonId, PersonId, CoupleKind),
    /// Somebody who is there is the child of people who are there.
    ChildOf(PersonId, Parents, ChildKind),
    /// What two people feel for each other, or one does to the other.
    Feeling(PersonId, PersonId, Feeling),
    /// Somebody is moved along their generation, so many steps to the right; to where the layout puts them without any.
    Nudge(PersonId, Option<i16>),
    /// A family comes from a file; the one who is the client there, if anybody.
    Bring(Arc<Genogram>, Option<PersonId>),
    /// Somebody goes, with all ties.
    RemovePerson(PersonId),
    /// A tie goes, by its entry; with a couple also whose children they are.
    RemoveTie(NodeIx),
}

/// What an act comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acted {
    /// What does it.
    pub operations: Vec<Operation>,
    /// The person it brought.
    pub made: Option<Place>,
}

/// The operations of an act; none where there is nothing to do. New entries are numbered from `fresh` on.
///
/// # Errors
/// Refuses what would make a family of which no drawing can be made, such as somebody's own ancestor.
pub fn operations(
    response: &Response,
    group: NodeIx,
    act: &FamilyAct,
    fresh: u32,
    today: NaiveDate,
) -> Result<Acted, GenogramRefusal> {
    let before = family(response, group, today, true);
    let mut making = Making::new(Lists { response, group }, &before, fresh);
    let made = act_on(&mut making, act);
    let mut operations = making.operations;
    let mut after = response.clone();
    let mut is_full = false;
    operations.retain(|operation| match after.apply(operation) {
        Ok(_) => true,
        // A form may lack an item; what belongs there is nowhere else.
        Err(refusal) => {
            is_full |= matches!(refusal, OperationRefusal::Full(_));
            false
        }
    });
    if is_full {
        return Err(GenogramRefusal::TooMany);
    }
    check(&family(&after, group, today, true).genogram)?;
    Ok(Acted { operations, made })
}

fn act_on(making: &mut Making<'_>, act: &FamilyAct) -> Option<Place> {
    match act {
        FamilyAct::Partner(of, kind) => {
            let sex = making.family.person(of).map(|person| other(person.sex)).unwrap_or_default();
            let (partner, place) = making.person(sex);
            making.couple(of, &partner, *kind);
            return Some(place);
        }
        FamilyAct::Parents(of, kind) => return parents(making, of, *kind).map(|(_, place)| place),
        FamilyAct::Child(parents, kind) => {
            let (child, place) = making.person(Sex::Unknown);
            making.child(&child, parents, *kind, None);
            return Some(place);
        }
        FamilyAct::Sibling(of, twin) => return sibling(making, of, *twin),
        FamilyAct::Couple(a, b, kind) => {
            making.couple(a, b, *kind);
        }
        FamilyAct::ChildOf(child, parents, kind) => match joined(making.family, child, parents) {
            Some((entry, couple)) => {
                let within = making.lists.response.place(entry).within;
                making.set_parents(&within, &couple);
            }
            None => making.child(child, parents, *kind, None),
        },
        FamilyAct::Feeling(a, b, quality) => making.feeling(a, b, *quality),
        FamilyAct::Nudge(who, steps) => making.nudge(who, *steps),
        FamilyAct::Bring(genogram, client) => bringing::bring(making, genogram, client.as_ref()),
        FamilyAct::RemovePerson(id) => removal::person(making, id),
        FamilyAct::RemoveTie(entry) => removal::tie(making, *entry),
    }
    None
}

/// What a partner is most often; it can be changed.
const fn other(sex: Sex) -> Sex {
    match sex {
        Sex::Male => Sex::Female,
        Sex::Female => Sex::Male,
        Sex::Unknown | Sex::Other => Sex::Unknown,
    }
}

/// The tie by which somebody stands as a child, the first by kind.
fn tie_of<'f>(family: &'f Family, child: &PersonId) -> Option<(&'f Tie, &'f ChildTie)> {
    let entries = family.ties.iter().filter(|tie| matches!(tie.kind, TieKind::Child(_)));
    let ties = entries.zip(&family.genogram.children).filter(|(_, tie)| tie.child == *child);
    ties.min_by_key(|(_, tie)| tie.kind)
}

/// Two new parents.
fn new_parents(making: &mut Making<'_>) -> (Parents, Place) {
    let (mother, place) = making.person(Sex::Female);
    let (father, _) = making.person(Sex::Male);
    (Parents::Couple(making.couple(&father, &mother, CoupleKind::Married)), place)
}

/// The tie of a child whose one known parent makes a couple with another one who is named now, and that couple.
fn joined(family: &Family, child: &PersonId, parents: &Parents) -> Option<(NodeIx, Parents)> {
    let (entry, tie) = tie_of(family, child)?;
    let (Parents::One(known), Parents::One(new)) = (&tie.parents, parents) else { return None };
    let is_theirs = |couple: &&Couple| {
        let partners = [couple.a.as_ref(), couple.b.as_ref()];
        partners.contains(&Some(known)) && partners.contains(&Some(new)) && known != new
    };
    let couple = family.genogram.couples.iter().find(is_theirs)?;
    Some((entry.entry, Parents::Couple(couple.id.clone())))
}

/// Parents for somebody: both, or the one that is missing. None where both are there already.
fn parents(making: &mut Making<'_>, of: &PersonId, kind: ChildKind) -> Option<(Parents, Place)> {
    let family = making.family;
    let known = tie_of(family, of).filter(|(_, tie)| tie.kind == kind || kind == ChildKind::Birth);
    match known.map(|(entry, tie)| (entry.entry, &tie.parents)) {
        Some((entry, Parents::One(parent))) => {
            let sex = family.person(parent).map(|parent| other(parent.sex)).unwrap_or_default();
            let (new, place) = making.person(sex);
            let couple = Parents::Couple(making.couple(parent, &new, CoupleKind::Married));
            let within = making.lists.response.place(entry).within;
            making.set_parents(&within, &couple);
            Some((couple, place))
        }
        Some((_, Parents::Couple(id))) => {
            let couple = family.genogram.couples.iter().find(|couple| couple.id == *id)?;
            let (known, missing) = match (&couple.a, &couple.b) {
                (Some(a), None) => (a, "couple.b"),
                (None, Some(b)) => (b, "couple.a"),
                _ => return None,
            };
            let tie = family.ties.iter().find(|tie| tie.kind == TieKind::Couple(id.clone()))?.entry;
            let sex = family.person(known).map(|known| other(known.sex)).unwrap_or_default();
            let (new, place) = making.person(sex);
            making.name(tie, missing, &new);
            Some((Parents::Couple(id.clone()), place))
        }
        None => {
            let (couple, place) = new_parents(making);
            making.child(of, &couple, kind, None);
            Some((couple, place))
        }
    }
}

fn sibling(making: &mut Making<'_>, of: &PersonId, twin: Option<bool>) -> Option<Place> {
    let family = making.family;
    let known = tie_of(family, of);
    let (parents_of_both, twins) = match known {
        Some((entry, tie)) => {
            let twins = twin.map(|identical| match &tie.twins {
                Some(twins) => Twins { identical, ..twins.clone() },
                None => making.twins(identical),
            });
            if let Some(twins) = &twins {
                let within = making.lists.response.place(entry.entry).within;
                making.set_twins(&within, twins);
            }
            (tie.parents.clone(), twins)
        }
        None => {
            let twins = twin.map(|identical| making.twins(identical));
            let (couple, _) = new_parents(making);
            making.child(of, &couple, ChildKind::Birth, twins.as_ref());
            (couple, twins)
        }
    };
    // Identical twins are of one sex.
    let sex = family.person(of).filter(|_| twin == Some(true)).map(|person| person.sex).unwrap_or_default();
    let (new, place) = making.person(sex);
    making.child(&new, &parents_of_both, ChildKind::Birth, twins.as_ref());
    Some(place)
}
