//! Taking people and ties out of a family: nothing stays that names what is gone.

use super::making::Making;
use super::reading::TieKind;
use crate::diagram::{CoupleId, Parents, PersonId};
use crate::form::NodeIx;

/// Takes somebody away. A couple with children stays, with nobody known in that place; everything else that names the
/// person goes as well. The client stays.
pub(super) fn person(making: &mut Making<'_>, id: &PersonId) {
    let family = making.family;
    if family.person(id).is_none_or(|person| person.is_index) {
        return;
    }
    let mut gone = Vec::new();
    for tie in family.ties_of(id) {
        match &tie.kind {
            TieKind::Couple(couple) if tie.people.len() > 1 && has_children(making, couple) => {
                let own = |link_id: &&str| making.lists.text(tie.entry, link_id) == Some(&*id.0);
                if let Some(place) = ["couple.a", "couple.b"].into_iter().find(own) {
                    making.empty(tie.entry, place);
                }
            }
            TieKind::Couple(couple) => gone.extend(couple_and_ties(making, couple, tie.entry)),
            TieKind::Child(parents) => {
                let is_one_parent = *parents == Parents::One(id.clone());
                if tie.people.first() == Some(id) || is_one_parent {
                    gone.push(tie.entry);
                }
            }
            TieKind::Feeling(_) => gone.push(tie.entry),
        }
    }
    gone.extend(family.entry(id));
    remove(making, gone);
}

/// Takes a tie away; with a couple go the ties of its children.
pub(super) fn tie(making: &mut Making<'_>, entry: NodeIx) {
    let tie = making.family.ties.iter().find(|tie| tie.entry == entry);
    let gone = match tie.map(|tie| &tie.kind) {
        Some(TieKind::Couple(couple)) => couple_and_ties(making, couple, entry),
        Some(_) => vec![entry],
        None => Vec::new(),
    };
    remove(making, gone);
}

fn couple_and_ties(making: &Making<'_>, couple: &CoupleId, entry: NodeIx) -> Vec<NodeIx> {
    let is_child = |kind: &TieKind| *kind == TieKind::Child(Parents::Couple(couple.clone()));
    let children = making.family.ties.iter().filter(|tie| is_child(&tie.kind)).map(|tie| tie.entry);
    children.chain([entry]).collect()
}

fn has_children(making: &Making<'_>, couple: &CoupleId) -> bool {
    making.family.genogram.children.iter().any(|tie| tie.parents == Parents::Couple(couple.clone()))
}

fn remove(making: &mut Making<'_>, mut gone: Vec<NodeIx>) {
    gone.sort_unstable();
    gone.dedup();
    gone.into_iter().for_each(|entry| making.remove(entry));
}
