//! The keyboard in a drawing: arrows follow kinship, up to parents, down to children, and along a generation.

use crate::diagram::{Genogram, PersonId, Scene, kin};

/// Where a key leads from somebody; none where it leads nowhere, or is none of the arrows.
pub fn led(key: &str, from: &PersonId, genogram: &Genogram, scene: &Scene) -> Option<PersonId> {
    match key {
        "ArrowUp" => nearest(kin::parents(genogram, from), from, scene),
        "ArrowDown" => nearest(kin::children(genogram, from), from, scene),
        "ArrowLeft" | "ArrowRight" => along(key == "ArrowRight", from, scene),
        "Home" => genogram.people.iter().find(|person| person.is_index).map(|person| person.id.clone()),
        _ => None,
    }
}

fn nearest(people: Vec<PersonId>, from: &PersonId, scene: &Scene) -> Option<PersonId> {
    let (x, _) = centre(scene, from)?;
    people.into_iter().min_by_key(|id| centre(scene, id).map_or(i32::MAX, |(other, _)| (other - x).abs()))
}

/// Who stands beside somebody in the same generation.
fn along(onward: bool, from: &PersonId, scene: &Scene) -> Option<PersonId> {
    let boxes = scene.boxes();
    let at = boxes.iter().position(|one| one.person == *from)?;
    let beside = if onward { at.checked_add(1)? } else { at.checked_sub(1)? };
    boxes.get(beside).filter(|other| other.generation == boxes[at].generation).map(|other| other.person.clone())
}

/// Where the symbol of somebody stands.
pub fn centre(scene: &Scene, id: &PersonId) -> Option<(i32, i32)> {
    scene.box_of(id).map(|place| place.symbol.centre())
}
