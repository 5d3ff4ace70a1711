//! The legend: every sign that occurs in a drawing, with what it means in the words of the reader.

use super::genogram::{ChildKind, Sex};
use super::measures::{HALF, LANE, SMALL, width};
use super::scene::{Anchor, Dash, Fill, Mark, Of, Path, Shape, Step, Text};
use super::strokes::{Outline, Point};
use super::symbols::{cross, loss, symbol};
use super::terms::Term;
use super::{feelings, ties};
use std::collections::BTreeSet;

/// Room for a sign.
const SIGN: i32 = 68;
/// From one entry to the one below.
const ENTRY: i32 = 34;
/// A drawing is at least as wide, so that the legend does not become a tower.
const LEAST: i32 = 640;

/// The entries, and how wide and high the drawing becomes with them.
pub(super) fn legend(
    terms: &BTreeSet<Term>,
    words: &dyn Fn(Term) -> String,
    top: i32,
    least: i32,
) -> (Vec<Mark>, i32, i32) {
    if terms.is_empty() {
        return (Vec::new(), least.max(1), top.max(1));
    }
    let texts: Vec<(Term, String)> = terms.iter().map(|&term| (term, words(term))).collect();
    let table = Table::of(texts.iter().map(|(_, text)| &**text), top, least);
    let mut marks = vec![Mark { of: Of::Legend(Term::Legend), shapes: vec![table.heading(words(Term::Legend))] }];
    for (number, (term, text)) in (0..).zip(texts) {
        let mut shapes = sign(term, table.sign(number));
        shapes.push(table.text(number, text));
        marks.push(Mark { of: Of::Legend(term), shapes });
    }
    (marks, table.width, table.height)
}

/// Where the entries of a legend stand: in columns, below a drawing.
pub(super) struct Table {
    /// How wide drawing and legend are.
    pub width: i32,
    /// How high they are.
    pub height: i32,
    top: i32,
    column: i32,
    rows: i32,
}

impl Table {
    /// Room for these texts below a drawing that ends there and is so wide.
    pub(super) fn of<'a>(texts: impl ExactSizeIterator<Item = &'a str>, top: i32, least: i32) -> Self {
        let count = texts.len() as i32;
        let column = SIGN + texts.map(width).max().unwrap_or(0) + 3 * LANE;
        let width = least.max(LEAST).max(column + 2 * LANE);
        let columns = ((width - 2 * LANE) / column).max(1);
        let rows = (count + columns - 1) / columns;
        Self { width, height: top + 6 * LANE + rows * ENTRY, top, column, rows }
    }

    /// The heading.
    pub(super) const fn heading(&self, text: String) -> Shape {
        Shape::Text(Text { at: (2 * LANE, self.top + 3 * LANE), anchor: Anchor::Start, text })
    }

    const fn entry(&self, number: i32) -> Point {
        (2 * LANE + number / self.rows * self.column, self.top + 6 * LANE + number % self.rows * ENTRY)
    }

    /// The middle of the sign of an entry.
    pub(super) const fn sign(&self, number: i32) -> Point {
        let (x, y) = self.entry(number);
        (x + SIGN / 2, y)
    }

    /// The words of an entry.
    pub(super) const fn text(&self, number: i32, text: String) -> Shape {
        let (x, y) = self.entry(number);
        Shape::Text(Text { at: (x + SIGN + LANE, y + 4), anchor: Anchor::Start, text })
    }
}

/// The sign for a term around a point, as the drawing has it, a little smaller.
pub(super) fn sign(term: Term, at: Point) -> Vec<Shape> {
    person_sign(term, at)
        .or_else(|| couple_sign(term, at))
        .or_else(|| child_sign(term, at))
        .or_else(|| feeling_sign(term, at))
        .unwrap_or_default()
}

const HALF_SIGN: i32 = HALF * 3 / 5;

fn label(at: Point, text: &str) -> Shape {
    Shape::Text(Text { at: (at.0, at.1 + 4), anchor: Anchor::Middle, text: text.to_owned() })
}

fn person_sign(term: Term, at: Point) -> Option<Vec<Shape>> {
    let of = |sex: Sex| Shape::Path(symbol(Outline::of(sex), at, HALF_SIGN));
    Some(match term {
        Term::Sex(Sex::Unknown) => vec![of(Sex::Unknown), label(at, "?")],
        Term::Sex(sex) => vec![of(sex)],
        Term::Index => vec![symbol(Outline::Square, at, HALF_SIGN + 3).into(), of(Sex::Male)],
        Term::Dead => std::iter::once(of(Sex::Male)).chain(cross(Outline::Square, at, HALF_SIGN)).collect(),
        Term::Age => vec![of(Sex::Female), label(at, "34")],
        Term::Years => {
            let text = |x: i32, anchor: Anchor, text: &str| {
                Shape::Text(Text { at: (at.0 + x, at.1 - 2), anchor, text: text.to_owned() })
            };
            let line = Path::line([(at.0, at.1 - 12), (at.0, at.1 + 6)], Dash::Solid).into();
            vec![text(-4, Anchor::End, "1950"), text(4, Anchor::Start, "2001"), line]
        }
        Term::Household => {
            let ((left, right), (top, bottom)) = ((at.0 - 24, at.0 + 24), (at.1 - 12, at.1 + 12));
            let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
            vec![Path { dash: Dash::Dashed, ..Path::outline(corners, Fill::None) }.into()]
        }
        _ => return None,
    })
}

fn couple_sign(term: Term, (x, y): Point) -> Option<Vec<Shape>> {
    let kind = match term {
        Term::Couple(kind) => kind,
        Term::Hop => {
            let over = [Step::Move(x - 24, y), Step::Line(x - 3, y), Step::Arc(3, x + 3, y), Step::Line(x + 24, y)];
            let level = Path { steps: over.to_vec(), ..Path::line([], Dash::Solid) };
            return Some(vec![level.into(), Path::line([(x, y - 12), (x, y + 12)], Dash::Solid).into()]);
        }
        _ => return None,
    };
    let ends = [symbol(Outline::Square, (x - 24, y), 5).into(), symbol(Outline::Circle, (x + 24, y), 5).into()];
    Some(ties::bar(kind, &[(x - 19, y), (x + 19, y)], &[], None).into_iter().chain(ends).collect())
}

fn child_sign(term: Term, (x, y): Point) -> Option<Vec<Shape>> {
    let tie = |kind: ChildKind| ties::child(kind, &[(x, y - 13), (x, y + 13)]);
    let small = |kind: ChildKind, shape: Outline| loss(kind, Sex::Male, shape, (x, y), SMALL);
    Some(match term {
        Term::Child(kind) => match kind {
            ChildKind::Pregnancy => small(kind, Outline::Triangle),
            ChildKind::Miscarriage | ChildKind::Abortion => small(kind, Outline::Circle),
            ChildKind::Stillbirth => small(kind, Outline::Square),
            ChildKind::Birth | ChildKind::Adopted | ChildKind::Step | ChildKind::Foster | ChildKind::Unclear => {
                tie(kind)
            }
        },
        Term::Identical | Term::Twins => {
            let mut shapes: Vec<Shape> =
                vec![Path::line([(x - 16, y + 12), (x, y - 12), (x + 16, y + 12)], Dash::Solid).into()];
            if term == Term::Identical {
                shapes.push(Path::line([(x - 8, y), (x + 8, y)], Dash::Solid).into());
            }
            shapes
        }
        _ => return None,
    })
}

fn feeling_sign(term: Term, (x, y): Point) -> Option<Vec<Shape>> {
    let Term::Feeling(quality) = term else { return None };
    Some(feelings::drawn(quality, &[(x - 24, y), (x + 24, y)]))
}
