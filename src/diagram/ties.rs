//! Unions and what leads to their children. "The standard" is that of [`symbols`](super::symbols).

use super::cells::years;
use super::family::Family;
use super::genogram::{ChildKind, CoupleKind};
use super::hops::{HOP, hops};
use super::layout::Layout;
use super::scene::{Anchor, Dash, Fill, Mark, Of, Path, Shape, Step, Text, union_name};
use super::strokes::{Part, Point, Stroke};
use super::terms::Term;
use std::collections::BTreeSet;

/// The lines of kinship.
pub(super) fn unions(
    family: &Family<'_>,
    layout: &Layout,
    strokes: &[Stroke],
    terms: &mut BTreeSet<Term>,
) -> Vec<Mark> {
    let hops = hops(strokes);
    if hops.iter().flatten().any(|places| !places.is_empty()) {
        terms.insert(Term::Hop);
    }
    strokes.iter().zip(&hops).map(|(stroke, hops)| mark(family, layout, stroke, hops, terms)).collect()
}

fn mark(family: &Family<'_>, layout: &Layout, stroke: &Stroke, hops: &[Vec<i32>], terms: &mut BTreeSet<Term>) -> Mark {
    let Stroke { union, part, points } = stroke;
    let name = union_name(family, *union);
    let kind = family.unions[*union].couple.map(|couple| couple.kind);
    match part {
        Part::Bar => {
            let is_across = layout.rows.crossing.binary_search(union).is_ok();
            let partners = family.unions[*union].partners.iter().map(|&partner| family.people[partner].id.clone());
            let of = Of::Union(name, partners.collect(), kind, layout.rows.seats[*union].row, is_across);
            kind.iter().for_each(|kind| _ = terms.insert((*kind).into()));
            let mut shapes = bar(kind.unwrap_or_default(), points, hops, drop(layout, *union));
            let years = family.unions[*union].couple.map(years).filter(|years| !years.is_empty());
            if let (Some(text), [from, to]) = (years, &points[..])
                && layout.chains.is_chained[*union]
            {
                let at = (i32::midpoint(from.0, to.0), from.1 - 10);
                shapes.push(Shape::Text(Text { at, anchor: Anchor::Middle, text }));
            }
            Mark { of, shapes }
        }
        Part::Reach(person) => {
            let of = Of::Trunk(name, Some(family.people[*person].id.clone()));
            Mark { of, shapes: vec![hopping(points, hops, Dash::Solid).into()] }
        }
        Part::Trunk => Mark { of: Of::Trunk(name, None), shapes: vec![hopping(points, hops, Dash::Solid).into()] },
        Part::Identical => {
            terms.insert(Term::Identical);
            Mark { of: Of::Trunk(name, None), shapes: vec![Path::line(points.clone(), Dash::Solid).into()] }
        }
        Part::Child(tie) => {
            let tie = &family.ties[*tie];
            terms.insert(tie.kind.into());
            if tie.twins.is_some_and(|twins| !twins.identical) {
                terms.insert(Term::Twins);
            }
            let shapes = child(tie.kind, points);
            Mark { of: Of::Child(name, family.people[tie.child].id.clone(), tie.kind), shapes }
        }
    }
}

/// Where the line to the children begins, if there is one.
fn drop(layout: &Layout, union: usize) -> Option<i32> {
    let place = *layout.rows.seats[union].places.first()?;
    let lines = layout.rows.lines_from[place].iter();
    let line = lines.copied().find(|&line| layout.rows.lines[line].union == union)?;
    Some(layout.positions.top[line])
}

/// The line between partners: solid for a marriage, dashed for living together, dotted for going out; one stroke for those
/// who live apart, two for a divorce (the standard). Our own are the ring for a marriage that no office knows, the
/// dot for one that death ended, and the second line for one of several at the same time.
pub(super) fn bar(kind: CoupleKind, points: &[Point], hops: &[Vec<i32>], drop: Option<i32>) -> Vec<Shape> {
    let dash = match kind {
        CoupleKind::Cohabiting => Dash::Dashed,
        CoupleKind::Dating => Dash::Dotted,
        _ => Dash::Solid,
    };
    let mut shapes = vec![Shape::Path(hopping(points, hops, dash))];
    let (x, y) = sign_place(points, drop);
    let slash = |at: i32| Path::line([(at - 4, y + 7), (at + 4, y - 7)], Dash::Solid).into();
    match kind {
        CoupleKind::Separated => shapes.push(slash(x)),
        CoupleKind::Divorced => shapes.extend([slash(x - 3), slash(x + 3)]),
        CoupleKind::Unregistered => shapes.push(Path::circle((x, y), 4, Fill::Paper).into()),
        CoupleKind::Widowed => shapes.push(Path::circle((x, y), 3, Fill::Ink).into()),
        CoupleKind::Simultaneous => {
            let beside = if points.len() == 2 { (0, -4) } else { (3, 3) };
            let shifted: Vec<Point> = points.iter().map(|point| (point.0 + beside.0, point.1 + beside.1)).collect();
            let hops: Vec<Vec<i32>> = if points.len() == 2 { hops.to_vec() } else { Vec::new() };
            shapes.push(hopping(&shifted, &hops, Dash::Solid).into());
        }
        CoupleKind::Married | CoupleKind::Cohabiting | CoupleKind::Dating => {}
    }
    shapes
}

/// Where a sign stands on a bar: in the middle of its longest level piece, beside the line to the children.
fn sign_place(points: &[Point], drop: Option<i32>) -> Point {
    let level = points.windows(2).filter(|pair| pair[0].1 == pair[1].1);
    let Some([from, to]) = level.max_by_key(|pair| (pair[0].0 - pair[1].0).abs()).and_then(|pair| pair.first_chunk())
    else {
        return points.first().copied().unwrap_or_default();
    };
    let (left, right) = (from.0.min(to.0), from.0.max(to.0));
    let x = match drop.filter(|x| left < *x && *x < right) {
        Some(x) if x - left >= right - x => i32::midpoint(left, x),
        Some(x) => i32::midpoint(x, right),
        None => i32::midpoint(left, right),
    };
    (x, from.1)
}

/// What leads to a child: solid when born to them, a solid and a dashed line when adopted, dotted when in foster care
/// (the standard). Dashes and dots for a step child and dashes where nobody knows are our own.
pub(super) fn child(kind: ChildKind, points: &[Point]) -> Vec<Shape> {
    let line = |dash: Dash, beside: i32| Path::line(points.iter().map(|&(x, y)| (x + beside, y)), dash).into();
    match kind {
        ChildKind::Adopted => vec![line(Dash::Solid, 0), line(Dash::Dashed, 3)],
        ChildKind::Foster => vec![line(Dash::Dotted, 0)],
        ChildKind::Step => vec![line(Dash::DashDot, 0)],
        ChildKind::Unclear => vec![line(Dash::Dashed, 0)],
        _ => vec![line(Dash::Solid, 0)],
    }
}

/// A line that hops where it has to.
fn hopping(points: &[Point], hops: &[Vec<i32>], dash: Dash) -> Path {
    let mut steps: Vec<Step> = points.first().map(|&(x, y)| Step::Move(x, y)).into_iter().collect();
    for (number, pair) in points.windows(2).enumerate() {
        let ((from, y), (to, below)) = (pair[0], pair[1]);
        let places = hops.get(number).map_or(&[][..], |places| places);
        let mut at = from;
        let met: Vec<i32> = if from < to { places.to_vec() } else { places.iter().rev().copied().collect() };
        for x in met {
            // Bows go up: on the way to the right clockwise. What stands too close to the one before shares its bow.
            let (start, end) = if from < to { (x - HOP, x + HOP) } else { (x + HOP, x - HOP) };
            let is_free = if from < to { start >= at && end <= to } else { start <= at && end >= to };
            if is_free {
                let radius = if from < to { HOP } else { -HOP };
                steps.extend([Step::Line(start, y), Step::Arc(radius, end, y)]);
                at = end;
            }
        }
        steps.push(Step::Line(to, below));
    }
    Path { steps, dash, fill: Fill::None, is_symbol: false }
}
