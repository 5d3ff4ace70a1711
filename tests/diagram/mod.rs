//! Drawings of families, measured from the SVG alone.

mod around;
mod check;
mod ecomap;
mod gedcom;
mod hostile;
mod kin;
pub mod made;
pub mod measure;
mod notation;
mod quality;
mod record;
mod stable;

use asesmen::diagram::{ChildKind, Genogram, GenogramRefusal, Parents, Term, scene, svg};
use measure::{Expected, Findings};
use std::collections::HashMap;

/// The drawing, with the terms themselves as words.
fn drawn(genogram: &Genogram) -> Result<String, GenogramRefusal> {
    let words = |term: Term| format!("{term:?}");
    Ok(svg(&scene(genogram, &words)?, &words, "a family"))
}

/// What is known of a family without looking at its drawing.
pub fn expected(genogram: &Genogram) -> Expected {
    let mut main = HashMap::new();
    for tie in &genogram.children {
        let union = match &tie.parents {
            Parents::Couple(couple) => couple.to_string(),
            Parents::One(parent) => format!("+{parent}"),
        };
        let of = main.entry(tie.child.to_string()).or_insert((tie.kind, union.clone()));
        // Among ties of one kind, couples come first, then identifiers decide.
        let rank = |kind: ChildKind, union: &str| (kind, union.starts_with('+'), union.to_owned());
        if rank(tie.kind, &union) < rank(of.0, &of.1) {
            *of = (tie.kind, union);
        }
    }
    let birth = |person: &asesmen::diagram::Person| Some(person.birth.as_ref()?.calendar?.parts());
    Expected {
        people: genogram.people.iter().map(|person| (person.id.to_string(), birth(person))).collect(),
        children: main.into_iter().map(|(child, (_, union))| (child, union)).collect(),
    }
}

fn measured(genogram: &Genogram) -> Findings {
    let drawing = drawn(genogram).unwrap_or_else(|refusal| panic!("no drawing: {refusal}"));
    measure::measure(&drawing, &expected(genogram))
}

fn faultless(name: &str, genogram: &Genogram) -> Findings {
    let findings = measured(genogram);
    assert_eq!(findings.faults(), 0, "{name}: {findings:#?}");
    findings
}
