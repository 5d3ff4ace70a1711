//! Systems: a circle with the name and the kind, an outline for how important it is, and a sign for what is wanted.

use super::core::block;
use super::layout::{CIRCLE, Place};
use super::model::{Importance, Kind, System, Wish};
use super::sign::Sign;
use crate::diagram::measures::{shortened, wrapped};
use crate::diagram::scene::{Dash, Fill, Mark, Of, Path, Shape};
use crate::diagram::strokes::Point;
use std::collections::BTreeSet;

/// The widest line of text in a circle.
const TEXT: i32 = 84;
/// The widest caption, as if its letters were of the usual size.
const CAPTION: i32 = 102;
/// The radius of the sign for what is wanted.
const SIGN: i32 = 10;

/// A system in its place.
pub(super) fn circle(
    system: &System,
    place: &Place,
    words: &dyn Fn(Sign) -> String,
    signs: &mut BTreeSet<Sign>,
) -> impl Iterator<Item = Mark> {
    signs.extend(system.importance.map(Sign::Importance));
    signs.extend(system.wish.map(Sign::Wish));
    let mut shapes = outline(system.importance, place.at, CIRCLE);
    let kind = system.kind.as_ref().map(|kind| match kind {
        Kind::Of(kind) => words(Sign::Kind(*kind)),
        Kind::Own(words) => words.clone(),
    });
    let kind = kind.map(|kind| shortened(kind, CAPTION));
    let (texts, caption) = block(place.at, wrapped(&system.name, TEXT), kind, Some(system.id.clone()));
    shapes.extend(texts);
    if let Some(wish) = system.wish {
        shapes.extend(wanted(wish, place.outside));
    }
    let of = Of::System(system.id.clone(), system.kind.clone(), system.importance, system.wish);
    [Mark { of, shapes }].into_iter().chain(caption)
}

/// The outline of a system. Importance is none of the standard's signs; these are our own: the heavier, the more important, and a
/// plain line where nobody said.
pub(super) fn outline(importance: Option<Importance>, at: Point, radius: i32) -> Vec<Shape> {
    let circle = |fill: Fill| Path { is_symbol: true, ..Path::circle(at, radius, fill) };
    match importance {
        Some(Importance::High) => vec![circle(Fill::Ink).into(), Path::circle(at, radius - 5, Fill::Paper).into()],
        Some(Importance::Medium) => vec![circle(Fill::Ink).into(), Path::circle(at, radius - 2, Fill::Paper).into()],
        Some(Importance::Low) => vec![Path { dash: Dash::Dotted, ..circle(Fill::Paper) }.into()],
        None => vec![circle(Fill::Paper).into()],
    }
}

/// The sign for what is wanted, around a point. These are our own, as the standard draws another map for it: the sign of
/// equality, an arrow up, a seam, an arrow down, a cross.
pub(super) fn wanted(wish: Wish, at: Point) -> Vec<Shape> {
    let (x, y) = at;
    let line = |points: &[Point]| Shape::Path(Path::line(points.iter().map(|(dx, dy)| (x + dx, y + dy)), Dash::Solid));
    let mut shapes = vec![Shape::Path(Path::circle(at, SIGN, Fill::Paper))];
    match wish {
        Wish::Keep => shapes.extend([line(&[(-5, -2), (5, -2)]), line(&[(-5, 3), (5, 3)])]),
        Wish::Strengthen => shapes.extend([line(&[(0, 6), (0, -6)]), line(&[(-4, -2), (0, -6), (4, -2)])]),
        Wish::Mend => {
            shapes.push(line(&[(-7, 0), (7, 0)]));
            shapes.extend([-4, 0, 4].map(|across| line(&[(across, -4), (across, 4)])));
        }
        Wish::Reduce => shapes.extend([line(&[(0, -6), (0, 6)]), line(&[(-4, 2), (0, 6), (4, 2)])]),
        Wish::End => shapes.extend([line(&[(-4, -4), (4, 4)]), line(&[(-4, 4), (4, -4)])]),
    }
    shapes
}
