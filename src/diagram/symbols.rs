//! People: their symbols and what is written at them.
//!
//! The notation is that of M. McGoldrick, R. Gerson, S. Petry, *Genograms: Assessment and Treatment*, 4th ed., Norton 2020,
//! chapter 2 and its sheet "Standard Symbols for Genograms", called "the standard" below. Where it has no sign, or one that needs colour, the sign is our
//! own, and said to be.

use super::cells::is_dead;
use super::family::Family;
use super::genogram::{ChildKind, Sex};
use super::layout::Layout;
use super::measures::{HALF, LEADING};
use super::scene::{Anchor, Dash, Fill, Mark, Of, Path, Shape, Text};
use super::strokes::{Outline, Point, outline};
use super::terms::Term;
use std::collections::BTreeSet;

/// Half the dot of a miscarriage, and half the cross of a pregnancy that was ended.
pub(super) const DOT: i32 = 6;

/// A person with all that is written at them.
pub(super) fn person(
    family: &Family<'_>,
    layout: &Layout,
    place: usize,
    number: usize,
    terms: &mut BTreeSet<Term>,
) -> Mark {
    let person = family.people[number];
    let at = layout.middle(place);
    let half = layout.cells.half[place];
    let kind = family.ties_of[number].first().map(|&tie| family.ties[tie].kind);
    let texts = &layout.cells.texts[place];
    let mut shapes = Vec::new();
    match kind {
        Some(kind @ (ChildKind::Pregnancy | ChildKind::Miscarriage | ChildKind::Abortion | ChildKind::Stillbirth)) => {
            terms.insert(kind.into());
            shapes.extend(loss(kind, person.sex, outline(family, number), at, half));
        }
        _ => {
            terms.insert(person.sex.into());
            if person.is_index {
                terms.insert(Term::Index);
                // The standard: a double outline for the index person.
                shapes.push(Path { is_symbol: true, ..symbol(Outline::of(person.sex), at, half + 4) }.into());
            }
            shapes.push(Path { is_symbol: true, ..symbol(Outline::of(person.sex), at, half) }.into());
            if is_dead(person) {
                terms.insert(Term::Dead);
                shapes.extend(cross(Outline::of(person.sex), at, half));
            }
            shapes.extend(inside(person.sex, &texts.age, is_dead(person), at, terms));
        }
    }
    if !texts.birth.is_empty() || !texts.death.is_empty() {
        terms.insert(Term::Years);
    }
    shapes.extend(around(texts, at, layout.cells.spread[place]).map(Shape::Text));
    Mark { of: Of::Person(person.id.clone(), layout.rows.row_of[place]), shapes }
}

/// The outline of a symbol. Square and circle are the standard's for men and women. The diamond for an unknown sex is that of R. L. Bennett et al., "Standardized human pedigree nomenclature", J. Genet.
/// Couns. 17 (2008) 424; the hexagon for neither is our own, as the same diamond would call it unknown.
pub(super) fn symbol(outline: Outline, (x, y): Point, half: i32) -> Path {
    let bend = half / 2;
    match outline {
        Outline::Square => {
            let (left, right, top, bottom) = (x - half, x + half, y - half, y + half);
            Path::outline([(left, top), (right, top), (right, bottom), (left, bottom)], Fill::Paper)
        }
        Outline::Circle => Path::circle((x, y), half, Fill::Paper),
        Outline::Diamond => Path::outline([(x, y - half), (x + half, y), (x, y + half), (x - half, y)], Fill::Paper),
        Outline::Hexagon => Path::outline(
            [
                (x - bend, y - half),
                (x + bend, y - half),
                (x + half, y),
                (x + bend, y + half),
                (x - bend, y + half),
                (x - half, y),
            ],
            Fill::Paper,
        ),
        Outline::Triangle => Path::outline([(x, y - half), (x + half, y + half), (x - half, y + half)], Fill::Paper),
    }
}

/// Who died is crossed out from corner to corner (the standard).
pub(super) fn cross(outline: Outline, (x, y): Point, half: i32) -> [Shape; 2] {
    let arm = match outline {
        Outline::Square | Outline::Triangle => half,
        Outline::Circle => half * 7 / 10,
        Outline::Diamond => half / 2,
        Outline::Hexagon => half * 2 / 3,
    };
    let line = |dx: i32, dy: i32| Path::line([(x - dx, y - dy), (x + dx, y + dy)], Dash::Solid).into();
    [line(arm, arm), line(arm, -arm)]
}

/// The age stands inside (the standard), on paper of its own where a cross is; "?" inside the diamond.
fn inside(sex: Sex, age: &str, is_dead: bool, (x, y): Point, terms: &mut BTreeSet<Term>) -> Vec<Shape> {
    let text = match (age, sex) {
        ("", Sex::Unknown) if !is_dead => "?",
        ("", _) => return Vec::new(),
        (age, _) => {
            terms.insert(Term::Age);
            age
        }
    };
    let mut shapes = Vec::new();
    if is_dead {
        let half = super::measures::width(text) / 2 + 1;
        let mut paper =
            Path::outline([(x - half, y - 6), (x + half, y - 6), (x + half, y + 6), (x - half, y + 6)], Fill::Paper);
        paper.dash = Dash::None;
        shapes.push(paper.into());
    }
    shapes.push(Shape::Text(Text { at: (x, y + 4), anchor: Anchor::Middle, text: text.to_owned() }));
    shapes
}

/// Birth on the left above, death on the right above, the name below (the standard).
fn around(texts: &super::cells::Texts, (x, y): Point, spread: i32) -> impl Iterator<Item = Text> {
    let above = y - HALF - 8;
    let birth = Text { at: (x - spread - 4, above), anchor: Anchor::End, text: texts.birth.clone() };
    let death = Text { at: (x + spread + 4, above), anchor: Anchor::Start, text: texts.death.clone() };
    let names = (0..).zip(&texts.name).map(move |(line, text)| Text {
        at: (x, y + HALF + 15 + LEADING * line),
        anchor: Anchor::Middle,
        text: text.clone(),
    });
    [birth, death].into_iter().chain(names).filter(|text| !text.text.is_empty())
}

/// Who was not born, or not alive: a triangle for a pregnancy, a dot for a miscarriage, a cross for one that was ended, and a small
/// symbol crossed out for a stillbirth (the standard).
pub(super) fn loss(kind: ChildKind, sex: Sex, shape: Outline, at: Point, half: i32) -> Vec<Shape> {
    let own = |path: Path| Shape::Path(Path { is_symbol: true, ..path });
    match kind {
        ChildKind::Miscarriage => vec![own(Path::circle(at, DOT, Fill::Ink))],
        ChildKind::Abortion => {
            let (x, y) = at;
            let line = |dx: i32, dy: i32| own(Path::line([(x - dx, y - dy), (x + dx, y + dy)], Dash::Solid));
            // The line from above ends over the middle, so the cross hangs on it by a short stem.
            vec![line(DOT, DOT), line(DOT, -DOT), Path::line([(x, y - DOT), at], Dash::Solid).into()]
        }
        ChildKind::Stillbirth => {
            let outline = Outline::of(sex);
            std::iter::once(own(symbol(outline, at, half))).chain(cross(outline, at, half)).collect()
        }
        _ => vec![own(symbol(shape, at, half))],
    }
}
