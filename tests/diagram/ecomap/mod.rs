//! Drawings of ecomaps, measured from the SVG alone.

mod hostile;
mod household;
mod measure;
mod notation;
mod quality;
mod record;

use super::made::Chance;
use asesmen::diagram::Genogram;
use asesmen::diagram::ecomap::{
    Centre, Ecomap, EcomapRefusal, Flow, Importance, Kind, Sign, Strength, System, SystemId, SystemKind, Tension, Wish,
    scene,
};
use asesmen::diagram::titled;

/// The drawing, with the signs themselves as words.
fn drawn(ecomap: &Ecomap) -> Result<String, EcomapRefusal> {
    let words = |sign: Sign| match sign {
        Sign::Kind(kind) => format!("{kind:?}"),
        sign => format!("{sign:?}"),
    };
    Ok(titled(&scene(ecomap, &words)?, "Ecomap", "a map"))
}

/// A system of which nothing is known but its name.
fn system(id: usize, name: &str) -> System {
    System {
        id: SystemId(id.to_string().into()),
        name: name.to_owned(),
        kind: None,
        strength: None,
        tension: None,
        flow: None,
        importance: None,
        wish: None,
    }
}

const NAMES: [&str; 7] = [
    "",
    "R",
    "Bapak Bagas Pratama Wijaya Kusuma Ningrat",
    "Puskesmaspembantukelurahanmelatibarat",
    "</text><script>alert(1)</script>&amp;\u{0}]]>\"'",
    "漢字漢字漢字漢字 漢字漢字漢字漢字漢字",
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
];

/// One of these, or nothing.
fn one<T: Copy>(chance: &mut Chance, all: &[T]) -> Option<T> {
    all.get(chance.below(all.len() + 1)).copied()
}

/// So many systems of any kind.
fn anything(count: usize, seed: u64) -> Ecomap {
    let mut chance = Chance::new(seed);
    let systems = (0..count).map(|id| {
        let chance = &mut chance;
        let name = one(chance, &NAMES).unwrap_or("Warung Bu Sri");
        let own = one(chance, &NAMES).map(|words| Kind::Own(words.to_owned())).filter(|_| chance.below(6) == 0);
        System {
            kind: own.or_else(|| one(chance, SystemKind::ALL).map(Kind::Of)),
            strength: one(chance, &[Strength::Strong, Strength::Normal, Strength::Weak, Strength::Broken]),
            tension: one(chance, &[Tension::None, Tension::Sometimes, Tension::Often]),
            flow: one(chance, &[Flow::ToClient, Flow::FromClient, Flow::Both, Flow::None]),
            importance: one(chance, &[Importance::High, Importance::Medium, Importance::Low]),
            wish: one(chance, &[Wish::Keep, Wish::Strengthen, Wish::Mend, Wish::Reduce, Wish::End]),
            ..system(id, name)
        }
    });
    let systems = systems.collect();
    let centre = if seed.is_multiple_of(2) { Centre::Client } else { Centre::Household };
    Ecomap { centre, name: NAMES[seed as usize % NAMES.len()].to_owned(), systems, household: Genogram::default() }
}
