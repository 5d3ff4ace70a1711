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

use asesmen::diagram::{Genogram, GenogramRefusal, Term, scene, svg};
use made::expected;
use measure::Findings;

/// The drawing, with the terms themselves as words.
fn drawn(genogram: &Genogram) -> Result<String, GenogramRefusal> {
    let words = |term: Term| format!("{term:?}");
    Ok(svg(&scene(genogram, &words)?, &words, "a family"))
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
