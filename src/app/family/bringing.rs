//! A family from a file, as entries of the lists.

use super::making::Making;
use crate::diagram::{CoupleId, Genogram, Life, Parents, Person, PersonId, codes};
use crate::form::Answer;
use std::collections::HashMap;

/// Brings everybody of a family into the lists, with all ties; `client` names who of them the client is. What the lists
/// hold already stays as it is.
pub(super) fn bring(making: &mut Making<'_>, genogram: &Genogram, client: Option<&PersonId>) {
    let mut people: HashMap<&PersonId, PersonId> = HashMap::new();
    let index = making.family.genogram.people.iter().find(|person| person.is_index).map(|person| person.id.clone());
    for person in &genogram.people {
        let own = index.clone().filter(|_| client == Some(&person.id));
        people.insert(&person.id, own.unwrap_or_else(|| newcomer(making, person)));
    }
    let mut couples: HashMap<&CoupleId, CoupleId> = HashMap::new();
    for couple in &genogram.couples {
        let [a, b] = [&couple.a, &couple.b].map(|own| own.as_ref().and_then(|own| people.get(own)));
        let (id, within) = making.couple_of(a, b, couple.kind);
        making.set_date(&within, "couple.from", couple.from.as_ref());
        making.set_date(&within, "couple.to", couple.to.as_ref());
        couples.insert(&couple.id, id);
    }
    for tie in &genogram.children {
        let parents = match &tie.parents {
            Parents::Couple(couple) => couples.get(couple).cloned().map(Parents::Couple),
            Parents::One(parent) => people.get(parent).cloned().map(Parents::One),
        };
        if let Some((child, parents)) = people.get(&tie.child).zip(parents) {
            making.child(child, &parents, tie.kind, tie.twins.as_ref());
        }
    }
    for tie in &genogram.feelings {
        if let Some((a, b)) = people.get(&tie.a).zip(people.get(&tie.b)) {
            making.feeling(a, b, tie.quality);
        }
    }
}

/// An entry for somebody new, with what is known of them.
fn newcomer(making: &mut Making<'_>, person: &Person) -> PersonId {
    let (id, place) = making.person(person.sex);
    let within = &place.within;
    if !person.name.is_empty() {
        making.set_text(within, "person.name", &person.name);
    }
    making.set_date(within, "person.birth", person.birth.as_ref());
    if person.life != Life::Unknown {
        making.set_code(within, "person.alive", codes::life_code(person.life));
    }
    making.set_date(within, "person.death", person.death.as_ref());
    if person.in_household {
        making.set(within, "person.lives_with_client", Some(Answer::Boolean(true)));
    }
    if person.nudge != 0 {
        making.set(within, "person.nudge", Some(Answer::Integer(person.nudge.into())));
    }
    id
}
