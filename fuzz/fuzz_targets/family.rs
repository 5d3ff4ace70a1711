//! Any graph of people and ties: refused, or drawn without a fault, and drawn the same whatever the order of its lists.
//!
//! A graph is written as one byte for how many people there are, and three or four for each tie.

#![no_main]

#[path = "../../tests/diagram/made.rs"]
#[allow(dead_code, reason = "tests use more of it")]
mod made;
#[path = "../../tests/diagram/measure.rs"]
#[allow(dead_code, reason = "tests use more of it")]
mod measure;

use asesmen::diagram::{
    ChildKind, ChildTie, Couple, Feeling, FeelingTie, Genogram, Parents, Sex, Term, Twins, scene, svg,
};
use libfuzzer_sys::fuzz_target;
use made::{Made, child, couple, expected, id};

/// One of all kinds.
const fn one<T: Copy>(all: &[T], number: usize) -> T {
    all[number % all.len()]
}

/// The family that bytes say.
fn family(bytes: &[u8]) -> Genogram {
    let mut made = Made::default();
    let Some((&count, mut rest)) = bytes.split_first() else { return made.0 };
    let count = usize::from(count % 40) + 1;
    for number in 0..count {
        made.add(one(Sex::ALL, number), None);
    }
    while let [what, a, b, c, further @ ..] = rest {
        rest = further;
        let (a, b, c) = (usize::from(*a), usize::from(*b), usize::from(*c));
        let (first, second) = (a % count, b % count);
        let couples = made.0.couples.len();
        match what % 8 {
            0 | 1 => made.0.couples.push(couple(couples, first, second)),
            2 => made.0.couples.push(Couple { b: None, ..couple(couples, first, first) }),
            3 | 4 if couples > 0 => {
                let twins = (c >= 128).then(|| Twins { group: format!("t{}", c % 3).into(), identical: c % 2 == 0 });
                let tie = child(first, b % couples);
                made.0.children.push(ChildTie { kind: one(ChildKind::ALL, c), twins, ..tie });
            }
            5 => {
                let parents = Parents::One(id(second));
                made.0.children.push(ChildTie { parents, kind: one(ChildKind::ALL, c), ..child(first, 0) });
            }
            6 => made.0.feelings.push(FeelingTie { a: id(first), b: id(second), quality: one(Feeling::ALL, c) }),
            7 => {
                let person = &mut made.0.people[first];
                person.birth = made::year(1900 + i32::from(*what) + i32::try_from(b % 100).unwrap_or(0));
                person.in_household = c % 2 == 1;
                person.nudge = if c >= 128 { i16::try_from(b).unwrap_or(0) - 128 } else { 0 };
            }
            _ => {}
        }
    }
    made.0
}

/// The lists the other way round.
fn turned(genogram: &Genogram) -> Genogram {
    let mut other = genogram.clone();
    other.people.reverse();
    other.couples.reverse();
    other.children.reverse();
    other.feelings.reverse();
    other
}

fuzz_target!(|bytes: &[u8]| {
    let genogram = family(bytes);
    let words = |term: Term| format!("{term:?}");
    let draw = |genogram: &Genogram| scene(genogram, &words).map(|scene| svg(&scene, &words, "a family"));
    let drawing = match draw(&genogram) {
        Ok(drawing) => drawing,
        Err(refusal) => return assert!(!refusal.to_string().is_empty()),
    };
    let findings = measure::measure(&drawing, &expected(&genogram));
    // Where one person has a dozen unions, lines may share a piece, and who has several homes may stand by any of them.
    assert_eq!(findings.missing + findings.twice + findings.overlaps + findings.misaligned, 0, "{findings:#?}");
    assert_eq!(draw(&turned(&genogram)), Ok(drawing), "the order of the lists does not matter");
});
